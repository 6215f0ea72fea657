//! The bell of the banner, and the number on a tile (experience.md M1). What they show is drawn wherever
//! [`crate::pages::waiting`] has a place for it.

use std::cell::Cell;

use leptos::html;
use leptos::prelude::*;
use portal_api::ApplicationId;
use portal_core::route::Route;
use portal_core::route::further::Further;
use portal_core::text::Inbox as Words;

use super::inbox::{Inbox, use_inbox};
use super::news::news;
use crate::browser::{dom, number_text, sight};
use crate::components::{Icon, IconName};
use crate::i18n::{I18n, use_i18n};
use crate::pages::waiting::{Drawn, use_waiting};

/// A number of more figures has no room in a tile.
const MOST_ON_TILE: u64 = 9_999;

/// What watches for messages, and draws what it says over whatever page.
pub fn watch() -> AnyView {
    let inbox = use_inbox();
    use_waiting().draw(Drawn { bell, badge });
    news(inbox)
}

/// So many messages, as a person reads it.
pub(super) fn count(i18n: I18n, one: Words, other: Words, number: u64) -> String {
    let text = if number == 1 { one } else { other };
    i18n.fill(text, &[("count", &number_text(number, &i18n.locale()))])
}

fn bell() -> AnyView {
    let (inbox, i18n) = (use_inbox(), use_i18n());
    let sum = Memo::new(move |_| inbox.sum());
    let label = move || {
        let sum = sum.get();
        let count = match (sum.messages, sum.known) {
            (0, 0) => i18n.text(Words::BellUnknown),
            (0, _) => i18n.text(Words::BellNone),
            (number, _) => count(i18n, Words::UnresolvedOne, Words::UnresolvedOther, number),
        };
        let partial = (sum.partial && sum.known > 0).then(|| i18n.text(Words::BellPartial));
        let least = (sum.least && partial.is_none()).then(|| i18n.text(Words::BellLeast));
        [Some(i18n.text(Words::Title)), Some(count), partial, least]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ")
    };
    let number = move || {
        let sum = sum.get();
        (sum.messages > 0).then(|| {
            let more = if sum.partial || sum.least { "+" } else { "" };
            let number = format!("{}{more}", number_text(sum.messages, &i18n.locale()));
            view! {
                <span class="bell-count" aria-hidden="true">
                    {number}
                </span>
            }
        })
    };
    let href = inbox.places.href(&Further::Messages.route());
    let color = move || (sum.get().messages > 0).then(|| color_name(inbox));
    view! {
        <a class="icon-button bell" href=href data-color=color>
            <Icon name=IconName::BELL />
            {number}
            <span class="hidden-text">{label}</span>
        </a>
    }
    .into_any()
}

/// How the colours of the documented list look here (contract.md 1.24); any other looks like the portal's own.
pub(super) fn color_name(inbox: Inbox) -> &'static str {
    match inbox.wishes.with(|it| it.color) {
        0 => "red",
        1 => "yellow",
        2 => "gray",
        _ => "own",
    }
}

thread_local! {
    /// Tells the descriptions of tiles apart.
    static DRAWN: Cell<usize> = const { Cell::new(0) };
}

/// The number of an application on its tile. It belongs to what describes the tile, not to its name.
fn badge(application: ApplicationId) -> AnyView {
    let (inbox, i18n) = (use_inbox(), use_i18n());
    let id = format!("waiting-{}", DRAWN.replace(DRAWN.get().wrapping_add(1)));
    let node = NodeRef::<html::Span>::new();
    let of = application.clone();
    let number = Memo::new(move |_| inbox.counts.with(|counts| counts.number(&of)).unwrap_or_default());
    let described = id.clone();
    Effect::new(move || {
        let Some(tile) = node.get().and_then(|node| dom::around(&node, ".tile")) else { return };
        dom::describe(&tile, &described);
        note_tile(inbox, &application, &tile);
        let application = application.clone();
        sight::watch(&tile, move |seen| inbox.look(&application, seen));
    });
    let shown = move || {
        let number = number.get();
        (number > 0).then(|| {
            let more = if number > MOST_ON_TILE { "+" } else { "" };
            let number = format!("{}{more}", number_text(number.min(MOST_ON_TILE), &i18n.locale()));
            view! {
                <span class="tile-badge" aria-hidden="true">
                    {number}
                </span>
            }
        })
    };
    let told = move || {
        let number = number.get();
        (number > 0).then(|| count(i18n, Words::UnresolvedOne, Words::UnresolvedOther, number))
    };
    view! {
        {shown}
        <span node_ref=node id=id hidden=true>
            {told}
        </span>
    }
    .into_any()
}

/// What a tile tells: the name of the application, and how many there are where all are shown.
fn note_tile(inbox: Inbox, application: &ApplicationId, tile: &dom::Any) {
    if let Some(name) = dom::attribute_in(tile, ".tile-name", "title") {
        inbox.looking.note_name(application, name);
    }
    let all = inbox.places.route_untracked() == Route::launcher();
    if let Some(count) =
        dom::around(tile, "[aria-setsize]").and_then(|cell| dom::number_of(&cell, "aria-setsize"))
        && all
    {
        inbox.looking.note_listed(count);
    }
}
