//! Remembers which sources a built folder came from, so that `demo` and `test` do not build the same thing again.

use super::Site;
use crate::shell;
use anyhow::Result;
use sha2::{Digest as _, Sha256};
use std::path::PathBuf;

/// What the site is made of. The finishing steps count, since they write the last bytes.
const SOURCES: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "index.html",
    "public",
    "style",
    "src",
    "crates/portal-api",
    "crates/portal-core",
    "crates/portal-server/src/policy",
    "xtask/src/site",
    "e2e/package-lock.json",
];
const SERVICE_SOURCES: &[&str] = &["crates/portal-demo", "crates/portal-server/src/trial.rs", "sample-apps"];

pub(super) fn is_fresh(site: &Site) -> Result<bool> {
    if !site.folder().join("index.html").is_file() {
        return Ok(false);
    }
    let now = stamp(site)?;
    Ok(std::fs::read_to_string(place(site)).is_ok_and(|before| before == now))
}

pub(super) fn write(site: &Site) -> Result<()> {
    std::fs::create_dir_all(shell::target_dir())?;
    std::fs::write(place(site), stamp(site)?)?;
    Ok(())
}

/// A build that fails halfway must not pass for a good one.
pub(super) fn remove(site: &Site) -> Result<()> {
    if place(site).exists() {
        std::fs::remove_file(place(site))?;
    }
    Ok(())
}

fn place(site: &Site) -> PathBuf {
    shell::target_dir().join(format!("{}.stamp", site.name()))
}

fn stamp(site: &Site) -> Result<String> {
    let mut hash = Sha256::new();
    hash.update(format!(
        "{site:?} {}",
        shell::output(shell::command("rustc").arg("-vV")).unwrap_or_default()
    ));
    let more = if site.with_service { SERVICE_SOURCES } else { &[] };
    for source in SOURCES.iter().chain(more) {
        let path = shell::root().join(source);
        let files = if path.is_dir() { shell::files(&path)? } else { vec![path] };
        for file in files {
            hash.update(file.strip_prefix(shell::root())?.to_string_lossy().as_bytes());
            let content = std::fs::read(&file).unwrap_or_default();
            hash.update(content.len().to_le_bytes());
            hash.update(content);
        }
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
