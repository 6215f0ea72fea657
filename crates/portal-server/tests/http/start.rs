//! Starting, refusing to start, printing, and ending.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpListener;
use std::process::{Command, Stdio};

use portal_server::{Options, Server};

use crate::harness::{Folder, INDEX, send};

fn refusal(options: &Options) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("runtime");
    runtime.block_on(Server::bind(options)).expect_err("it refuses").to_string()
}

#[test]
fn a_missing_site_is_named() {
    let folder = Folder::new();
    let options = folder.options();
    let site = options.site.display().to_string();
    let expected = format!(
        "there is no built site in {site}: {site}/index.html is missing. Build it with `cargo xtask build`, or name \
         its folder with --site"
    );
    assert_eq!(refusal(&options), expected);
    folder.write("site/readme.txt", "no index");
    assert_eq!(refusal(&options), expected);
}

#[test]
fn missing_samples_are_named() {
    let folder = Folder::new();
    folder.write("site/index.html", INDEX);
    let mut options = folder.options();
    options.demo = true;
    let message = refusal(&options);
    assert!(message.ends_with("name their folder with --samples"), "{message}");
}

#[test]
fn a_port_that_is_taken_is_named_with_its_option() {
    let folder = Folder::site();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let mut options = folder.options();
    options.port = port;
    assert_eq!(refusal(&options), format!("127.0.0.1:{port} is in use; choose another port with --port"));
    options.port = 0;
    options.demo = true;
    options.samples_port = port;
    assert_eq!(
        refusal(&options),
        format!("127.0.0.1:{port} is in use; choose another port with --samples-port")
    );
}

// A wrong setting stops the start and names its key, with and without the demo's own addition.
#[test]
fn a_wrong_setting_is_named() {
    let folder = Folder::site();
    folder.write("site/portal.json", r#"{"frameOrigins":"https://a.example"}"#);
    for demo in [false, true] {
        let mut options = folder.options();
        options.demo = demo;
        assert_eq!(refusal(&options), "portal.json: `frameOrigins` must be a list");
    }
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_portal-server"))
}

#[test]
fn the_headers_are_printed_for_other_servers() {
    let folder = Folder::site();
    let site = folder.path().join("site");
    let output = program().arg("--print-headers").arg("--site").arg(site).output().expect("it runs");
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(output.status.success());
    assert!(text.starts_with("Content-Security-Policy: default-src 'none'; script-src 'self'"), "{text}");
    assert!(text.contains("\nReferrer-Policy: no-referrer\n"), "{text}");
}

#[test]
fn a_refusal_ends_with_an_error() {
    let output = program().args(["--site", "no-such-folder"]).output().expect("it runs");
    let text = String::from_utf8(output.stderr).expect("text");
    assert!(!output.status.success());
    assert!(text.starts_with("portal-server: there is no built site in no-such-folder"), "{text}");
}

/// A program that does not outlive a test that fails.
#[cfg(unix)]
struct Child(std::process::Child);

#[cfg(unix)]
impl Drop for Child {
    fn drop(&mut self) {
        let _already_over = self.0.kill();
    }
}

/// A demonstration that has greeted: the program, what else it says, and the greeting.
#[cfg(unix)]
fn demonstration(folder: &Folder) -> (Child, BufReader<std::process::ChildStdout>, String) {
    let child = program()
        .args(["--demo", "--port=0", "--samples-port=0", "--site"])
        .arg(folder.path().join("site"))
        .arg("--samples")
        .arg(folder.path().join("samples"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut child = Child(child);
    let mut output = BufReader::new(child.0.stdout.take().expect("stdout"));
    let mut greeting = String::new();
    while !greeting.contains("Ctrl-C") {
        assert_ne!(output.read_line(&mut greeting).expect("text"), 0, "{greeting}");
    }
    (child, output, greeting)
}

// hostile.md 20: two calls carry the refresh token in the query, so no query is ever written down.
#[cfg(unix)]
#[test]
fn the_program_greets_logs_nothing_and_ends_when_told() {
    let folder = Folder::site();
    let (mut child, mut output, greeting) = demonstration(&folder);
    let child = &mut child.0;
    let address = greeting.split("The portal is at http://").nth(1).and_then(|rest| rest.split('/').next());
    assert!(greeting.contains("morgan") && greeting.contains("Sample applications of another origin are at"));

    let path = "/app-portal-service/v2.2/token/refresh?refreshToken=do-not-write-me";
    send(address.expect("an address"), &format!("GET {path} HTTP/1.1\r\n"), b"");

    let told = Command::new("kill").arg("-INT").arg(child.id().to_string()).status().expect("kill");
    assert!(told.success() && child.wait().expect("it ends").success());
    let mut rest = String::new();
    output.read_to_string(&mut rest).expect("text");
    child.stderr.take().expect("stderr").read_to_string(&mut rest).expect("text");
    assert!(!rest.contains("do-not-write-me"), "{rest}");
    assert_eq!(rest, "");
}

// Otherwise it would go on, unseen and with its ports, after the window of the terminal was closed.
#[cfg(unix)]
#[test]
fn a_demonstration_ends_with_its_terminal() {
    let folder = Folder::site();
    let (mut child, _output, _greeting) = demonstration(&folder);
    let told = Command::new("kill").arg("-HUP").arg(child.0.id().to_string()).status().expect("kill");
    assert!(told.success());
    assert!(!child.0.wait().expect("it ends").success(), "by the signal");
}
