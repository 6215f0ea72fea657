//! The state of a menu tree: where the focus is, and which rows are in the document. The whole tree, or what is below
//! one entry.

use std::sync::Arc;

use leptos::prelude::*;
use portal_core::menu::Node;
use portal_core::outline::walk;

use super::Page;
use super::branches::Branches;
use super::filter::Filter;
use crate::components::Rows;
use crate::state::{Callback, Derived, State, effect};

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
    pub(super) rows: Rows,
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
        tree.rows.active.set(current.unwrap_or(inside.start));
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
        let prefix = if scope.is_some() { "below" } else { "menu" };
        Self { page, branches, filter, scope, leave: None, rows: Rows::new(prefix, active, visible, stop) }
    }

    /// Opens at the current entry: its ancestors open, it is scrolled into view and Tab reaches it
    /// (experience.md S4).
    fn follow_current(self) {
        effect(move || {
            let Some(menu) = self.branches.menu.get() else { return };
            let current = self.page.marked.get();
            self.branches.arrive(&menu, current);
            self.rows.active.set(current.unwrap_or_default());
            if let Some(current) = current {
                self.rows.reveal(current);
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
                self.rows.active.set(to);
                self.rows.reveal(to);
            }
        });
    }

    /// The rows that stand in the document: with a number that changes with the menu and the filter, so that a row is made anew
    /// when it may say something else. The row with the focus is always among them.
    pub(super) fn shown(self) -> Vec<(usize, usize)> {
        // First what `visible` follows from, then it, as in `Rows::shown`.
        let menu = self.branches.menu.with(|menu| menu.as_ref().map_or(0, |menu| Arc::as_ptr(menu).addr()));
        let version = menu.wrapping_add(self.filter.map_or(0, Filter::serial));
        self.rows.visible.track();
        self.rows.shown().into_iter().map(|index| (version, index)).collect()
    }

    /// An entry.
    pub(super) fn node(self, index: usize) -> Option<Node> {
        self.branches
            .menu
            .with_untracked(|menu| menu.as_ref().and_then(|menu| menu.nodes().get(index).cloned()))
    }

    /// Whether Tab reaches this entry.
    pub(super) fn is_stop(self, index: usize) -> bool {
        self.rows.stop.get() == index
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
        self.rows.active.set_if_changed(index);
    }

    /// Opens or closes a branch. A focus that would be lost with what closes goes to the branch.
    pub(super) fn toggle(self, index: usize) {
        let below = self.node(index).map_or(0, |node| node.descendants as usize);
        if untrack(|| self.is_open(index)) {
            self.rows.close(index, below);
        }
        if !self.filter.is_some_and(|filter| filter.turn(index)) {
            self.branches.toggle(index);
        }
    }

    pub(super) fn with_nodes<T>(self, act: impl FnOnce(&[Node], &[usize]) -> T) -> T {
        self.branches.menu.with_untracked(|menu| {
            let nodes = menu.as_ref().map(|menu| menu.nodes()).unwrap_or_default();
            self.rows.visible.with_untracked(|visible| act(nodes, visible))
        })
    }
}
