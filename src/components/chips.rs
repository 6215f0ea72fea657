//! A group of toggle buttons with counts, one pressed at a time (experience.md A3).

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// One button.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChipItem {
    /// What it stands for; handed to `on_press`.
    pub key: String,
    /// The shown name.
    pub name: String,
    /// How many entries it would show.
    pub count: usize,
    /// The id of a known category gives icon and hue.
    pub category: Option<String>,
}

/// The group. Buttons stay while only their counts change, so focus stays where it is.
#[component]
pub fn Chips(
    /// The accessible name of the group.
    #[prop(into)]
    label: Signal<String>,
    /// The buttons, in order.
    #[prop(into)]
    items: Signal<Vec<ChipItem>>,
    /// The key of the pressed one.
    #[prop(into)]
    pressed: Signal<String>,
    /// Called with the key of the button that was pressed.
    on_press: Callback<String>,
) -> impl IntoView {
    let which = Memo::new_with_compare(
        move |_| items.get(),
        |before, now| {
            let names = |items: Option<&Vec<ChipItem>>| -> Option<Vec<(String, String)>> {
                Some(items?.iter().map(|item| (item.key.clone(), item.name.clone())).collect())
            };
            names(before) != names(now)
        },
    );
    let buttons = move || {
        let chip = |(place, item)| chip(place, item, items, pressed, on_press);
        which.get().into_iter().enumerate().map(chip).collect::<Vec<_>>()
    };
    view! {
        <div class="chips" role="group" aria-label=label>
            {buttons}
        </div>
    }
}

fn chip(
    place: usize,
    item: ChipItem,
    items: Signal<Vec<ChipItem>>,
    pressed: Signal<String>,
    on_press: Callback<String>,
) -> AnyView {
    let ChipItem { key, name, category, count } = item;
    let icon = category.as_deref().and_then(IconName::of_category);
    let own = key.clone();
    let is_pressed = move || pressed.with(|pressed| if *pressed == own { "true" } else { "false" });
    // By place, because the button is not made anew when only its count changes.
    let count = move || items.with(|items| items.get(place).map_or(count, |item| item.count));
    view! {
        <button
            type="button"
            class="chip"
            aria-pressed=is_pressed
            data-category=icon.and(category)
            on:click=move |_| on_press.run(key.clone())
        >
            {icon.map(|icon| view! { <Icon name=icon class="i small" /> })}
            <bdi>{name}</bdi>
            " "
            <span class="count">{count}</span>
        </button>
    }
    .into_any()
}
