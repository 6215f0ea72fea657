//! The state of the menu tree: what is open, where the focus is, and which rows are in the document.

use std::sync::Arc;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use portal_api::ApplicationId;
use portal_core::menu::{MenuTree, Node};

use super::Page;
use super::keys::Typing;
use super::walk;
use crate::browser::{dom, draw, scroll};
use crate::state::{Derived, State, effect, provided};
use crate::view::NodeRef;

/// In menus up to this size the first level is open at first.
const SMALL: usize = 24;
/// Up to so many rows all stand in the document (experience.md, "Large lists").
const MANY: usize = 200;
/// Rows in the document before and after those on screen.
const SPARE: usize = 12;

/// The open branches of every application that was visited: in memory, provided by `app.rs`.
#[derive(Clone, Copy, Debug)]
pub struct OpenBranches(State<Vec<(ApplicationId, Open)>>);

impl Default for OpenBranches {
    fn default() -> Self {
        Self(State::new(Vec::new()))
    }
}

/// Numbers of open entries, ascending: looked up for each branch of a menu that may have 50,000.
#[derive(Debug, Default)]
struct Open(Vec<usize>);

impl Open {
    fn contains(&self, index: usize) -> bool {
        self.0.binary_search(&index).is_ok()
    }

    fn set(&mut self, index: usize, open: bool) {
        match self.0.binary_search(&index) {
            Ok(place) if !open => drop(self.0.remove(place)),
            Err(place) if open => self.0.insert(place, index),
            _ => {}
        }
    }
}

fn of<'a>(branches: &'a [(ApplicationId, Open)], application: &ApplicationId) -> Option<&'a Open> {
    branches.iter().find(|(id, _)| id == application).map(|(_, open)| open)
}

fn change(
    branches: &mut Vec<(ApplicationId, Open)>,
    application: ApplicationId,
    change: impl FnOnce(&mut Open),
) {
    match branches.iter_mut().find(|(id, _)| *id == application) {
        Some((_, open)) => change(open),
        None => {
            let mut open = Open::default();
            change(&mut open);
            branches.push((application, open));
        }
    }
}

/// The tree of the application that is shown.
#[derive(Clone, Copy)]
pub(super) struct Tree {
    pub(super) page: Page,
    branches: OpenBranches,
    menu: Derived<Option<Arc<MenuTree>>>,
    /// Where the focus was last, or the current entry.
    active: State<usize>,
    /// Entries whose ancestors are all open.
    visible: Derived<Vec<usize>>,
    /// The one entry that Tab reaches.
    pub(super) stop: Derived<usize>,
    pub(super) root: NodeRef<html::Div>,
    /// The first row on screen and how many fit, in steps, so that scrolling changes it seldom.
    port: State<(usize, usize)>,
    /// The height of a row in px, measured.
    row: State<usize>,
    pub(super) typing: Typing,
}

impl Tree {
    pub(super) fn new(page: Page) -> Self {
        let branches: OpenBranches = provided();
        let menu = Derived::new(move |_| page.menu.with(|menu| menu.here().cloned()));
        let active = State::new(0);
        let visible = Derived::new(move |_| {
            let application = page.place.with(|place| place.application.clone());
            branches.0.with(|branches| {
                let open = of(branches, &application);
                let is_open = |index: usize| open.is_some_and(|open| open.contains(index));
                menu.with(|menu| menu.as_ref().map(|menu| walk::visible(menu.nodes(), &is_open)))
                    .unwrap_or_default()
            })
        });
        let stop = Derived::new(move |_| {
            menu.with(|menu| {
                let nodes = menu.as_ref().map(|menu| menu.nodes()).unwrap_or_default();
                visible.with(|visible| walk::nearest(nodes, visible, active.get()))
            })
        });
        let tree = Self {
            page,
            branches,
            menu,
            active,
            visible,
            stop,
            root: NodeRef::new(),
            port: State::new((0, 40)),
            row: State::new(36),
            typing: Typing::new(),
        };
        tree.follow_current();
        tree.measure();
        tree
    }

    /// Opens at the current entry: its ancestors open, it is scrolled into view and Tab reaches it
    /// (experience.md S4).
    fn follow_current(self) {
        effect(move || {
            let Some(menu) = self.menu.get() else { return };
            let current = self.page.current.get();
            let application = self.page.place.with_untracked(|place| place.application.clone());
            self.branches.0.update(|branches| {
                let is_new = of(branches, &application).is_none();
                change(branches, application, |open| {
                    if is_new && menu.nodes().len() <= SMALL {
                        let top = menu.nodes().iter().enumerate().filter(|(_, node)| node.depth == 0);
                        top.for_each(|(index, _)| open.set(index, true));
                    }
                    if let Some(current) = current {
                        menu.ancestors(current).into_iter().for_each(|index| open.set(index, true));
                    }
                });
            });
            self.active.set(current.unwrap_or_default());
            request_animation_frame(move || {
                if let (Some(root), Some(current)) = (self.root.get_untracked(), current) {
                    scroll::reveal(&root, &row_id(current));
                }
            });
        });
    }

    /// Learns the height of a row from the style sheet when rows are about to be placed by it.
    fn measure(self) {
        let many = Derived::new(move |_| self.is_windowed());
        effect(move || {
            if many.get() {
                request_animation_frame(move || self.on_scroll());
            }
        });
        draw::on_window("resize", move |_: ev::UiEvent| self.on_scroll());
    }

