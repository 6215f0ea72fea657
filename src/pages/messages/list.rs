//! The applications with their numbers. The order stays until the person asks for another: nothing moves under the
//! pointer (experience.md M9).

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use portal_core::text::Inbox as Words;

use super::bell::count;
use super::page::{Desk, LIST_ID, Panel};
use super::rows::Rows;
use crate::browser::{dom, number_text, sight};
use crate::components::Mark;
use crate::i18n::tr;

/// The height of a row, in px.
const ROW: usize = 52;

/// The list.
pub(super) fn application_list(desk: Desk) -> AnyView {
    // Places in the list of applications; made anew when the person sorts.
    let order: RwSignal<(usize, Arc<Vec<usize>>)> = RwSignal::new((0, Arc::new(Vec::new())));
    let arrange = move || {
        let count = desk.applications.with(|all| all.as_ref().map_or(0, |all| all.entries.len()));
        let mut places: Vec<usize> = (0..count).collect();
        let waits = |place: &usize| {
            let number = desk.applications.with_untracked(|all| {
                let entry = all.as_ref().and_then(|all| all.entries.get(*place).cloned());
                entry.and_then(|entry| desk.inbox.counts.with_untracked(|counts| counts.number(&entry.id)))
            });
            number.unwrap_or_default() == 0
        };
        places.sort_by_key(waits);
        order.update(|(version, order)| {
            *version += 1;
            *order = Arc::new(places);
        });
    };
    Effect::new(move || {
        // A list that was loaded again keeps the order that the person sees.
        let count = desk.applications.with(|all| all.as_ref().map_or(0, |all| all.entries.len()));
        let known = order.with_untracked(|(_, order)| order.len());
        if count == known {
            order.update(|(version, _)| *version += 1);
        } else {
            arrange();
        }
    });
    let rows = Rows::new(ROW);
    let made_of = Signal::derive(move || order.with(|(version, order)| (*version, order.len())));
    let draw = move |index: usize, _| {
        let place = order.with_untracked(|(_, order)| order.get(index).copied()).unwrap_or(usize::MAX);
        row(desk, rows, index, place)
    };
    let sort = move |_| {
        arrange();
        rows.rewind();
    };
    view! {
        <section class="inbox-list" aria-labelledby=LIST_ID>
            <div class="inbox-head">
                <h2 id=LIST_ID tabindex="-1">
                    {tr(Words::ListTitle)}
                </h2>
                <button type="button" class="text-link" on:click=sort>
                    {tr(Words::SortWaiting)}
                </button>
            </div>
            {rows.draw(tr(Words::ListTitle), made_of, draw)}
        </section>
    }
    .into_any()
}

fn row(desk: Desk, rows: Rows, index: usize, place: usize) -> AnyView {
    let entry = desk.applications.with_untracked(|all| all.as_ref()?.entries.get(place).cloned());
    let Some(entry) = entry else { return ().into_any() };
    let (inbox, i18n) = (desk.inbox, desk.i18n);
    let node = NodeRef::<html::Button>::new();
    let looked = entry.id.clone();
    Effect::new(move || {
        if let Some(node) = node.get() {
            let looked = looked.clone();
            sight::watch(&node, move |seen| inbox.look(&looked, seen));
        }
    });
    let id = entry.id.clone();
    let known = Memo::new(move |_| inbox.counts.with(|counts| (counts.number(&id), counts.is_closed(&id))));
    let number = move || match known.get() {
        (_, true) => view! { <small>{i18n.text(Words::Closed)}</small> }.into_any(),
        (None, _) => view! { <small>{i18n.text(Words::NotAsked)}</small> }.into_any(),
        (Some(0), _) => view! { <small>{i18n.text(Words::NoneHere)}</small> }.into_any(),
        (Some(number), _) => {
            let text = count(i18n, Words::UnresolvedOne, Words::UnresolvedOther, number);
            view! {
                <span class="inbox-count" aria-hidden="true">{number_text(number, &i18n.locale())}</span>
                <span class="hidden-text">{text}</span>
            }
            .into_any()
        }
    };
    let (mine, id) = (Panel::Ids(entry.id.clone()), entry.id.clone());
    let is_open = Memo::new(move |_| desk.panel.get() == mine);
    let press = move |_| {
        let to = if is_open.get_untracked() { Panel::Hint } else { Panel::Ids(id.clone()) };
        desk.open(&to);
    };
    view! {
        <button
            node_ref=node
            type="button"
            class="inbox-application stop"
            aria-expanded=move || if is_open.get() { "true" } else { "false" }
            tabindex=rows.tab_stop(index)
            on:click=press
        >
            <Mark
                category=entry.category.as_ref().map(|id| id.as_str().to_owned())
                key=entry.id.as_str().to_owned()
                name=entry.name.clone()
                small=true
            />
            <bdi>{entry.name.clone()}</bdi>
            {number}
        </button>
    }
    .into_any()
}

/// How many messages wait in all, as far as is known, and the way to know the rest.
pub(super) fn summary(desk: Desk) -> AnyView {
    let Desk { inbox, i18n, applications, .. } = desk;
    let sum = Memo::new(move |_| inbox.sum());
    let all = Memo::new(move |_| applications.with(|all| all.as_ref().map_or(0, |all| all.entries.len())));
    let text = move || {
        let (sum, all) = (sum.get(), all.get());
        let number = count(i18n, Words::UnresolvedOne, Words::UnresolvedOther, sum.messages);
        let rest = all.saturating_sub(sum.known);
        if rest == 0 {
            return number;
        }
        let written = |number: usize| number_text(number as u64, &i18n.locale());
        let (rest, all) = (written(rest), written(all));
        i18n.fill(Words::SumPartial, &[("number", &number), ("rest", &rest), ("all", &all)])
    };
    let failing = Memo::new(move |_| inbox.counts.with(|counts| counts.is_failing()));
    let late = move || failing.get().then(|| i18n.text(Words::Failing));
    let some_left = Memo::new(move |_| sum.get().known < all.get());
    let root = NodeRef::<html::P>::new();
    let ask = move || {
        let left = some_left.get();
        // The button goes away, which was pressed.
        if !left && root.try_get_untracked().flatten().is_some_and(|root| dom::focus_is_in(&root, "button")) {
            dom::focus_id(LIST_ID);
        }
        left.then(|| {
            let press = move |_| {
                let ids = applications.with_untracked(|all| {
                    all.as_ref().map_or_else(Vec::new, |all| {
                        all.entries.iter().map(|entry| entry.id.clone()).collect()
                    })
                });
                inbox.look_once(ids);
            };
            view! {
                <button type="button" class="text-link" on:click=press>
                    {i18n.text(Words::AskAll)}
                </button>
            }
        })
    };
    view! {
        <p class="inbox-sum" node_ref=root>
            <span>{text}</span>
            <span>{late}</span>
            {ask}
        </p>
    }
    .into_any()
}
