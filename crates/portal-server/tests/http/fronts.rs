//! nginx and Caddy with the files of deploy/ before a site, an application of the same host, and portal-server: the same
//! answers as from portal-server alone. Where one of them is not installed, its part is left out.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::harness::{Folder, Host, Reply, send};

const DEPLOY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy");
const SANDBOX: &str = "sandbox allow-scripts allow-forms allow-popups allow-downloads";
const DOCUMENT: &str = "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n";

/// A server in front; ends with the test.
struct Front {
    program: &'static str,
    child: Child,
    address: String,
    _inner: Host,
    folder: Folder,
}

impl Drop for Front {
    fn drop(&mut self) {
        let _already_over = self.child.kill();
        let _ended = self.child.wait();
    }
}

impl Front {
    fn get(&self, path: &str, headers: &str) -> Reply {
        send(&self.address, &format!("GET {path} HTTP/1.1\r\n{headers}"), b"")
    }

    /// Each of them that is installed here.
    fn all() -> Vec<Self> {
        [Self::nginx as fn() -> Option<Self>, Self::caddy].into_iter().filter_map(|start| start()).collect()
    }

    fn new(program: &'static str, write: impl FnOnce(&Folder, &str, &str, &str) -> Command) -> Option<Self> {
        let version = if program == "nginx" { "-v" } else { "version" };
        Command::new(program).arg(version).stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
        let folder = Folder::site();
        folder.write("site/portal.json", r#"{"apiBase":"https://api.example.com/x"}"#);
        let inner = Host::start(folder.options());
        let application = application();
        let address =
            TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").to_string();
        let mut command = write(&folder, &address, &inner.portal, &application);
        command.env("XDG_DATA_HOME", folder.path()).env("XDG_CONFIG_HOME", folder.path());
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        let front = Self { program, child, address, _inner: inner, folder };
        let answers = (0..200).any(|_| {
            thread::sleep(Duration::from_millis(50));
            TcpStream::connect(&front.address).is_ok()
        });
        assert!(answers, "{program} does not answer");
        Some(front)
    }

    fn nginx() -> Option<Self> {
        Self::new("nginx", |folder, address, service, application| {
            for name in ["maps.conf", "site.conf", "application.conf"] {
                folder.write(&format!("portal/{name}"), &text(&format!("nginx/{name}")));
            }
            folder.write("portal/headers.conf", &headers(folder, "nginx"));
            let here = folder.path().display();
            let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
            let temporary = temporary.map(|name| format!("{name}_temp_path {here}/{name};")).concat();
            let user = if is_root() { "user root;" } else { "" };
            folder.write(
                "nginx.conf",
                &format!(
                    "daemon off; master_process off; {user} pid {here}/pid; error_log {here}/errors warn; events {{}}\n\
                     http {{ include /etc/nginx/mime.types; access_log off; {temporary} include portal/maps.conf;\n\
                     upstream portal_service {{ server {service}; }}\n\
                     server {{ listen {address}; root {here}/site; include portal/site.conf;\n\
                     location /reports/ {{ include portal/application.conf; proxy_pass http://{application}; }}\n\
                     location /forgotten/ {{ proxy_pass http://{application}; }} }} }}"
                ),
            );
            let mut command = Command::new("nginx");
            command
                .arg("-p")
                .arg(folder.path())
                .arg("-c")
                .arg(folder.path().join("nginx.conf"))
                .args(["-e", "stderr"]);
            command
        })
    }

    fn caddy() -> Option<Self> {
        Self::new("caddy", |folder, address, service, application| {
            folder.write("headers.caddy", &headers(folder, "caddy"));
            let rules = Path::new(DEPLOY).join("caddy/portal.caddy");
            folder.write(
                "Caddyfile",
                &format!(
                    "{{\n\tadmin off\n}}\nimport {}\nhttp://{address} {{\n\thandle_path /reports/* {{\n\t\timport \
                     portal_application\n\t\treverse_proxy {application}\n\t}}\n\timport portal\n}}\n",
                    rules.display()
                ),
            );
            let mut command = Command::new("caddy");
            command.args(["run", "--adapter", "caddyfile", "--config"]).arg(folder.path().join("Caddyfile"));
            command.env("PORTAL_HEADERS", folder.path().join("headers.caddy"));
            command.env("PORTAL_ROOT", folder.path().join("site")).env("PORTAL_SERVICE", service);
            command
        })
    }
}

fn text(name: &str) -> String {
    fs::read_to_string(Path::new(DEPLOY).join(name)).expect(name)
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("id");
    id.stdout.starts_with(b"0\n")
}

fn headers(folder: &Folder, server: &str) -> String {
    let script: PathBuf = Path::new(DEPLOY).join("headers.sh");
    let mut command = Command::new("sh");
    command.arg(script).arg(server).arg(folder.path().join("site"));
    command.env("PORTAL_SERVER", env!("CARGO_BIN_EXE_portal-server")).env("TLS", "no");
    String::from_utf8(command.output().expect("a shell").stdout).expect("text")
}

/// An application of the same host, with a policy of its own.
fn application() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let _some = stream.read(&mut [0; 4096]);
            let _sent = stream.write_all(
                b"HTTP/1.1 200 OK\r\nContent-Security-Policy: img-src 'self'\r\nContent-Type: text/html\r\n\
                  Content-Length: 6\r\nConnection: close\r\n\r\nreport",
            );
        }
    });
    address
}

/// The policies of a reply, each of which counts.
fn policy(reply: &Reply) -> &str {
    reply.header("content-security-policy").unwrap_or_default()
}

