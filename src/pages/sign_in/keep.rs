//! Staying signed in when the browser is closed: only where the settings allow it, and off by default. Then the tokens
//! stand in storage that outlives the browser (hostile.md 25), so that the box says for whom that is.

use leptos::prelude::*;
use portal_core::text::Later;

use super::Desk;
use crate::browser::{Shelf, Store};
use crate::i18n::tr;

/// Whether the box is ticked. Of this tab, so that it survives the way to another place and back.
const STORE: Store = Store::new(Shelf::Tab, "portal.keep");

impl Desk {
    fn may_keep(self) -> bool {
        self.deployment.with_value(|deployment| deployment.settings.keep_signed_in)
    }

    /// Whether the session that begins may outlive the browser.
    pub(super) fn keeps(self) -> bool {
        self.may_keep() && STORE.read().is_some()
    }
}

/// The box.
#[component]
pub fn Keep(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let ticked = desk.keeps();
    let change = move |event: leptos::ev::Event| {
        if event_target_checked(&event) {
            STORE.write("1");
        } else {
            STORE.erase();
        }
    };
    desk.may_keep().then(|| {
        view! {
            <label class="check keep">
                <input type="checkbox" name="keep" prop:checked=ticked on:change=change />
                <span>{tr(Later::SignInKeep)}</span>
            </label>
        }
    })
}
