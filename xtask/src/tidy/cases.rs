//! `docs/hostile-cases.md` names tests that exist, and leaves no case out: a table that nobody checks is soon a wish.

use std::collections::BTreeSet;
use std::path::Path;

/// The table.
pub(super) const TABLE: &str = "docs/hostile-cases.md";
/// The cases that it has to hold.
const CASES: [std::ops::RangeInclusive<u32>; 2] = [1..=55, 64..=92];

/// The findings in the table, as `:line: what`. `read` gives the text of a file of the repository.
pub(super) fn problems(text: &str, read: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let mut found = Vec::new();
    let mut cases = BTreeSet::new();
    for (index, line) in text.lines().enumerate() {
        let cells: Vec<&str> = line.trim().trim_matches('|').split(" | ").collect();
        let Some(case) = cells.first().and_then(|case| case.trim().parse::<u32>().ok()) else { continue };
        let mut complain = |what: String| found.push(format!(":{}: {what}", index + 1));
        if !cases.insert(case) {
            complain(format!("case {case} stands here twice"));
        }
        let tests = cells.get(2).copied().unwrap_or_default();
        if tests.trim() == "none yet" {
            continue;
        }
        let named = names(tests);
        if named.is_empty() {
            complain(format!("case {case} names no test; write \"none yet\" where there is none"));
        }
        for (file, name) in named {
            match read(file) {
                None => complain(format!("there is no file {file}")),
                Some(source) if !has(&source, name) => complain(format!("{file} has no test {name}")),
                Some(_) => {}
            }
        }
    }
    let missing = CASES.into_iter().flatten().filter(|case| !cases.contains(case));
    found.extend(missing.map(|case| format!(": case {case} is missing")));
    found
}

/// Each test with its file: a file is followed by the tests in it.
fn names(cell: &str) -> Vec<(&str, &str)> {
    let mut file = "";
    let mut named = Vec::new();
    for span in cell.split('`').skip(1).step_by(2) {
        let kind = Path::new(span).extension().and_then(|kind| kind.to_str());
        if span.contains('/') && matches!(kind, Some("rs" | "ts")) {
            file = span;
        } else {
            named.push((file, span));
        }
    }
    named
}

/// A function in Rust; a title in TypeScript.
fn has(source: &str, name: &str) -> bool {
    let title = ["'", "`", "\""].iter().any(|quote| source.contains(&format!("({quote}{name}{quote}")));
    title || source.contains(&format!("fn {name}("))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(row: &str) -> String {
        let others = CASES.into_iter().flatten().filter(|case| *case != 15);
        let others: String = others.map(|case| format!("| {case} | x | none yet |\n")).collect();
        format!("| Case | What it is | Tests |\n|---|---|---|\n{row}\n{others}")
    }

    #[test]
    fn only_tests_that_exist_pass() {
        let read = |file: &str| {
            (file == "e2e/a.spec.ts").then(|| "test('goes', () => {});\nfn goes_too() {}".to_owned())
        };
        for good in ["| 15 | x | `e2e/a.spec.ts` `goes` |", "| 15 | x | `e2e/a.spec.ts` `goes` `goes_too` |"]
        {
            assert_eq!(problems(&table(good), &read), Vec::<String>::new());
        }
        for bad in [
            "| 15 | x | `e2e/a.spec.ts` `gone` |",
            "| 15 | x | `e2e/b.spec.ts` `goes` |",
            "| 15 | x | `goes` |",
            "| 15 | x | |",
            "| 15 | x | `e2e/a.spec.ts` |",
            "| 16 | x | none yet |",
            "",
        ] {
            assert!(!problems(&table(bad), &read).is_empty(), "{bad}");
        }
    }
}
