//! Folders, programs and progress lines: the little that every command shares.

use anyhow::{Context, Result, bail};
use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    // As cargo says it now: a build folder shared by two checkouts may hold the program of the other one.
    let manifest =
        std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let manifest = PathBuf::from(manifest);
    manifest.parent().map_or_else(|| manifest.clone(), Path::to_path_buf)
}

/// Where cargo builds, as cargo itself decides it.
pub(crate) fn target_dir() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// Prints one progress line.
pub(crate) fn say(line: &str) {
    println!("▸ {line}");
}

/// A command that runs in the workspace folder.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// The cargo that runs this program. Without what it told this program about its own package: build scripts that look at
/// it would run again, and much would be compiled anew, each time between here and a plain cargo.
pub(crate) fn cargo() -> Command {
    let mut cargo = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let own = name
            .to_str()
            .is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"));
        if own {
            cargo.env_remove(name);
        }
    }
    cargo
}

/// Runs a command with its output shown, after a progress line; fails unless it succeeds.
pub(crate) fn run(what: &str, command: &mut Command) -> Result<()> {
    say(what);
    let start = Instant::now();
    let status = command.status().with_context(|| format!("could not start {}", name(command)))?;
    if !status.success() {
        bail!("{what}: {} ended with {status}", name(command));
    }
    let seconds = start.elapsed().as_secs();
    if seconds >= 20 {
        say(&format!("{what}: done after {seconds} s"));
    }
    Ok(())
}

/// Runs a command quietly and gives its standard output, or `None` if it cannot be had.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    if !output.status.success() {
        return None;
    }
    String::from_utf8(output.stdout).ok()
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

/// The first of these programs that is on PATH.
pub(crate) fn which(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().find_map(|name| {
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        folders.iter().map(|folder| folder.join(&file)).find(|file| file.is_file())
    })
}

/// PATH with these folders before all others.
pub(crate) fn path_with(first: &[PathBuf]) -> Result<std::ffi::OsString> {
    first_on(first, &std::env::var_os("PATH").unwrap_or_default())
}

/// A list of folders with these before all others.
pub(crate) fn first_on(first: &[PathBuf], rest: &OsStr) -> Result<std::ffi::OsString> {
    let all = first.iter().cloned().chain(std::env::split_paths(rest));
    std::env::join_paths(all).context("a folder name cannot stand in PATH")
}

/// All files below a folder, in a fixed order.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        let entries =
            std::fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}

/// Copies a folder with everything in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for file in files(from)? {
        let target = to.join(file.strip_prefix(from)?);
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::copy(&file, &target).with_context(|| format!("cannot copy {}", file.display()))?;
    }
    Ok(())
}

/// Whether this process may install system packages.
pub(crate) fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0")
}
