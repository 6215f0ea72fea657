//! What index.html may hold under its own content security policy (hostile.md 58).

/// The findings in a page, as plain sentences.
pub(crate) fn problems(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut styles = 0;
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let (tag, content) = after.split_once('>').unwrap_or((after, ""));
        rest = content;
        let name: String =
            tag.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        match name.as_str() {
            "style" => {
                styles += 1;
                rest = content.split_once("</style").map_or("", |(_, after)| after);
            }
            "script" => {
                let (body, after) = content.split_once("</script").unwrap_or((content, ""));
                rest = after;
                if !body.trim().is_empty() || attributes(tag).all(|(name, _)| name != "src") {
                    found.push(
                        "an inline script is refused by the policy: put it into public/boot.js".to_owned(),
                    );
                }
            }
            "base" => found.push(
                "a <base> element breaks every link to a part of the page: addresses are absolute".to_owned(),
            ),
            _ => {}
        }
        found.extend(attributes(tag).filter_map(|(name, value)| attribute_problem(&name, value)));
    }
    if styles > 1 {
        found.push(format!("{styles} <style> elements: the policy names the hash of one"));
    }
    found
}

fn attribute_problem(name: &str, value: &str) -> Option<String> {
    let external =
        |value: &str| value.starts_with("//") || value.starts_with("http:") || value.starts_with("https:");
    match name {
        "style" => Some("a style attribute is refused by the policy: use a class".to_owned()),
        _ if name.starts_with("on") => {
            Some(format!("the handler {name} is refused by the policy: use public/boot.js"))
        }
        "src" | "href" | "srcset" if external(value) => {
            Some(format!("{value}: the page loads nothing from elsewhere"))
        }
        _ => None,
    }
}

/// Names (lower case) and values of a tag's attributes. Values stand in quotes.
fn attributes(tag: &str) -> impl Iterator<Item = (String, &str)> {
    let mut rest = tag.trim_start_matches(|c: char| !c.is_whitespace());
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '/').unwrap_or(rest.len());
        let (name, after) = rest.split_at(end.max(1));
        rest = after;
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let quote = after.chars().next().filter(|c| *c == '"' || *c == '\'');
            let (found, more) = match quote {
                Some(quote) => after.get(1..).and_then(|text| text.split_once(quote)).unwrap_or((after, "")),
                None => after.split_once(char::is_whitespace).unwrap_or((after, "")),
            };
            (value, rest) = (found, more);
        }
        Some((name.to_ascii_lowercase(), value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_finds_its_breach() {
        for page in [
            "<script>start()</script>",
            "<script></script>",
            "<script src=\"a.js\">start()</script>",
            "<p style=\"color:red\">",
            "<p\n  STYLE='x'>",
            "<button onclick=\"a()\">",
            "<style>a{}</style><style>b{}</style>",
            "<base href=\"/\">",
            "<script src=\"https://elsewhere/a.js\"></script>",
            "<link rel=\"icon\" href=\"//elsewhere/i.svg\">",
        ] {
            assert_eq!(problems(page).len(), 1, "{page}");
        }
    }

    #[test]
    fn a_good_page_passes() {
        let page = "<!-- <script>no</script> --><style>a > b { content: '<p style=x>' }</style>\n\
            <script type=\"module\" src=\"/boot.js\" data-js=\"/a.js\"></script><p class=\"on\" title=\"onclick=1 style=2\">x</p>";
        assert_eq!(problems(page), Vec::<String>::new());
    }
}
