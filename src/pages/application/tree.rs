//! The state of a menu tree: where the focus is, and which rows are in the document. The whole tree, or what is below
//! one entry.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use portal_core::menu::MenuFacts;
use portal_core::outline::{Node, walk};

use super::Page;
use super::branches::Branches;
use super::filter::filter;
use crate::browser::dom;
use crate::components::{Press, Rows, Sift};
use crate::reactive::SetIfChanged;

/// A tree of the application that is shown.
#[derive(Clone, Copy)]
pub(super) struct Tree {
    pub(super) page: Page,
    pub(super) branches: Branches,
    /// The filter of the whole tree.
    pub(super) sift: Option<Sift>,
    /// The entry whose branch alone is shown.
    scope: Option<usize>,
    /// What a key does that leads out of a branch that is shown alone.
    leave: Option<Callback<()>>,
    pub(super) rows: Rows,
}

impl Tree {
    /// The whole tree.
    pub(super) fn new(page: Page) -> Self {
        let branches = Branches::new(page);
        let sift = filter(branches);
        let tree = Self::of(page, branches, Some(sift), None);
        tree.follow_current();
        tree.follow_filter(sift);
        tree
    }

    /// What is below an entry of the tree.
    pub(super) fn below(self, scope: usize, leave: Callback<()>) -> Self {
        let tree = Self::of(self.page, self.branches, None, Some(scope));
        let inside = tree.branches.nodes.with_untracked(|nodes| walk::below(nodes, Some(scope)));
        let current = self.page.marked.get_untracked().filter(|current| inside.contains(current));
        tree.rows.active.set(current.unwrap_or(inside.start));
        Self { leave: Some(leave), ..tree }
    }

    fn of(page: Page, branches: Branches, sift: Option<Sift>, scope: Option<usize>) -> Self {
        let nodes = branches.nodes;
        let active = RwSignal::new(0);
        let visible = Memo::new(move |_| {
            nodes.with(|nodes| {
                let sifted = sift.and_then(|sift| sift.visible(nodes));
                sifted.unwrap_or_else(|| {
                    branches.with(|is_open| walk::visible(nodes, walk::below(nodes, scope), is_open))
                })
            })
        });
        let stop = Memo::new(move |_| {
            nodes.with(|nodes| visible.with(|visible| walk::nearest(nodes, visible, active.get())))
        });
        let prefix = if scope.is_some() { "below" } else { "menu" };
        Self { page, branches, sift, scope, leave: None, rows: Rows::new(prefix, active, visible, stop) }
    }

    /// Opens at the current entry: its ancestors open, it is scrolled into view and Tab reaches it (experience.md S4). Who
    /// was at another entry stays there when the menu is loaded anew.
    fn follow_current(self) {
        let mut before: (Arc<[Node]>, String, Option<u64>) = Default::default();
        Effect::new(move || {
            let nodes = self.branches.nodes.get();
            let current = self.page.marked.get();
            if nodes.is_empty() {
                return;
            }
            let key = self.branches.key.get_untracked();
            let mark = current.and_then(|current| nodes.get(current)).map(|node| node.mark);
            let anew = before.1 == key && before.0 != nodes;
            let same = before.2 == mark;
            let stays = anew && (same || self.rows.has_focus()) && self.rows.stay(&before.0, &nodes);
            before = (nodes, key, mark);
            // Who closed the branch above it finds it closed.
            if !anew || !same {
                self.branches.arrive(current);
            }
            match current {
                _ if stays => {}
                Some(current) => self.rows.lead_to(current),
                None => self.rows.active.set(0),
            }
        });
    }

    /// Tab reaches the first entry that fits, and the current one again when the filter is gone.
    fn follow_filter(self, sift: Sift) {
        let mut before = String::new();
        Effect::new(move || {
            let query = sift.query();
            let first = sift.found().map(|found| found.first());
            // What is found also changes with the menu.
            if query == before {
                return;
            }
            before = query;
            if let Some(to) = first.unwrap_or_else(|| self.page.marked.get_untracked()) {
                self.rows.lead_to(to);
            }
        });
    }

