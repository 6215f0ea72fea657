//! Links in the documents lead somewhere.

use std::path::{Component, Path};

pub(super) fn problems(name: &str, text: &str, files: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    let mut in_code = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        for target in targets(line) {
            if !resolves(name, target, files) {
                found.push(format!(":{}: the link {target} leads nowhere", index + 1));
            }
        }
    }
    found
}

/// The addresses of `[text](address)`, `![text](address)` and `src="address"` in a line.
fn targets(line: &str) -> Vec<&str> {
    let markdown = line.split("](").skip(1).filter_map(|rest| rest.split_once(')').map(|(target, _)| target));
    let html =
        line.split(" src=\"").skip(1).filter_map(|rest| rest.split_once('"').map(|(target, _)| target));
    markdown.chain(html).collect()
}

fn resolves(name: &str, target: &str, files: &[String]) -> bool {
    let path = target.split(['#', '?', ' ']).next().unwrap_or_default().trim_matches(['<', '>']);
    if path.is_empty() || path.contains("://") || path.starts_with("mailto:") {
        return true;
    }
    let mut parts: Vec<String> = Vec::new();
    let folder = Path::new(name).parent().unwrap_or(Path::new(""));
    for component in folder.join(path).components() {
        match component {
            Component::Normal(part) => parts.push(part.to_string_lossy().into_owned()),
            // Out of the repository.
            Component::ParentDir if parts.pop().is_none() => return false,
            _ => {}
        }
    }
    let wanted = parts.join("/");
    let below = format!("{wanted}/");
    files.iter().any(|file| *file == wanted || file.starts_with(&below))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_that_resolve_pass() {
        let files = ["docs/a.md".to_owned(), "README.md".to_owned(), "docs/img/b.png".to_owned()];
        let good =
            "[a](a.md#x) [r](../README.md) ![b](img/b.png) [d](img/) [w](https://example.com) [h](#here)";
        assert_eq!(problems("docs/a.md", good, &files), Vec::<String>::new());
        for bad in ["[a](b.md)", "![x](img/c.png)", "[o](../../etc)", "<img src=\"x.png\" src=\"gone.png\">"]
        {
            assert!(!problems("docs/a.md", bad, &files).is_empty(), "{bad}");
        }
        assert!(problems("docs/a.md", "```\n[a](b.md)\n```", &files).is_empty(), "code is no link");
    }
}
