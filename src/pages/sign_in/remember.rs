//! The account on this device: its name only, never the password; off by default, and visibly forgotten again
//! (experience.md L7).

use leptos::html;
use leptos::prelude::*;
use portal_core::text::Later;

use crate::browser::{Shelf, Store};
use crate::i18n::{tr, use_i18n};

const STORE: Store = Store::new(Shelf::Device, "portal.account");
/// What is longer is no account that anybody types.
const MAX_BYTES: usize = 256;

/// The account that this device remembers.
pub fn remembered() -> Option<String> {
    STORE.read().filter(|account| !account.trim().is_empty() && account.len() <= MAX_BYTES)
}

/// Remembers the account, or forgets whichever was.
pub fn keep(account: &str, wanted: bool) {
    if wanted {
        STORE.write(account);
    } else {
        STORE.erase();
    }
}

/// The box to tick, and beside it the way to forget at once.
#[component]
pub fn Remember(
    /// The box.
    input: NodeRef<html::Input>,
    /// Empties the form.
    forgotten: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let known = RwSignal::new(remembered());
    let ticked = known.with_untracked(Option::is_some);
    let forget = move |_| {
        STORE.erase();
        if let Some(input) = input.try_get_untracked().flatten() {
            input.set_checked(false);
        }
        forgotten.run(());
        known.set(None);
    };
    let label = move |account: &str| i18n.fill(Later::SignInForgetLabel, &[("account", account)]);
    view! {
            <label class="check">
                <input node_ref=input type="checkbox" name="remember" prop:checked=ticked />
                <span>{tr(Later::SignInRemember)}</span>
            </label>
            {move || {
                known
                    .get()
                    .map(|account| {
                        view! {
                            <button type="button" class="text-link" aria-label=label(&account) on:click=forget>
                                {tr(Later::SignInForget)}
                            </button>
                        }
    })
            }}
        }
}
