//! The rows of a tree or a list on screen: which of many stand in the document, the one that Tab reaches, and the letters
//! typed just now. Rows have the class `branch`, and in them, as a child, the element that gets the focus.

use leptos::prelude::*;
use leptos::{ev, html};
use portal_core::outline::walk::{self, Key, Move};
use portal_core::outline::{Node, again};

use crate::browser::window::on_window;
use crate::browser::{Timer, dom, scroll};
use crate::reactive::SetIfChanged;

/// Up to so many rows all stand in the document (experience.md, "Large lists").
const MANY: usize = 200;
/// Rows in the document before and after those on screen.
const SPARE: usize = 12;
/// Typing within this time continues a word.
const TYPING_MS: u64 = 600;

/// The rows of a tree or a list.
#[derive(Clone, Copy)]
pub struct Rows {
    /// What the ids of the rows begin with.
    prefix: &'static str,
    /// Where the focus was last.
    pub active: RwSignal<usize>,
    /// The entries that are shown, ascending.
    pub visible: Memo<Vec<usize>>,
    /// The one entry that Tab reaches.
    pub stop: Memo<usize>,
    /// What scrolls.
    pub root: NodeRef<html::Div>,
    /// The first row on screen and how many fit, in steps, so that scrolling changes it seldom.
    port: RwSignal<(usize, usize)>,
    /// The height of a row in px, measured.
    row: RwSignal<usize>,
    /// The letters typed just now.
    typing: Typing,
}

/// What a key of a tree wants of who has the rows, for the entry with the focus.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Press {
    /// The branch opens or closes.
    Toggle,
    /// Out, where nothing in the tree is further out.
    Out,
    /// Enter.
    Enter,
    /// The space bar.
    Space,
    /// The branches beside the entry open.
    OpenBeside,
}

impl Rows {
    /// The rows of the visible entries, one of which is the stop.
    pub fn new(
        prefix: &'static str,
        active: RwSignal<usize>,
        visible: Memo<Vec<usize>>,
        stop: Memo<usize>,
    ) -> Self {
        let rows = Self {
            prefix,
            active,
            visible,
            stop,
            root: NodeRef::new(),
            port: RwSignal::new((0, 40)),
            row: RwSignal::new(36),
            typing: Typing::new(),
        };
        rows.measure();
        rows
    }

    /// The id of an entry's element.
    pub fn row_id(self, index: usize) -> String {
        format!("{}-{index}", self.prefix)
    }

    /// From now on Tab reaches this entry, or what is shown of what is above it; that is scrolled to.
    pub fn lead_to(self, index: usize) {
        self.active.set(index);
        self.reveal();
    }

    /// Scrolls to the entry that Tab reaches once its row is in the document.
    fn reveal(self) {
        request_animation_frame(move || {
            if let Some((root, stop)) =
                self.root.try_get_untracked().flatten().zip(self.stop.try_get_untracked())
            {
                scroll::reveal(&root, &self.row_id(stop));
            }
        });
    }

    /// Learns the height of a row from the style sheet when rows are about to be placed by it.
    fn measure(self) {
        let many = Memo::new(move |_| self.is_windowed());
        Effect::new(move || {
            if many.get() {
                request_animation_frame(move || self.on_scroll());
            }
        });
        // A tree that is drawn anew begins at its top.
        Effect::new(move || {
            if self.root.get().is_some() {
                self.reveal();
                request_animation_frame(move || self.on_scroll());
            }
        });
        on_window("resize", move |_: ev::UiEvent| self.on_scroll());
    }

