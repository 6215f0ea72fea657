//! What operators see: settings from a file and the environment, TLS, health, numbers, the log, and the end.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};

use crate::gateway::{Gateway, KEY, Mood, SECRET};
use crate::harness::{Folder, Host, send, send_and_shut};
use crate::signed::before;

/// Made once with openssl for `localhost` and 127.0.0.1, good for a hundred years, known to everybody.
const CERTIFICATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/http/tls/certificate.pem");
/// One for the same names, as after a renewal.
const RENEWED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/http/tls/renewed.pem");
const RENEWED_KEY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/http/tls/renewed-key.pem");
const TLS_KEY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/http/tls/key.pem");

/// The program, ended with the test.
struct Program {
    child: Child,
    address: String,
    admin: String,
    output: BufReader<std::process::ChildStdout>,
}

impl Program {
    /// Starts it with a settings file; further variables besides.
    fn start(folder: &Folder, settings: &str, variables: &[(&str, &str)]) -> Self {
        let child = command(folder, settings).envs(variables.iter().copied()).spawn().expect("it starts");
        let mut program = Self::of(child);
        let mut greeting = String::new();
        while !greeting.contains("Ctrl-C") {
            assert_ne!(program.output.read_line(&mut greeting).expect("text"), 0, "{greeting}");
        }
        let after = |words: &str| {
            let rest = greeting.split(words).nth(1).unwrap_or_default();
            let rest = rest.trim_start_matches("http://").trim_start_matches("https://");
            rest.split('/').next().unwrap_or_default().to_owned()
        };
        program.address = after("The portal is at ");
        program.admin = after("Numbers for operators are at ");
        program
    }

    fn of(mut child: Child) -> Self {
        let output = BufReader::new(child.stdout.take().expect("stdout"));
        Self { child, address: String::new(), admin: String::new(), output }
    }

    fn tell(&self) {
        self.signal("-TERM");
    }

    fn signal(&self, signal: &str) {
        let told = Command::new("kill").arg(signal).arg(self.child.id().to_string()).status();
        assert!(told.expect("kill").success());
    }

    /// Waits for the end; gives how it ended and all that it wrote since the greeting.
    fn end(&mut self) -> (bool, String) {
        let good = self.child.wait().expect("it ends").success();
        let mut said = String::new();
        self.output.read_to_string(&mut said).expect("text");
        self.child.stderr.take().expect("stderr").read_to_string(&mut said).expect("text");
        (good, said)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _already_over = self.child.kill();
    }
}

