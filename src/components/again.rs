//! Another try of what failed. The button goes away when it is pressed: the focus waits on the heading of that part of the
//! page, and comes back where it fails again.

use leptos::html;
use leptos::prelude::*;

use crate::browser::regain;

/// The button.
pub fn again(class: &'static str, name: Signal<String>, retry: Callback<()>) -> AnyView {
    let node = NodeRef::<html::Button>::new();
    Effect::new(move || {
        if let Some(button) = node.get() {
            regain::regain(&button);
        }
    });
    let press = move |_| {
        if let Some(button) = node.try_get_untracked().flatten() {
            regain::leave(&button);
        }
        retry.run(());
    };
    view! {
        <button node_ref=node type="button" class=class on:click=press>
            {name}
        </button>
    }
    .into_any()
}