    /// Notes which rows are on screen.
    pub(super) fn on_scroll(self) {
        let Some(root) = self.root.get_untracked() else { return };
        if !self.is_windowed_untracked() {
            return;
        }
        if let Some(row) = scroll::height_of(&root, ".branch").filter(|row| *row > 0) {
            self.row.set_if_changed(row);
        }
        let (top, height) = scroll::span(&root);
        let row = self.row.get_untracked();
        let first = (top / row).saturating_sub(SPARE) / SPARE * SPARE;
        let port = (first, height / row + 3 * SPARE);
        if self.port.get_untracked() == port {
            return;
        }
        let had_focus = dom::focus_is_in(&root, "[role=treeitem]");
        self.port.set(port);
        if had_focus {
            // A row that is moved among others loses the focus.
            request_animation_frame(move || {
                if let Some(stop) = self.stop.try_get_untracked() {
                    scroll::restore_focus(&root, &row_id(stop));
                }
            });
        }
    }

    /// Whether only the rows near the view stand in the document.
    pub(super) fn is_windowed(self) -> bool {
        self.visible.with(Vec::len) > MANY
    }

    fn is_windowed_untracked(self) -> bool {
        self.visible.with_untracked(Vec::len) > MANY
    }

    /// The height of all rows, where they are placed by it.
    pub(super) fn height(self) -> Option<String> {
        self.is_windowed().then(|| format!("{}px", self.visible.with(Vec::len) * self.row.get()))
    }

    /// The place of a row from above, where it is placed.
    pub(super) fn top(self, index: usize) -> Option<String> {
        if !self.is_windowed() {
            return None;
        }
        let place = self.visible.with(|visible| visible.binary_search(&index)).ok()?;
        Some(format!("{}px", place * self.row.get()))
    }

    /// The rows that stand in the document: with a number that changes with the menu, so that a row is made anew
    /// when it may say something else. The row with the focus is always among them.
    pub(super) fn rows(self) -> Vec<(usize, usize)> {
        let version = self.menu.with(|menu| menu.as_ref().map_or(0, |menu| Arc::as_ptr(menu).addr()));
        let stop = self.stop.get();
        self.visible.with(|visible| {
            let (first, count) = if visible.len() > MANY { self.port.get() } else { (0, visible.len()) };
            let shown = visible.iter().skip(first).take(count).copied();
            let mut rows: Vec<usize> = shown.collect();
            if let Err(place) = rows.binary_search(&stop)
                && !visible.is_empty()
            {
                rows.insert(place, stop);
            }
            rows.into_iter().map(|index| (version, index)).collect()
        })
    }

    /// An entry.
    pub(super) fn node(self, index: usize) -> Option<Node> {
        self.menu.with_untracked(|menu| menu.as_ref().and_then(|menu| menu.nodes().get(index).cloned()))
    }

    /// Whether Tab reaches this entry.
    pub(super) fn is_stop(self, index: usize) -> bool {
        self.stop.get() == index
    }

    /// Whether a branch is open.
    pub(super) fn is_open(self, index: usize) -> bool {
        let application = self.page.place.with(|place| place.application.clone());
        self.branches.0.with(|branches| of(branches, &application).is_some_and(|open| open.contains(index)))
    }

    /// The focus came to an entry.
    pub(super) fn on_focus(self, index: usize) {
        self.active.set_if_changed(index);
    }

    /// Opens or closes a branch. A focus that would be lost with what closes goes to the branch.
    pub(super) fn toggle(self, index: usize) {
        let below = self.node(index).map_or(0, |node| node.descendants as usize);
        let stop = self.stop.get_untracked();
        let hides_focus = stop > index && stop <= index + below && untrack(|| self.is_open(index));
        let had_focus =
            self.root.get_untracked().is_some_and(|root| dom::focus_is_in(&root, "[role=treeitem]"));
        let application = self.page.place.with_untracked(|place| place.application.clone());
        if hides_focus {
            self.active.set(index);
            if had_focus {
                dom::focus_id(&row_id(index));
            }
        }
        self.branches.0.update(|branches| {
            change(branches, application, |open| open.set(index, !open.contains(index)));
        });
    }

    /// Puts the focus on an entry: at once where its row is in the document, else after it came.
    pub(super) fn go(self, index: usize) {
        self.active.set(index);
        dom::focus_id(&row_id(index));
        request_animation_frame(move || {
            if let Some(stop) = self.stop.try_get_untracked() {
                dom::focus_id(&row_id(stop));
            }
        });
    }

    /// Puts the focus on the entry that Tab reaches.
    pub(super) fn enter(self) {
        if let Some(stop) = self.stop.try_get_untracked() {
            self.go(stop);
        }
    }

    pub(super) fn with_nodes<T>(self, act: impl FnOnce(&[Node], &[usize]) -> T) -> T {
        self.menu.with_untracked(|menu| {
            let nodes = menu.as_ref().map(|menu| menu.nodes()).unwrap_or_default();
            self.visible.with_untracked(|visible| act(nodes, visible))
        })
    }
}

/// The id of an entry's element.
pub(super) fn row_id(index: usize) -> String {
    format!("menu-{index}")
}
