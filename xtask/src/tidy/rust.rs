//! What every Rust file looks like (house rules on size, comments and lints).

use super::source::{Source, lines_with};

/// Lines outside tests. One that grows past this is two concepts.
const LONGEST: usize = 350;

pub(super) fn problems(name: &str, source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    let tests = is_test(name);
    let first = source.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if !first.starts_with("//!") {
        found.push(":1: the file begins with `//!`: what it is and why it exists, so that a reader knows where he is".to_owned());
    }
    let length = source.shipped.lines().filter(|line| !line.trim().is_empty()).count();
    if !tests && length > LONGEST {
        found.push(format!(": {length} lines of code; a file past {LONGEST} is two concepts: split it"));
    }
    let mut every = |text: &str, test: &dyn Fn(&str) -> bool, why: &str| {
        found.extend(lines_with(text, test).map(|line| format!(":{line}: {why}")));
    };
    every(
        &source.comments,
        &unowned_task,
        "a task in a comment names its owner, `TODO(name)`, or it will stay for ever",
    );
    every(
        &source.code,
        &|line| line.contains("#[allow(") || line.contains("#![allow("),
        "use #[expect(…, reason = …)]: it says why, and reports when it is no longer needed",
    );
    if name.starts_with("src/") {
        every(
            &source.shipped,
            &|line| line.contains(" style="),
            "a style attribute is refused by the content security policy: use style:name=value or a class",
        );
        every(
            &source.shipped,
            &|line| line.contains("inner_html"),
            "text from the service must never be parsed as HTML (hostile.md A)",
        );
        if name != "src/routes.rs" {
            every(
                &source.shipped,
                &|line| line.contains("<A ") || line.trim_end().ends_with("<A"),
                "<A> takes javascript: addresses: use the link component of routes.rs or a plain <a>",
            );
        }
    }
    found
}

/// Whether only tests compile the file.
pub(super) fn is_test(name: &str) -> bool {
    let part = |part: &str| part == "tests" || part == "tests.rs" || part == "benches" || part == "examples";
    name.split('/').any(part) || name.ends_with("_tests.rs")
}

fn unowned_task(line: &str) -> bool {
    ["TODO", "FIXME", "XXX"].iter().any(|mark| {
        let after = line.split_once(mark).map(|(_, after)| after);
        after
            .is_some_and(|after| !after.starts_with('(') && !after.starts_with(|c: char| c.is_alphanumeric()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, text: &str) -> Vec<String> {
        problems(name, &Source::new(text))
    }

    #[test]
    fn a_good_file_passes() {
        let text = "//! What.\n// TODO(kim): later\nfn a() {}\n#[cfg(test)]\nmod tests {\n fn b() { None::<()>.unwrap() }\n}\n";
        assert_eq!(found("src/a.rs", text), Vec::<String>::new());
    }

    #[test]
    fn each_rule_finds_its_breach() {
        assert_eq!(found("src/a.rs", "fn a() {}").len(), 1, "no module doc");
        assert_eq!(found("src/a.rs", &format!("//! x\n{}", "fn a();\n".repeat(351))).len(), 1, "too long");
        assert_eq!(
            found("tests/a.rs", &format!("//! x\n{}", "fn a();\n".repeat(351))).len(),
            0,
            "tests may be long"
        );
        for line in [
            "// TODO later",
            "#[allow(dead_code)]",
            "view! { <p style=\"a\"> }",
            "<p inner_html=x>",
            "<A href=x>",
        ] {
            assert_eq!(found("src/a.rs", &format!("//! x\n{line}\n")).len(), 1, "{line}");
        }
    }
}
