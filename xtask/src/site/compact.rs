//! Removes from styles and pages what a browser does not need, and nothing whose removal could change a meaning.

/// A style sheet without comments, indentation and empty lines. Text in quotes stays as it is.
pub(super) fn css(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    let mut quote: Option<char> = None;
    while let Some(c) = rest.chars().next() {
        let step = rest.get(c.len_utf8()..).unwrap_or_default();
        match quote {
            Some(open) => {
                out.push(c);
                rest = step;
                if c == '\\' {
                    if let Some(next) = rest.chars().next() {
                        out.push(next);
                        rest = rest.get(next.len_utf8()..).unwrap_or_default();
                    }
                } else if c == open {
                    quote = None;
                }
            }
            None if rest.starts_with("/*") => {
                rest = rest.split_once("*/").map_or("", |(_, after)| after);
                // A comment separates two words.
                if !out.ends_with(char::is_whitespace) {
                    out.push(' ');
                }
            }
            None => {
                if c == '"' || c == '\'' {
                    quote = Some(c);
                }
                out.push(c);
                rest = step;
            }
        }
    }
    without_blank_lines(&out)
}

fn without_blank_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut continued = false;
    for line in text.lines() {
        // A line after a backslash continues a text in quotes.
        let line = if continued { line } else { line.trim_start() };
        continued = line.ends_with('\\');
        let line = if continued { line } else { line.trim_end() };
        if !line.is_empty() {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

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

    #[test]
    fn css_keeps_text_in_quotes() {
        let source = "/* why */\na {\n  content: \"/* no */  \\\" '\"; /* x\n y */\n  color: red;\n\n}\n";
        assert_eq!(css(source), "a {\ncontent: \"/* no */  \\\" '\";\ncolor: red;\n}\n");
        assert_eq!(css("a/**/b{}"), "a b{}\n");
    }

    // The hash of the critical style stands in the policy: not a byte of it may change.
    #[test]
    fn html_keeps_the_critical_style() {
        let source = "<!-- a -->\n<style>\n/* b */\n<!-- c -->\n</style>\n\n<p>d</p>\n";
        assert_eq!(html(source).trim(), "<style>\n/* b */\n<!-- c -->\n</style>\n<p>d</p>");
    }
}
