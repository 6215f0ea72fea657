//! A tab that stays open notices that a new version of the portal was put up, and offers a reload. It never forces
//! one (experience.md, rules under the words).

use std::sync::Arc;

use leptos::prelude::*;
use portal_core::text::Later;

use crate::browser;
use crate::components::ToastText;
use crate::i18n::use_i18n;

/// How long nothing is asked after the last time, in milliseconds.
const PAUSE_MS: f64 = 60_000.0;

/// Asks whenever the tab comes back into view: that is when a person begins to use it again.
pub fn watch(message: RwSignal<Option<ToastText>>) {
    let i18n = use_i18n();
    let last = StoredValue::new(browser::now());
    browser::on_visible(move || {
        if browser::now() - last.get_value() < PAUSE_MS {
            return;
        }
        last.set_value(browser::now());
        browser::spawn(async move {
            // What cannot be asked now is asked the next time.
            if browser::is_outdated().await == Some(true) {
                let reload: Arc<dyn Fn() + Send + Sync> = Arc::new(browser::reload);
                let action = Some((i18n.text(Later::VersionReload), reload));
                message.set(Some(ToastText { text: i18n.text(Later::VersionTitle), action, link: None }));
            }
        });
    });
}
