//! One tile: what an application is called, what it is, and what opening it does (experience.md A5, A7, A14).

use leptos::prelude::*;
use portal_core::catalog::Entry;
use portal_core::launch::Launch;
use portal_core::route::Route;
use portal_core::text::Text;

use crate::components::{Icon, IconName, Mark, marked};
use crate::i18n::I18n;
use crate::pages::waiting::Waiting;
use crate::routes::Places;

/// Where a tile stands in the list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Position {
    /// From 0.
    pub index: usize,
    /// How many are shown in all.
    pub count: usize,
    /// The one that Tab leads to.
    pub stop: RwSignal<usize>,
}

/// Draws a tile. Only what Tab leads to changes in place.
pub(super) fn tile(
    entry: &Entry,
    launch: &Launch,
    query: &str,
    position: Position,
    i18n: I18n,
    places: Places,
    waiting: Waiting,
) -> AnyView {
    let opens = Opens::of(entry, launch, places);
    let said = said(entry, launch, i18n);
    let refused = matches!(launch, Launch::Refused(_));
    let reason = (opens.href.is_none()).then(|| format!("reason-{}", position.index));
    let state = (!said.is_empty()).then(|| {
        let class = if refused { "tile-state is-alert" } else { "tile-state" };
        view! { <span class=class id=reason.clone()>{said}</span> }
    });
    // The reason needs the room.
    let category = entry.category_name.clone().filter(|_| !refused).map(|name| view! { <bdi>{name}</bdi> });
    let kind = (state.is_some() || category.is_some())
        .then(|| view! { <span class="tile-kind">{state}{category}</span> });
    let about = entry.description.clone().map(|about| {
        view! {
            <span class="tile-about" dir="auto">
                <span>{about}</span>
            </span>
        }
    });
    let flag = flag(entry, launch).map(|icon| {
        view! {
            <span class="tile-flags" aria-hidden="true">
                <Icon name=icon class="i small" />
            </span>
        }
    });
    let closed = opens.href.is_none();
    let Position { index, count, stop } = position;
    view! {
        <div class="cell" role="listitem" aria-setsize=count aria-posinset=index + 1>
            <a
                class="tile"
                href=opens.href
                target=opens.new_tab.then_some("_blank")
                rel=opens.new_tab.then_some("noopener noreferrer")
                role=closed.then_some("link")
                aria-disabled=closed.then_some("true")
                aria-describedby=reason
                tabindex=move || if stop.get() == index { "0" } else { "-1" }
            >
                <Mark
                    category=entry.category.as_ref().map(|id| id.as_str().to_owned())
                    key=entry.id.as_str().to_owned()
                    name=entry.name.clone()
                />
                {flag}
                <span class="tile-text">
                    <span class="tile-name" dir="auto" title=entry.name.clone()>
                        {marked(&entry.name, query)}
                    </span>
                    {kind}
                    {about}
                    {waiting.badge(entry.id.clone())}
                </span>
            </a>
        </div>
    }
    .into_any()
}

/// The place of the application in the portal.
pub(super) fn in_portal(entry: &Entry) -> Route {
    Route::Application { application: entry.id.clone(), menu: None, n: entry.nth, menu_n: 1, state: None }
}

/// What a click does.
struct Opens {
    /// `None` opens nothing.
    href: Option<String>,
    new_tab: bool,
}

impl Opens {
    fn of(entry: &Entry, launch: &Launch, places: Places) -> Self {
        let (href, new_tab) = match launch {
            // Without an address of its own, its first menu entry opens; the application's page finds that.
            Launch::Frame(_) | Launch::NoAddress => (Some(places.href(&in_portal(entry))), false),
            Launch::NewTab(address, _) => (Some(address.as_str().to_owned()), true),
            Launch::Refused(_) | Launch::Disabled => (None, false),
        };
        Self { href, new_tab }
    }
}

/// In words what is not usual about it: why it cannot be opened, or where it opens, and what it is made for.
pub(super) fn said(entry: &Entry, launch: &Launch, i18n: I18n) -> String {
    let mut said = Vec::new();
    if *launch != Launch::NoAddress
        && let Some(reason) = launch.reason()
    {
        said.push(i18n.fill(reason, &[("scheme", launch.scheme().unwrap_or_default())]));
    }
    if entry.mobile {
        said.push(i18n.text(Text::TileMobile));
    }
    if entry.shortcut {
        said.push(i18n.text(Text::TileShortcut));
    }
    said.join(" · ")
}

fn flag(entry: &Entry, launch: &Launch) -> Option<IconName> {
    match launch {
        Launch::Refused(_) => Some(IconName::LOCK),
        Launch::Disabled => Some(IconName::BAN),
        Launch::NewTab(..) => Some(IconName::NEW_TAB),
        Launch::Frame(_) | Launch::NoAddress => entry.mobile.then_some(IconName::PHONE),
    }
}
