//! The finishing touches of index.html: addresses below the base, the policy of a static host.

use anyhow::{Context, Result};

/// The elements of a page that may load something, as (start, end) of their tags.
fn tags(html: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = html.get(from..).and_then(|rest| rest.find('<')) {
        let start = from + at;
        let rest = html.get(start..).unwrap_or_default();
        let length = rest.find('>').map_or(rest.len(), |end| end + 1);
        found.push((start, start + length));
        let skip = ["<style", "<script"].iter().find_map(|open| {
            rest.strip_prefix(open)?;
            rest.find(&format!("</{}", open.trim_start_matches('<')))
        });
        from = start + skip.unwrap_or(length).max(1);
    }
    found
}

/// Rewrites every tag of the page with `change`.
fn map_tags(html: &str, change: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(html.len());
    let mut last = 0;
    for (start, end) in tags(html) {
        out.push_str(html.get(last..start).unwrap_or_default());
        out.push_str(&change(html.get(start..end).unwrap_or_default()));
        last = end;
    }
    out.push_str(html.get(last..).unwrap_or_default());
    out
}

/// The value of an attribute in a tag.
pub(super) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, value) = tag.split_once(&format!(" {name}=\""))?;
    value.split_once('"').map(|(value, _)| value)
}

/// Puts root-relative addresses that trunk did not write below the base: a page under a path has no other way, since
/// a `<base>` element would break every `#` link.
pub(super) fn rebase(html: &str, base: &str) -> String {
    map_tags(html, |tag| {
        let mut tag = tag.to_owned();
        for name in ["href", "src"] {
            let Some(value) = attribute(&tag, name) else { continue };
            if value.starts_with('/') && !value.starts_with("//") && !value.starts_with(base) {
                let below = format!(" {name}=\"{base}{}\"", value.trim_start_matches('/'));
                tag = tag.replacen(&format!(" {name}=\"{value}\""), &below, 1);
            }
        }
        tag
    })
}

/// Names the icon in the image of the page, whose text says that the files of the page are not there. It is asked for
/// anyway, and so costs nothing.
pub(super) fn with_icon(html: &str) -> Result<String> {
    let icon = loads(html).into_iter().find(|(kind, _)| kind == "icon").map(|(_, address)| address);
    let icon = icon.context("index.html names no icon")?;
    Ok(map_tags(html, |tag| match attribute(tag, "src") {
        Some(old) if tag.starts_with("<img") => {
            tag.replacen(&format!(" src=\"{old}\""), &format!(" src=\"{icon}\""), 1)
        }
        _ => tag.to_owned(),
    }))
}

/// All addresses that the page loads, with the kind of their link.
pub(super) fn loads(html: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (start, end) in tags(html) {
        let tag = html.get(start..end).unwrap_or_default();
        let kind =
            if tag.starts_with("<script") { "script" } else { attribute(tag, "rel").unwrap_or_default() };
        if let Some(address) = attribute(tag, "href").or_else(|| attribute(tag, "src")) {
            found.push((kind.to_owned(), address.to_owned()));
        }
    }
    found
}

/// Puts the policy first in the head, before anything that it governs, and the mark by which boot.js knows that the
/// service lives in the page.
pub(super) fn for_static_host(html: &str, policy: &str) -> Result<String> {
    let (before, after) = html.split_once("<head>").context("index.html has no <head>")?;
    let policy = policy.replace('&', "&amp;").replace('"', "&quot;");
    let policy = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    Ok(format!("{before}<head>\n{policy}\n<meta name=\"portal-demo\">{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_outside_the_base_move() {
        let html = "<link rel=\"icon\" href=\"/i.svg\"><script src=\"/b/boot.js\"></script><a href=\"//x/\"><a href=\"#m\">";
        let moved = html.replace("/i.svg", "/b/i.svg");
        assert_eq!(rebase(html, "/b/"), moved);
        assert_eq!(rebase(html, "/"), html);
    }

    // Another image, which is there although the files of the page are not, would hide that.
    #[test]
    fn the_image_of_the_page_is_its_icon() {
        let html = "<link rel=\"icon\" href=\"/b/favicon-1.svg\"><img class=\"x\" src=\"/b/favicon.svg\" alt=\"a > b\">";
        let named = with_icon(html).unwrap();
        assert!(named.contains("<img class=\"x\" src=\"/b/favicon-1.svg\""), "{named}");
        assert!(with_icon("<img src=\"/favicon.svg\">").is_err());
    }

    #[test]
    fn text_of_styles_is_no_tag() {
        let html = "<style>a > b { content: '<link rel=\"stylesheet\" href=\"/x\">' }</style>";
        assert_eq!(rebase(html, "/b/"), html);
        assert!(loads(html).is_empty());
    }

    #[test]
    fn the_policy_comes_first() {
        let html = for_static_host("<html><head><meta charset=\"utf-8\">", "script-src 'self'").unwrap();
        assert!(html.starts_with(
            "<html><head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'self'\">"
        ));
    }
}