fn command(folder: &Folder, settings: &str) -> Command {
    folder.write("portal.toml", settings);
    let mut command = Command::new(env!("CARGO_BIN_EXE_portal-server"));
    command.arg("--config").arg(folder.path().join("portal.toml"));
    command.arg("--site").arg(folder.path().join("site"));
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn settings(gateway: &Gateway, more: &str) -> String {
    format!(
        "upstream = \"{}\"\napp-key = \"{KEY}\"\nport = 0\nadmin = \"127.0.0.1:0\"\n{more}",
        gateway.url()
    )
}

/// What it says where it does not start.
fn refusal(folder: &Folder, settings: &str, variables: &[(&str, &str)]) -> String {
    let output = command(folder, settings).envs(variables.iter().copied()).output().expect("it runs");
    assert!(!output.status.success());
    String::from_utf8(output.stderr).expect("text")
}

// hostile.md 20: neither the secret, nor a token, nor a query is ever written down, whatever goes wrong.
#[test]
fn the_log_is_structured_and_holds_no_secret() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    folder.write_secret("secret", &format!("{SECRET}\n"));
    let file = format!(
        "app-secret-file = \"{}\"\nlog = \"info\"\ntimeout = 1",
        folder.path().join("secret").display()
    );
    let mut program = Program::start(&folder, &settings(&gateway, &file), &[]);
    let path = "/app-portal-service/v2.2/token/refresh?refreshToken=do-not-write-me";
    let get = |path: &str| {
        let head = format!(
            "GET {path} HTTP/1.1\r\nAuthorization: Bearer do-not-write-me\r\nX-A: do-not-write-me\r\n"
        );
        send(&program.address, &head, b"")
    };
    let reply = get(path);
    let id = reply.header("x-request-id").expect("an id").to_owned();
    for mood in [
        Mood::Says(b"do-not-write-me\r\n\r\n".to_vec()),
        Mood::Says(b"HTTP/1.1 500 No\r\nContent-Length: 15\r\n\r\ndo-not-write-me".to_vec()),
        Mood::Says(b"HTTP/1.1 302 No\r\nLocation: /do-not-write-me\r\n\r\n".to_vec()),
        Mood::Huge { bytes: 200 << 20, with_length: true },
        Mood::Slow(Duration::from_secs(2)),
        Mood::Says(Vec::new()),
    ] {
        gateway.be(mood);
        get(path);
    }
    get("/app-portal-service/do-not-write-me?do-not-write-me");
    get("/do-not-write-me?do-not-write-me");
    program.tell();
    let (good, said) = program.end();
    assert!(good);
    for secret in ["do-not-write-me", SECRET, "refreshToken", "/v2.2/"] {
        assert!(!said.contains(secret), "{said}");
    }
    let lines: Vec<serde_json::Value> =
        said.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let call = lines.iter().find(|line| line["request_id"] == id.as_str()).expect("the call");
    assert_eq!(
        (call["operation"].as_str(), call["status"].as_u64()),
        (Some("Refresh Access Token"), Some(200))
    );
    assert!(lines.iter().any(|line| line["refusal"] == "not_allowed" && line["operation"] == "none"));
    assert!(lines.iter().all(|line| line["time"].is_string() && line["level"].is_string()));
}

// The secret in the environment counts as well; numbers stand on the operators' port alone.
#[test]
fn numbers_are_for_operators() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    let mut program = Program::start(&folder, &settings(&gateway, ""), &[("PORTAL__APP_SECRET", SECRET)]);
    let get = |address: &str, path: &str| send(address, &format!("GET {path} HTTP/1.1\r\n"), b"");
    let reply = get(&program.address, "/app-portal-service/v2.2/user/domain?email=a");
    assert!(reply.text().contains("31404"), "{}", reply.text());
    let numbers = get(&program.admin, "/metrics");
    assert_eq!(numbers.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    for line in [
        "portal_calls_total{operation=\"Get User Domain\",outcome=\"answered\"} 1\n",
        "portal_gateway_tokens_total 1\n",
        "portal_gateway_clock_ahead_seconds 0\n",
    ] {
        assert!(numbers.text().contains(line), "{}", numbers.text());
    }
    assert!(!get(&program.address, "/metrics").text().contains("portal_calls"));
    for address in [&program.address, &program.admin] {
        assert_eq!(get(address, "/healthz").text(), "alive\n");
        assert_eq!(get(address, "/readyz").text(), "ready\n");
    }
    assert_eq!(get(&program.admin, "/boot.js").status, 404);
    program.tell();
    assert!(program.end().0);
}

// What is under way is finished; meanwhile balancers are told to look elsewhere.
#[test]
fn the_end_finishes_what_is_under_way() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    let more = "drain = 1\ngrace = 10\nlog = \"warn\"";
    let mut program = Program::start(&folder, &settings(&gateway, more), &[("PORTAL__APP_SECRET", SECRET)]);
    send(&program.address, "GET /app-portal-service/v2.2/user/domain?email=a HTTP/1.1\r\n", b"");
    gateway.be(Mood::Slow(Duration::from_secs(3)));
    let address = program.address.clone();
    let slow = std::thread::spawn(move || {
        send(&address, "GET /app-portal-service/v2.2/user/domain?email=a HTTP/1.1\r\n", b"")
    });
    while gateway.calls().is_empty() {
        std::thread::sleep(Duration::from_millis(20));
    }
    // A connection that is idle holds nothing up.
    let idle = TcpStream::connect(&program.address).expect("it listens");
    program.tell();
    let ready = |program: &Program| send(&program.admin, "GET /readyz HTTP/1.1\r\n", b"");
    let end = Instant::now() + Duration::from_millis(900);
    while ready(&program).status == 200 {
        assert!(Instant::now() < end, "it says so at once");
    }
    assert_eq!(ready(&program).text(), "not ready: shutting down\n");
    let reply = slow.join().expect("a reply");
    assert!(reply.status == 200 && reply.text().contains("31404"), "{}", reply.text());
    let (good, said) = program.end();
    assert!(good && said.is_empty(), "{said}");
    assert!(TcpStream::connect(&program.address).is_err());
    drop(idle);
}

