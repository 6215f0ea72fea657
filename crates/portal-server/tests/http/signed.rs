//! Calls before a gateway that wants signatures: each is accepted, through the end and the renewal of its tokens, and none
//! that was altered.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use portal_api::application::GetUserApplications;
use portal_api::authentication::{GetTokenInformation, LogIn, RefreshAccessToken};
use portal_api::organization::{ChooseOrganization, GetUserDomain};
use portal_api::{AccessToken, OrganizationId, Password, RefreshToken};
use portal_server::{Options, SecretText};

use crate::gateway::{Came, Dress, Gateway, KEY, Mood, SECRET};
use crate::harness::{Folder, Host, send};
use crate::service::{call, read};

/// What everybody is told where the way to the service is broken.
const CANNOT_BE_REACHED: &str = r#"{"code":31500,"data":null,"message":"The service cannot be reached"}"#;

/// A host before a gateway.
pub(crate) fn before(folder: &Folder, gateway: &Gateway, change: impl FnOnce(&mut Options)) -> Host {
    let mut options = folder.options();
    options.upstream = Some(gateway.url());
    options.app_key = Some(KEY.to_owned());
    options.app_secret = Some(SecretText::new(SECRET.to_owned()));
    change(&mut options);
    Host::start(options)
}

pub(crate) fn token(host: &Host, account: &str, organization: &str) -> AccessToken {
    let log_in = LogIn { account: account.to_owned(), password: Password::new("portal") };
    let token = read::<LogIn>(call(host, &log_in, None)).token;
    let organization = OrganizationId::parse(organization).expect("an id");
    let chosen = read::<ChooseOrganization>(call(host, &ChooseOrganization { organization }, Some(&token)));
    chosen.tokens.access.unwrap_or(token)
}

// The whole way to the launcher, every call signed.
#[test]
fn a_user_signs_in_through_the_gateway() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    let host = before(&folder, &gateway, |_| ());
    let token = token(&host, "morgan", "o-north-sea");
    let reply = call(&host, &GetUserApplications, Some(&token));
    assert_eq!(reply.header("set-cookie"), None);
    assert_eq!(reply.header("x-powered-by"), None);
    assert_eq!(reply.header("content-type"), Some("application/json"));
    assert!(reply.header("x-request-id").is_some_and(|id| id.len() > 8));
    assert!(!read::<GetUserApplications>(reply).entries.is_empty());
    assert_eq!((gateway.refused(), gateway.state.given.load(Ordering::SeqCst)), (0, 1));
    for came in gateway.calls() {
        assert_eq!(came.header("x-forwarded-proto"), Some("http"));
        assert_eq!(came.header("x-forwarded-for"), Some("127.0.0.1"));
        assert_eq!(came.header("host"), Some(gateway.address.as_str()));
    }
}

// contract.md 0.3: letters of every language, keys that come twice, no body, a large one.
#[test]
fn calls_of_every_shape_are_accepted() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    let host = before(&folder, &gateway, |_| ());
    for email in ["ä@b.example", "用户@例子", "a+b c%&=#?/@x", "🦀"] {
        let reply = call(&host, &GetUserDomain { email: email.to_owned() }, None);
        assert!(reply.text().contains("31404"), "{}", reply.text());
    }
    let prefix = "/app-portal-service/v2.2";
    for query in [
        "email=b&email=a&email=c",
        "z=1&a=2&m=3&a=1",
        "&&email=x&",
        "email",
        "=x",
        "email=%E4%B8%AD%2B+%20",
        "email=%zz%",
        "a=b=c&%61=d",
        "\u{7f}=1",
    ] {
        let head = format!("GET {prefix}/user/domain?{query} HTTP/1.1\r\n");
        let reply = send(&host.portal, &head, b"");
        assert!(reply.status == 200 || reply.status == 400, "{query}: {}", reply.text());
    }
    for size in [0, 1, 4095, 4096, 100_000, 1 << 20] {
        let head = format!("POST {prefix}/login HTTP/1.1\r\nContent-Type: application/json\r\n");
        let reply = send(&host.portal, &head, &vec![b' '; size]);
        assert!(reply.text().contains("31400"), "{size}: {}", reply.text());
    }
    assert_eq!(gateway.refused(), 0);
}

