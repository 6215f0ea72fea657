//! The line above the page: menu button, breadcrumb (experience.md S15), reload, open in a new tab.

use leptos::prelude::*;
use portal_core::launch::Address;
use portal_core::route::Route;
use portal_core::route::further::Further;
use portal_core::text::{Later, Text};

use super::Page;
use super::about::{self, About};
use super::opened::Opened;
use super::panel::Panel;
use super::tree::Tree;
use crate::browser::{dom, frames};
use crate::components::{Icon, IconName, MenuButton, MenuEntry, menu_panel};
use crate::i18n::tr;
use crate::pages::copy_link::{copy_link, link_to};
use crate::pages::own_tab::{Look, tab_way};
use crate::session::use_session;
use crate::state::{Callback, Derived, Signal};
use crate::view::{Part, view};

/// The bar.
pub(super) fn bar(page: Page, tree: Tree, panel: Panel, about: About) -> Part {
    let toggle = move |_| {
        if panel.toggle() {
            // The tree can take the focus when the sheet is seen.
            request_animation_frame(move || tree.rows.enter());
        }
    };
    // What holds a button or a menu is drawn anew only where that is another one: it would lose focus and presses whenever
    // the page says something.
    let alone = Derived::new(move |_| page.is_alone());
    let open = Derived::new(move |_| open(page));
    view! {
        <div class="bar" on:focusin=move |_| panel.focus_left()>
            {move || {
                (panel.has_menu() && !alone.get())
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="icon-button"
                                node_ref=panel.button
                                aria-label=tr(Later::MenuTitle)
                                aria-controls="menu"
                                aria-expanded=move || if panel.is_shown() { "true" } else { "false" }
                                on:click=toggle
                            >
                                <Icon name=IconName::PANEL class="i turns" />
                            </button>
                        }
                    })
            }}
            {crumbs(page)}
            {move || alone.get().then(|| everything(page))}
            {move || assets(page)}
            {move || open.get().map(|open| tools(page, about, open))}
        </div>
    }
}

/// A page that asked for all the room can be brought back by the person.
fn everything(page: Page) -> Part {
    view! {
        <button type="button" class="button" on:click=move |_| page.overruled.set(page.desk.shown.get_untracked())>
            {tr(Later::ShellShowPortal)}
        </button>
    }
}

fn crumbs(page: Page) -> Part {
    let session = use_session();
    let organization =
        Derived::new(move |_| session.stage().organization().map(|organization| organization.name.clone()));
    let home = page.places.href(&Route::launcher());
    let named = Derived::new(move |_| {
        let name = page.application_name()?;
        let entry = page.entry_name().is_some();
        let link = entry && page.place.with(|place| place.menu.is_some());
        let href = link.then(|| page.places.href(&page.place.with(|place| place.of_application())));
        Some((name, href, entry))
    });
    let application = move || {
        let (name, href, entry) = named.get()?;
        let part = match href {
            Some(href) => view! {
                <a href=href>
                    <bdi>{name}</bdi>
                </a>
            },
            None => view! { <bdi aria-current=(!entry).then_some("page")>{name}</bdi> },
        };
        Some((between(), part))
    };
    let entry = move || {
        page.entry_name()?;
        Some((between(), view! { <bdi aria-current="page">{page.name()}</bdi> }))
    };
    view! {
        <nav class="crumbs" aria-label=tr(Later::ShellBreadcrumb)>
            <a href=home>
                <bdi>{organization}</bdi>
            </a>
            {application}
            {entry}
        </nav>
    }
}

fn between() -> Part {
    view! { <Icon name=IconName::NEXT class="i turns" /> }
}

/// What is open: where it stands, and whether in a frame.
fn open(page: Page) -> Option<(Address, bool)> {
    page.opened.with(|opened| match opened {
        Opened::Frame { source, .. } => Some((source.address.clone(), true)),
        Opened::Elsewhere { address, .. } => Some((address.clone(), false)),
        Opened::Waiting | Opened::Closed { .. } => None,
    })
}