#[test]
fn wrong_settings_are_named() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    let url = gateway.url();
    let secret = [("PORTAL__APP_SECRET", SECRET)];
    folder.write_secret("empty", "\n").write("open", SECRET).allow("open", 0o644);
    let file = |name: &str| folder.path().join(name).display().to_string();
    for (settings, variables, expected) in [
        ("upstream = \"gateway\"".to_owned(), &[][..], "`upstream` must be an address such as"),
        (
            format!("upstream = \"{url}/app-portal-service/\""),
            &[],
            "`upstream` must end before /app-portal-service",
        ),
        (
            "port = 8080\nadmin = \"127.0.0.1:8080\"".to_owned(),
            &[],
            "`admin` must have another port than `port`",
        ),
        ("upstream = \"http://gateway.example\"".to_owned(), &[], "`upstream` must be https: passwords"),
        (format!("upstream = \"{url}\"\napp-key = \"k\""), &[], "`app-key` needs its secret"),
        (format!("upstream = \"{url}\""), &secret, "`app-key` is missing, and there is a secret"),
        (
            format!("upstream = \"{url}\"\napp-key = \"two words\""),
            &secret,
            "`app-key` must be the access key",
        ),
        (
            format!("upstream = \"{url}\"\napp-key = \"k\"\napp-secret-file = \"{}\"", file("empty")),
            &[],
            "`app-secret-file` or PORTAL__APP_SECRET must hold the secret key and nothing else",
        ),
        (
            format!("upstream = \"{url}\"\napp-key = \"k\"\napp-secret-file = \"{}\"", file("open")),
            &[],
            "which every user of this machine can read (mode 644): chmod 600",
        ),
        (
            "proxy-addresses = [\"10.0.0.0/33\"]\nproxies = 1".to_owned(),
            &[],
            "portal.toml: `proxy-addresses` is wrong: invalid value '10.0.0.0/33'",
        ),
        (
            "proxy-addresses = [\"10.0.0.0/8\"]".to_owned(),
            &[],
            "portal.toml: `proxy-addresses` needs `proxies` too",
        ),
        (
            format!("upstream = \"{url}\"\napp-key = \"k\"\napp-secret-file = \"/no/such\""),
            &[],
            "`app-secret-file` names /no/such, which cannot be read",
        ),
        (
            format!("upstream = \"{url}\"\napp-key = \"k\"\napp-secret-file = \"{}\"", file("empty")),
            &secret,
            "`app-secret-file` is there, and PORTAL__APP_SECRET too",
        ),
        (
            format!("upstream = \"{url}\"\noperations = [\"Log In\"]"),
            &[],
            "`operations` names \"Log In\", which is none of: Get Organization User List",
        ),
        (
            format!("upstream = \"{url}\"\nupstream-ca = \"/no/such\""),
            &[],
            "`upstream-ca`: /no/such cannot be read",
        ),
        (
            format!("tls-certificate = \"{CERTIFICATE}\"\ntls-key = \"{CERTIFICATE}\""),
            &[],
            "certificate.pem holds no private key in PEM form",
        ),
        ("port = \"x\"".to_owned(), &[], "portal.toml: `port` is wrong: invalid value 'x'"),
        ("upstreem = \"x\"".to_owned(), &[], "portal.toml: `upstreem` is no setting"),
    ] {
        let told = refusal(&folder, &settings, variables);
        assert!(told.contains(expected), "{settings}\n{told}");
        assert!(!told.contains(SECRET));
    }
}