// The portal's own files are themselves; all else of its host has no origin, whoever serves it.
#[test]
fn what_is_not_the_portals_own_is_sandboxed() {
    for front in Front::all() {
        let program = front.program;
        for path in [
            "/",
            "/index.html",
            "/boot.js",
            "/portal.json",
            "/app-0123456789abcdef.js",
            "/deep/link",
            "/manifest.webmanifest",
            "/portal-bridge.d.ts",
            "/session-store.js",
        ] {
            let reply = front.get(path, "");
            assert_eq!(reply.status, 200, "{program} {path}");
            assert!(
                policy(&reply).starts_with("default-src 'none'") && !policy(&reply).contains("sandbox"),
                "{program} {path}: {}",
                policy(&reply)
            );
            assert_eq!(
                reply.header("cross-origin-opener-policy"),
                Some("same-origin-allow-popups"),
                "{program} {path}"
            );
        }
        for (path, status) in
            [("/gone.js", 404), ("/.env", 404), ("/boot.js.gz", 404), ("/app-portal-service/v2.2/login", 502)]
        {
            let reply = front.get(path, "");
            assert_eq!(reply.status, status, "{program} {path}");
            let sandboxed = format!("manifest-src 'self', {SANDBOX}");
            assert!(policy(&reply).ends_with(&sandboxed), "{program} {path}: {}", policy(&reply));
            assert_eq!(reply.header("cross-origin-opener-policy"), None, "{program} {path}");
            assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{program} {path}");
            assert_eq!(reply.header("cache-control"), Some("no-store"), "{program} {path}");
        }
        let reply = front.get("/reports/today", "");
        assert_eq!((reply.status, reply.text().as_str()), (200, "report"), "{program}");
        let mut both: Vec<&str> = policy(&reply).split(", ").collect();
        both.sort_unstable();
        assert_eq!(both, ["img-src 'self'", SANDBOX], "{program}: what the application says stays");
        if program == "nginx" {
            // Who forgets the line gets the portal's policy, and the sandbox too.
            assert!(policy(&front.get("/forgotten/x", "")).contains(SANDBOX));
        }
    }
}

#[test]
fn one_service_worker_passes_the_server_in_front() {
    let as_worker = "Service-Worker: script\r\nSec-Fetch-Dest: serviceworker\r\n";
    for front in Front::all() {
        let program = front.program;
        let own = front.get("/refresh-worker.js", as_worker);
        assert_eq!((own.status, own.text().as_str()), (200, "worker()"), "{program}");
        assert_eq!(
            policy(&own),
            "default-src 'none'; script-src 'self'; connect-src 'self' https://api.example.com",
            "{program}"
        );
        assert_eq!(own.header("cache-control"), Some("no-cache"), "{program}");
        assert_eq!(own.header("x-content-type-options"), Some("nosniff"), "{program}");
        assert_eq!(own.header("referrer-policy"), Some("no-referrer"), "{program}");
        assert!(own.header("permissions-policy").is_some(), "{program}");
        for path in [
            "/boot.js",
            "/session-store.js",
            "/x/refresh-worker.js",
            "/reports/worker.js",
            "/app-portal-service/x",
        ] {
            let reply = front.get(path, as_worker);
            assert_eq!(reply.status, 403, "{program} {path}");
            assert!(policy(&reply).contains(SANDBOX), "{program} {path}: {}", policy(&reply));
        }
        fs::remove_file(front.folder.path().join("site/refresh-worker.js")).expect("gone");
        for headers in [as_worker, "", DOCUMENT] {
            let gone = front.get("/refresh-worker.js", headers);
            assert_eq!(gone.status, 404, "{program}");
            assert!(policy(&gone).contains("default-src 'none'"), "{program}: {}", policy(&gone));
        }
    }
}

// The same table as portal-server's own.
#[test]
fn a_missing_file_is_missing_for_whoever_asks() {
    for front in Front::all() {
        for (path, headers, status) in [
            ("/app-abc.js", "", 404),
            ("/app-abc.js", "Accept: */*\r\n", 404),
            ("/app-abc.js", DOCUMENT, 404),
            ("/gone-0123456789abcdef_bg.wasm", "Accept: */*\r\n", 404),
            ("/style/gone.css", "Accept: text/css,*/*;q=0.1\r\n", 404),
            ("/locales/xx.JSON", "Accept: */*\r\n", 404),
            ("/launcher", "", 200),
            ("/launcher", "Accept: */*\r\n", 200),
            ("/launcher", "Accept: application/json\r\n", 404),
            ("/launcher", DOCUMENT, 200),
            ("/launcher", "Sec-Fetch-Dest: iframe\r\nAccept: text/html\r\n", 404),
            ("/launcher", "Sec-Fetch-Dest: empty\r\nAccept: */*\r\n", 404),
            ("/apps/com.example.pumps", DOCUMENT, 200),
            ("/apps/com.example.pumps", "Accept: */*\r\n", 404),
            ("/apps/com.example.pumps/menu", "Accept: */*\r\n", 200),
            ("/apps/pumps?next=x.js", "Accept: */*\r\n", 200),
            ("/app-abc.js", "Sec-Fetch-Dest: document\r\nAccept: text/html\r\n", 200),
        ] {
            let reply = front.get(path, headers);
            assert_eq!(reply.status, status, "{} {path} {headers}", front.program);
            if status == 404 {
                assert_eq!(reply.header("cache-control"), Some("no-store"), "{} {path}", front.program);
            }
        }
    }
}
