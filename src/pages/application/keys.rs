//! The tree by keyboard (ARIA tree pattern; experience.md S3).

use leptos::ev;
use leptos::prelude::*;
use portal_core::outline::walk::{self, Key, Move};

use super::tree::Tree;
use crate::browser::dom;

impl Tree {
    /// Does what the tree pattern wants of a key.
    pub(super) fn on_key(self, event: &ev::KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let at = self.rows.stop.get_untracked();
        let Some(key) = self.rows.key(event) else {
            if self.act(at, &event.key()) {
                event.prevent_default();
            }
            return;
        };
        event.prevent_default();
        let open = untrack(|| self.is_open(at));
        let moved = self.with_nodes(|nodes, visible| walk::step(nodes, visible, at, open, key));
        match moved {
            Move::To(index) => self.rows.go(index),
            Move::Toggle => self.toggle(at),
            Move::Stay => {
                if let Some(leave) = self.leave.filter(|_| key == Key::Out) {
                    leave.run(());
                }
            }
        }
    }

    /// Enter, the space bar and letters. Enter on a link is the browser's.
    fn act(self, at: usize, key: &str) -> bool {
        let is_link = self.node(at).is_some_and(|node| node.launch.address().is_some());
        let is_word = self.rows.typing.is_word();
        match key {
            "Enter" if is_link => return false,
            " " if is_link && !is_word => dom::press_focused(),
            "Enter" => self.toggle_branch(at),
            " " if !is_word => self.toggle_branch(at),
            letter if letter.chars().count() == 1 => self.type_ahead(at, letter),
            _ => return false,
        }
        true
    }

    /// Opens or closes an entry if it is a branch.
    pub(super) fn toggle_branch(self, index: usize) {
        if self.node(index).is_some_and(|node| node.children > 0) {
            self.toggle(index);
        }
    }

    fn type_ahead(self, at: usize, letter: &str) {
        let typed = self.rows.typing.with(letter);
        if let Some(found) = self.with_nodes(|nodes, visible| walk::ahead(nodes, visible, at, &typed)) {
            self.rows.go(found);
        }
    }
}
