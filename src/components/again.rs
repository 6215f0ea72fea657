//! Another try of what failed. The button goes away when it is pressed: the focus waits on the heading of that part of the
//! page, and comes back where it fails again.

use leptos::html;

use super::countdown::Countdown;
use crate::browser::regain;
use crate::i18n::use_i18n;
use crate::state::{Callback, Signal, effect};
use crate::view::{NodeRef, Part, view};

/// The button.
pub fn again(class: &'static str, name: Signal<String>, retry: Callback<()>) -> Part {
    again_after(class, name, 0, retry)
}

/// The button, which counts so many seconds down before it can be pressed: the service wants that nobody calls until then.
pub fn again_after(class: &'static str, name: Signal<String>, seconds: u32, retry: Callback<()>) -> Part {
    let (i18n, wait) = (use_i18n(), Countdown::new(seconds));
    let node = NodeRef::<html::Button>::new();
    effect(move || {
        if let Some(button) = node.get() {
            regain::regain(&button);
        }
    });
    let press = move |_| {
        if wait.runs_untracked() {
            return;
        }
        if let Some(button) = node.get_untracked() {
            regain::leave(&button);
        }
        retry.run(());
    };
    let name = move || wait.text(i18n).unwrap_or_else(|| name.get());
    view! {
        <button
            node_ref=node
            type="button"
            class=class
            aria-disabled=move || wait.runs().then_some("true")
            on:click=press
        >
            {name}
        </button>
    }
}
