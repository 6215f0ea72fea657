//! The critical style of the start page: the one inline element that the policy allows, by its hash.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// The texts of all `<style>` elements of a page. Comments and scripts are passed over.
pub(super) fn inline_styles(html: &str) -> Vec<&str> {
    let mut styles = Vec::new();
    // ASCII lower case keeps every byte in its place, so positions found here hold in `html`.
    let lower = html.to_ascii_lowercase();
    let mut at = 0;
    while let Some(step) = lower.get(at..).and_then(|rest| rest.find('<')) {
        at += step;
        let rest = lower.get(at..).unwrap_or_default();
        let end = if rest.starts_with("<!--") {
            rest.find("-->")
        } else if opens(rest, "<script") {
            rest.find("</script")
        } else if opens(rest, "<style") {
            let span = content(rest);
            if let Some((from, to)) = span {
                styles.extend(html.get(at + from..at + to));
            }
            span.map(|(_, to)| to)
        } else {
            None
        };
        at += end.unwrap_or(1).max(1);
    }
    styles
}

fn opens(rest: &str, tag: &str) -> bool {
    rest.strip_prefix(tag).is_some_and(|after| after.starts_with(['>', '/', ' ', '\t', '\n', '\r']))
}

fn content(rest: &str) -> Option<(usize, usize)> {
    let from = rest.find('>')? + 1;
    let to = rest.get(from..)?.find("</style")? + from;
    Some((from, to))
}

/// The source expression of an inline text, `sha256-…`. Browsers hash the text after parsing, when a line ends in
/// a bare line feed.
pub(super) fn source(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    use super::{inline_styles, source};

    #[test]
    fn styles_are_found_where_a_browser_finds_them() {
        for (html, expected) in [
            ("<head><style>a{}</style></head>", vec!["a{}"]),
            ("<STYLE media=all>\na{}\n</STYLE>", vec!["\na{}\n"]),
            ("<!-- <style>no{}</style> --><style>yes{}</style>", vec!["yes{}"]),
            ("<script>'<style>no{}</style>'</script>", vec![]),
            ("<styled>no</styled><p style>no</p>", vec![]),
            ("é<style>é{}</style>", vec!["é{}"]),
            ("<style>a{}</style><style>b{}</style>", vec!["a{}", "b{}"]),
            ("<style>never closed", vec![]),
            ("<", vec![]),
        ] {
            assert_eq!(inline_styles(html), expected, "{html}");
        }
    }

    // The value that Chromium prints for a blocked `<style>body{}</style>` is the hash of exactly that text.
    #[test]
    fn a_hash_is_that_of_the_parsed_text() {
        assert_eq!(source(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assert_eq!(source("a{}\r\nb{}\r"), source("a{}\nb{}\n"));
    }
}
