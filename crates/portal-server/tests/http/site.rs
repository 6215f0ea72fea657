//! The built site: headers, types, caching, encodings, fallback, and what must stay out of reach.

use crate::harness::{Folder, Host, INDEX, Reply, SECRET, send};

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' \
    'sha256-IAdwN3biDCQ3brrgp1m8kBEsPQYyqfREKOEfeoREopc='; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; \
    frame-ancestors 'none'; manifest-src 'self'";

const SANDBOX: &str = "sandbox allow-scripts allow-forms allow-popups allow-downloads";

/// The security headers of a reply, one a line.
fn security(reply: &Reply) -> Vec<(&str, &str)> {
    let names = [
        "content-security-policy",
        "x-content-type-options",
        "referrer-policy",
        "cross-origin-opener-policy",
        "permissions-policy",
        "strict-transport-security",
    ];
    names.into_iter().filter_map(|name| Some((name, reply.header(name)?))).collect()
}

// hostile.md 57, 60: the same bytes with every kind of file and with every error.
#[test]
fn every_kind_of_answer_has_the_same_security_headers() {
    let site = Folder::site();
    let host = Host::start(site.options());
    let sandboxed = format!("{POLICY}; {SANDBOX}");
    let expected = |policy: &'static str| {
        vec![
            ("content-security-policy", policy),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin-allow-popups"),
            ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ]
    };
    // What is no file of the site: in the sandbox besides, and without an opener policy.
    let mut others = expected("");
    others.retain(|(name, _)| *name != "cross-origin-opener-policy");
    others[0].1 = &sandboxed;
    for (path, status, kind) in [
        ("/", 200, "text/html; charset=utf-8"),
        ("/index.html", 200, "text/html; charset=utf-8"),
        ("/404.html", 200, "text/html; charset=utf-8"),
        ("/boot.js", 200, "text/javascript; charset=utf-8"),
        ("/portal-bridge.js", 200, "text/javascript; charset=utf-8"),
        ("/session-store.js", 200, "text/javascript; charset=utf-8"),
        ("/portal-bridge.d.ts", 200, "text/plain; charset=utf-8"),
        ("/app-0123456789abcdef.js", 200, "text/javascript; charset=utf-8"),
        ("/app-0123456789abcdef_bg.wasm", 200, "application/wasm"),
        ("/app-0123456789abcdef.css", 200, "text/css; charset=utf-8"),
        ("/portal.json", 200, "application/json"),
        ("/locales/zh-CN.json", 200, "application/json"),
        ("/favicon.svg", 200, "image/svg+xml"),
        ("/manifest.webmanifest", 200, "application/manifest+json"),
        ("/deep/link", 200, "text/html; charset=utf-8"),
    ] {
        let reply = host.get(path, "");
        assert_eq!((reply.status, reply.header("content-type")), (status, Some(kind)), "{path}");
        assert_eq!(security(&reply), expected(POLICY), "{path}");
    }
    for (path, status) in
        [("/app-portal-service/v2.2/login", 502), ("/__demo/calls", 404), ("/healthz", 200), ("/readyz", 200)]
    {
        let reply = host.get(path, "");
        assert_eq!((reply.status, security(&reply)), (status, others.clone()), "{path}");
    }
    let missing = host.get("/gone.js", "Sec-Fetch-Dest: script\r\nAccept: */*\r\n");
    assert_eq!((missing.status, security(&missing)), (404, others.clone()));
    let refused = send(&host.portal, "POST / HTTP/1.1\r\n", b"x");
    assert_eq!((refused.status, security(&refused)), (405, others.clone()));
    assert_eq!(refused.header("allow"), Some("GET, HEAD"));
    let range = host.get("/boot.js", "Range: bytes=99-\r\n");
    assert_eq!((range.status, security(&range)), (416, others.clone()));
    let large = host.get("/", &format!("X-Large: {}\r\n", "x".repeat(33_000)));
    assert_eq!((large.status, security(&large)), (431, others.clone()));
}

