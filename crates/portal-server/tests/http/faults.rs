//! A service that is gone, slow, half-closed, or answers garbage: the server stays up and the page gets an envelope with a
//! code that it explains.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use portal_api::Endpoint as _;
use portal_api::authentication::{GetTokenInformation, LogOut};
use portal_api::organization::GetUserDomain;
use portal_server::Options;

use crate::gateway::{Gateway, Mood};
use crate::harness::{Folder, Host, INDEX, Reply, send};
use crate::service::call;
use crate::signed::before;

fn started(change: impl FnOnce(&mut Options)) -> (Folder, Gateway, Host) {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    let host = before(&folder, &gateway, |options| {
        options.timeout = 1;
        change(options);
    });
    assert!(ask(&host).text().contains("31401"));
    (folder, gateway, host)
}

fn ask(host: &Host) -> Reply {
    call(host, &GetTokenInformation, None)
}

/// Status and code, read by the client of the page.
fn told(reply: Reply) -> (u16, Option<i64>) {
    let status = reply.status;
    let response = portal_api::Response { status, headers: vec![], body: reply.body };
    let error = portal_api::reply::<GetTokenInformation>(&response).expect_err("no reply");
    (status, error.code().map(portal_api::Code::number))
}

fn says(text: &str) -> Mood {
    Mood::Says(text.as_bytes().to_vec())
}

#[test]
fn a_service_that_restarts_is_found_again() {
    let (folder, gateway, host) = started(|_| ());
    let address = gateway.address.clone();
    drop(gateway);
    // The connections of its pool end with it; until it listens again there is an envelope.
    let mut seen = Vec::new();
    for _ in 0..3 {
        seen.push(told(ask(&host)));
    }
    assert!(
        seen.iter().all(|told| matches!(told, (502, Some(500)) | (504, Some(504)) | (200, Some(401)))),
        "{seen:?}"
    );
    let again = (0..100).find_map(|_| {
        std::thread::sleep(Duration::from_millis(100));
        std::net::TcpListener::bind(&address).ok().map(|listener| Gateway::on(listener, false))
    });
    let _again = again.expect("the port is free again");
    let end = Instant::now() + Duration::from_secs(20);
    while told(ask(&host)) != (200, Some(401)) {
        assert!(Instant::now() < end, "it is found again");
        std::thread::sleep(Duration::from_millis(200));
    }
    assert_eq!(host.visit("/").text(), INDEX);
    drop(folder);
}