#[test]
fn settings_can_be_checked_without_serving() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    let checked = command(&folder, &settings(&gateway, ""))
        .arg("--check")
        .env("PORTAL__APP_SECRET", SECRET)
        .output()
        .expect("it runs");
    assert!(checked.status.success());
    assert_eq!(checked.stdout, b"The settings and the site are in order\n");
    // Also beside one that serves with them already.
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let settings = settings(&gateway, "").replace("port = 0", &format!("port = {port}"));
    let checked = command(&folder, &settings)
        .arg("--check")
        .env("PORTAL__APP_SECRET", SECRET)
        .output()
        .expect("it runs");
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}

// What the page may use and what passes are two lists: a difference is told at the start.
#[test]
fn lists_that_differ_are_told() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    folder.write("site/portal.json", r#"{"serverOperations":["Sync Asset"]}"#);
    let more = "operations = [\"Get Unresolved Messages\"]";
    let mut program = Program::start(&folder, &settings(&gateway, more), &[("PORTAL__APP_SECRET", SECRET)]);
    program.tell();
    let (_, said) = program.end();
    assert!(said.contains(r#""only_in_operations":["Get Unresolved Messages"]"#), "{said}");
    assert!(said.contains(r#""only_in_portal_json":["Sync Asset"]"#), "{said}");
}

fn over_tls(address: &str, trusted: &str, request: &str) -> String {
    let mut roots = rustls::RootCertStore::empty();
    let certificate = CertificateDer::from_pem_file(trusted).expect("a certificate");
    roots.add(certificate).expect("one that can be trusted");
    let config = rustls::ClientConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").expect("a name");
    let connection = rustls::ClientConnection::new(Arc::new(config), name).expect("a connection");
    let stream = TcpStream::connect(address).expect("it listens");
    let mut stream = rustls::StreamOwned::new(connection, stream);
    let _sent = stream.write_all(request.as_bytes());
    let mut answer = Vec::new();
    let _ended = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

// TLS on both sides: before the browser, and before a gateway whose certificate a file names.
#[test]
fn tls_is_ended_here_and_trusted_there() {
    let inner_folder = Folder::site();
    let gateway = Gateway::start();
    let tls = |options: &mut portal_server::Options| {
        options.tls_certificate = Some(CERTIFICATE.into());
        options.tls_key = Some(TLS_KEY.into());
    };
    let inner = before(&inner_folder, &gateway, tls);
    let port = inner.portal.rsplit_once(':').expect("a port").1.to_owned();
    let ask = "GET /app-portal-service/v2.2/user/domain?email=a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let answer = over_tls(&inner.portal, CERTIFICATE, ask);
    assert!(answer.contains("31404") && answer.contains("strict-transport-security: max-age="), "{answer}");
    assert_eq!(
        gateway
            .calls()
            .last()
            .and_then(|came| came.header("x-forwarded-proto").map(str::to_owned))
            .as_deref(),
        Some("https")
    );

    // A second one that takes the first for its service: TLS to it, with the certificate's file and without.
    let folder = Folder::site();
    for (trusted, status) in [(true, 200), (false, 502)] {
        let host = Host::start(portal_server::Options {
            upstream: Some(format!("https://localhost:{port}")),
            upstream_ca: trusted.then(|| CERTIFICATE.into()),
            ..folder.options()
        });
        let reply = host.get("/app-portal-service/v2.2/user/domain?email=a", "");
        assert_eq!(reply.status, status, "{}", reply.text());
    }
}

// The service may have done what it was asked for, though nobody waited for the answer.
#[test]
fn a_client_that_goes_away_is_told() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    let mut program = Program::start(&folder, &settings(&gateway, ""), &[("PORTAL__APP_SECRET", SECRET)]);
    send(&program.address, "GET /app-portal-service/v2.2/user/domain?email=a HTTP/1.1\r\n", b"");
    gateway.be(Mood::Slow(Duration::from_secs(10)));
    let mut stream = TcpStream::connect(&program.address).expect("it listens");
    // An answer that nobody has read when the connection is closed: the system breaks it off then, where it would else
    // say only that nothing more is sent.
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").expect("sent");
    assert_ne!(stream.peek(&mut [0]).expect("an answer"), 0);
    stream.write_all(b"GET /app-portal-service/v2.2/logout HTTP/1.1\r\nHost: x\r\n\r\n").expect("sent");
    while gateway.calls().iter().all(|came| came.path() != "/app-portal-service/v2.2/logout") {
        std::thread::sleep(Duration::from_millis(20));
    }
    drop(stream);
    let end = Instant::now() + Duration::from_secs(5);
    let numbers = loop {
        let numbers = send(&program.admin, "GET /metrics HTTP/1.1\r\n", b"").text();
        if numbers.contains("outcome=\"left\"") || Instant::now() > end {
            break numbers;
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    assert!(numbers.contains("portal_calls_total{operation=\"Log Out\",outcome=\"left\"} 1\n"), "{numbers}");
    assert!(numbers.contains("portal_calls_under_way 0\n"), "{numbers}");
    program.tell();
    let (_, said) = program.end();
    assert!(said.contains("\"operation\":\"Log Out\"") && said.contains("\"client_gone\""), "{said}");
}

// Who sends no more may still wait: the answer comes over the other half of the connection, over TLS too.
#[test]
fn a_client_that_closes_its_half_gets_the_answer() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    let host = before(&folder, &gateway, |_| ());
    gateway.be(Mood::Slow(Duration::from_millis(700)));
    let head = "POST /app-portal-service/v2.2/login HTTP/1.1\r\nContent-Type: application/json\r\n";
    let body = br#"{"account":"morgan","password":"portal"}"#;
    let reply = send_and_shut(&host.portal, head, body);
    assert!(reply.status == 200 && reply.text().contains("accessToken"), "{}", reply.text());
    let reply = send_and_shut(&host.portal, "GET /app-0123456789abcdef.js HTTP/1.1\r\n", b"");
    assert_eq!((reply.status, reply.text().as_str()), (200, "plain js"));
}

// `proxies` without a server in front, or one that is none of ours: what strangers write is not believed.
#[test]
fn only_named_servers_in_front_are_believed() {
    let client = |list: &[&str]| {
        let (folder, gateway) = (Folder::site(), Gateway::start());
        let host = before(&folder, &gateway, |options| {
            options.proxies = 1;
            options.proxy_addresses = list.iter().map(|text| text.parse().expect("a network")).collect();
        });
        let headers = "X-Forwarded-For: 203.0.113.9\r\nX-Request-Id: chosen-by-a-stranger\r\n";
        let reply = host.get("/app-portal-service/v2.2/user/domain?email=a", headers);
        let came = gateway.calls().pop().expect("a call");
        let client = came.header("x-forwarded-for").expect("an address").to_owned();
        (client, reply.header("x-request-id") == Some("chosen-by-a-stranger"))
    };
    assert_eq!(client(&[]), ("203.0.113.9".to_owned(), true), "from this machine");
    assert_eq!(client(&["127.0.0.0/8"]), ("203.0.113.9".to_owned(), true));
    assert_eq!(client(&["10.0.0.0/8"]), ("127.0.0.1".to_owned(), false));
}

// A site that was built for another path stays blank: it is said at the start, and where requests show it.
#[test]
fn a_site_of_another_base_is_told() {
    let folder = Folder::site();
    let page = |base: &str| {
        format!("<!doctype html><title>x</title><script type=\"module\" src=\"{base}boot.js\"></script>")
    };
    folder.write("site/index.html", &page("/portal/"));
    let mut program = Program::start(&folder, "port = 0", &[]);
    for path in ["/", "/portal/boot.js", "/portal/x.css"] {
        send(&program.address, &format!("GET {path} HTTP/1.1\r\n"), b"");
    }
    program.tell();
    let (_, said) = program.end();
    let times =
        |words: &str| said.lines().filter(|line| line.contains(words) && line.contains("/portal/")).count();
    assert_eq!((times("was built for a path"), times("no file is found")), (1, 1), "{said}");
    // Checked, and printed for another server: on the standard error, since the output is for that server.
    for option in ["--check", "--print-headers"] {
        let said = command(&folder, "port = 0").arg(option).output().expect("it runs");
        assert!(said.status.success());
        assert!(String::from_utf8_lossy(&said.stderr).contains("was built for a path"), "{option}");
    }
    folder.write("site/index.html", &page("/"));
    let mut program = Program::start(&folder, "port = 0", &[]);
    send(&program.address, "GET /portal/boot.js HTTP/1.1\r\n", b"");
    program.tell();
    assert_eq!(program.end().1, "");
}

// The key of a certificate is kept by other programs: it is taken all the same, and said.
#[test]
fn a_key_that_all_can_read_is_told() {
    let folder = Folder::site();
    std::fs::copy(TLS_KEY, folder.path().join("key.pem")).expect("copied");
    let key = folder.path().join("key.pem");
    let settings = format!("port = 0\ntls-certificate = \"{CERTIFICATE}\"\ntls-key = \"{}\"", key.display());
    for (mode, told) in [(0o644, true), (0o640, false), (0o600, false)] {
        folder.allow("key.pem", mode);
        let checked = command(&folder, &settings).arg("--check").output().expect("it runs");
        assert!(checked.status.success());
        let said = String::from_utf8_lossy(&checked.stderr).into_owned();
        assert_eq!(
            said.contains("every user of this machine can read the file of `tls-key`"),
            told,
            "{mode:o} {said}"
        );
    }
}

// A text of a megabyte can be forty of them once it is read: who has no session must not have it read.
#[cfg(target_os = "linux")]
#[test]
fn bodies_of_strangers_are_not_read() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    let more = "operations = \"Get Organization User List\"";
    let mut program = Program::start(&folder, &settings(&gateway, more), &[("PORTAL__APP_SECRET", SECRET)]);
    send(&program.address, "GET /app-portal-service/v2.2/user/domain?email=a HTTP/1.1\r\n", b"");
    gateway.be(Mood::Slow(Duration::from_secs(2)));
    let body = format!("[{}0]", "0,".repeat(500_000));
    let head = "POST /app-portal-service/v2.2/user/organization/roster HTTP/1.1\r\nContent-Type: application/json\r\n\
         Authorization: Bearer nobody\r\n";
    let resident = || {
        let status = std::fs::read_to_string(format!("/proc/{}/statm", program.child.id())).expect("it runs");
        status.split(' ').nth(1).expect("resident").parse::<usize>().expect("a number") * 4096
    };
    std::thread::scope(|scope| {
        let calls: Vec<_> =
            (0..12).map(|_| scope.spawn(|| send(&program.address, head, body.as_bytes()))).collect();
        let mut most = 0;
        while calls.iter().any(|call| !call.is_finished()) {
            most = most.max(resident());
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(calls.into_iter().all(|call| call.join().expect("a reply").text().contains("31401")));
        assert!(most < 150 << 20, "{most}");
    });
    program.tell();
    assert!(program.end().0);
}

// "Unreachable" alone helps nobody who looks for the reason.
#[test]
fn the_log_says_why_the_service_is_not_reached() {
    let inner_folder = Folder::site();
    let inner = Host::start(portal_server::Options {
        tls_certificate: Some(CERTIFICATE.into()),
        tls_key: Some(TLS_KEY.into()),
        ..inner_folder.options()
    });
    let port = inner.portal.rsplit_once(':').expect("a port").1;
    let plain = Host::start(inner_folder.options());
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    for (upstream, authority, expected) in [
        (format!("http://{free}"), "", "nothing listens there"),
        ("https://no-such-host.invalid".to_owned(), "", "its name is not known"),
        (format!("https://localhost:{port}"), RENEWED, "nobody who is trusted here vouches"),
        (format!("https://{}", plain.portal), CERTIFICATE, "TLS with it fails"),
    ] {
        let folder = Folder::site();
        let authority = if authority.is_empty() { CERTIFICATE } else { authority };
        let settings = format!("port = 0\nupstream = \"{upstream}\"\nupstream-ca = \"{authority}\"");
        let mut program = Program::start(&folder, &settings, &[]);
        let reply =
            send(&program.address, "GET /app-portal-service/v2.2/user/domain?email=a HTTP/1.1\r\n", b"");
        assert_eq!(reply.status, 502, "{expected}: {}", reply.text());
        program.tell();
        let (_, said) = program.end();
        assert!(
            said.contains("\"refusal\":\"unreachable\"") && said.contains(expected),
            "{expected}: {said}"
        );
    }
}

// Without a single authority every call would fail, hours after the start perhaps.
#[cfg(target_os = "linux")]
#[test]
fn a_system_without_authorities_is_told_at_the_start() {
    let folder = Folder::site();
    folder.write("none", "");
    let file = folder.path().join("none").display().to_string();
    let variables = [("SSL_CERT_FILE", file.as_str()), ("SSL_CERT_DIR", "/no/such/folder")];
    let told = refusal(&folder, "upstream = \"https://gateway.example\"", &variables);
    assert!(told.contains("`upstream-ca` is not set, and this system has no authorities"), "{told}");
}

// Who sends SIGHUP wants files read again: where there are none, nothing is to be lost for it.
#[test]
fn a_wish_to_read_again_ends_nothing() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    let mut program = Program::start(&folder, &settings(&gateway, ""), &[("PORTAL__APP_SECRET", SECRET)]);
    assert_eq!(send(&program.address, "GET /healthz HTTP/1.1\r\n", b"").text(), "alive\n");
    program.signal("-HUP");
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(send(&program.address, "GET /healthz HTTP/1.1\r\n", b"").text(), "alive\n");
    program.tell();
    assert!(program.end().0);
}

// A renewed certificate is taken without a restart; what is half written or none at all changes nothing.
#[test]
fn a_new_certificate_is_taken_while_serving() {
    let folder = Folder::site();
    let (certificate, key) = (folder.path().join("certificate.pem"), folder.path().join("key.pem"));
    let put = |from: &str, to: &std::path::Path| {
        std::fs::copy(from, to).expect("copied");
    };
    put(CERTIFICATE, &certificate);
    put(TLS_KEY, &key);
    let settings =
        format!("port = 0\ntls-certificate = \"{}\"\ntls-key = \"{}\"", certificate.display(), key.display());
    let mut program = Program::start(&folder, &settings, &[]);
    let request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let serves = |trusted: &str| over_tls(&program.address, trusted, request).contains("alive");
    assert!(serves(CERTIFICATE) && !serves(RENEWED));
    std::fs::write(&certificate, "no certificate").expect("written");
    program.signal("-HUP");
    std::thread::sleep(Duration::from_millis(300));
    put(RENEWED, &certificate);
    program.signal("-HUP");
    std::thread::sleep(Duration::from_millis(300));
    assert!(serves(CERTIFICATE), "the key is still another's");
    put(RENEWED_KEY, &key);
    program.signal("-HUP");
    let end = Instant::now() + Duration::from_secs(20);
    while !serves(RENEWED) {
        assert!(Instant::now() < end, "it is taken");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(!serves(CERTIFICATE));
    program.tell();
    let (good, said) = program.end();
    assert!(good && said.contains("\"a new certificate is in use\""), "{said}");
    assert!(said.contains("the new certificate cannot be taken: the old one stays"), "{said}");
}
