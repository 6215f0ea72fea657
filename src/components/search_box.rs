//! The search box: a visible label, a key that leads to it, Escape to clear (experience.md A4).

use leptos::ev;
use leptos::prelude::*;

use super::icon::{Icon, IconName};
use crate::browser::dom;
use crate::browser::window::on_window;

/// A labelled search box.
#[component]
pub fn SearchBox(
    /// The id of the input; one of its kind on a page.
    id: &'static str,
    /// The visible label and accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// The name of the button that clears.
    #[prop(into)]
    clear_label: Signal<String>,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// Called with every change, also while an input method composes.
    on_input: Callback<String>,
    /// `/` and Ctrl/Cmd-K lead here from anywhere on the page.
    #[prop(optional)]
    keys: bool,
    /// Called when Enter is pressed in the box.
    #[prop(optional)]
    on_enter: Option<Callback<()>>,
    /// Called when the arrow down is pressed in the box.
    #[prop(optional)]
    on_down: Option<Callback<()>>,
    /// Has the focus when the page opens.
    #[prop(optional)]
    focus: bool,
) -> impl IntoView {
    let input = NodeRef::<leptos::html::Input>::new();
    let take_focus = move || {
        if let Some(input) = input.try_get_untracked().flatten() {
            dom::focus_and_select(&input);
        }
    };
    if keys {
        on_window("keydown", move |event: ev::KeyboardEvent| {
            let letter = event.key();
            let with_modifier = event.ctrl_key() != event.meta_key();
            let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
            let slash = letter == "/" && plain && !dom::is_typing(&event);
            // Exactly what the box announces: with Shift or Alt it belongs to somebody else.
            let is_more = event.shift_key() || event.alt_key();
            if slash || (with_modifier && !is_more && letter.eq_ignore_ascii_case("k")) {
                event.prevent_default();
                take_focus();
            }
        });
    }
    if focus {
        Effect::new(move || {
            if input.get().is_some() {
                take_focus();
            }
        });
    }
    let clear = move || {
        on_input.run(String::new());
        take_focus();
    };
    let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        // Escape first clears; in an empty box it means what it means elsewhere.
        "Escape" if !value.with_untracked(String::is_empty) => {
            event.prevent_default();
            event.stop_propagation();
            clear();
        }
        key @ ("Enter" | "ArrowDown") if !event.is_composing() => {
            if let Some(act) = if key == "Enter" { on_enter } else { on_down } {
                event.prevent_default();
                act.run(());
            }
        }
        _ => {}
    };
    view! {
        <div class="find" role="search">
            <Icon name=IconName::SEARCH />
            <input
                node_ref=input
                type="search"
                id=id
                placeholder=" "
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                enterkeyhint="search"
                aria-keyshortcuts=keys.then_some("/ Control+K Meta+K")
                prop:value=value
                on:input=move |event| on_input.run(event_target_value(&event))
                on:keydown=on_key
            />
            <label for=id>{label}</label>
            {keys.then(|| view! { <kbd aria-hidden="true">"/"</kbd> })}
            <button type="button" class="icon-button" aria-label=clear_label on:click=move |_| clear()>
                <Icon name=IconName::CLOSE class="i small" />
            </button>
        </div>
    }
}
