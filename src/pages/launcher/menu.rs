//! The menu of a tile (experience.md A5): by right click, by the menu key, by a long press. Its code comes when it is
//! first asked for.

use leptos::ev;
use portal_api::Application;
use portal_core::catalog::Entry;
use portal_core::launch::{Launch, NewTabReason};
use portal_core::text::{Later, Text};

use super::grid::Shown;
use super::roaming::Roaming;
use super::tile::{in_portal, said};
use crate::browser::{dom, draw};
use crate::components::{IconName, Menu, MenuEntry, menu_panel};
use crate::i18n::use_i18n;
use crate::pages::copy_link::copy_link;
use crate::pages::own_tab::{is_asked, open_own};
use crate::routes::{Places, use_places};
use crate::state::{Callback, Signal, State, effect};
use crate::view::Part;

/// What was asked for.
#[derive(Clone, Copy)]
pub struct Asked {
    /// Of the tile, from 1.
    pub(super) position: usize,
    /// Where in the window.
    pub(super) at: (i32, i32),
    /// Where this stands while the menu is open.
    pub(super) asked: State<Option<Asked>>,
    /// Where this stands while the details are shown.
    pub(super) details: State<Option<Asked>>,
    pub(super) shown: Shown,
    pub(super) roaming: Roaming,
}

impl Asked {
    pub(super) fn index(self) -> usize {
        self.position.saturating_sub(1)
    }

    /// What the service sent.
    pub(super) fn application(self) -> Option<(Entry, Application)> {
        let applications = self.shown.applications.get()?;
        let place = self.shown.view.with(|view| view.as_ref()?.shown.get(self.index()).copied())?;
        let (entry, _) = applications.get(place)?;
        Some((entry.clone(), applications.application(place)?.clone()))
    }

    /// The tile, and what opening it does.
    fn with<R>(self, read: impl FnOnce(&Entry, &Launch) -> R) -> Option<R> {
        let applications = self.shown.applications.get_untracked()?;
        let place = self.shown.view.with_untracked(|view| view.as_ref()?.shown.get(self.index()).copied())?;
        let (entry, launch) = applications.get(place)?;
        Some(read(entry, launch))
    }
}

/// The menu.
pub fn tile_menu(asked: Asked) -> Part {
    Part::of(panel(asked))
}

fn panel(asked: Asked) -> Option<Part> {
    let (i18n, places) = (use_i18n(), use_places());
    let menu = Menu::free();
    effect(move || {
        if let Some(panel) = menu.panel.get() {
            dom::put_at(&panel, asked.at);
        }
    });
    // Left by a key or by a choice, the focus goes back; by a press beside it, to where the press was.
    effect(move || {
        if !menu.is_open() {
            asked.roaming.go(asked.index());
            asked.asked.set(None);
        }
    });
    draw::on_window("pointerdown", move |event: ev::Event| {
        if menu.panel.get_untracked().is_some_and(|panel| !dom::holds(&panel, &event)) {
            asked.asked.set(None);
        }
    });
    draw::on_window("resize", move |_: ev::Event| asked.asked.set(None));

    let (name, said) = asked.with(|entry, launch| (entry.name.clone(), said(entry, launch, i18n)))?;
    let mut entries = asked.with(|entry, launch| entries(entry, launch, places))?;
    let run = Callback::new(move |()| asked.details.set(Some(asked)));
    entries.push(MenuEntry::Rule);
    entries.push(MenuEntry::Action { label: i18n.text(Later::TileDetails), icon: IconName::HELP, run });
    let label = if said.is_empty() { name.clone() } else { format!("{name}: {said}") };
    let head = Signal::derive(move || (name.clone(), said.clone()));
    let entries = Signal::derive(move || entries.clone());
    Some(menu_panel(menu, Signal::derive(move || label.clone()), head, entries))
}

/// Opening in the portal where that can be, and in a tab; both are links, but for pages that have to be asked before. What cannot be opened has a link all the same:
/// the administrator can be shown it.
fn entries(entry: &Entry, launch: &Launch, places: Places) -> Vec<MenuEntry> {
    let i18n = use_i18n();
    let here = places.href(&in_portal(entry));
    let in_shell =
        matches!(launch, Launch::Frame(_) | Launch::NoAddress | Launch::NewTab(_, NewTabReason::Wanted));
    let mut entries = Vec::new();
    if in_shell {
        let (label, href) = (i18n.text(Later::TileOpen), here.clone());
        entries.push(MenuEntry::Link { label, icon: IconName::PANEL, href, new_tab: false });
    }
    let (label, icon) = (i18n.text(Text::TileOpenNewTab), IconName::NEW_TAB);
    match launch.address() {
        Some(address) if is_asked(address) => {
            entries.push(MenuEntry::Action { label, icon, run: open_own(address) });
        }
        Some(address) => {
            let href = address.as_str().to_owned();
            entries.push(MenuEntry::Link { label, icon, href, new_tab: true });
        }
        None if in_shell => entries.push(MenuEntry::Link { label, icon, href: here, new_tab: true }),
        None => {}
    }
    let route = in_portal(entry);
    let run = copy_link(move || route.clone());
    entries.push(MenuEntry::Action { label: i18n.text(Later::CopyLink), icon: IconName::COPY, run });
    entries
}
