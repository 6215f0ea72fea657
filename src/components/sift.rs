//! Finding in a tree, of data or of a menu: what is typed, what it finds, and the branches turned meanwhile.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use leptos::prelude::*;
use portal_core::outline::{Found, NameFilter, Node};

use super::rows::Rows;
use super::search_box::SearchBox;
use crate::browser::Timer;
use crate::reactive::is_another_arc;

/// In trees up to this size each letter is looked for at once.
const QUICK: usize = 2_000;
/// In larger ones only when nothing was typed for so long.
const PAUSE_MS: u64 = 120;

/// What a query finds, with a number that is another one for each.
type Numbered = (usize, Arc<Found>);

/// The search in a tree.
#[derive(Clone, Copy)]
pub struct Sift {
    nodes: Memo<Arc<[Node]>>,
    /// As typed.
    typed: RwSignal<String>,
    /// What is looked for.
    query: RwSignal<String>,
    found: Memo<Option<Numbered>>,
    /// Branches that the person opened or closed while the query stands, by their marks: these outlive the tree.
    turned: RwSignal<BTreeSet<u64>>,
    timer: StoredValue<Timer>,
}

impl Sift {
    /// Looks in these nodes, at first for this.
    pub fn new(nodes: Memo<Arc<[Node]>>, first: String) -> Self {
        let query = RwSignal::new(first.clone());
        // Made when something is looked for first.
        let names = Memo::new_with_compare(
            move |_| nodes.with(|nodes| Arc::new(NameFilter::new(nodes))),
            is_another_arc,
        );
        let count = AtomicUsize::new(0);
        let found = Memo::new_with_compare(
            move |_| {
                let query = query.get();
                if query.trim().is_empty() {
                    return None;
                }
                let names = names.get();
                let found = nodes.with(|nodes| names.find(nodes, &query))?;
                Some((count.fetch_add(1, Ordering::Relaxed) + 1, Arc::new(found)))
            },
            |before, now| {
                let number = |found: Option<&Option<Numbered>>| Some(found?.as_ref()?.0);
                number(before) != number(now)
            },
        );
        let (typed, turned) = (RwSignal::new(first), RwSignal::new(BTreeSet::new()));
        Self { nodes, typed, query, found, turned, timer: StoredValue::new(Timer::default()) }
    }

    /// What is found; changes are followed. `None` while nothing is looked for.
    pub fn found(self) -> Option<Arc<Found>> {
        self.found.with(|found| found.as_ref().map(|found| Arc::clone(&found.1)))
    }

    /// A number for what is found; 0 while nothing is looked for.
    pub fn serial(self) -> usize {
        self.found.with(|found| found.as_ref().map_or(0, |found| found.0))
    }

    /// Whether something is looked for now.
    pub fn stands(self) -> bool {
        self.found.with_untracked(Option::is_some)
    }

    /// What is looked for; changes are followed.
    pub fn query(self) -> String {
        self.query.get()
    }

    /// Whether something is looked for and nothing fits; changes are followed.
    pub fn is_in_vain(self) -> bool {
        self.found.with(|found| found.as_ref().is_some_and(|(_, found)| found.hits() == 0))
    }

    /// The entries that are shown, if something is looked for; changes are followed.
    pub fn visible(self, nodes: &[Node]) -> Option<Vec<usize>> {
        let found = self.found()?;
        Some(self.turned.with(|turned| found.visible(nodes, &|index| is_in(nodes, turned, index))))
    }

    /// Whether a branch is open, if something is looked for; changes are followed.
    pub fn is_open(self, index: usize) -> Option<bool> {
        let found = self.found()?;
        let turned = self.nodes.with(|nodes| self.turned.with(|turned| is_in(nodes, turned, index)));
        Some(found.is_open(index, turned))
    }

    /// Opens or closes a branch as long as the query stands; false if there is none.
    pub fn turn(self, index: usize) -> bool {
        let stands = self.stands();
        if stands {
            self.turn_all(&[index]);
        }
        stands
    }

    /// Opens or closes some branches as long as the query stands.
    pub fn turn_all(self, indices: &[usize]) {
        let nodes = self.nodes.get_untracked();
        self.turned.update(|turned| {
            for node in indices.iter().filter_map(|index| nodes.get(*index)) {
                if !turned.remove(&node.mark) {
                    turned.insert(node.mark);
                }
            }
        });
    }

    /// Something is typed, or the box is cleared.
    pub fn type_in(self, text: String) {
        let clears = text.is_empty();
        self.typed.set(text);
        if clears || self.nodes.with_untracked(|nodes| nodes.len()) <= QUICK {
            self.settle();
        } else {
            self.timer.update_value(|timer| timer.start(PAUSE_MS, move || self.settle()));
        }
    }

    /// Shows the whole tree again; false where nothing was typed.
    pub fn clear(self) -> bool {
        let stands = self.typed.with_untracked(|typed| !typed.is_empty());
        if stands {
            self.type_in(String::new());
        }
        stands
    }

    /// Looks for what is typed.
    fn settle(self) {
        self.timer.update_value(Timer::stop);
        let Some(typed) = self.typed.try_get_untracked() else { return };
        if self.query.get_untracked() != typed {
            self.turned.set(BTreeSet::new());
            self.query.set(typed);
        }
    }

    /// The box. Enter and the arrow down lead to the rows of the tree, if there are any.
    pub fn search_box(
        self,
        id: &'static str,
        label: Signal<String>,
        clear_label: Signal<String>,
        rows: Rows,
    ) -> AnyView {
        let into = Callback::new(move |()| {
            self.settle();
            if !untrack(|| self.is_in_vain()) {
                request_animation_frame(move || rows.enter());
            }
        });
        view! {
            <SearchBox
                id
                label
                clear_label
                value=self.typed
                on_input=Callback::new(move |text| self.type_in(text))
                on_enter=into
                on_down=into
            />
        }
        .into_any()
    }
}

fn is_in(nodes: &[Node], turned: &BTreeSet<u64>, index: usize) -> bool {
    nodes.get(index).is_some_and(|node| turned.contains(&node.mark))
}
