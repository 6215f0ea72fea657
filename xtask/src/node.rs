//! The Node side of the tools: node itself, the packages of e2e/, a Chromium.

use crate::shell;
use anyhow::{Context, Result, bail};
use std::{path::PathBuf, process::Command};

/// The oldest node that the packages of e2e/ run on.
const OLDEST: u32 = 20;

/// The folder with the browser tests and their packages.
pub(crate) fn folder() -> PathBuf {
    shell::root().join("e2e")
}

/// Checks for node and installs the packages of e2e/ where the lock file changed since the last time.
pub(crate) fn packages() -> Result<()> {
    let node = shell::which(&["node"]).context("Node is missing: install Node 20 or later (nodejs.org)")?;
    let version = shell::output(Command::new(node).arg("--version")).unwrap_or_default();
    let major: u32 =
        version.trim().trim_start_matches('v').split('.').next().unwrap_or_default().parse().unwrap_or(0);
    if major < OLDEST {
        bail!("Node {} is too old: install Node {OLDEST} or later (nodejs.org)", version.trim());
    }
    let lock =
        std::fs::read(folder().join("package-lock.json")).context("e2e/package-lock.json is missing")?;
    let stamp = folder().join("node_modules").join(".installed");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let mut install = npm()?;
    install.args(["ci", "--no-audit", "--no-fund"]);
    // A browser comes from `chromium` below, at most once.
    install.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    shell::run("npm ci in e2e/", &mut install)
        .context("the node packages could not be installed: run `npm ci` in e2e/")?;
    std::fs::write(stamp, lock)?;
    Ok(())
}

/// npm, in e2e/.
pub(crate) fn npm() -> Result<Command> {
    let npm = shell::which(&["npm", "npm.cmd"]).context("npm is missing: it comes with Node (nodejs.org)")?;
    let mut command = Command::new(npm);
    command.current_dir(folder());
    Ok(command)
}

/// node, in e2e/.
pub(crate) fn node() -> Command {
    let mut command = Command::new("node");
    command.current_dir(folder());
    command
}

/// A program that one of the packages of e2e/ brings.
pub(crate) fn program(name: &str) -> Result<PathBuf> {
    packages()?;
    // Beside the script for shells npm puts one that Windows can start.
    let name = if cfg!(windows) { format!("{name}.cmd") } else { name.to_owned() };
    let program = folder().join("node_modules").join(".bin").join(&name);
    if !program.exists() {
        bail!("e2e/package.json brings no {name}");
    }
    Ok(program)
}

/// Playwright's command line, in e2e/.
pub(crate) fn playwright() -> Result<Command> {
    packages()?;
    let mut command = node();
    command.arg(folder().join("node_modules").join("@playwright").join("test").join("cli.js"));
    Ok(command)
}

/// A Chromium: CHROMIUM, else one on PATH, else a fresh one. `None` is Playwright's own, which it finds by itself.
pub(crate) fn chromium() -> Result<Option<PathBuf>> {
    if let Some(named) = std::env::var_os("CHROMIUM").filter(|named| !named.is_empty()) {
        let named = PathBuf::from(named);
        if !named.exists() {
            bail!("CHROMIUM names {}, which does not exist", named.display());
        }
        return Ok(Some(named));
    }
    if let Some(found) = installed() {
        return Ok(Some(found));
    }
    if shell::is_root() && shell::which(&["apt-get"]).is_some() {
        let fresh =
            shell::run("apt-get update", command_quiet("apt-get").args(["update", "-qq"])).and_then(|()| {
                let mut install = command_quiet("apt-get");
                install.args(["install", "-y", "-qq", "--no-install-recommends", "chromium"]);
                shell::run("apt-get install chromium", &mut install)
            });
        if let (Ok(()), Some(found)) = (fresh, installed()) {
            return Ok(Some(found));
        }
    }
    shell::run("playwright install chromium", playwright()?.args(["install", "chromium"]))
        .context("no Chromium: install one and name it in CHROMIUM=/path/to/chromium")?;
    Ok(None)
}

fn installed() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    let elsewhere = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
    shell::which(&names).or_else(|| Some(PathBuf::from(elsewhere)).filter(|path| path.exists()))
}

fn command_quiet(program: &str) -> Command {
    let mut command = Command::new(program);
    command.env("DEBIAN_FRONTEND", "noninteractive").stdin(std::process::Stdio::null());
    command
}