// The service worker of the portal has a policy of its own, and no other script of the origin can become one: it could
// answer in place of the server.
#[test]
fn there_is_one_service_worker() {
    let site = Folder::site();
    site.write("site/portal.json", r#"{"apiBase":"https://api.example.com/x"}"#);
    site.write("site/sample-apps/worker.js", "evil()");
    let host = Host::start(site.options());
    let as_worker = "Service-Worker: script\r\nSec-Fetch-Dest: serviceworker\r\n";
    let own = host.get("/refresh-worker.js", as_worker);
    assert_eq!((own.status, own.text().as_str()), (200, "worker()"));
    assert_eq!(
        own.header("content-security-policy"),
        Some("default-src 'none'; script-src 'self'; connect-src 'self' https://api.example.com")
    );
    for (name, value) in [
        ("cache-control", "no-cache"),
        ("content-type", "text/javascript; charset=utf-8"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin-allow-popups"),
    ] {
        assert_eq!(own.header(name), Some(value), "{name}");
    }
    assert_eq!(own.header("service-worker-allowed"), None);
    for path in [
        "/boot.js",
        "/session-store.js",
        "/app-0123456789abcdef.js",
        "/sample-apps/worker.js",
        "/app-portal-service/v2.2/login",
        "//refresh-worker.js",
        "/x/refresh-worker.js",
        "/refresh-worker.js/x",
        "/refresh%2Dworker.js",
        "/",
        "/deep/link",
    ] {
        let reply = host.get(path, as_worker);
        assert_eq!(reply.status, 403, "{path}");
        assert!(
            reply.header("content-security-policy").is_some_and(|policy| policy.ends_with(SANDBOX)),
            "{path}"
        );
    }
    // Scripts that the worker imports, and the same file for anybody else, are files like others.
    assert_eq!(host.get("/session-store.js", "Sec-Fetch-Dest: script\r\n").status, 200);
    assert_eq!(host.get("/refresh-worker.js", "").status, 200);
    // A site without one has no page in its place.
    std::fs::remove_file(site.path().join("site/refresh-worker.js")).expect("gone");
    std::thread::sleep(std::time::Duration::from_millis(1200));
    for headers in [as_worker, ""] {
        let reply = host.get("/refresh-worker.js", headers);
        assert_eq!(reply.status, 404);
        assert!(reply.header("content-security-policy").is_some_and(|policy| policy.ends_with(SANDBOX)));
    }
}

#[test]
fn tls_is_promised_only_where_it_is() {
    let site = Folder::site();
    let mut options = site.options();
    options.behind_tls = true;
    let host = Host::start(options);
    for path in ["/", "/boot.js", "/sample-apps/x", "/app-portal-service/x"] {
        assert_eq!(
            host.get(path, "").header("strict-transport-security"),
            Some("max-age=31536000"),
            "{path}"
        );
    }
}

// hostile.md §2 and performance.md: what has a hash in its name is asked for once, pages never stay.
#[test]
fn files_are_kept_by_their_names() {
    let site = Folder::site();
    let host = Host::start(site.options());
    for (path, expected) in [
        ("/app-0123456789abcdef.js", "public, max-age=31536000, immutable"),
        ("/app-0123456789abcdef_bg.wasm", "public, max-age=31536000, immutable"),
        ("/", "no-store"),
        ("/index.html", "no-store"),
        ("/orders/app-0123456789abcdef.x", "no-store"),
        ("/boot.js", "no-cache"),
        ("/portal.json", "no-cache"),
        ("/locales/zh-CN.json", "no-cache"),
        ("/app-portal-service/v2.2/login", "no-store"),
    ] {
        assert_eq!(host.get(path, "").header("cache-control"), Some(expected), "{path}");
    }
    let missing = host.get("/gone-0123456789abcdef.js", "Sec-Fetch-Dest: script\r\n");
    assert_eq!((missing.status, missing.header("cache-control")), (404, Some("no-store")));
}

#[test]
fn a_file_that_did_not_change_is_not_sent_again() {
    let site = Folder::site();
    let host = Host::start(site.options());
    let first = host.get("/boot.js", "");
    let mark = first.header("etag").expect("an ETag");
    let date = first.header("last-modified").expect("a date");
    for condition in [format!("If-None-Match: {mark}\r\n"), format!("If-Modified-Since: {date}\r\n")] {
        let again = host.get("/boot.js", &condition);
        assert_eq!((again.status, again.body.len()), (304, 0), "{condition}");
        assert_eq!(again.header("cache-control"), Some("no-cache"));
        assert_eq!(again.header("content-security-policy"), Some(POLICY));
    }
    // A page that is not stored has no mark, and a condition meant for another file does not hit it.
    assert_eq!(host.get("/", "").header("etag"), None);
    assert_eq!(host.get("/deep/link", "If-None-Match: *\r\n").status, 200);
}

// A browser gets the smallest form that it says it can read.
#[test]
fn precompressed_files_are_negotiated() {
    let site = Folder::site();
    let host = Host::start(site.options());
    for (accepted, encoding, body) in [
        ("gzip, deflate, br, zstd", Some("br"), "brotli js"),
        ("gzip, deflate", Some("gzip"), "gzip js"),
        ("br;q=0.5, gzip;q=0.9", Some("gzip"), "gzip js"),
        ("br;q=0, gzip;q=0", None, "plain js"),
        ("identity", None, "plain js"),
        ("zstd", None, "plain js"),
        ("", None, "plain js"),
    ] {
        let reply = host.get("/app-0123456789abcdef.js", &format!("Accept-Encoding: {accepted}\r\n"));
        assert_eq!((reply.header("content-encoding"), reply.text().as_str()), (encoding, body), "{accepted}");
        assert_eq!(reply.header("vary"), Some("accept-encoding"), "{accepted}");
        assert_eq!(reply.header("content-type"), Some("text/javascript; charset=utf-8"), "{accepted}");
    }
    // No sibling, no encoding; and the start page is negotiated under every address that shows it.
    assert_eq!(host.get("/boot.js", "Accept-Encoding: br, gzip\r\n").header("content-encoding"), None);
    for path in ["/", "/deep/link"] {
        assert_eq!(host.get(path, "Accept-Encoding: br\r\n").text(), "brotli index", "{path}");
    }
}

#[test]
fn head_says_what_get_says_without_the_body() {
    let site = Folder::site();
    let host = Host::start(site.options());
    for path in ["/", "/boot.js", "/app-0123456789abcdef.js", "/deep/link"] {
        let (get, head) = (host.get(path, ""), send(&host.portal, &format!("HEAD {path} HTTP/1.1\r\n"), b""));
        assert_eq!(head.body.len(), 0, "{path}");
        let without_date = |reply: &Reply| {
            let mut headers = reply.headers.clone();
            headers.remove("date");
            (reply.status, headers)
        };
        assert_eq!(without_date(&head), without_date(&get), "{path}");
    }
}

// A frame never shows the portal inside the portal, and a missing script is a 404 and not a page.
#[test]
fn deep_links_get_the_start_page_and_nothing_else_does() {
    let site = Folder::site();
    let host = Host::start(site.options());
    for path in ["/launcher", "/apps/a%2Fb/menu?n=2", "/a.b/c", "/apps/", "//evil.example/x", "/index.html/x"]
    {
        let reply = host.visit(path);
        assert_eq!((reply.status, reply.text().as_str()), (200, INDEX), "{path}");
    }
    for headers in ["", "Accept: */*\r\n", "Accept: text/html\r\n", "Accept: application/xhtml+xml;q=0.9\r\n"]
    {
        assert_eq!(host.get("/launcher", headers).status, 200, "{headers}");
    }
    for headers in [
        "Sec-Fetch-Dest: iframe\r\nAccept: text/html\r\n",
        "Sec-Fetch-Dest: frame\r\nAccept: text/html\r\n",
        "Sec-Fetch-Dest: embed\r\nAccept: text/html\r\n",
        "Sec-Fetch-Dest: object\r\nAccept: text/html\r\n",
        "Sec-Fetch-Dest: script\r\nAccept: */*\r\n",
        "Sec-Fetch-Dest: style\r\nAccept: text/css,*/*;q=0.1\r\n",
        "Sec-Fetch-Dest: image\r\nAccept: image/avif,*/*\r\n",
        "Sec-Fetch-Dest: empty\r\nAccept: */*\r\n",
        "Accept: application/json\r\n",
        "Accept: image/png\r\n",
    ] {
        let reply = host.get("/launcher", headers);
        assert_eq!(reply.status, 404, "{headers}");
        assert!(reply.text().contains("There is nothing at this address."), "{headers}");
    }
    // Browsers before Fetch Metadata and programs: a file that is missing is missing, whoever asks, and links still work.
    let document = "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n";
    for (path, headers, status) in [
        ("/app-abc.js", "", 404),
        ("/app-abc.js", "Accept: */*\r\n", 404),
        ("/app-abc.js", document, 404),
        ("/gone-0123456789abcdef_bg.wasm", "Accept: */*\r\n", 404),
        ("/style/gone.css", "Accept: text/css,*/*;q=0.1\r\n", 404),
        ("/locales/xx.JSON", "Accept: */*\r\n", 404),
        ("/gone.svg", "Accept: image/avif,image/webp,*/*\r\n", 404),
        ("/apps/com.example.pumps", document, 200),
        ("/apps/com.example.pumps", "Accept: */*\r\n", 404),
        ("/apps/com.example.pumps/menu", "Accept: */*\r\n", 200),
        ("/apps/pumps?next=x.js", "Accept: */*\r\n", 200),
        ("/app-abc.js", "Sec-Fetch-Dest: document\r\nAccept: text/html\r\n", 200),
    ] {
        assert_eq!(host.get(path, headers).status, status, "{path} {headers}");
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        assert_eq!(
            send(&host.portal, &format!("{method} /launcher HTTP/1.1\r\n"), b"").status,
            405,
            "{method}"
        );
    }
}

// Path traversal: what stands beside the site is never served, however the address is written.
#[test]
fn no_address_leaves_the_folder() {
    let site = Folder::site();
    let host = Host::start(site.options());
    for path in [
        "/../secret.txt",
        "/locales/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/....//secret.txt",
        "//../secret.txt",
        "/%252e%252e/secret.txt",
        "/sample-apps/../secret.txt",
        "/sample-apps/%2e%2e/secret.txt",
        "/sample-apps/..%2f..%2fsecret.txt",
        "/app-portal-service/../secret.txt",
        "/%00",
        "/boot.js%00.html",
        "/%ff",
        "/%2fetc%2fpasswd",
        "//etc/passwd",
        "/C:%5cwindows",
    ] {
        for headers in ["Sec-Fetch-Dest: script\r\n", "Sec-Fetch-Dest: document\r\n"] {
            let reply = host.get(path, headers);
            let text = reply.text();
            assert!(!text.contains(SECRET) && !text.contains("root:"), "{path}: {text}");
            assert!(matches!(reply.status, 400 | 404 | 502) || text == INDEX, "{path}: {}", reply.status);
        }
    }
    // A folder is neither listed nor redirected to.
    for path in ["/locales", "/locales/"] {
        assert_eq!(host.get(path, "Sec-Fetch-Dest: empty\r\n").status, 404, "{path}");
    }
}

// The policy follows the settings; a site that talks to another origin says so and nothing more.
#[test]
fn origins_of_the_settings_stand_in_the_policy() {
    let site = Folder::site();
    site.write(
        "site/portal.json",
        r#"{"apiBase":"https://api.example.com/x","frameOrigins":["https://a.example"]}"#,
    );
    let host = Host::start(site.options());
    let expected = POLICY
        .replace("connect-src 'self'", "connect-src 'self' https://api.example.com")
        .replace("frame-src 'self'", "frame-src 'self' https://a.example");
    assert_eq!(host.get("/", "").header("content-security-policy"), Some(expected.as_str()));
}

// A file that is asked for often stays in memory, and a new version of it is seen all the same.
#[test]
fn a_changed_file_is_seen_a_second_later() {
    let site = Folder::site();
    let host = Host::start(site.options());
    assert_eq!(
        (host.get("/boot.js", "").text(), host.get("/boot.js", "").text()),
        ("boot()".into(), "boot()".into())
    );
    site.write("site/boot.js", "boot(2)").write("site/index.html", "<!doctype html><title>New</title>");
    std::thread::sleep(std::time::Duration::from_millis(1200));
    assert_eq!(host.get("/boot.js", "").text(), "boot(2)");
    assert!(host.visit("/deep/link").text().contains("New"));
    std::fs::remove_file(site.path().join("site/boot.js")).expect("gone");
    std::thread::sleep(std::time::Duration::from_millis(1200));
    assert_eq!(host.get("/boot.js", "Sec-Fetch-Dest: script\r\n").status, 404);
}

// As in the servers in front: a copy has another type and other rules than the file, so it has no address.
#[test]
fn compressed_copies_are_no_addresses() {
    let site = Folder::site();
    let host = Host::start(site.options());
    for path in ["/app-0123456789abcdef.js.br", "/app-0123456789abcdef.js.gz", "/index.html.br"] {
        assert_eq!(host.get(path, "Sec-Fetch-Dest: script\r\n").status, 404, "{path}");
    }
    let packed = host.get("/app-0123456789abcdef.js", "Accept-Encoding: br\r\n");
    assert_eq!(packed.text(), "brotli js");
}

// What begins with a dot was never meant for everybody.
#[test]
fn hidden_files_are_no_addresses() {
    let site = Folder::site();
    site.write("site/.git/config", "hidden").write("site/.env", "hidden").write("site/a/.b", "hidden");
    site.write("site/.well-known/security.txt", "Contact: x");
    let host = Host::start(site.options());
    for path in ["/.git/config", "/%2egit/config", "/.env", "/a/.b", "/a/%2Eb", "//.env", "/./.env"] {
        let reply = host.get(path, "Sec-Fetch-Dest: script\r\n");
        assert!(reply.status == 404 && !reply.text().contains("hidden"), "{path}: {}", reply.text());
    }
    assert_eq!(host.get("/.well-known/security.txt", "").text(), "Contact: x");
}
