//! The buttons of the category filter (experience.md A3).
//!
//! How many rows they take is not known before the applications are, and the page must not jump (A1): the buttons of
//! the last visit keep the place meanwhile.

use std::sync::Arc;

use leptos::prelude::*;
use portal_core::catalog::{CategoryFilter, Chip, View};
use portal_core::text::Text;

use super::List;
use super::filter::Filter;
use crate::browser::{Shelf, Store};
use crate::components::{ChipItem, Chips};
use crate::i18n::{I18n, tr, use_i18n};
use crate::session::use_session;

/// The buttons seen last in this tab: the organization, then key, name and count of each, one a line.
const LAST: Store = Store::new(Shelf::Tab, "portal.categories");

/// The buttons, or their place while it is not known which there are.
pub(super) fn categories(load: List, view: Memo<Option<Arc<View>>>, filter: Filter) -> AnyView {
    let (i18n, session) = (use_i18n(), use_session());
    let organization = session.stage_untracked().organization().map(|it| it.id.as_str().to_owned());
    let organization = StoredValue::new(organization.unwrap_or_default());
    let items = Memo::new(move |_| view.with(|view| view.as_ref().map(|view| items(view, i18n))));
    let pressed =
        Signal::derive(move || filter.category.with(|category| category.to_query().unwrap_or_default()));
    let known = Memo::new(move |_| items.with(|items| items.as_ref().map(|items| items.len() > 1)));
    Effect::new(move || {
        if known.get() == Some(true) {
            items.with_untracked(|items| organization.with_value(|it| remember(it, items.as_deref())));
        }
    });
    (move || match known.get() {
        Some(true) => {
            let items = Signal::derive(move || items.get().unwrap_or_default());
            view! { <Chips label=tr(Text::LauncherCategory) items pressed on_press=filter.on_press() /> }
                .into_any()
        }
        Some(false) => ().into_any(),
        // Nothing is on its way any more.
        None if load.error().is_some() => ().into_any(),
        None => match organization.with_value(|it| last(it)) {
            Some(items) => view! {
                <div class="kept-place">
                    <Chips
                        label=tr(Text::LauncherCategory)
                        items=Signal::derive(move || items.clone())
                        pressed
                        on_press=filter.on_press()
                    />
                </div>
            }
            .into_any(),
            None => view! {
                <div class="chips skeleton late" aria-hidden="true">
                    <span class="chip"></span>
                </div>
            }
            .into_any(),
        },
    })
    .into_any()
}

fn items(view: &View, i18n: I18n) -> Vec<ChipItem> {
    let all =
        ChipItem { key: String::new(), name: i18n.text(Text::LauncherAll), count: view.all, category: None };
    let chip = |chip: &Chip| {
        let key = chip.filter.to_query().unwrap_or_default();
        let category = matches!(chip.filter, CategoryFilter::Of(_)).then(|| key.clone());
        let name = chip.name.clone().unwrap_or_else(|| i18n.text(Text::LauncherUncategorized));
        ChipItem { key, name, count: chip.count, category }
    };
    core::iter::once(all).chain(view.chips.iter().map(chip)).collect()
}

fn remember(organization: &str, items: Option<&[ChipItem]>) {
    let mut text = organization.to_owned();
    for ChipItem { key, name, count, .. } in items.unwrap_or_default() {
        text.push_str(&format!("\n{key}\t{count}\t{name}"));
    }
    LAST.write(&text);
}

fn last(organization: &str) -> Option<Vec<ChipItem>> {
    let text = LAST.read()?;
    let mut lines = text.lines();
    if lines.next() != Some(organization) {
        return None;
    }
    let item = |line: &str| {
        let mut parts = line.splitn(3, '\t');
        let (key, count, name) =
            (parts.next()?.to_owned(), parts.next()?.parse().ok()?, parts.next()?.to_owned());
        Some(ChipItem { category: Some(key.clone()), key, name, count })
    };
    lines.map(item).collect()
}
