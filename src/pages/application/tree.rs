//! The state of a menu tree: where the focus is, and which rows are in the document. The whole tree, or what is below
//! one entry.

use std::sync::Arc;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use portal_core::menu::Node;

use super::Page;
use super::branches::Branches;
use super::filter::Filter;
use super::keys::Typing;
use super::walk;
use crate::browser::{dom, draw, scroll};
use crate::state::{Callback, Derived, State, effect};
use crate::view::NodeRef;

/// Up to so many rows all stand in the document (experience.md, "Large lists").
const MANY: usize = 200;
/// Rows in the document before and after those on screen.
const SPARE: usize = 12;

/// A tree of the application that is shown.
#[derive(Clone, Copy)]
pub(super) struct Tree {
    pub(super) page: Page,
    pub(super) branches: Branches,
    /// Of the whole tree.
    pub(super) filter: Option<Filter>,
    /// The entry whose branch alone is shown.
    scope: Option<usize>,
    /// What a key does that leads out of a branch that is shown alone.
    pub(super) leave: Option<Callback<()>>,
    /// Where the focus was last, or the current entry.
    active: State<usize>,
    /// Entries whose ancestors are all open, or that fit the filter.
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
    /// The whole tree.
    pub(super) fn new(page: Page) -> Self {
        let branches = Branches::new(page);
        let filter = Filter::new(branches);
        let tree = Self::of(page, branches, Some(filter), None);
        tree.follow_current();
        tree.follow_filter(filter);
        tree
    }

    /// What is below an entry of the tree.
    pub(super) fn below(self, scope: usize, leave: Callback<()>) -> Self {
        let tree = Self::of(self.page, self.branches, None, Some(scope));
        let inside = tree.with_nodes(|nodes, _| walk::below(nodes, Some(scope)));
        let current = self.page.marked.get_untracked().filter(|current| inside.contains(current));
        tree.active.set(current.unwrap_or(inside.start));
        Self { leave: Some(leave), ..tree }
    }

    fn of(page: Page, branches: Branches, filter: Option<Filter>, scope: Option<usize>) -> Self {
        let menu = branches.menu;
        let active = State::new(0);
        let visible = Derived::new(move |_| {
            menu.with(|menu| {
                let nodes = menu.as_ref().map(|menu| menu.nodes()).unwrap_or_default();
                let filtered = filter.and_then(|filter| filter.visible(nodes));
                filtered.unwrap_or_else(|| {
                    branches.with(|is_open| walk::visible(nodes, walk::below(nodes, scope), is_open))
                })
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
            filter,
            scope,
            leave: None,
            active,
            visible,
            stop,
            root: NodeRef::new(),
            port: State::new((0, 40)),
            row: State::new(36),
            typing: Typing::new(),
        };
        tree.measure();
        tree
    }

    /// Opens at the current entry: its ancestors open, it is scrolled into view and Tab reaches it
    /// (experience.md S4).
    fn follow_current(self) {
        effect(move || {
            let Some(menu) = self.branches.menu.get() else { return };
            let current = self.page.marked.get();
            self.branches.arrive(&menu, current);
            self.active.set(current.unwrap_or_default());
            if let Some(current) = current {
                self.reveal(current);
            }
        });
    }

    /// Tab reaches the first entry that fits, and the current one again when the filter is gone.
    fn follow_filter(self, filter: Filter) {
        let mut stood = false;
        effect(move || {
            let found = filter.found();
            let to = match &found {
                Some(found) => found.first(),
                None => self.page.marked.get_untracked().filter(|_| stood),
            };
            stood = found.is_some();
            if let Some(to) = to {
                self.active.set(to);
                self.reveal(to);
            }
        });
    }

    /// Scrolls to an entry once its row is in the document.
    fn reveal(self, index: usize) {
        request_animation_frame(move || {
            if let Some(root) = self.root.get_untracked() {
                scroll::reveal(&root, &self.row_id(index));
            }
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
        // A tree that is drawn anew begins at its top.
        effect(move || {
            if self.root.get().is_some() {
                self.reveal(self.stop.get_untracked());
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
                    scroll::restore_focus(&root, &self.row_id(stop));
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

    /// The rows that stand in the document: with a number that changes with the menu and the filter, so that a row is made anew
    /// when it may say something else. The row with the focus is always among them.
    pub(super) fn rows(self) -> Vec<(usize, usize)> {
        // Before what follows from it: who reads `stop` first, which comes out the same, is not run again for `visible`
        // (reactive_graph 0.2 asks the sources in the order of reading, and spares the one that asks).
        self.visible.track();
        let menu = self.branches.menu.with(|menu| menu.as_ref().map_or(0, |menu| Arc::as_ptr(menu).addr()));
        let version = menu.wrapping_add(self.filter.map_or(0, Filter::serial));
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
        self.branches
            .menu
            .with_untracked(|menu| menu.as_ref().and_then(|menu| menu.nodes().get(index).cloned()))
    }

    /// Whether Tab reaches this entry.
    pub(super) fn is_stop(self, index: usize) -> bool {
        self.stop.get() == index
    }

    /// Whether a branch is open.
    pub(super) fn is_open(self, index: usize) -> bool {
        let filtered = self.filter.and_then(|filter| filter.is_open(index));
        filtered.unwrap_or_else(|| self.branches.with(|is_open| is_open(index)))
    }

    /// How deep an entry stands in this tree, from 0.
    pub(super) fn depth(self, node: &Node) -> u32 {
        let scope = self.scope.and_then(|scope| self.node(scope));
        node.depth.saturating_sub(scope.map_or(0, |scope| scope.depth + 1))
    }

    /// How many siblings are shown with an entry, and its place among them.
    pub(super) fn place(self, index: usize, node: &Node) -> (u32, u32) {
        let found = untrack(|| self.filter.and_then(Filter::found));
        found.and_then(|found| found.place(index)).unwrap_or((node.set_size, node.position))
    }

    /// What the letters to mark are looked for by.
    pub(super) fn query(self) -> String {
        self.filter.map(Filter::query).unwrap_or_default()
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
        if hides_focus {
            self.active.set(index);
            if had_focus {
                dom::focus_id(&self.row_id(index));
            }
        }
        if !self.filter.is_some_and(|filter| filter.turn(index)) {
            self.branches.toggle(index);
        }
    }

    /// Puts the focus on an entry: at once where its row is in the document, else after it came.
    pub(super) fn go(self, index: usize) {
        self.active.set(index);
        dom::focus_id(&self.row_id(index));
        request_animation_frame(move || {
            if let Some(stop) = self.stop.try_get_untracked() {
                dom::focus_id(&self.row_id(stop));
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
        self.branches.menu.with_untracked(|menu| {
            let nodes = menu.as_ref().map(|menu| menu.nodes()).unwrap_or_default();
            self.visible.with_untracked(|visible| act(nodes, visible))
        })
    }

    /// The id of an entry's element.
    pub(super) fn row_id(self, index: usize) -> String {
        let of = if self.scope.is_some() { "below" } else { "menu" };
        format!("{of}-{index}")
    }
}
