//! Tabs by the ARIA pattern: one tab stop, arrows move and choose, Home and End.

use leptos::prelude::*;
use leptos::{ev, html};

use crate::browser::dom;

/// A tab: its key, and its name.
pub type Tab = (&'static str, Signal<String>);

/// The list of tabs. What they show is a [`tab_panel`] with the same id.
#[component]
pub fn Tabs(
    /// What the ids begin with; one of its kind on a page.
    id: &'static str,
    /// The accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// The tabs, in order.
    tabs: Vec<Tab>,
    /// The key of the one that is shown.
    #[prop(into)]
    shown: Signal<&'static str>,
    /// Called with the key of the one that is to be shown.
    on_choose: Callback<&'static str>,
) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    let on_key = move |event: ev::KeyboardEvent| {
        let Some(list) = list.get_untracked() else { return };
        let key = event.key();
        let step = match key.as_str() {
            "ArrowRight" | "ArrowLeft" => {
                if (key == "ArrowRight") != dom::is_right_to_left(&list) {
                    dom::Step::Next
                } else {
                    dom::Step::Previous
                }
            }
            "Home" => dom::Step::First,
            "End" => dom::Step::Last,
            _ => return,
        };
        event.prevent_default();
        dom::focus_step(&list, "[role=tab]", step);
        dom::press_focused();
    };
    let tab = |(key, name): Tab| {
        let is_shown = move || shown.get() == key;
        view! {
            <button
                type="button"
                class="tab"
                role="tab"
                id=format!("{id}-{key}")
                aria-selected=move || if is_shown() { "true" } else { "false" }
                aria-controls=format!("{id}-panel")
                tabindex=move || if is_shown() { "0" } else { "-1" }
                on:click=move |_| on_choose.run(key)
            >
                {name}
            </button>
        }
        .into_any()
    };
    view! {
        <div node_ref=list class="tabs" role="tablist" aria-label=label on:keydown=on_key>
            {tabs.into_iter().map(tab).collect::<Vec<_>>()}
        </div>
    }
}

/// What the tab shows that is chosen.
pub fn tab_panel(id: &'static str, shown: Signal<&'static str>, inside: AnyView) -> AnyView {
    view! {
        <div
            class="tab-panel"
            role="tabpanel"
            id=format!("{id}-panel")
            aria-labelledby=move || format!("{id}-{}", shown.get())
        >
            {inside}
        </div>
    }
    .into_any()
}