/// Sends a request as it stands, and says whether the gateway took it.
fn accepts(gateway: &Gateway, came: &Came) -> bool {
    let before = gateway.refused();
    let mut stream = TcpStream::connect(&gateway.address).expect("it listens");
    let headers: String = came
        .headers
        .iter()
        .filter(|(name, _)| name != "content-length")
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    let length = came.body.len();
    let head =
        format!("{} {} HTTP/1.1\r\n{headers}Content-Length: {length}\r\n\r\n", came.method, came.target);
    stream.write_all(head.as_bytes()).expect("sent");
    stream.write_all(&came.body).expect("sent");
    let mut answer = [0; 64];
    let _some = stream.read(&mut answer).expect("answered");
    gateway.refused() == before
}

// A signature is of one call: any byte of what is signed makes it another.
#[test]
fn a_call_that_was_altered_is_refused() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    let host = before(&folder, &gateway, |_| ());
    let refresh = RefreshAccessToken { refresh_token: RefreshToken::parse("a-token").expect("a token") };
    call(&host, &refresh, None);
    let log_in = LogIn { account: "morgan".to_owned(), password: Password::new("portal") };
    call(&host, &log_in, None);
    for came in gateway.calls() {
        assert!(accepts(&gateway, &came), "as it was");
        for at in 0..came.body.len() {
            let mut altered = came.clone();
            altered.body[at] ^= 1;
            assert!(!accepts(&gateway, &altered), "byte {at} of the body");
        }
        let query = came.target.find('?').map_or(came.target.len(), |at| at + 1);
        for at in query..came.target.len() {
            let mut altered = came.clone();
            let mut target = altered.target.into_bytes();
            target[at] = if target[at] == b'x' { b'y' } else { b'x' };
            altered.target = String::from_utf8(target).expect("text");
            assert!(!accepts(&gateway, &altered), "byte {at} of {}", came.target);
        }
        for name in ["apim-accesstoken", "apim-timestamp", "apim-signature"] {
            let place = came.headers.iter().position(|(key, _)| key == name).expect(name);
            for at in 0..came.headers[place].1.len() {
                let mut altered = came.clone();
                let mut value = altered.headers[place].1.clone().into_bytes();
                value[at] = if value[at] == b'1' { b'2' } else { b'1' };
                altered.headers[place].1 = String::from_utf8(value).expect("text");
                assert!(!accepts(&gateway, &altered), "byte {at} of {name}");
            }
        }
    }
}

/// Many threads call for a while; gives how many calls there were. Each has to succeed.
fn load(host: &Host, time: Duration) -> usize {
    let token = token(host, "morgan", "o-north-sea");
    let end = Instant::now() + time;
    let one = || {
        let mut count = 0;
        while Instant::now() < end {
            let reply = call(host, &GetTokenInformation, Some(&token));
            assert_eq!(reply.status, 200, "{}", reply.text());
            read::<GetTokenInformation>(reply);
            count += 1;
        }
        count
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(one)).collect();
        threads.into_iter().map(|thread| thread.join().expect("no call failed")).sum()
    })
}

// Tokens of two seconds: renewed again and again, with one request at a time, and no call is lost.
#[test]
fn tokens_are_renewed_under_load() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    gateway.state.life.store(2, Ordering::SeqCst);
    let host = before(&folder, &gateway, |_| ());
    let count = load(&host, Duration::from_secs(5));
    let (given, renewed) =
        (gateway.state.given.load(Ordering::SeqCst), gateway.state.renewed.load(Ordering::SeqCst));
    assert!(count > 50, "{count}");
    assert_eq!(gateway.repeated(), 0, "no time was signed twice");
    assert!((2..=6).contains(&(given + renewed)) && renewed >= 1, "{given} given, {renewed} renewed");
    assert_eq!(gateway.state.most_asking.load(Ordering::SeqCst), 1);
}

// A gateway that started anew knows no token: who waits gets another, and no call is lost.
#[test]
fn a_token_that_the_gateway_forgot_is_replaced() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    let host = before(&folder, &gateway, |_| ());
    thread::scope(|scope| {
        let loaded = scope.spawn(|| load(&host, Duration::from_secs(3)));
        for _ in 0..4 {
            thread::sleep(Duration::from_millis(600));
            gateway.forget_tokens();
        }
        loaded.join().expect("no call failed");
    });
    assert!(gateway.refused() > 0);
    assert_eq!(gateway.state.most_asking.load(Ordering::SeqCst), 1);
}