/// What can be done with the page that is shown. A page can refuse to be framed without the portal noticing (hostile.md
/// 55), so the way to a tab of its own always stands here.
fn tools(page: Page, about: About, (address, framed): (Address, bool)) -> Part {
    let desk = page.desk;
    let told = move || desk.current().map(|framed| framed.told.get()).unwrap_or_default();
    let help = Derived::new(move |_| told().help);
    let help =
        move || help.get().map(|href| tab_way(&href, Later::ShellPageHelp, Look::Icon(IconName::HELP)));
    let news = Derived::new(move |_| told().notifications);
    let news = move || {
        news.get().map(|href| tab_way(&href, Later::ShellPageNotifications, Look::Icon(IconName::BELL)))
    };
    let reload = framed.then(|| tool(Later::ShellReload, IconName::RELOAD, move || desk.renew(page)));
    let fill = (framed && frames::can_fill_screen())
        .then(|| tool(Later::ShellFill, IconName::FILL, move || fill_screen(page)));
    view! {
        {framed.then(|| about::doubt(page, about))}
        {help}
        {news}
        {reload}
        {tab_way(&address, Text::TileOpenNewTab, Look::Icon(IconName::POP_OUT))}
        {fill}
        {framed.then(|| more(page, about))}
    }
}

/// The assets of the application.
fn assets_route(page: Page) -> Route {
    Further::Assets { application: Some(page.place.with(|place| place.application.clone())) }.route()
}

/// A way to the assets; on a phone it stands in the menu.
fn assets(page: Page) -> Option<Part> {
    // Until it has a name it is not known to be one.
    page.application_name()?;
    Some(view! {
        <a
            class="icon-button roomy"
            href=page.places.href(&assets_route(page))
            aria-label=tr(Later::AccountAssets)
            title=tr(Later::AccountAssets)
        >
            <Icon name=IconName::ASSETS />
        </a>
    })
}

fn fill_screen(page: Page) {
    if let Some(room) = page.room.get_untracked() {
        frames::fill_screen(&room);
    }
}

/// A button for which a phone has no room: there it is an entry of the menu.
fn tool(label: Later, icon: IconName, run: impl Fn() + 'static) -> Part {
    view! {
        <button
            type="button"
            class="icon-button roomy"
            aria-label=tr(label)
            title=tr(label)
            on:click=move |_| run()
        >
            <Icon name=icon />
        </button>
    }
}

/// What is wanted more seldom.
fn more(page: Page, about: About) -> Part {
    let (i18n, places) = (page.i18n, page.places);
    let session = page.around.session;
    let here = move || places.route_untracked();
    let pop_out = Callback::new(move |()| frames::open_tab(&link_to(places, session, &here())));
    let copy = copy_link(here);
    let show = Callback::new(move |()| about.open.set(true));
    let reload = Callback::new(move |()| page.desk.renew(page));
    let fill = Callback::new(move |()| fill_screen(page));
    let entry = move |label, icon, run| MenuEntry::Action { label: i18n.text(label), icon, run };
    let entries = Signal::derive(move || {
        let mut entries = Vec::new();
        if dom::is_narrow() {
            entries.push(entry(Later::ShellReload, IconName::RELOAD, reload));
            if frames::can_fill_screen() {
                entries.push(entry(Later::ShellFill, IconName::FILL, fill));
            }
            entries.push(MenuEntry::Link {
                label: i18n.text(Later::AccountAssets),
                icon: IconName::ASSETS,
                href: places.href(&assets_route(page)),
                new_tab: false,
            });
            entries.push(MenuEntry::Rule);
        }
        entries.push(entry(Later::ShellPopOut, IconName::NEW_TAB, pop_out));
        entries.push(entry(Later::CopyLink, IconName::COPY, copy));
        entries.push(entry(Later::ShellAbout, IconName::INFO, show));
        entries
    });
    let head = Signal::derive(move || (page.name(), page.application_name().unwrap_or_default()));
    let panel = Box::new(move |menu| menu_panel(menu, tr(Later::ShellMore), head, entries));
    view! {
        <MenuButton label=tr(Later::ShellMore) panel>
            <Icon name=IconName::MORE />
        </MenuButton>
    }
}
