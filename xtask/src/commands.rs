//! What each command does, step by step.

use crate::{load, node, serve, shell, site::Site, tidy, tools};
use anyhow::Result;
use std::process::Command;

/// Where the static demo of the tests lives: a path, since that is the hard case.
const STATIC_BASE: &str = "/portal/";

/// Options of `demo`.
#[derive(clap::Args)]
pub(crate) struct Demo {
    /// Write dist-static/ for any static host, with the service inside the page
    #[arg(long = "static")]
    fixed: bool,
    /// The path that the static host serves the folder under
    #[arg(long, default_value = "/", requires = "fixed")]
    base: String,
    /// The port of the portal; the sample applications take the next one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Open a browser
    #[arg(long)]
    open: bool,
}

/// Options of `build`.
#[derive(clap::Args)]
pub(crate) struct Build {
    /// The path that the site is served under
    #[arg(long, default_value = "/")]
    base: String,
}

/// Options of `test`.
#[derive(clap::Args)]
pub(crate) struct Test {
    /// Passed on to Playwright: spec files, --grep, …; skips `check`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    only: Vec<String>,
}

/// Options that are passed on.
#[derive(clap::Args)]
pub(crate) struct Forward {
    /// Passed on as they are
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    options: Vec<String>,
}

pub(crate) fn demo(options: &Demo) -> Result<()> {
    if options.fixed {
        let site = Site::with_service(&options.base)?;
        site.build_if_stale()?;
        shell::say(&format!("copy dist-static/ to any static host, at {}", site.base));
        return Ok(());
    }
    let site = Site::production("/")?;
    site.build_if_stale()?;
    serve::demo(&serve::build()?, &site.folder(), options.port, options.open)
}

pub(crate) fn build(options: &Build) -> Result<()> {
    let site = Site::production(&options.base)?;
    site.build()?;
    site.print_headers()?;
    site.within_budget()
}

pub(crate) fn check() -> Result<()> {
    tools::wasm_target()?;
    shell::run("format", shell::cargo().args(["fmt", "--all", "--check"]))?;
    tidy::run()?;
    // Fails if a manifest asks for what the lock file does not hold.
    shell::run(
        "lock file",
        shell::cargo()
            .args(["metadata", "--locked", "--format-version", "1", "--quiet"])
            .stdout(std::process::Stdio::null()),
    )?;
    clippy("lints", &["--workspace", "--all-targets"])?;
    let web = ["--package", "app-portal", "--target", "wasm32-unknown-unknown"];
    clippy("lints of the page", &web)?;
    clippy("lints of the page in several files", &[&web[..], &["--features", "split"]].concat())?;
    clippy("lints of the page with the service inside", &[&web[..], &["--features", "demo"]].concat())?;
    shell::run("native tests", shell::cargo().args(["test", "--workspace", "--locked", "--quiet"]))
}

fn clippy(what: &str, options: &[&str]) -> Result<()> {
    let mut cargo = shell::cargo();
    cargo.args(["clippy", "--locked", "--quiet"]).args(options).args(["--", "-D", "warnings"]);
    shell::run(what, &mut cargo)
}

pub(crate) fn test(options: &Test) -> Result<()> {
    node::packages()?;
    if options.only.is_empty() {
        check()?;
        shell::run("types of the browser tests", node::npm()?.args(["run", "--silent", "check"]))?;
        components()?;
    }
    let mut playwright = node::playwright()?;
    playwright.arg("test").args(&options.only);
    with_sites(&mut playwright)?;
    shell::run("browser tests", &mut playwright)?;
    Site::production("/")?.within_budget()
}

/// The tests in tests/, which mount components in a browser.
fn components() -> Result<()> {
    let Some(driver) = shell::which(&["chromedriver"]) else {
        shell::say("no chromedriver: the tests of components are skipped");
        return Ok(());
    };
    let mut cargo = shell::cargo();
    cargo.args(["test", "--locked", "--package", "app-portal"]);
    cargo.args(["--target", "wasm32-unknown-unknown", "--test", "*"]);
    cargo
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", tools::test_runner()?)
        .env("CHROMEDRIVER", driver);
    shell::run("tests of components", &mut cargo)
}

pub(crate) fn shots(options: &Forward) -> Result<()> {
    node::packages()?;
    let mut shots = node::node();
    shots.arg("shots.mjs").args(&options.options);
    with_sites(&mut shots)?;
    shell::run("screenshots", &mut shots)
}

pub(crate) fn bench(options: &Forward) -> Result<()> {
    if let Some((first, rest)) = options.options.split_first()
        && first == "server"
    {
        return load::run(rest.first().map(String::as_str));
    }
    node::packages()?;
    let mut bench = node::node();
    bench.arg("bench/run.mjs").args(&options.options);
    with_sites(&mut bench)?;
    shell::run("measuring", &mut bench)
}

/// Needs the production site alone: the service is a part of the test.
pub(crate) fn stress(options: &Forward) -> Result<()> {
    node::packages()?;
    let site = Site::production("/")?;
    site.build_if_stale()?;
    let mut stress = node::node();
    stress.arg("stress/run.mjs").args(&options.options);
    // The host tells the headers that the pages are served with.
    stress.env("PORTAL_SITE", site.folder()).env("PORTAL_SERVER", serve::build()?);
    if let Some(chromium) = node::chromium()? {
        stress.env("CHROMIUM", chromium);
    }
    shell::run("stress test", &mut stress)
}

/// Builds both sites and the host, and tells a program of e2e/ where they are.
fn with_sites(command: &mut Command) -> Result<()> {
    let production = Site::production("/")?;
    production.build_if_stale()?;
    let fixed = Site::with_service(STATIC_BASE)?;
    fixed.build_if_stale()?;
    command.env("PORTAL_SITE", production.folder()).env("PORTAL_STATIC", fixed.folder());
    command.env("PORTAL_STATIC_BASE", &fixed.base).env("PORTAL_SERVER", serve::build()?);
    if let Some(chromium) = node::chromium()? {
        command.env("CHROMIUM", chromium);
    }
    Ok(())
}
