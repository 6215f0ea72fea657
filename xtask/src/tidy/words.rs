//! What no tracked file may hold: addresses of package registries, folders of one machine, conflict marks.

use super::source::lines_with;

/// Text, why not. Written in two parts, so that this file does not break its own rule.
const BANNED: &[(&str, &str, &str)] = &[
    (
        "registry.",
        "npmjs.org",
        "a lock file with registry addresses works on one network only: keep e2e/.npmrc as it is",
    ),
    (
        "registry.",
        "npmmirror.com",
        "a lock file with registry addresses works on one network only: keep e2e/.npmrc as it is",
    ),
    ("index.", "crates.io", "the registry is cargo's business"),
    ("static.", "crates.io", "the registry is cargo's business"),
    ("deb.", "debian.org", "the mirror is apt's business"),
    ("/ro", "ot/", "a folder of one machine"),
    ("/wo", "rk/", "a folder of one machine"),
    ("/Us", "ers/", "a folder of one machine"),
    ("<<<<", "<<< ", "an unfinished merge"),
    (">>>>", ">>> ", "an unfinished merge"),
];

pub(super) fn problems(name: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (first, second, why) in BANNED {
        let banned = format!("{first}{second}");
        found.extend(
            lines_with(text, |line| holds(line, &banned))
                .map(|line| format!(":{line}: holds \"{banned}\": {why}")),
        );
    }
    if name.ends_with("package-lock.json") {
        let resolved = lines_with(text, |line| line.trim_start().starts_with("\"resolved\""));
        found.extend(resolved.map(|line| format!(":{line}: a download address: set omit-lockfile-registry-resolved in .npmrc and run npm install")));
    }
    found
}

/// Whether `banned` stands in a line; a path only where one begins, so that `/api/users/` or `home/work/x` may stand.
fn holds(line: &str, banned: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || "._-/~}>".contains(c);
    line.match_indices(banned).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        !banned.starts_with('/') || !before.is_some_and(joins)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_finds_its_breach() {
        for (first, second, _) in BANNED {
            let line = format!("see {first}{second}x");
            assert_eq!(problems("a.md", &line).len(), 1, "{line}");
        }
        assert_eq!(problems("e2e/package-lock.json", "  \"resolved\": \"x\",").len(), 1);
    }

    #[test]
    fn a_path_within_an_address_passes() {
        let address = format!("https://host/a{}b", ["/wo", "rk/"].concat());
        assert_eq!(problems("a.md", &address), Vec::<String>::new());
    }
}
