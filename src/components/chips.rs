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

/// The group. Buttons keep their place and identity while counts change, so focus stays where it is.
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
    let numbered = move || items.get().into_iter().enumerate().collect::<Vec<_>>();
    view! {
        <div class="chips" role="group" aria-label=label>
            <For
                each=numbered
                key=|(place, item)| (*place, item.key.clone(), item.name.clone())
                children=move |(place, item)| {
                    let ChipItem { key, name, category, count } = item;
                    let icon = category.as_deref().and_then(IconName::of_category);
                    let is_pressed = {
                        let key = key.clone();
                        Memo::new(move |_| pressed.with(|pressed| *pressed == key))
                    };
                    // By place, because this row is not made anew when only its count changes.
                    let count = Memo::new(move |_| {
                        items.with(|items| items.get(place).map_or(count, |item| item.count))
                    });
                    view! {
                        <button
                            type="button"
                            class="chip"
                            aria-pressed=move || if is_pressed.get() { "true" } else { "false" }
                            data-category=icon.and(category)
                            on:click=move |_| on_press.run(key.clone())
                        >
                            {icon.map(|icon| view! { <Icon name=icon class="i small" /> })}
                            <bdi>{name}</bdi>
                            " "
                            <span class="count">{count}</span>
                        </button>
                    }
                }
            />
        </div>
    }
}
