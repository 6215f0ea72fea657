//! How much of the menu is shown: beside the page on a wide screen, whole or as a rail; as a sheet over it on a phone.

use leptos::prelude::*;
use leptos::{ev, html};

use super::Page;
use super::side::{self, Content};
use crate::browser::window::on_window;
use crate::browser::{Shelf, Store, dom};
use crate::reactive::SetIfChanged;

const STORE: Store = Store::new(Shelf::Device, "portal.menu");
const WHOLE: &str = "open";
const RAIL: &str = "rail";
/// What an earlier version kept for a menu that was put away: the rail stands in for it.
const AWAY: &str = "closed";

/// The menu's panel.
#[derive(Clone, Copy)]
pub(super) struct Panel {
    /// The window is as narrow as a phone.
    narrow: RwSignal<bool>,
    /// On a phone: the sheet is open.
    sheet: RwSignal<bool>,
    /// On a wide screen: the person wants the rail. Kept on the device.
    rail: RwSignal<bool>,
    /// What the page inside asks for.
    wish: RwSignal<Option<bool>>,
    /// The entry of the rail whose branch is shown beside it.
    pub(super) fly: RwSignal<Option<usize>>,
    /// What the menu's region holds.
    pub(super) content: Memo<Content>,
    /// The button that shows the menu.
    pub(super) button: NodeRef<html::Button>,
}

impl Panel {
    pub(super) fn new(page: Page) -> Self {
        let narrow = RwSignal::new(dom::is_narrow());
        on_window("resize", move |_: ev::UiEvent| {
            let now = dom::is_narrow();
            if narrow.get_untracked() != now {
                narrow.set(now);
            }
        });
        let sheet = RwSignal::new(false);
        Effect::new(move || {
            // Who comes back wants to see the page.
            if !page.here.get() {
                sheet.set_if_changed(false);
            }
        });
        Self {
            narrow,
            sheet,
            rail: RwSignal::new(matches!(STORE.read().as_deref(), Some(RAIL | AWAY))),
            wish: RwSignal::new(None),
            fly: RwSignal::new(None),
            content: Memo::new(move |_| side::content(page)),
            button: NodeRef::new(),
        }
    }

    /// For the style sheet: `closed` (none at all), `open` (the sheet), `rail`, or what is usual at this width.
    pub(super) fn state(self) -> Option<&'static str> {
        let (narrow, sheet, wish) = (self.narrow.get(), self.sheet.get(), self.wish.get());
        if !self.has_menu() || wish == Some(false) {
            return Some("closed");
        }
        if narrow {
            return sheet.then_some("open");
        }
        // What is wrong with a menu needs room to say so.
        let fits = self.content.with(|content| matches!(content, Content::Tree | Content::Waiting));
        (fits && wish.is_none() && self.rail.get()).then_some("rail")
    }

    /// Whether there is a menu to show.
    pub(super) fn has_menu(self) -> bool {
        self.content.with(|content| *content != Content::Nothing)
    }

    /// Whether the whole menu can be seen.
    pub(super) fn is_shown(self) -> bool {
        self.state() == if self.narrow.get() { Some("open") } else { None }
    }

    /// What the page inside asks for: the whole menu, or none at all. Not kept; `None` takes it back. The person has
    /// the last word, by [`Panel::toggle`].
    pub(super) fn wish(self, shown: Option<bool>) {
        if self.wish.get_untracked() == shown {
            return;
        }
        self.wish.set(shown);
        if let Some(shown) = shown.filter(|_| self.narrow.get_untracked()) {
            self.sheet.set(shown);
        }
    }

    /// Shows more or less of the menu; says whether a sheet was opened.
    pub(super) fn toggle(self) -> bool {
        let wish = self.wish.get_untracked();
        if wish.is_some() {
            self.wish.set(None);
        }
        if self.narrow.get_untracked() {
            self.sheet.update(|open| *open = !*open);
            return self.sheet.get_untracked();
        }
        let rail = match wish {
            // There was none: the menu comes back as the person had it.
            Some(false) => self.rail.get_untracked(),
            // It was whole.
            Some(true) => true,
            None => !self.rail.get_untracked(),
        };
        self.keep(rail);
        false
    }

    /// Shows the whole menu in place of the rail.
    pub(super) fn expand(self) {
        self.keep(false);
    }

    fn keep(self, rail: bool) {
        self.rail.set(rail);
        STORE.write(if rail { RAIL } else { WHOLE });
    }

    /// Closes the sheet, if it is open, and gives the focus back.
    pub(super) fn close_sheet(self) {
        if self.sheet.get_untracked() {
            if let Some(button) = self.button.try_get_untracked().flatten() {
                dom::focus(&button);
            }
            self.sheet.set(false);
        }
    }

    /// Closes the branch beside the rail, and gives the focus back.
    pub(super) fn close_fly(self) {
        if let Some(index) = self.fly.try_get_untracked().flatten() {
            dom::focus_id(&rail_id(index));
            self.fly.set(None);
        }
    }

    /// An entry was opened: the sheet, and the branch beside the rail, make room for it.
    pub(super) fn entry_opened(self) {
        self.close_fly();
        if self.sheet.get_untracked() {
            dom::focus_id(super::HEADING);
            self.sheet.set(false);
        }
    }

    /// The focus went behind the sheet.
    pub(super) fn focus_left(self) {
        if self.sheet.get_untracked() {
            self.sheet.set(false);
        }
    }
}

/// The id of an entry of the rail.
pub(super) fn rail_id(index: usize) -> String {
    format!("rail-{index}")
}
