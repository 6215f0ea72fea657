//! What happens to the folder that trunk has written: compacting, final names, the files of a static host.

use super::{Site, compact, page, read};
use crate::shell;
use anyhow::{Context, Result};
use portal_server::policy;
use sha2::{Digest as _, Sha256};
use std::path::Path;

pub(super) fn finish(site: &Site) -> Result<()> {
    let folder = site.folder();
    let index = folder.join("index.html");
    let mut html = page::rebase(&compact::html(&read(&index)?), &site.base);
    for file in shell::files(&folder)? {
        html = settle(&file, &html)?;
    }
    std::fs::write(&index, &html)?;
    if site.with_service {
        finish_static(&folder, &html)?;
    }
    Ok(())
}

/// Compacts the glue script, and gives it the name that fits its new content. Scripts of public/ keep name and text.
fn settle(file: &Path, html: &str) -> Result<String> {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if !html.contains(&format!("/{name}\" data-wasm=")) {
        return Ok(html.to_owned());
    }
    let short = compact::glue(&read(file)?);
    std::fs::write(file, &short)?;
    let Some(renamed) = renamed(name, short.as_bytes()) else { return Ok(html.to_owned()) };
    std::fs::rename(file, file.with_file_name(&renamed)).with_context(|| format!("cannot rename {name}"))?;
    Ok(html.replace(name, &renamed))
}

/// `app-0123456789abcdef.js` with the hash of the given content; `None` for a name without a hash.
fn renamed(name: &str, content: &[u8]) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    let (plain, hash) = stem.rsplit_once('-')?;
    if hash.len() < 8 || !hash.chars().all(|c| c.is_ascii_hexdigit()) {
        return None;
    }
    let digest: String = Sha256::digest(content).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    Some(format!("{plain}-{digest}.{extension}"))
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
