//! What a finished site must be: small enough, without demo code, source maps, secrets or a policy that fails it.

use super::{Site, page, read};
use crate::shell;
use anyhow::{Context, Result, bail, ensure};
use portal_server::policy;
use std::path::{Path, PathBuf};

/// Everything that the browser loads until the launcher is usable, brotli (performance.md, budgets).
const BUDGET_KIB: f64 = 150.0;

/// Texts that only the reference service or its catalogue holds.
const DEMO_MARKERS: &[&str] =
    &["o-north-sea", "North Sea Energy", "Helios Solar", "Harbor City", "refresh500", "login500"];

pub(super) fn audit(site: &Site) -> Result<()> {
    let folder = site.folder();
    let html = read(&folder.join("index.html"))?;
    let markers = if site.with_service { &[] } else { DEMO_MARKERS };
    for file in shell::files(&folder)? {
        let found = problem(&file, &std::fs::read(&file)?, markers);
        if let Some(found) = found {
            bail!("{}: {found}", file.display());
        }
    }
    agrees_with_policy(&html)?;
    let total = print_sizes(site, &html)?;
    ensure!(
        site.with_service || total <= BUDGET_KIB,
        "{total:.1} KiB until the launcher is usable; the budget is {BUDGET_KIB} KiB"
    );
    Ok(())
}

/// What is wrong with one file.
fn problem(file: &Path, bytes: &[u8], markers: &[&str]) -> Option<String> {
    let has = |text: &str| bytes.windows(text.len().max(1)).any(|window| window == text.as_bytes());
    let name = file.to_string_lossy();
    if name.ends_with(".map") || (name.ends_with(".js") || name.ends_with(".css")) && has("sourceMappingURL=")
    {
        return Some("a source map has no place in the site".to_owned());
    }
    if let Some(marker) = markers.iter().find(|marker| has(marker)) {
        return Some(format!("holds \"{marker}\": demo code or data in the production site"));
    }
    let folders = [std::env::home_dir(), Some(shell::root())];
    let folder =
        folders.into_iter().flatten().filter_map(|folder| folder.to_str().map(|text| format!("{text}/")));
    folder
        .filter(|folder| folder.len() > 4)
        .find(|folder| has(folder))
        .map(|folder| format!("holds the path {folder} of the machine that it was built on"))
}

/// The page carries at most what its own policy lets through (hostile.md 58).
fn agrees_with_policy(html: &str) -> Result<()> {
    // Refuses a second inline style; the hash itself is computed from this very text.
    policy::SiteFacts::from_texts("{}", html).map_err(|error| anyhow::anyhow!("index.html: {error}"))?;
    if let Some(found) = crate::tidy::page_problems(html).first() {
        bail!("index.html: {found}");
    }
    Ok(())
}

/// Prints what the launcher needs, compressed, and gives the sum in KiB.
fn print_sizes(site: &Site, html: &str) -> Result<f64> {
    let folder = site.folder();
    println!("\n{:>9} {:>9}  needed until the launcher is usable", "raw", "brotli");
    let mut total = 0;
    for file in needed(site, html)? {
        let raw = std::fs::metadata(&file)
            .with_context(|| format!("the page names {}, which was not built", file.display()))?
            .len();
        let mut sibling = file.clone().into_os_string();
        sibling.push(".br");
        let sent = std::fs::metadata(sibling).map_or(raw, |sibling| sibling.len());
        total += sent;
        println!("{:>9} {:>9}  {}", kib(raw), kib(sent), file.strip_prefix(&folder)?.display());
    }
    println!("{:>9} {:>9}  KiB of {BUDGET_KIB:.0}", "", kib(total));
    Ok(bytes_to_kib(total))
}

/// The page, what it loads, the settings, and the largest catalogue of texts.
fn needed(site: &Site, html: &str) -> Result<Vec<PathBuf>> {
    let folder = site.folder();
    let mut files = vec![folder.join("index.html")];
    let used = ["script", "stylesheet", "modulepreload", "preload"];
    for (kind, address) in page::loads(html) {
        if used.contains(&kind.as_str()) {
            let below = address
                .strip_prefix(site.base.as_str())
                .with_context(|| format!("{address} is not below {}", site.base))?;
            files.push(folder.join(below));
        }
    }
    files.push(folder.join("portal.json"));
    let locales = folder.join("locales");
    if locales.is_dir() {
        let all = shell::files(&locales)?;
        let texts =
            all.into_iter().filter(|file| file.extension().is_some_and(|extension| extension == "json"));
        files.extend(texts.max_by_key(|file| std::fs::metadata(file).map_or(0, |data| data.len())));
    }
    files.retain(|file| file.exists() || !file.ends_with("portal.json"));
    files.dedup();
    Ok(files)
}

fn kib(bytes: u64) -> String {
    format!("{:.1}", bytes_to_kib(bytes))
}

#[expect(clippy::cast_precision_loss, reason = "sizes of files are far below 2^52")]
fn bytes_to_kib(bytes: u64) -> f64 {
    bytes as f64 / 1024.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn demo_code_and_source_maps_are_found() {
        let wasm = Path::new("dist/app.wasm");
        assert!(problem(wasm, b"\0..o-north-sea..", DEMO_MARKERS).is_some());
        assert!(problem(wasm, b"\0..o-south..", DEMO_MARKERS).is_none());
        assert!(problem(Path::new("dist/a.js.map"), b"{}", &[]).is_some());
        assert!(problem(Path::new("dist/a.js"), b"//# sourceMappingURL=a", &[]).is_some());
    }

    #[test]
    fn paths_of_the_machine_are_found() {
        let path = format!("at {}/src/app.rs", shell::root().display());
        assert!(problem(Path::new("dist/app.wasm"), path.as_bytes(), &[]).is_some());
    }
}
