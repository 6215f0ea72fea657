//! The words on screen in the person's language. English is compiled in; another language is a file that is
//! fetched when it is wanted.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use portal_core::names::{Locale, negotiate};
use portal_core::text::{Word, fill};

use crate::browser::{self, Shelf, Store};

const STORE: Store = Store::new(Shelf::Device, "portal.locale");
const ENGLISH: &str = "en";

/// The words of a language by key; `None` for English.
type Words = Option<Arc<BTreeMap<String, String>>>;

/// The words of the screens that come later (`portal_core::text::Later`).
const LATER: &str = "later/";

/// The language of the page.
#[derive(Clone, Copy, Debug)]
pub struct I18n {
    locale: RwSignal<Locale>,
    words: RwSignal<Words>,
    /// With the language that they are of; `None` until a screen comes that has words here.
    later: RwSignal<Option<(Locale, Words)>>,
}

/// The language that `app.rs` provides.
///
/// # Panics
/// Outside the app, which is a mistake in the program.
pub fn use_i18n() -> I18n {
    expect_context()
}

/// A text in the language of the page, now.
pub fn t(text: impl Into<Word>) -> String {
    use_i18n().text(text)
}

/// A text that follows the language of the page. One type for all texts, so that the code to show one exists once.
pub fn tr(text: impl Into<Word>) -> Signal<String> {
    follow(text.into())
}

fn follow(word: Word) -> Signal<String> {
    let i18n = use_i18n();
    Signal::derive(move || i18n.word(word))
}

impl I18n {
    /// Starts with the language chosen before, else with the best of the browser's languages that the portal
    /// speaks. A language whose file does not arrive is shown in English.
    pub async fn start(offered: &[Locale]) -> Self {
        let chosen =
            STORE.read().and_then(|text| Locale::parse(&text)).filter(|chosen| offered.contains(chosen));
        let locale = chosen.or_else(|| best(offered)).or_else(|| Locale::parse("en-US"));
        let (locale, words) = match locale {
            Some(locale) => {
                let words = fetch("", &locale).await.unwrap_or_default();
                (locale, words)
            }
            None => return Self::default_english(),
        };
        browser::set_language(locale.as_str());
        Self { locale: RwSignal::new(locale), words: RwSignal::new(words), later: RwSignal::new(None) }
    }

    /// Speaks another language from now on, here and at the next start. Gives false, and stays, where the file of
    /// words does not arrive.
    pub async fn choose(self, locale: Locale) -> bool {
        let Some(words) = fetch("", &locale).await else { return false };
        // Who chooses has a screen before them that came later.
        let later = fetch(LATER, &locale).await.unwrap_or_default();
        STORE.write(locale.as_str());
        browser::set_language(locale.as_str());
        self.words.set(words);
        self.later.set(Some((locale.clone(), later)));
        self.locale.set(locale);
        true
    }

    /// Comes back once the words of later screens are here, or cannot be had: then they are English.
    pub async fn later(self) {
        let locale = self.locale.get_untracked();
        if self.later.with_untracked(|later| later.as_ref().is_some_and(|(of, _)| *of == locale)) {
            return;
        }
        if let Some(words) = fetch(LATER, &locale).await {
            self.later.set(Some((locale, words)));
        }
    }

    /// The language; changes are followed.
    pub fn locale(self) -> Locale {
        self.locale.get()
    }

    /// The language now.
    pub fn locale_untracked(self) -> Locale {
        self.locale.get_untracked()
    }

    /// A text; changes of the language are followed.
    pub fn text(self, text: impl Into<Word>) -> String {
        self.word(text.into())
    }

    fn word(self, word: Word) -> String {
        let find = |words: &Words| words.as_ref()?.get(word.key).cloned();
        let first = self.words.with(find);
        let later = || self.later.with(|later| later.as_ref().and_then(|(_, words)| find(words)));
        first.or_else(later).unwrap_or_else(|| word.english.to_owned())
    }

    /// A text with its placeholders filled.
    pub fn fill(self, text: impl Into<Word>, values: &[(&str, &str)]) -> String {
        fill(&self.text(text), values)
    }

    /// One of two texts by a number, which also fills `{count}`.
    pub fn count<T: Into<Word>>(self, one: T, other: T, count: usize) -> String {
        let text = if count == 1 { one } else { other };
        self.fill(text, &[("count", &count.to_string())])
    }

    fn default_english() -> Self {
        #[expect(clippy::expect_used, reason = "a constant that the tests of portal-core parse")]
        let locale = Locale::parse("en-US").expect("a locale");
        Self { locale: RwSignal::new(locale), words: RwSignal::new(None), later: RwSignal::new(None) }
    }
}

/// The name of a language in that language, for the list to choose from.
pub fn own_name(locale: &Locale) -> String {
    match locale.as_str() {
        "en-US" => "English".to_owned(),
        "zh-CN" => "简体中文".to_owned(),
        other => browser::language_name(other),
    }
}

fn best(offered: &[Locale]) -> Option<Locale> {
    let wanted: Vec<Locale> = browser::languages().iter().filter_map(|text| Locale::parse(text)).collect();
    negotiate(&wanted, offered).or_else(|| offered.first().cloned())
}

/// Words of a language: `Some(None)` for English, `None` where they cannot be had.
async fn fetch(folder: &str, locale: &Locale) -> Option<Words> {
    if locale.language() == ENGLISH {
        return Some(None);
    }
    let address = format!("{}locales/{folder}{}.json", browser::base(), locale.as_str());
    let text = browser::get_text(&address).await.ok()?;
    Some(Some(Arc::new(serde_json::from_str(&text).ok()?)))
}
