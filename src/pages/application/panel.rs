//! Whether the menu is shown: beside the page on a wide screen, as a sheet over it on a phone.

use leptos::ev;
use leptos::html;

use super::Page;
use super::side::{self, Content};
use crate::browser::{Shelf, Store, dom, draw};
use crate::state::{Derived, State};
use crate::view::NodeRef;

const STORE: Store = Store::new(Shelf::Device, "portal.menu");
const COLLAPSED: &str = "closed";

/// The menu's panel.
#[derive(Clone, Copy)]
pub(super) struct Panel {
    /// The window is as narrow as a phone.
    narrow: State<bool>,
    /// On a phone: the sheet is open.
    sheet: State<bool>,
    /// On a wide screen: the person closed the menu. Kept on the device.
    collapsed: State<bool>,
    /// What the menu's region holds.
    pub(super) content: Derived<Content>,
    /// The button that shows the menu.
    pub(super) button: NodeRef<html::Button>,
}

impl Panel {
    pub(super) fn new(page: Page) -> Self {
        let narrow = State::new(dom::is_narrow());
        draw::on_window("resize", move |_: ev::UiEvent| {
            let now = dom::is_narrow();
            if narrow.get_untracked() != now {
                narrow.set(now);
            }
        });
        Self {
            narrow,
            sheet: State::new(false),
            collapsed: State::new(STORE.read().as_deref() == Some(COLLAPSED)),
            content: Derived::new(move |_| side::content(page)),
            button: NodeRef::new(),
        }
    }

    /// For the style sheet: `closed`, `open`, or what is usual at this width.
    pub(super) fn state(self) -> Option<&'static str> {
        if !self.has_menu() || !self.narrow.get() && self.collapsed.get() {
            return Some("closed");
        }
        (self.narrow.get() && self.sheet.get()).then_some("open")
    }

    /// Whether there is a menu to show.
    pub(super) fn has_menu(self) -> bool {
        self.content.with(|content| *content != Content::Nothing)
    }

    /// Whether the menu can be seen.
    pub(super) fn is_shown(self) -> bool {
        if self.narrow.get() { self.sheet.get() } else { !self.collapsed.get() }
    }

    /// Shows or hides the menu; says whether a sheet was opened.
    pub(super) fn toggle(self) -> bool {
        if self.narrow.get_untracked() {
            self.sheet.update(|open| *open = !*open);
            return self.sheet.get_untracked();
        }
        self.collapsed.update(|collapsed| *collapsed = !*collapsed);
        STORE.write(if self.collapsed.get_untracked() { COLLAPSED } else { "open" });
        false
    }

    /// Closes the sheet, if it is open, and gives the focus back.
    pub(super) fn close_sheet(self) {
        if self.sheet.get_untracked() {
            if let Some(button) = self.button.get_untracked() {
                dom::focus(&button);
            }
            self.sheet.set(false);
        }
    }

    /// An entry was opened: the sheet makes room for it.
    pub(super) fn entry_opened(self) {
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
