//! Language and theme: chosen before signing in and in the account menu, kept on this device.

use std::sync::Arc;

use leptos::prelude::*;
use portal_core::names::Locale;
use portal_core::text::Later;

use crate::browser::{self, Shelf, Store};
use crate::components::Choice;
use crate::i18n::{I18n, own_name, tr, use_i18n};
use crate::settings::Deployment;

const THEME: Store = Store::new(Shelf::Device, "portal.theme");
const SYSTEM: &str = "system";

/// What can be chosen, and how.
#[derive(Clone, Copy)]
pub struct Preferences {
    i18n: I18n,
    theme: RwSignal<String>,
    offered: StoredValue<Vec<Locale>>,
}

/// The preferences of this device. boot.js has put the theme on the page already.
pub fn use_preferences() -> Preferences {
    let kept = THEME.read().filter(|theme| theme == "light" || theme == "dark");
    let offered = expect_context::<Arc<Deployment>>().settings.locales.clone();
    Preferences {
        i18n: use_i18n(),
        theme: RwSignal::new(kept.unwrap_or_else(|| SYSTEM.to_owned())),
        offered: StoredValue::new(offered),
    }
}

impl Preferences {
    /// The language chosen.
    pub fn language(self) -> String {
        self.i18n.locale().as_str().to_owned()
    }

    /// The languages, each in its own words.
    pub fn languages(self) -> Vec<(String, String)> {
        self.offered.with_value(|offered| {
            offered.iter().map(|locale| (locale.as_str().to_owned(), own_name(locale))).collect()
        })
    }

    /// Speaks another language.
    pub fn choose_language(self) -> Callback<String> {
        Callback::new(move |language: String| {
            if let Some(locale) = Locale::parse(&language) {
                // Where the words do not arrive the language stays, and the box shows so.
                browser::spawn(async move {
                    self.i18n.choose(locale).await;
                });
            }
        })
    }

    /// The theme chosen.
    pub fn theme(self) -> String {
        self.theme.get()
    }

    /// The themes.
    pub fn themes(self) -> Vec<(String, String)> {
        [("system", Later::ThemeSystem), ("light", Later::ThemeLight), ("dark", Later::ThemeDark)]
            .map(|(theme, name)| (theme.to_owned(), self.i18n.text(name)))
            .to_vec()
    }

    /// Changes the theme.
    pub fn choose_theme(self) -> Callback<String> {
        Callback::new(move |theme: String| {
            if theme == SYSTEM {
                THEME.erase();
                browser::set_theme(None);
            } else {
                THEME.write(&theme);
                browser::set_theme(Some(&theme));
            }
            self.theme.set(theme);
        })
    }
}

/// The two boxes of the screens before signing in.
#[component]
pub fn PreferenceBoxes() -> impl IntoView {
    let preferences = use_preferences();
    view! {
        <Choice
            label=tr(Later::AccountLanguage)
            value=Signal::derive(move || preferences.language())
            options=Signal::derive(move || preferences.languages())
            on_change=preferences.choose_language()
        />
        <Choice
            label=tr(Later::AccountTheme)
            value=Signal::derive(move || preferences.theme())
            options=Signal::derive(move || preferences.themes())
            on_change=preferences.choose_theme()
        />
    }
}