    /// The rows that stand in the document: with a number that changes with the menu and the filter, so that a row is made anew
    /// when it may say something else. The row with the focus is always among them.
    pub(super) fn shown(self) -> Vec<(usize, usize)> {
        // First what `visible` follows from, then it, as in `Rows::shown`.
        let menu = self.branches.menu.with(|menu| menu.as_ref().map_or(0, |menu| Arc::as_ptr(menu).addr()));
        let version = menu.wrapping_add(self.sift.map_or(0, Sift::serial));
        self.rows.visible.track();
        self.rows.shown().into_iter().map(|index| (version, index)).collect()
    }

    /// An entry.
    pub(super) fn node(self, index: usize) -> Option<Node> {
        self.branches.nodes.with_untracked(|nodes| nodes.get(index).cloned())
    }

    /// What is known of an entry.
    pub(super) fn facts(self, index: usize) -> Option<MenuFacts> {
        self.branches.menu.with_untracked(|menu| menu.as_ref().and_then(|menu| menu.facts(index).cloned()))
    }

    /// Whether Tab reaches this entry.
    pub(super) fn is_stop(self, index: usize) -> bool {
        self.rows.stop.get() == index
    }

    /// Whether a branch is open.
    pub(super) fn is_open(self, index: usize) -> bool {
        let sifted = self.sift.and_then(|sift| sift.is_open(index));
        sifted.unwrap_or_else(|| self.branches.with(|is_open| is_open(index)))
    }

    /// How deep an entry stands in this tree, from 0.
    pub(super) fn depth(self, node: &Node) -> u32 {
        let scope = self.scope.and_then(|scope| self.node(scope));
        node.depth.saturating_sub(scope.map_or(0, |scope| scope.depth + 1))
    }

    /// How many siblings are shown with an entry, and its place among them.
    pub(super) fn place(self, index: usize, node: &Node) -> (u32, u32) {
        let found = untrack(|| self.sift.and_then(Sift::found));
        let place = found.and_then(|found| found.place(index));
        place.unwrap_or((node.place.set_size, node.place.position))
    }

    /// What the letters to mark are looked for by.
    pub(super) fn query(self) -> String {
        untrack(|| self.sift.map(Sift::query)).unwrap_or_default()
    }

    /// The focus came to an entry.
    pub(super) fn on_focus(self, index: usize) {
        self.rows.active.set_if_changed(index);
    }

    /// Opens or closes an entry if it is a branch. A focus that would be lost with what closes goes to the branch.
    pub(super) fn toggle(self, index: usize) {
        let Some(node) = self.node(index).filter(|node| node.place.children > 0) else { return };
        if untrack(|| self.is_open(index)) {
            self.rows.close(index, node.place.descendants as usize);
        }
        if !self.sift.is_some_and(|sift| sift.turn(index)) {
            self.branches.toggle(index);
        }
    }

    /// Opens the branches beside an entry, and itself.
    fn open_beside(self, at: usize) {
        let mut shut = self.branches.nodes.with_untracked(|nodes| walk::beside(nodes, at));
        shut.retain(|index| !untrack(|| self.is_open(*index)));
        match self.sift.filter(|sift| sift.stands()) {
            Some(sift) => sift.turn_all(&shut),
            None => self.branches.open_all(&shut),
        }
    }

    /// Does what the tree pattern wants of a key (experience.md S3).
    pub(super) fn on_key(self, event: &ev::KeyboardEvent) {
        let nodes = self.branches.nodes.get_untracked();
        self.rows.on_key(event, &nodes, |at| self.is_open(at), |press, at| self.act(press, at));
    }

    /// Enter on a link is the browser's.
    fn act(self, press: Press, at: usize) -> bool {
        let is_link = self.facts(at).is_some_and(|facts| facts.launch.address().is_some());
        match press {
            Press::Enter if is_link => return false,
            Press::Space if is_link => dom::press_focused(),
            Press::Enter | Press::Space | Press::Toggle => self.toggle(at),
            Press::OpenBeside => self.open_beside(at),
            Press::Out => {
                if let Some(leave) = self.leave {
                    leave.run(());
                }
            }
        }
        true
    }
}
