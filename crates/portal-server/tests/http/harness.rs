//! A site on disk, a host on free ports, and the plainest HTTP client.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use portal_server::{Options, Server};
use tokio::sync::oneshot;

pub(crate) const INDEX: &str = "<!doctype html><title>Portal</title><style>body{margin:0}</style>";
/// A secret beside the site, which no address may reach.
pub(crate) const SECRET: &str = "the secret beside the site";

/// A folder that is gone when the test is.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("portal-server-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> &Self {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, text).expect("a file");
        self
    }

    /// A file that its owner alone can read.
    pub(crate) fn write_secret(&self, name: &str, text: &str) -> &Self {
        self.write(name, text);
        #[cfg(unix)]
        self.allow(name, 0o600);
        self
    }

    #[cfg(unix)]
    pub(crate) fn allow(&self, name: &str, mode: u32) {
        use std::os::unix::fs::PermissionsExt as _;
        let rights = fs::Permissions::from_mode(mode);
        fs::set_permissions(self.0.join(name), rights).expect("its rights");
    }

    /// A built site in `site/` with one file of every kind, and sample applications in `samples/`.
    pub(crate) fn site() -> Self {
        let folder = Self::new();
        folder
            .write("secret.txt", SECRET)
            .write("site/index.html", INDEX)
            .write("site/404.html", "<!doctype html><title>Static</title>")
            .write("site/portal.json", r#"{"title":"Test"}"#)
            .write("site/boot.js", "boot()")
            .write("site/portal-bridge.js", "bridge()")
            .write("site/refresh-worker.js", "worker()")
            .write("site/session-store.js", "store()")
            .write("site/portal-bridge.d.ts", "declare const x: 1;")
            .write("site/locales/zh-CN.json", "{}")
            .write("site/favicon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
            .write("site/manifest.webmanifest", "{}")
            .write("site/app-0123456789abcdef.js", "plain js")
            .write("site/app-0123456789abcdef.js.br", "brotli js")
            .write("site/app-0123456789abcdef.js.gz", "gzip js")
            .write("site/app-0123456789abcdef_bg.wasm", "\0asm")
            .write("site/app-0123456789abcdef.css", "body{}")
            .write("site/index.html.br", "brotli index")
            .write("samples/farm/overview.html", "<!doctype html><title>Farm</title>")
            .write("samples/style.css", "p{}");
        folder
    }

    pub(crate) fn options(&self) -> Options {
        Options {
            site: self.0.join("site"),
            samples: self.0.join("samples"),
            port: 0,
            samples_port: 0,
            ..Options::default()
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _removed = fs::remove_dir_all(&self.0);
    }
}

/// A host at work on a thread of its own; ends with the test.
pub(crate) struct Host {
    /// `127.0.0.1:49152`
    pub(crate) portal: String,
    /// The same of the second port, empty without one.
    pub(crate) samples: String,
    /// The same of the port for operators.
    pub(crate) admin: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Host {
    pub(crate) fn start(options: Options) -> Self {
        let (addresses, started) = mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().expect("runtime");
            runtime.block_on(async {
                let server = Server::bind(&options).await.expect("it starts");
                let samples = server.samples_address().expect("an address").unwrap_or_default();
                let admin = server.admin_address().expect("an address").unwrap_or_default();
                addresses.send((server.address().expect("an address"), samples, admin)).expect("told");
                let stop = async {
                    let _ended = stopped.await;
                };
                server.run(stop).await.expect("it runs");
            });
        });
        let bare = |address: &str| {
            address
                .trim_start_matches("https://")
                .trim_start_matches("http://")
                .trim_end_matches('/')
                .to_owned()
        };
        let (portal, samples, admin) = started.recv().expect("it starts");
        let (portal, samples, admin) = (bare(&portal), bare(&samples), bare(&admin));
        Self { portal, samples, admin, stop: Some(stop), thread: Some(thread) }
    }

    pub(crate) fn get(&self, path: &str, headers: &str) -> Reply {
        send(&self.portal, &format!("GET {path} HTTP/1.1\r\n{headers}"), b"")
    }

    /// As a browser asks when somebody types the address.
    pub(crate) fn visit(&self, path: &str) -> Reply {
        self.get(path, "Sec-Fetch-Dest: document\r\nAccept: text/html,application/xhtml+xml,*/*;q=0.8\r\n")
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        drop(self.stop.take());
        let ended = self.thread.take().map(JoinHandle::join);
        if !std::thread::panicking() {
            assert!(matches!(ended, Some(Ok(()))), "the host ends in peace");
        }
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// Names in lower case; values of a name that came twice with a comma between.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Sends a request line with headers, each ended by CRLF, and a body.
pub(crate) fn send(address: &str, head: &str, body: &[u8]) -> Reply {
    let mut stream = TcpStream::connect(address).expect("it listens");
    write(&mut stream, address, head, body);
    read(&mut stream)
}

/// The same, and says that nothing more will be sent.
pub(crate) fn send_and_shut(address: &str, head: &str, body: &[u8]) -> Reply {
    let mut stream = TcpStream::connect(address).expect("it listens");
    write(&mut stream, address, head, body);
    stream.shutdown(std::net::Shutdown::Write).expect("half of it is closed");
    read(&mut stream)
}

fn write(stream: &mut TcpStream, address: &str, head: &str, body: &[u8]) {
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a timeout");
    let length = if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
    let head = format!("{head}Host: {address}\r\nConnection: close\r\n{length}\r\n");
    stream.write_all(head.as_bytes()).expect("sent");
    stream.write_all(body).expect("sent");
}

fn read(stream: &mut TcpStream) -> Reply {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("answered");
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8(bytes[..end].to_vec()).expect("text");
    let mut lines = head.split("\r\n");
    let status = lines.next().expect("a status line").split(' ').nth(1).expect("a status");
    let mut headers = BTreeMap::<String, String>::new();
    for line in lines {
        let (name, value) = line.split_once(": ").expect("a header");
        // What comes twice is one list (RFC 9110 5.3).
        let told = headers.entry(name.to_ascii_lowercase()).or_default();
        *told = if told.is_empty() { value.to_owned() } else { format!("{told}, {value}") };
    }
    assert_eq!(headers.get("transfer-encoding"), None, "lengths are known");
    Reply { status: status.parse().expect("a number"), headers, body: bytes[end + 4..].to_vec() }
}
