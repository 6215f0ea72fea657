//! The files of sample-apps/: what a page may do that stands in a sandbox under a strict policy.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            let text = fs::read_to_string(&path).expect("text");
            found.push((path, text));
        }
    }
    found
}

fn values<'a>(html: &'a str, attribute: &'a str) -> impl Iterator<Item = &'a str> {
    html.split(attribute).skip(1).filter_map(|rest| rest.split('"').next())
}

// The policy refuses inline code and inline style, and the browser says so in a console that tests read.
#[test]
fn pages_have_no_inline_code_and_all_their_files() {
    let pages = files(&root().join("sample-apps"), ".html");
    assert_eq!(pages.len(), 7);
    for (path, html) in pages {
        let name = path.display();
        for inline in ["<script>", "<style", " style=", " onclick=", " onload=", " onsubmit=", "javascript:"]
        {
            assert!(!html.contains(inline), "{name}: {inline}");
        }
        // A module is fetched with CORS, which a page without an origin is refused.
        assert!(!html.contains("type=\"module\""), "{name}");
        for wanted in ["<html lang=\"en\">", "<title", "<h1", "<main", "name=\"viewport\""] {
            assert!(html.contains(wanted), "{name}: {wanted}");
        }
        // The sign-in of a company stands in no frame; every application knows the portal around it.
        let knows = html.contains("<script src=\"../../portal-bridge.js\" defer></script>");
        assert_eq!(knows, !name.to_string().contains("identity"), "{name}");
        let folder = path.parent().expect("a folder");
        for file in values(&html, " src=\"").chain(values(&html, "<link rel=\"stylesheet\" href=\"")) {
            // What stands beside sample-apps/ in a site comes from public/.
            let place = file.strip_prefix("../../").map(|file| root().join("public").join(file));
            assert!(place.unwrap_or_else(|| folder.join(file)).is_file(), "{name}: {file}");
        }
    }
}

// hostile.md 7: parameters and names are text. And a page without an origin has neither storage nor requests.
#[test]
fn scripts_write_text_and_keep_nothing() {
    for (path, script) in files(&root().join("sample-apps"), ".js") {
        for forbidden in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            "fetch(",
            "XMLHttpRequest",
            "localStorage",
            "sessionStorage",
            "indexedDB",
            "document.cookie",
            "setAttribute(\"style\"",
        ] {
            assert!(!script.contains(forbidden), "{}: {forbidden}", path.display());
        }
    }
}

// An application of the demo that opens a 404 would look like a fault of the portal.
#[test]
fn every_page_of_the_catalogue_is_there() {
    let mut count = 0;
    for (path, json) in files(&root().join("crates/portal-demo/catalogue"), ".json") {
        for address in
            json.split("/sample-apps/").skip(1).filter_map(|rest| rest.split(['"', '?', '#']).next())
        {
            assert!(root().join("sample-apps").join(address).is_file(), "{}: {address}", path.display());
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
}
