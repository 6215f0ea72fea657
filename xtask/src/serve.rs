//! The native host: built once with optimisation, then run for `demo` or handed to the browser tests.

use crate::shell;
use anyhow::{Context, Result, bail};
use std::{
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

/// Builds portal-server and gives its path.
pub(crate) fn build() -> Result<PathBuf> {
    let mut cargo = shell::cargo();
    cargo.args(["build", "--locked", "--release", "--package", "portal-server"]);
    shell::run("building portal-server", &mut cargo)?;
    let program = format!("portal-server{}", std::env::consts::EXE_SUFFIX);
    Ok(shell::target_dir().join("release").join(program))
}

/// Runs the demo service on a site until the user ends it.
pub(crate) fn demo(program: &Path, site: &Path, port: u16, open: bool) -> Result<()> {
    let samples = port.checked_add(1).context("--port leaves no port for the sample applications")?;
    let mut server = shell::command(program);
    server.arg("--site").arg(site).arg("--demo");
    server.args(["--port", &port.to_string(), "--samples-port", &samples.to_string()]);
    let mut server = server.spawn().with_context(|| format!("could not start {}", program.display()))?;
    if open {
        open_when_ready(port);
    }
    let status = server.wait()?;
    // Ended by Ctrl+C: that is how one leaves.
    if status.success() || status.code().is_none() {
        return Ok(());
    }
    bail!("the server ended with {status}")
}

fn open_when_ready(port: u16) {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let waits = std::iter::repeat_n(Duration::from_millis(100), 50);
    let ready = waits.into_iter().any(|wait| {
        std::thread::sleep(wait);
        TcpStream::connect_timeout(&address, wait).is_ok()
    });
    let url = format!("http://127.0.0.1:{port}/");
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    if !ready || Command::new(opener).arg(&url).spawn().is_err() {
        shell::say(&format!("open {url} in a browser"));
    }
}
