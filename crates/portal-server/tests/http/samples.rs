//! The sample applications on the portal's own origin and on the second port.

use crate::harness::{Folder, Host, send};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    form-action 'none'; base-uri 'none'; object-src 'none'; frame-ancestors ";
const SANDBOX: &str = "sandbox allow-scripts allow-forms allow-popups allow-downloads";

fn demo(folder: &Folder) -> Host {
    let mut options = folder.options();
    options.demo = true;
    Host::start(options)
}

// hostile.md 49: framed by the portal alone, on both origins; every answer says so, errors too.
#[test]
fn samples_are_framed_by_the_portal_alone() {
    let folder = Folder::site();
    let host = demo(&folder);
    let port = host.portal.rsplit(':').next().expect("a port").to_owned();
    // On the portal's own origin without that origin, on the other as themselves.
    let own = format!("{POLICY}'self'; {SANDBOX}");
    let other = format!("{POLICY}http://127.0.0.1:{port} http://localhost:{port}");
    for (path, status) in [
        ("/sample-apps/farm/overview.html", 200),
        ("/sample-apps/style.css", 200),
        ("/sample-apps/gone.html", 404),
    ] {
        for (address, policy) in [(&host.portal, &own), (&host.samples, &other)] {
            let reply = send(address, &format!("GET {path} HTTP/1.1\r\nSec-Fetch-Dest: iframe\r\n"), b"");
            assert_eq!(reply.status, status, "{address}{path}");
            assert_eq!(reply.header("content-security-policy"), Some(policy.as_str()), "{address}{path}");
            assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{address}{path}");
            assert_eq!(reply.header("referrer-policy"), Some("no-referrer"), "{address}{path}");
            assert_eq!(reply.header("set-cookie"), None, "{address}{path}");
            let opener = (address == &host.samples).then_some("same-origin-allow-popups");
            assert_eq!(reply.header("cross-origin-opener-policy"), opener, "{address}{path}");
        }
    }
    let page = host.get("/sample-apps/farm/overview.html", "");
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert_eq!(host.get("/sample-apps/style.css", "").header("cache-control"), Some("no-cache"));
}

// The portal never stands in for a sample application that is missing.
#[test]
fn samples_do_not_fall_back() {
    let folder = Folder::site();
    let host = demo(&folder);
    for path in
        ["/sample-apps", "/sample-apps/", "/sample-apps/gone", "/sample-apps/farm/", "/sample-apps/farm"]
    {
        assert_eq!(host.visit(path).status, 404, "{path}");
    }
    for path in ["/", "/index.html", "/portal.json", "/app-portal-service/v2.2/login", "/launcher"] {
        let reply = send(&host.samples, &format!("GET {path} HTTP/1.1\r\nSec-Fetch-Dest: document\r\n"), b"");
        assert_eq!(reply.status, 404, "{path}");
        assert!(reply.header("content-security-policy").is_some_and(|policy| policy.starts_with(POLICY)));
    }
    assert_eq!(send(&host.samples, "POST /sample-apps/style.css HTTP/1.1\r\n", b"x").status, 405);
}

// The samples of both origins load the client of the bridge from their own: the policy lets them load nothing else.
#[test]
fn the_client_of_the_bridge_is_on_both_ports() {
    let folder = Folder::site();
    let host = demo(&folder);
    for address in [&host.portal, &host.samples] {
        let reply = send(address, "GET /portal-bridge.js HTTP/1.1\r\nSec-Fetch-Dest: script\r\n", b"");
        assert_eq!((reply.status, reply.text().as_str()), (200, "bridge()"), "{address}");
        assert_eq!(reply.header("content-type"), Some("text/javascript; charset=utf-8"), "{address}");
        assert_eq!(reply.header("cache-control"), Some("no-cache"), "{address}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{address}");
    }
    assert_eq!(send(&host.samples, "POST /portal-bridge.js HTTP/1.1\r\n", b"x").status, 405);
    assert_eq!(send(&host.samples, "GET /boot.js HTTP/1.1\r\n", b"").status, 404);
}

// A production site has no sample applications; their place is empty, not the portal's.
#[test]
fn without_the_demo_there_are_none() {
    let folder = Folder::site();
    let host = Host::start(folder.options());
    assert_eq!(host.samples, "");
    let reply = host.visit("/sample-apps/farm/overview.html");
    assert_eq!(reply.status, 404);
    assert_eq!(reply.header("content-security-policy"), Some(format!("{POLICY}'self'; {SANDBOX}").as_str()));
}

// The browser frames the second port only where settings and policy both name it.
#[test]
fn the_demo_frames_the_second_port() {
    let folder = Folder::site();
    folder.write("site/portal.json", r#"{"title":"Test","frameOrigins":["https://a.example"]}"#);
    let host = demo(&folder);
    let reply = host.get("/portal.json", "");
    let origins = format!(r#""frameOrigins":["https://a.example","http://{}"]"#, host.samples);
    let tokens = format!(r#""tokenOrigins":["http://{}"]"#, host.samples);
    for expected in [origins.as_str(), &tokens, r#""title":"Test""#] {
        assert!(reply.text().contains(expected), "{}", reply.text());
    }
    // The sign-in of the sample company, on the portal's own origin, whatever address the host listens at.
    let provider = r#""signOn":{"name":"Sample Identity","url":"/sample-apps/identity/sign-in.html"}"#;
    assert!(reply.text().contains(provider), "{}", reply.text());
    assert_eq!(reply.header("content-type"), Some("application/json"));
    assert_eq!(reply.header("cache-control"), Some("no-cache"));
    let policy = host.get("/", "").header("content-security-policy").map(str::to_owned).unwrap_or_default();
    assert!(
        policy.contains(&format!("frame-src 'self' https://a.example http://{};", host.samples)),
        "{policy}"
    );
}
