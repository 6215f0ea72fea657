//! What happens to the folder that trunk has written: compacting, final names, the files of a static host.

use super::{Site, compact, page, read, split};
use crate::shell;
use anyhow::{Context, Result};
use portal_server::{policy, trial};
use std::path::Path;

pub(super) fn finish(site: &Site) -> Result<()> {
    let folder = site.folder();
    let index = folder.join("index.html");
    let mut html = page::with_icon(&page::rebase(&compact::html(&read(&index)?), &site.base))?;
    for script in ["boot.js", "session-store.js", "refresh-worker.js"] {
        shorten(&folder.join(script))?;
    }
    for file in shell::files(&folder)? {
        html = settle(site, &file, &html)?;
    }
    std::fs::write(&index, &html)?;
    if site.with_service {
        add_sign_in(site, &folder)?;
        finish_static(&folder, &html)?;
    }
    Ok(())
}

/// The program's own script with all that it imports, under the name that fits its new content. Names the files that
/// come later, so that boot.js can ask for those that it knows to be needed.
fn settle(site: &Site, file: &Path, html: &str) -> Result<String> {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if let Some(stem) = name.strip_suffix("_bg.wasm") {
        // trunk names it by what the compiler made, before the other tools.
        let renamed =
            renamed(&format!("{stem}.wasm"), &std::fs::read(file)?).unwrap_or_else(|| name.to_owned());
        std::fs::rename(file, file.with_file_name(&renamed))?;
        return Ok(html.replace(name, &renamed));
    }
    if !html.contains(&format!("/{name}\" data-wasm=")) {
        return Ok(html.to_owned());
    }
    let (short, parts) = if site.with_service {
        (split::bundled(file)?, split::Parts::new())
    } else {
        split::finish(&site.folder(), &read(file)?)?
    };
    std::fs::write(file, &short)?;
    let mut html = html.to_owned();
    // Of the others no address tells that they are needed.
    for (chunk, files) in parts.into_iter().filter(|(chunk, _)| chunk == "entry" || chunk == "application") {
        let attribute = format!(" data-part-{chunk}=\"{}\" data-wasm=", files.join(" "));
        html = html.replacen(" data-wasm=", &attribute, 1);
    }
    let Some(renamed) = renamed(name, short.as_bytes()) else { return Ok(html) };
    std::fs::rename(file, file.with_file_name(&renamed)).with_context(|| format!("cannot rename {name}"))?;
    Ok(html.replace(name, &renamed))
}

/// A script of public/: shorter, under the same name.
fn shorten(script: &Path) -> Result<()> {
    let short = split::bundled(script)?;
    std::fs::write(script, short)?;
    Ok(())
}

/// `app-0123456789abcdef.js` with the hash of the given content; `None` for a name without a hash.
fn renamed(name: &str, content: &[u8]) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    let (plain, hash) = stem.rsplit_once('-')?;
    if hash.len() < 8 || !hash.chars().all(|c| c.is_ascii_hexdigit()) {
        return None;
    }
    Some(format!("{plain}-{}.{extension}", split::digest(content)))
}

/// Every way to sign in can be tried in the static demo, as with the host.
fn add_sign_in(site: &Site, folder: &Path) -> Result<()> {
    let file = folder.join("portal.json");
    let mut settings = serde_json::from_str(&read(&file)?).context("portal.json is not JSON")?;
    trial::add_sign_in(&mut settings, &format!("{}sample-apps", site.base));
    std::fs::write(&file, settings.to_string()).context("cannot write portal.json")
}

/// The policy in the page, the sample applications beside it, and what static hosts want.
fn finish_static(folder: &Path, html: &str) -> Result<()> {
    let facts = policy::SiteFacts::read(folder).map_err(|error| anyhow::anyhow!("{error}"))?;
    let html = page::for_static_host(html, &policy::meta_policy(&facts))?;
    std::fs::write(folder.join("index.html"), &html)?;
    // Static hosts answer an unknown address with this page: so a deep link starts the portal.
    std::fs::write(folder.join("404.html"), &html)?;
    // Keeps hosts that render sites from leaving files out.
    std::fs::write(folder.join(".nojekyll"), "")?;
    let samples = shell::root().join("sample-apps");
    if samples.is_dir() {
        shell::copy_folder(&samples, &folder.join("sample-apps"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::renamed;

    // A file that is cached for a year must change its name with its content.
    #[test]
    fn the_name_follows_the_content() {
        let first = renamed("app-0123456789abcdef.js", b"a");
        assert_eq!(first.as_deref(), Some("app-ca978112ca1bbdca.js"));
        assert_ne!(first, renamed("app-0123456789abcdef.js", b"b"));
        assert_eq!(renamed("boot.js", b"a"), None);
        assert_eq!(renamed("app-portal.js", b"a"), None);
    }
}