#[test]
fn a_slow_service_is_a_timeout() {
    let (_folder, gateway, host) = started(|_| ());
    gateway.be(Mood::Slow(Duration::from_secs(3)));
    let began = Instant::now();
    assert_eq!(told(ask(&host)), (504, Some(504)));
    assert!(began.elapsed() < Duration::from_millis(2500));
    gateway.be(Mood::SaysAndWaits(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".to_vec()));
    assert_eq!(told(ask(&host)), (504, Some(504)));
    gateway.be(Mood::Good);
    assert!(ask(&host).text().contains("31401"));
}

// Answers before the answer (RFC 9110 15.2) are passed over, but they neither put the end off nor hold everybody else up.
#[test]
fn endless_hints_are_no_answer() {
    let (_folder, gateway, host) = started(|_| ());
    gateway.be(Mood::SaysForEver(b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n".to_vec()));
    let began = Instant::now();
    assert_eq!(told(ask(&host)), (504, Some(504)));
    assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
    gateway.be(Mood::Good);
    assert!(ask(&host).text().contains("31401"));
}

#[test]
fn what_is_no_reply_is_told() {
    let (_folder, gateway, host) = started(|_| ());
    for (mood, expected) in [
        (says("garbage\r\n\r\n"), (502, Some(500))),
        (says("SSH-2.0-OpenSSH_9.2\r\n"), (502, Some(500))),
        (says(""), (502, Some(500))),
        (says("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"code\":"), (502, Some(500))),
        (
            says("HTTP/1.1 302 Found\r\nLocation: https://evil.example/\r\nContent-Length: 0\r\n\r\n"),
            (502, Some(500)),
        ),
        (
            says("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
            (502, Some(500)),
        ),
        (
            says("HTTP/1.1 503 No\r\nContent-Type: text/html\r\nContent-Length: 7\r\n\r\n<h1>no!"),
            (502, Some(500)),
        ),
        (
            says("HTTP/1.1 504 No\r\nContent-Type: text/html\r\nContent-Length: 7\r\n\r\n<h1>no!"),
            (504, Some(504)),
        ),
        (says(&format!("HTTP/1.1 200 OK\r\n{}\r\n", "X: y\r\n".repeat(500))), (502, Some(500))),
    ] {
        let shown = format!("{mood:?}");
        gateway.be(mood);
        let reply = ask(&host);
        assert_eq!((reply.header("location"), reply.header("set-cookie")), (None, None), "{shown}");
        assert!(!reply.text().contains("<h1>"), "{shown}");
        assert_eq!(told(reply), expected, "{shown}");
    }
    gateway.be(Mood::Good);
    assert!(ask(&host).text().contains("31401"));
}

// A page of a proxy is handed on, so that the page can say what it is, but never as a page of this host.
#[test]
fn html_is_never_served_as_a_page() {
    let (_folder, gateway, host) = started(|_| ());
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nSet-Cookie: a=b\r\nContent-Length: 26\r\n\r\n<script>alert(1)</script>!";
    gateway.be(says(page));
    let reply = ask(&host);
    assert_eq!((reply.status, reply.header("content-type")), (200, Some("application/json")));
    assert_eq!((reply.header("x-content-type-options"), reply.header("set-cookie")), (Some("nosniff"), None));
    assert_eq!(reply.header("cache-control"), Some("no-store"));
}

// A connection of the pool that the other side has closed: what may be sent again is, what may not is not.
#[test]
fn a_connection_that_was_closed_costs_no_call() {
    let (_folder, gateway, host) = started(|_| ());
    gateway.be(Mood::ClosesAfterwards);
    for _ in 0..30 {
        assert!(ask(&host).text().contains("31401"));
    }
    gateway.calls();
    gateway.be(says(""));
    assert_eq!(told(ask(&host)), (502, Some(500)));
    assert_eq!(gateway.calls().len(), 2, "once more, not for ever");
    const { assert!(!LogOut::SPEC.repeatable) };
    assert_eq!(told(call(&host, &LogOut, None)), (502, Some(500)));
    assert_eq!(gateway.calls().len(), 1, "not what has an effect");
}

#[test]
fn a_reply_without_end_is_bounded() {
    let (_folder, gateway, host) = started(|options| options.max_reply = 2 << 20);
    gateway.be(Mood::Huge { bytes: 100 << 20, with_length: true });
    assert_eq!(told(ask(&host)), (502, Some(500)));
    // Without a length it is seen on the way: the connection breaks, and no more than the bound has passed.
    gateway.be(Mood::Huge { bytes: 100 << 20, with_length: false });
    let mut stream = TcpStream::connect(&host.portal).expect("it listens");
    stream.write_all(b"GET /app-portal-service/v2.2/session/info HTTP/1.1\r\nHost: x\r\n\r\n").expect("sent");
    let mut all = Vec::new();
    let _broken = stream.read_to_end(&mut all);
    assert!(all.len() > 1 << 20 && all.len() < 3 << 20, "{}", all.len());
    assert!(!all.ends_with(b"0\r\n\r\n"), "it does not look complete");
    gateway.be(Mood::Good);
    assert!(ask(&host).text().contains("31401"));
}

// What is under the bound is handed on while it comes, and not kept: memory stays as it was.
#[cfg(target_os = "linux")]
#[test]
fn a_large_reply_is_handed_on_in_pieces() {
    fn resident() -> usize {
        let pages = std::fs::read_to_string("/proc/self/statm").expect("this process");
        pages.split(' ').nth(1).expect("resident").parse::<usize>().expect("a number") * 4096
    }
    let (_folder, gateway, host) = started(|options| options.max_reply = 200 << 20);
    gateway.be(Mood::Huge { bytes: 90 << 20, with_length: false });
    let before = resident();
    let mut stream = TcpStream::connect(&host.portal).expect("it listens");
    stream
        .write_all(
            b"GET /app-portal-service/v2.2/session/info HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        )
        .expect("sent");
    let (mut count, mut most, mut piece) = (0, 0, vec![0; 1 << 16]);
    loop {
        let read = stream.read(&mut piece).expect("it goes on");
        if read == 0 {
            break;
        }
        count += read;
        most = most.max(resident().saturating_sub(before));
    }
    assert!(count > 89 << 20, "{count}");
    // Other tests of this process need some too.
    assert!(most < 60 << 20, "{most}");
}

#[test]
fn a_slow_or_large_request_is_refused() {
    let (_folder, gateway, host) = started(|options| options.max_request = 1000);
    gateway.calls();
    let head = "POST /app-portal-service/v2.2/login HTTP/1.1\r\n";
    let reply = send(&host.portal, head, &[b' '; 1001]);
    assert_eq!((reply.status, reply.text().contains("larger than 1000 bytes")), (413, true));
    let mut stream = TcpStream::connect(&host.portal).expect("it listens");
    stream.write_all(format!("{head}Host: x\r\nContent-Length: 500\r\n\r\n{{").as_bytes()).expect("sent");
    let mut answer = [0; 32];
    let _some = stream.read(&mut answer).expect("answered");
    assert!(answer.starts_with(b"HTTP/1.1 408"), "{}", String::from_utf8_lossy(&answer));
    assert!(gateway.calls().is_empty());
}

#[test]
fn too_many_calls_at_once_are_told_to_wait() {
    let (_folder, gateway, host) = started(|options| {
        options.max_calls = 2;
        options.timeout = 30;
    });
    gateway.be(Mood::Slow(Duration::from_millis(800)));
    let domain = GetUserDomain { email: "a@b.example".to_owned() };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..6).map(|_| scope.spawn(|| call(&host, &domain, None))).collect();
        let replies: Vec<Reply> = threads.into_iter().map(|thread| thread.join().expect("a reply")).collect();
        let busy: Vec<_> = replies.iter().filter(|reply| reply.status == 503).collect();
        assert!(!busy.is_empty() && busy.len() < 6);
        assert!(busy.iter().all(|reply| reply.header("retry-after") == Some("1")));
    });
}

// No other instance would reach a gateway that is silent: a balancer that took this one away would take away the page that
// explains it. Probes wait for a second or two.
#[test]
fn a_silent_gateway_leaves_the_instance_ready() {
    let folder = Folder::site();
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let host = Host::start(Options {
        upstream: Some(format!("http://{}", silent.local_addr().expect("an address"))),
        app_key: Some("key".to_owned()),
        app_secret: Some(portal_server::SecretText::new("secret".to_owned())),
        timeout: 3,
        ..folder.options()
    });
    let began = Instant::now();
    assert_eq!(host.get("/readyz", "").text(), "ready\n");
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
}

// Bodies that never come are no calls under way: nobody is kept from calling by them.
#[test]
fn who_sends_slowly_keeps_nobody_waiting() {
    let (_folder, _gateway, host) = started(|options| {
        options.max_calls = 2;
        options.timeout = 5;
    });
    let head = "POST /app-portal-service/v2.2/login HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{";
    let slow: Vec<_> = (0..8)
        .map(|_| {
            let mut stream = TcpStream::connect(&host.portal).expect("it listens");
            stream.write_all(head.as_bytes()).expect("sent");
            stream
        })
        .collect();
    std::thread::sleep(Duration::from_millis(200));
    assert!(ask(&host).text().contains("31401"));
    drop(slow);
}

// What a head may hold is bounded, so that many connections do not fill the memory.
#[test]
fn a_large_head_is_refused() {
    let (_folder, _gateway, host) = started(|_| ());
    let with = |size: usize| host.get("/healthz", &format!("X-Large: {}\r\n", "x".repeat(size))).status;
    assert_eq!((with(20_000), with(60_000)), (200, 431));
    // The bound is the one that is documented, not somewhat more.
    assert_eq!((with(32_000), with(33_000), with(40 << 10)), (200, 431, 431));
    let target = |size: usize| host.get(&format!("/healthz?{}", "x".repeat(size)), "").status;
    assert_eq!((target(32_000), target(33_000)), (200, 431));
    let many =
        |size: usize| host.get("/healthz", &format!("X-A: {}\r\n", "x".repeat(size)).repeat(50)).status;
    assert_eq!((many(600), many(700)), (200, 431));
}

// A service that is being mended says when to come again, also in a page of a proxy before it.
#[test]
fn when_to_come_again_is_handed_on() {
    let (_folder, gateway, host) = started(|_| ());
    let page = |status: u16, kind: &str, when: &str| {
        says(&format!(
            "HTTP/1.1 {status} No\r\nContent-Type: {kind}\r\nRetry-After: {when}\r\nContent-Length: 7\r\n\r\n<h1>no!"
        ))
    };
    for (status, kind, when, expected) in [
        (503, "text/html", "120", 502),
        (500, "text/plain", "7", 502),
        (504, "text/html", "Wed, 21 Oct 2026 07:28:00 GMT", 504),
        (503, "application/json", "30", 503),
        (429, "text/html", "5", 429),
    ] {
        gateway.be(page(status, kind, when));
        let reply = ask(&host);
        assert_eq!((reply.status, reply.header("retry-after")), (expected, Some(when)), "{status} {kind}");
    }
    gateway.be(says("HTTP/1.1 503 No\r\nContent-Type: text/html\r\nContent-Length: 7\r\n\r\n<h1>no!"));
    assert_eq!(ask(&host).header("retry-after"), None);
}

// The same where this server itself asks what somebody may do.
#[test]
fn when_to_come_again_is_handed_on_from_the_checks() {
    let (_folder, gateway, host) = started(|_| ());
    gateway.be(says(
        "HTTP/1.1 503 No\r\nContent-Type: text/html\r\nRetry-After: 9\r\nContent-Length: 7\r\n\r\n<h1>no!",
    ));
    let head =
        "GET /app-portal-service/v2.2/role/organization/list?orgId=o HTTP/1.1\r\nAuthorization: Bearer x\r\n";
    let spec = portal_api::role::GetOrganizationRoles::SPEC;
    let head = head.replace("/v2.2/role/organization/list", spec.path).replace("GET", spec.method.as_str());
    let reply = send(&host.portal, &head, b"");
    assert_eq!((reply.status, reply.header("retry-after")), (502, Some("9")), "{}", reply.text());
}
