//! The Rust side of the tools: wasm target, trunk, wasm-bindgen, wasm-opt. What is on PATH in a fitting version is
//! used as it is; the rest is installed once into a cache folder that outlives a checkout.

use crate::{node, shell};
use anyhow::{Context, Result, bail};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// The trunk that is installed where none is at hand; any later 0.21 serves as well.
const TRUNK: &str = "0.21.14";
const TARGET: &str = "wasm32-unknown-unknown";

/// Folders to put first on PATH so that trunk finds the right tools and downloads nothing.
pub(crate) struct Toolchain {
    pub(crate) trunk: PathBuf,
    pub(crate) bindgen: PathBuf,
    pub(crate) path: std::ffi::OsString,
}

/// Everything that a build of the site needs.
pub(crate) fn site() -> Result<Toolchain> {
    wasm_target()?;
    let trunk = trunk()?;
    let bindgen = wasm_bindgen()?;
    let optimiser = wasm_opt()?;
    let first: Vec<PathBuf> =
        [&bindgen, &optimiser].into_iter().filter_map(|file| file.parent().map(Path::to_path_buf)).collect();
    Ok(Toolchain { trunk, path: shell::path_with(&first)?, bindgen })
}

/// The wasm target of the active Rust toolchain.
pub(crate) fn wasm_target() -> Result<()> {
    let library =
        shell::output(shell::command("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    if library.is_some_and(|folder| Path::new(folder.trim()).is_dir()) {
        return Ok(());
    }
    if shell::which(&["rustup"]).is_none() {
        bail!("the Rust target {TARGET} is missing: install it with your package manager, or Rust by rustup");
    }
    shell::run("rustup target add", shell::command("rustup").args(["target", "add", TARGET]))
        .context("the wasm target could not be installed: run `rustup target add wasm32-unknown-unknown`")
}

fn trunk() -> Result<PathBuf> {
    if let Some(found) = shell::which(&["trunk"])
        && version(&found).is_some_and(|version| fits(&version, TRUNK))
    {
        return Ok(found);
    }
    cargo_install("trunk", TRUNK)
}

fn wasm_bindgen() -> Result<PathBuf> {
    let lock = std::fs::read_to_string(shell::root().join("Cargo.lock")).context("Cargo.lock is missing")?;
    let wanted = locked_version(&lock, "wasm-bindgen").context("Cargo.lock names no wasm-bindgen")?;
    if let Some(found) = shell::which(&["wasm-bindgen"])
        && version(&found).as_deref() == Some(wanted.as_str())
    {
        return Ok(found);
    }
    // The glue that it writes and the crate in the program must be of one version.
    let folder = cargo_install("wasm-bindgen-cli", &wanted)?;
    Ok(folder.with_file_name(format!("wasm-bindgen{}", std::env::consts::EXE_SUFFIX)))
}

/// What runs tests that are built for the browser; it comes with wasm-bindgen.
pub(crate) fn test_runner() -> Result<PathBuf> {
    Ok(wasm_bindgen()?.with_file_name(format!("wasm-bindgen-test-runner{}", std::env::consts::EXE_SUFFIX)))
}

fn wasm_opt() -> Result<PathBuf> {
    // Asked for here, so that a machine without it learns so before the long part.
    node::program("esbuild")?;
    // Of a known version, so that sizes compare between machines.
    node::program("wasm-opt")
}

/// Installs a cargo program of one version into the cache and gives its path.
fn cargo_install(package: &str, version: &str) -> Result<PathBuf> {
    let folder = cache()?.join(format!("{package}-{version}"));
    let program = folder.join("bin").join(format!("{package}{}", std::env::consts::EXE_SUFFIX));
    let marker = folder.join("installed");
    if marker.is_file() {
        return Ok(program);
    }
    let install = |locked: bool| {
        let mut command = shell::cargo();
        command.args(["install", package, "--version", version, "--root"]).arg(&folder);
        // These tools run for seconds: build them quickly rather than well.
        command.env("CARGO_PROFILE_RELEASE_LTO", "false").env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1").env_remove("CARGO_TARGET_DIR");
        if locked {
            command.arg("--locked");
        }
        command
    };
    let what = format!("installing {package} {version} (once, takes some minutes)");
    // Registry mirrors may lack a version that the tool's own lock file names.
    if shell::run(&what, &mut install(true)).is_err() {
        shell::run(&what, &mut install(false))
            .with_context(|| format!("run `cargo install {package} --version {version}` by hand"))?;
    }
    std::fs::write(&marker, version)?;
    Ok(program)
}

fn cache() -> Result<PathBuf> {
    if let Some(folder) = std::env::var_os("PORTAL_TOOLS") {
        return Ok(folder.into());
    }
    let home =
        std::env::home_dir().context("no home folder: set PORTAL_TOOLS to a folder for the build tools")?;
    let cache = std::env::var_os("XDG_CACHE_HOME").map_or_else(|| home.join(".cache"), PathBuf::from);
    Ok(cache.join("app-portal-tools"))
}

/// The version in the first line of `program --version`: the first word that starts with a digit.
fn version(program: &Path) -> Option<String> {
    let text = shell::output(Command::new(program).arg("--version"))?;
    text.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit())).map(str::to_owned)
}

/// Whether `found` is `wanted` or a later patch of the same series.
fn fits(found: &str, wanted: &str) -> bool {
    let numbers = |text: &str| -> Option<(u32, u32, u32)> {
        let mut parts = text.split(['.', '-', '+']).map(|part| part.parse().ok());
        Some((parts.next()??, parts.next()??, parts.next()??))
    };
    match (numbers(found), numbers(wanted)) {
        (Some(found), Some(wanted)) => (found.0, found.1) == (wanted.0, wanted.1) && found.2 >= wanted.2,
        _ => false,
    }
}

/// The version of a package in the text of Cargo.lock.
fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let after = lock.lines().skip_while(|line| *line != name).nth(1)?;
    after.strip_prefix("version = \"")?.strip_suffix('"').map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    // A later patch of trunk 0.21 serves; 0.22 may read Trunk.toml differently.
    #[test]
    fn takes_only_the_same_series() {
        assert!(fits("0.21.14", "0.21.14") && fits("0.21.20", "0.21.14"));
        assert!(!fits("0.21.13", "0.21.14") && !fits("0.22.0", "0.21.14") && !fits("?", "0.21.14"));
    }

    #[test]
    fn reads_a_version_from_the_lock() {
        let lock = "[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.1\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.1"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}
