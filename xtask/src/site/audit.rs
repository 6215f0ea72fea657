//! What a finished site must be: small enough, without demo code, source maps, secrets or a policy that fails it.

use super::{Site, page, read};
use crate::shell;
use anyhow::{Result, bail, ensure};
use portal_server::policy;
use std::path::{Path, PathBuf};

/// Everything that the browser loads until the launcher is usable, brotli (performance.md, budgets).
const BUDGET_KIB: f64 = 250.0;

/// The client that applications load, brotli: it must never be a reason not to.
const BRIDGE_BUDGET: u64 = 3_072;

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
    let bridge = sizes(&folder.join("portal-bridge.js"))?.1;
    ensure!(bridge <= BRIDGE_BUDGET, "portal-bridge.js: {bridge} bytes, of {BRIDGE_BUDGET} that it may be");
    agrees_with_policy(&html)?;
    for (_, address) in page::loads(&html).into_iter().filter(|(_, address)| address.ends_with(".css")) {
        let name = address.rsplit('/').next().unwrap_or_default();
        if let Some(missing) = rewritten(&read(&folder.join(name))?) {
            bail!("{name}: no {missing} is left; a tool has rewritten it for older browsers");
        }
    }
    print_sizes(site)
}

/// Fails above the budget: a step of its own, so that a site that grew too big can still be looked at.
pub(super) fn within_budget(site: &Site) -> Result<()> {
    let mut total = 0;
    for file in needed(site)? {
        total += sizes(&file)?.1;
    }
    let total = bytes_to_kib(total);
    ensure!(
        total <= BUDGET_KIB,
        "{total:.1} KiB until the launcher is usable; the budget is {BUDGET_KIB} KiB (docs/performance.md, \"Size\")"
    );
    shell::say(&format!("{total:.1} KiB until the launcher is usable, of {BUDGET_KIB} KiB that it may be"));
    Ok(())
}

/// What all style sheets use that only current browsers know, where a sheet has lost it.
fn rewritten(style: &str) -> Option<&'static str> {
    ["light-dark(", "oklch("].into_iter().find(|used| !style.contains(used))
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

/// Prints what the launcher needs, and what comes when it is first shown.
fn print_sizes(site: &Site) -> Result<()> {
    let folder = site.folder();
    print_table("needed until the launcher is usable", &folder, &needed(site)?)?;
    let mut later = shell::files(&folder)?;
    later.retain(|file| {
        let name = file.strip_prefix(&folder).unwrap_or(file).to_string_lossy();
        comes_later(&name) && !is_copy(&name)
    });
    print_table(
        "comes with what is first shown: sign-in (entry), an application, what is rare",
        &folder,
        &later,
    )
}

fn print_table(title: &str, folder: &Path, files: &[PathBuf]) -> Result<()> {
    println!("\n{:>9} {:>9}  {title}", "raw", "brotli");
    let mut total = 0;
    for file in files {
        let (raw, sent) = sizes(file)?;
        total += sent;
        println!("{:>9} {:>9}  {}", kib(raw), kib(sent), file.strip_prefix(folder)?.display());
    }
    println!("{:>9} {:>9}  KiB in all\n", "", kib(total));
    Ok(())
}

/// Bytes of a file, as it is and as it is sent.
fn sizes(file: &Path) -> Result<(u64, u64)> {
    let raw = std::fs::metadata(file)?.len();
    let mut sibling = file.to_path_buf().into_os_string();
    sibling.push(".br");
    Ok((raw, std::fs::metadata(sibling).map_or(raw, |sibling| sibling.len())))
}

/// All files but those that the launcher never waits for: pictures of the browser's own frame, all languages but the
/// largest, the sample applications, the service worker (boot.js has its own copy of the store), what is for
/// applications, and the copies for hosts.
fn needed(site: &Site) -> Result<Vec<PathBuf>> {
    let folder = site.folder();
    for (_, address) in page::loads(&read(&folder.join("index.html"))?) {
        let below = address.strip_prefix(site.base.as_str()).filter(|below| folder.join(below).is_file());
        ensure!(
            below.is_some() || address.is_empty(),
            "index.html names {address}, which is not in the site"
        );
    }
    let mut files = shell::files(&folder)?;
    files.retain(|file| launcher_needs(&file.strip_prefix(&folder).unwrap_or(file).to_string_lossy()));
    let size = |file: &&PathBuf| std::fs::metadata(file).map_or(0, |data| data.len());
    let largest = files.iter().filter(|file| is_locale(file)).max_by_key(size).cloned();
    files.retain(|file| !is_locale(file) || Some(file) == largest.as_ref());
    Ok(files)
}

fn launcher_needs(name: &str) -> bool {
    let starts = |starts: &[&str]| starts.iter().any(|start| name.starts_with(start));
    !is_copy(name)
        && !comes_later(name)
        && !name.ends_with(".webmanifest")
        && !starts(&[
            "favicon",
            "404.",
            ".",
            "sample-apps",
            "portal-bridge.",
            "refresh-worker.",
            "session-store.",
        ])
}

/// The parts of the program that the launcher does without, their words and style, and the picture of sign-in.
fn comes_later(name: &str) -> bool {
    name.starts_with("part-")
        || name.starts_with("locales/later/")
        || (name.starts_with("later-") && name.ends_with(".css"))
        || name == "art.svg"
}

fn is_copy(name: &str) -> bool {
    name.ends_with(".br") || name.ends_with(".gz")
}

fn is_locale(file: &Path) -> bool {
    file.parent().is_some_and(|folder| folder.ends_with("locales"))
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

    // Colours that are computed for one theme show in both.
    #[test]
    fn a_style_that_was_rewritten_for_older_browsers_is_found() {
        assert_eq!(rewritten("a{color:light-dark(oklch(.5 0 0),#000)}"), None);
        assert_eq!(rewritten("a{color:oklch(.5 0 0)}"), Some("light-dark("));
    }

    // A marker that the catalogue no longer holds would guard nothing.
    #[test]
    fn the_markers_are_those_of_the_demo() {
        let files = shell::files(&shell::root().join("crates/portal-demo")).unwrap();
        let all: String = files.iter().filter_map(|file| std::fs::read_to_string(file).ok()).collect();
        for marker in DEMO_MARKERS {
            assert!(all.contains(marker), "{marker}");
        }
    }

    // What no tag names counts too, unless it is known to come later.
    #[test]
    fn all_but_known_exceptions_counts() {
        let all = [
            "index.html",
            "art.svg",
            "portal.json",
            "new.bin",
            "favicon-1.svg",
            "app.wasm.br",
            "404.html",
            "portal-bridge.js",
            "refresh-worker.js",
            "session-store.js",
            "part-entry-1.wasm",
            "locales/later/zh-CN.json",
            "later-0123456789abcdef.css",
        ];
        let counted: Vec<&str> = all.into_iter().filter(|name| launcher_needs(name)).collect();
        assert_eq!(counted, ["index.html", "portal.json", "new.bin"]);
    }

    #[test]
    fn paths_of_the_machine_are_found() {
        let path = format!("at {}/src/app.rs", shell::root().display());
        assert!(problem(Path::new("dist/app.wasm"), path.as_bytes(), &[]).is_some());
    }
}
