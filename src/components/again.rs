//! Another try of what failed. The button goes away when it is pressed: the focus waits on the heading of that part of the
//! page, and comes back where it fails again.

use leptos::html;

use crate::browser::regain;
use crate::state::{Callback, Signal, effect};
use crate::view::{NodeRef, Part, view};

/// The button.
pub fn again(class: &'static str, name: Signal<String>, retry: Callback<()>) -> Part {
    let node = NodeRef::<html::Button>::new();
    effect(move || {
        if let Some(button) = node.get() {
            regain::regain(&button);
        }
    });
    let press = move |_| {
        if let Some(button) = node.get_untracked() {
            regain::leave(&button);
        }
        retry.run(());
    };
    view! {
        <button node_ref=node type="button" class=class on:click=press>
            {name}
        </button>
    }
}