    /// Notes which rows are on screen.
    pub fn on_scroll(self) {
        let Some(root) = self.root.try_get_untracked().flatten() else { return };
        if self.visible.with_untracked(Vec::len) <= MANY {
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
        self.port.set(port);
    }

    /// Whether only the rows near the view stand in the document.
    pub fn is_windowed(self) -> bool {
        self.visible.with(Vec::len) > MANY
    }

    /// The height of all rows, where they are placed by it.
    pub fn height(self) -> Option<String> {
        self.is_windowed().then(|| format!("{}px", self.visible.with(Vec::len) * self.row.get()))
    }

    /// The place of a row from above, where it is placed.
    pub fn top(self, index: usize) -> Option<String> {
        if !self.is_windowed() {
            return None;
        }
        let place = self.visible.with(|visible| visible.binary_search(&index)).ok()?;
        Some(format!("{}px", place * self.row.get()))
    }

    /// The entries whose rows stand in the document. The row with the focus is always among them.
    pub fn shown(self) -> Vec<usize> {
        // Before what follows from it: who reads `stop` first, which comes out the same, is not run again for `visible`
        // (reactive_graph 0.2 asks the sources in the order of reading, and spares the one that asks).
        self.visible.track();
        let stop = self.stop.get();
        self.hold_focus();
        self.visible.with(|visible| {
            let (first, count) = if visible.len() > MANY { self.port.get() } else { (0, visible.len()) };
            let mut rows: Vec<usize> = visible.iter().skip(first).take(count).copied().collect();
            if let Err(place) = rows.binary_search(&stop)
                && !visible.is_empty()
            {
                rows.insert(place, stop);
            }
            rows
        })
    }

    /// A row that is made anew, or moved among others, loses the focus: it comes back to the entry.
    fn hold_focus(self) {
        if self.has_focus() {
            request_animation_frame(move || {
                if let Some((root, stop)) =
                    self.root.try_get_untracked().flatten().zip(self.stop.try_get_untracked())
                {
                    scroll::restore_focus(&root, &self.row_id(stop));
                }
            });
        }
    }

    /// After the tree was loaded anew, Tab reaches the entry that it reached before; false where that is gone.
    pub fn stay(self, before: &[Node], now: &[Node]) -> bool {
        let found = again(before, now, self.active.get_untracked());
        if let Some(found) = found {
            self.active.set_if_changed(found);
        }
        found.is_some()
    }

    /// Puts the focus on an entry: at once where its row is in the document, else after it came.
    pub fn go(self, index: usize) {
        self.active.set(index);
        dom::focus_id(&self.row_id(index));
        request_animation_frame(move || {
            if let Some(stop) = self.stop.try_get_untracked() {
                dom::focus_id(&self.row_id(stop));
            }
        });
    }

    /// Puts the focus on the entry that Tab reaches.
    pub fn enter(self) {
        if let Some(stop) = self.stop.try_get_untracked() {
            self.go(stop);
        }
    }

    /// Whether an entry has the focus.
    pub fn has_focus(self) -> bool {
        self.root.try_get_untracked().flatten().is_some_and(|root| dom::focus_is_in(&root, ".branch"))
    }

    /// A branch is about to close: a focus that would be lost with what is below goes to the branch.
    pub fn close(self, index: usize, descendants: usize) {
        let stop = self.stop.get_untracked();
        if stop > index && stop <= index + descendants {
            let had_focus = self.has_focus();
            self.active.set(index);
            if had_focus {
                dom::focus_id(&self.row_id(index));
            }
        }
    }

    /// Does what the tree pattern wants of a key. `act` does what is left to who has the rows; where it gives false, the key
    /// is the browser's.
    pub fn on_key(
        self,
        event: &ev::KeyboardEvent,
        nodes: &[Node],
        is_open: impl FnOnce(usize) -> bool,
        act: impl FnOnce(Press, usize) -> bool,
    ) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let at = self.stop.get_untracked();
        let done = match self.key(event) {
            Some(key) => {
                let open = untrack(|| is_open(at));
                let step = self.visible.with_untracked(|visible| walk::step(nodes, visible, at, open, key));
                match step {
                    Move::To(index) => self.go(index),
                    Move::Toggle => drop(act(Press::Toggle, at)),
                    Move::Stay if key == Key::Out => drop(act(Press::Out, at)),
                    Move::Stay => {}
                }
                true
            }
            None => match (event.key().as_str(), self.typing.is_word()) {
                ("Enter", _) => act(Press::Enter, at),
                (" ", false) => act(Press::Space, at),
                ("*", false) => act(Press::OpenBeside, at),
                (letter, _) if letter.chars().count() == 1 => {
                    self.type_ahead(nodes, at, letter);
                    true
                }
                _ => false,
            },
        };
        if done {
            event.prevent_default();
        }
    }

    /// Goes to the next entry whose name begins with the letters typed just now.
    fn type_ahead(self, nodes: &[Node], at: usize, letter: &str) {
        let typed = self.typing.with(letter);
        if let Some(found) = self.visible.with_untracked(|visible| walk::ahead(nodes, visible, at, &typed)) {
            self.go(found);
        }
    }

    /// The key of the tree pattern that was pressed; left and right follow the direction of reading.
    pub fn key(self, event: &ev::KeyboardEvent) -> Option<Key> {
        Some(match event.key().as_str() {
            "ArrowDown" => Key::Down,
            "ArrowUp" => Key::Up,
            "Home" => Key::First,
            "End" => Key::Last,
            side @ ("ArrowRight" | "ArrowLeft") => {
                let rtl =
                    self.root.try_get_untracked().flatten().is_some_and(|root| dom::is_right_to_left(&root));
                if (side == "ArrowRight") != rtl { Key::Into } else { Key::Out }
            }
            _ => return None,
        })
    }
}

/// The letters typed just now.
#[derive(Clone, Copy)]
struct Typing {
    typed: StoredValue<String>,
    timer: StoredValue<Timer>,
}

impl Typing {
    fn new() -> Self {
        Self { typed: StoredValue::new(String::new()), timer: StoredValue::new(Timer::default()) }
    }

    /// Whether a word is being typed: the space bar belongs to it then.
    fn is_word(self) -> bool {
        self.typed.with_value(|typed| !typed.is_empty())
    }

    /// The word with one more letter.
    fn with(self, letter: &str) -> String {
        self.typed.update_value(|typed| typed.push_str(letter));
        self.timer.update_value(|timer| {
            timer.start(TYPING_MS, move || {
                self.typed.update_value(String::clear);
            });
        });
        self.typed.get_value()
    }
}