// However the gateway says that its token has ended: a call is not lost for the way in which that is written.
#[test]
fn the_end_of_a_token_is_read_in_every_form() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    let host = before(&folder, &gateway, |_| ());
    let path = "/app-portal-service/v2.2/user/domain?email=a";
    for dress in [Dress::Plain, Dress::Compressed, Dress::Pieces] {
        gateway.dress(dress);
        for codings in ["gzip, deflate, br, zstd", "br", "GZIP;q=0.5", "gzip;q=0, *", "*"] {
            gateway.forget_tokens();
            let reply = host.get(path, &format!("Accept-Encoding: {codings}\r\n"));
            assert!(reply.text().contains("31404"), "{dress:?} {codings}: {}", reply.text());
        }
    }
    assert!(gateway.refused() >= 14, "{}", gateway.refused());
}

// A wrong key or secret: whoever calls learns that the service cannot be reached, and no more; the operator learns why.
// The gateway is not asked for each call, and the instance says that it is not ready.
#[test]
fn a_key_that_is_refused_is_told_to_operators_alone() {
    for (key, secret, why) in
        [("other", SECRET, "does not know `app-key`"), (KEY, "other", "refuses the signature")]
    {
        let (folder, gateway) = (Folder::site(), Gateway::start());
        let host = before(&folder, &gateway, |options| {
            options.app_key = Some(key.to_owned());
            options.app_secret = Some(SecretText::new(secret.to_owned()));
            options.admin = Some("127.0.0.1:0".parse().expect("an address"));
        });
        for _ in 0..20 {
            let reply = call(&host, &GetTokenInformation, None);
            assert_eq!((reply.status, reply.text().as_str()), (502, CANNOT_BE_REACHED));
        }
        let ready = host.get("/readyz", "");
        assert_eq!((ready.status, ready.text().as_str()), (503, "not ready\n"));
        let ready = send(&host.admin, "GET /readyz HTTP/1.1\r\n", b"");
        assert!(ready.status == 503 && ready.text().contains(why), "{}", ready.text());
        assert_eq!(gateway.state.given.load(Ordering::SeqCst), 0);
        assert!(gateway.calls().is_empty());
    }
}

// What a gateway refuses of a call is between it and the operator: strangers learn neither code nor reason.
#[test]
fn a_call_that_the_gateway_refuses_is_told_neutrally() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    let host = before(&folder, &gateway, |_| ());
    for code in [1001, 1003, 1004, 1203] {
        let body = format!("{{\"status\":{code},\"msg\":\"appKey {KEY} is locked\",\"data\":null}}");
        let length = body.len();
        let head =
            format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n");
        gateway.be(Mood::Says([head, body].concat().into_bytes()));
        let reply = call(&host, &GetTokenInformation, None);
        assert_eq!((reply.status, reply.text().as_str()), (502, CANNOT_BE_REACHED), "{code}");
    }
}

// The signature holds the time: a clock that is wrong is named, not guessed.
#[test]
fn a_clock_that_differs_is_named() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    gateway.state.ahead.store(1200, Ordering::SeqCst);
    let host = before(&folder, &gateway, |options| {
        options.admin = Some("127.0.0.1:0".parse().expect("an address"));
    });
    assert_eq!(call(&host, &GetTokenInformation, None).text(), CANNOT_BE_REACHED);
    let numbers = send(&host.admin, "GET /metrics HTTP/1.1\r\n", b"").text();
    assert!(numbers.contains("portal_gateway_clock_ahead_seconds 1200\n"), "{numbers}");
    let ready = send(&host.admin, "GET /readyz HTTP/1.1\r\n", b"");
    assert!(ready.status == 503 && ready.text().contains("1200 s behind"), "{}", ready.text());
}

// A service that is open without a signature gets none, and no token is asked for.
#[test]
fn without_a_key_calls_go_unsigned() {
    let (folder, gateway) = (Folder::site(), Gateway::open());
    let host = before(&folder, &gateway, |options| {
        options.app_key = None;
        options.app_secret = None;
    });
    token(&host, "morgan", "o-north-sea");
    let calls = gateway.calls();
    assert!(calls.len() >= 2);
    assert!(calls.iter().all(|came| came.headers.iter().all(|(name, _)| !name.starts_with("apim-"))));
    assert_eq!(gateway.state.given.load(Ordering::SeqCst), 0);
}
