//! A labelled combo box: the browser's own, which every keyboard, phone and screen reader knows.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// One of a few values, such as the language or the theme.
#[component]
pub fn Choice(
    /// The visible label and accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// The value that is chosen now.
    #[prop(into)]
    value: Signal<String>,
    /// Values and their names, in order.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// Called with the value chosen.
    on_change: Callback<String>,
) -> impl IntoView {
    let list = move || {
        let current = value.get();
        options
            .get()
            .into_iter()
            .map(|(key, name)| {
                // `selected` on the option, not `value` on the box: the box may be filled before its options are.
                view! { <option value=key.clone() prop:selected=key == current>{name}</option> }.into_any()
            })
            .collect::<Vec<_>>()
    };
    view! {
        <label class="choice">
            <span>{label}</span>
            <select on:change=move |event| on_change.run(event_target_value(&event))>{list}</select>
            <Icon name=IconName::DOWN class="i small" />
        </label>
    }
}
