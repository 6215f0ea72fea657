//! The words on screen: English complete, every other language complete too.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use portal_core::text::{Text, fill};

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

// experience.md, "Words on screen": tests and assistive technology rely on these.
#[test]
fn the_words_that_others_rely_on() {
    for (text, words) in [
        (Text::SignInTitle, "Sign in"),
        (Text::SignInButton, "Sign in"),
        (Text::SignInAccount, "Account"),
        (Text::SignInPassword, "Password"),
        (Text::AccountLanguage, "Language"),
        (Text::AccountTheme, "Theme"),
        (Text::OrganizationsTitle, "Choose an organization"),
        (Text::LauncherTitle, "Applications"),
        (Text::LauncherList, "Applications"),
        (Text::LauncherSearch, "Search applications"),
        (Text::LauncherCategory, "Category"),
        (Text::LauncherAll, "All"),
        (Text::LauncherUncategorized, "Uncategorized"),
        (Text::MenuTitle, "Menu"),
        (Text::AccountMenu, "Account menu"),
        (Text::AccountSwitchOrganization, "Switch organization"),
        (Text::AccountSignOut, "Sign out"),
        (Text::LaunchDisabled, "Not enabled"),
        (Text::SignInWrong, "The account or password is wrong."),
    ] {
        assert_eq!(text.english(), words);
    }
    for text in Text::ALL.iter().filter(|text| text.key().starts_with("refused.")) {
        assert!(text.english().starts_with("Address refused: "), "{}", text.key());
    }
}

// A key that stands twice would translate one text by another.
#[test]
fn keys_are_unique_and_well_formed() {
    let mut seen = BTreeSet::new();
    for text in Text::ALL {
        assert!(seen.insert(text.key()), "{} stands twice", text.key());
        assert!(text.key().chars().all(|c| c.is_ascii_lowercase() || c == '.' || c == '_'), "{}", text.key());
        assert!(!text.english().trim().is_empty());
        if let Some(stem) = text.key().strip_suffix(".one") {
            let other = format!("{stem}.other");
            assert!(Text::ALL.iter().any(|text| text.key() == other), "{other} is missing");
        }
    }
}

// A language that lacks a key shows English in its midst; one with a placeholder of its own shows a brace.
#[test]
fn every_language_has_every_text() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/locales");
    let mut languages = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file = std::fs::read_to_string(&path).unwrap();
        let words: BTreeMap<String, String> = serde_json::from_str::<serde_json::Value>(&file)
            .unwrap()
            .as_object()
            .unwrap()
            .iter()
            .map(|(key, value)| (key.clone(), value.as_str().expect("a text").to_owned()))
            .collect();
        for text in Text::ALL {
            let words = words.get(text.key());
            let words = words.unwrap_or_else(|| panic!("{path:?} lacks {}", text.key()));
            assert!(!words.trim().is_empty(), "{path:?}: {} is empty", text.key());
            assert_eq!(placeholders(words), placeholders(text.english()), "{path:?}: {}", text.key());
        }
        for key in words.keys() {
            assert!(Text::ALL.iter().any(|text| text.key() == key), "{path:?}: nobody asks for {key}");
        }
        let written = file.lines().filter(|line| line.contains("\": \"")).count();
        assert_eq!(written, Text::ALL.len(), "{path:?}: a key stands twice");
        languages += 1;
    }
    assert!(languages > 0);
}

// Values come from people and from the service: what looks like a placeholder in them is text.
#[test]
fn placeholders_are_filled_once() {
    assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "2")]), "{b} and 2");
    assert_eq!(fill("{a}{a}", &[("a", "x")]), "xx");
    assert_eq!(fill("{unknown} {a", &[("a", "x")]), "{unknown} {a");
    assert_eq!(fill("{ {a} }", &[("a", "x")]), "{ x }");
    assert_eq!(fill("无占位符", &[("a", "x")]), "无占位符");
}
