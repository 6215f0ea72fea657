//! The tree by keyboard (ARIA tree pattern; experience.md S3).

use leptos::ev;
use leptos::prelude::*;

use super::tree::Tree;
use super::walk::{self, Key, Move};
use crate::browser::{Timer, dom};
use crate::state::Stored;

/// Typing within this time continues a word.
const TYPING_MS: u64 = 600;

/// The letters typed just now.
#[derive(Clone, Copy)]
pub(super) struct Typing {
    typed: Stored<String>,
    timer: Stored<Timer>,
}

impl Typing {
    pub(super) fn new() -> Self {
        Self { typed: Stored::new(String::new()), timer: Stored::new(Timer::default()) }
    }

    fn is_word(self) -> bool {
        self.typed.with(|typed| !typed.is_empty())
    }

    fn add(self, letter: &str) -> String {
        self.typed.update(|typed| typed.push_str(letter));
        self.timer.update(|timer| {
            timer.start(TYPING_MS, move || {
                self.typed.update(String::clear);
            });
        });
        self.typed.get()
    }
}

impl Tree {
    /// Does what the tree pattern wants of a key.
    pub(super) fn on_key(self, event: &ev::KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let at = self.stop.get_untracked();
        let name = event.key();
        let key = match name.as_str() {
            "ArrowDown" => Key::Down,
            "ArrowUp" => Key::Up,
            "Home" => Key::First,
            "End" => Key::Last,
            "ArrowRight" | "ArrowLeft" => {
                let rtl = self.root.get_untracked().is_some_and(|root| dom::is_right_to_left(&root));
                if (name == "ArrowRight") != rtl { Key::Into } else { Key::Out }
            }
            _ => {
                if self.act(at, &name) {
                    event.prevent_default();
                }
                return;
            }
        };
        event.prevent_default();
        let open = untrack(|| self.is_open(at));
        let moved = self.with_nodes(|nodes, visible| walk::step(nodes, visible, at, open, key));
        match moved {
            Move::To(index) => self.go(index),
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
        let is_word = self.typing.is_word();
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
        let typed = self.typing.add(letter);
        if let Some(found) = self.with_nodes(|nodes, visible| walk::ahead(nodes, visible, at, &typed)) {
            self.go(found);
        }
    }
}
