//! The words on screen: English complete, every other language complete too.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests are tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use portal_core::text::{About, Assets, Console, Inbox, Later, People, Profile, Text, Word, fill};

/// The texts of a table.
fn words<T: Copy + Into<Word>>(all: &[T]) -> Vec<Word> {
    all.iter().map(|text| (*text).into()).collect()
}

/// All tables by the folder of their files. One table for each screen: what only a later part shows is in that part.
fn tables() -> [(&'static str, Vec<Word>); 2] {
    let later = [
        words(Later::ALL),
        words(Inbox::ALL),
        words(Profile::ALL),
        words(Assets::ALL),
        words(People::ALL),
        words(Console::ALL),
        words(About::ALL),
    ];
    [("locales", words(Text::ALL)), ("locales/later", later.concat())]
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

// experience.md, "Words on screen": tests and assistive technology rely on these.
#[test]
fn the_words_that_others_rely_on() {
    let texts: [(Word, &str); 19] = [
        (Later::SignInTitle.into(), "Sign in"),
        (Later::SignInButton.into(), "Sign in"),
        (Later::SignInAccount.into(), "Account"),
        (Later::SignInPassword.into(), "Password"),
        (Later::AccountLanguage.into(), "Language"),
        (Later::AccountTheme.into(), "Theme"),
        (Later::OrganizationsTitle.into(), "Choose an organization"),
        (Text::LauncherTitle.into(), "Applications"),
        (Text::LauncherList.into(), "Applications"),
        (Text::LauncherSearch.into(), "Search applications"),
        (Text::LauncherCategory.into(), "Category"),
        (Text::LauncherAll.into(), "All"),
        (Text::LauncherUncategorized.into(), "Uncategorized"),
        (Later::MenuTitle.into(), "Menu"),
        (Text::AccountMenu.into(), "Account menu"),
        (Later::AccountSwitchOrganization.into(), "Switch organization"),
        (Text::AccountSignOut.into(), "Sign out"),
        (Text::LaunchDisabled.into(), "Not enabled"),
        (Later::SignInWrong.into(), "The account or password is wrong."),
    ];
    for (text, words) in texts {
        assert_eq!(text.english, words);
    }
    for text in Text::ALL.iter().filter(|text| text.key().starts_with("refused.")) {
        assert!(text.english().starts_with("Address refused: "), "{}", text.key());
    }
}

// A key that stands twice would translate one text by another.
#[test]
fn keys_are_unique_and_well_formed() {
    let all: Vec<Word> = tables().into_iter().flat_map(|(_, words)| words).collect();
    let mut seen = BTreeSet::new();
    for Word { key, english } in &all {
        assert!(seen.insert(key), "{key} stands twice");
        assert!(key.chars().all(|c| c.is_ascii_lowercase() || c == '.' || c == '_'), "{key}");
        assert!(!english.trim().is_empty());
        if let Some(stem) = key.strip_suffix(".one") {
            let other = format!("{stem}.other");
            assert!(all.iter().any(|text| text.key == other), "{other} is missing");
        }
    }
}

// A language that lacks a key shows English in its midst; one with a placeholder of its own shows a brace.
#[test]
fn every_language_has_every_text() {
    for (folder, table) in tables() {
        assert!(complete(folder, &table) > 0);
    }
}

/// Looks at the files of a folder, and says how many there are.
fn complete(folder: &str, table: &[Word]) -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public").join(folder);
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> = entries.filter(|path| path.is_file()).collect();
    for path in &files {
        let file = std::fs::read_to_string(path).unwrap();
        let words: BTreeMap<String, String> = serde_json::from_str::<serde_json::Value>(&file)
            .unwrap()
            .as_object()
            .unwrap()
            .iter()
            .map(|(key, value)| (key.clone(), value.as_str().expect("a text").to_owned()))
            .collect();
        for Word { key, english } in table {
            let words = words.get(*key);
            let words = words.unwrap_or_else(|| panic!("{path:?} lacks {key}"));
            assert!(!words.trim().is_empty(), "{path:?}: {key} is empty");
            assert_eq!(placeholders(words), placeholders(english), "{path:?}: {key}");
        }
        for key in words.keys() {
            assert!(table.iter().any(|text| text.key == key), "{path:?}: nobody asks for {key}");
        }
        let written = file.lines().filter(|line| line.contains("\": \"")).count();
        assert_eq!(written, table.len(), "{path:?}: a key stands twice");
    }
    files.len()
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
