//! Removes from pages what a browser does not need, and nothing whose removal could change a meaning.

/// A page without comments. Styles and scripts in it are left alone.
pub(super) fn html(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        if let Some(comment) = from.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let end = ["style", "script"].iter().find_map(|name| {
            from.strip_prefix('<')?.strip_prefix(name)?;
            let close = format!("</{name}>");
            Some(from.find(&close)? + close.len())
        });
        let (copied, after) = from.split_at(end.unwrap_or(1));
        out.push_str(copied);
        rest = after;
    }
    out.push_str(rest);
    let lines: Vec<&str> = out.lines().filter(|line| !line.trim().is_empty()).collect();
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    // The hash of the critical style stands in the policy: not a byte of it may change.
    #[test]
    fn html_keeps_the_critical_style() {
        let source = "<!-- a -->\n<style>\n/* b */\n<!-- c -->\n</style>\n\n<p>d</p>\n";
        assert_eq!(html(source).trim(), "<style>\n/* b */\n<!-- c -->\n</style>\n<p>d</p>");
    }
}
