//! The filter above the tree (experience.md S6): what is typed, what it finds, and the box.

use std::cell::Cell;
use std::sync::Arc;

use leptos::prelude::*;
use portal_core::menu::{Found, MenuFilter, MenuTree, Node};
use portal_core::text::Later;

use super::branches::Branches;
use super::tree::Tree;
use crate::browser::{Timer, dom};
use crate::components::SearchBox;
use crate::i18n::tr;
use crate::state::{Callback, Derived, State, Stored, effect};
use crate::view::{Part, view};

/// From so many entries on there is a filter (experience.md S6).
const FROM: usize = 12;
/// In menus up to this size each letter is looked for at once.
const QUICK: usize = 2_000;
/// In larger ones only when nothing was typed for so long.
const PAUSE_MS: u64 = 120;
/// The id of the box.
const BOX: &str = "menu-filter";

/// What a query finds, with a number that is another one for each.
type Numbered = (usize, Arc<Found>);

/// The filter of the menu that is shown.
#[derive(Clone, Copy)]
pub(super) struct Filter {
    menu: Derived<Option<Arc<MenuTree>>>,
    /// As typed.
    typed: State<String>,
    /// What is looked for.
    query: State<String>,
    found: Derived<Option<Numbered>>,
    /// Branches that the person opened or closed while the filter stands, ascending.
    turned: State<Vec<usize>>,
    timer: Stored<Timer>,
}

impl Filter {
    pub(super) fn new(branches: Branches) -> Self {
        let menu = branches.menu;
        let query = State::new(String::new());
        // Made when something is looked for first.
        let names = Derived::new_with_compare(
            move |_| menu.with(|menu| Arc::new(menu.as_ref().map(|menu| MenuFilter::new(menu.nodes())))),
            |before, now| !Arc::ptr_eq(before, now),
        );
        let count = Cell::new(0_usize);
        let found = Derived::new_with_compare(
            move |_| {
                let query = query.get();
                if query.trim().is_empty() {
                    return None;
                }
                let names = names.get();
                let found =
                    menu.with(|menu| names.as_ref().as_ref()?.find(menu.as_ref()?.nodes(), &query))?;
                count.set(count.get().wrapping_add(1));
                Some((count.get(), Arc::new(found)))
            },
            |before, now| before.as_ref().map(|found| found.0) != now.as_ref().map(|found| found.0),
        );
        let filter = Self {
            menu,
            typed: State::new(String::new()),
            query,
            found,
            turned: State::new(Vec::new()),
            timer: Stored::new(Timer::default()),
        };
        // Another application, another filter.
        effect(move || {
            branches.key.track();
            filter.clear();
        });
        filter
    }

    /// Whether there is one, for a menu of this size.
    fn is_wanted(self) -> bool {
        self.size() >= FROM
    }

    fn size(self) -> usize {
        self.menu.with(|menu| menu.as_ref().map_or(0, |menu| menu.nodes().len()))
    }

    /// What is found; changes are followed. `None` while nothing is looked for.
    pub(super) fn found(self) -> Option<Arc<Found>> {
        self.found.with(|found| found.as_ref().map(|found| Arc::clone(&found.1)))
    }

    /// A number for what is found; 0 while nothing is looked for.
    pub(super) fn serial(self) -> usize {
        self.found.with(|found| found.as_ref().map_or(0, |found| found.0))
    }

    /// What is looked for, now.
    pub(super) fn query(self) -> String {
        self.query.get_untracked()
    }

    /// The entries that are shown, if something is looked for.
    pub(super) fn visible(self, nodes: &[Node]) -> Option<Vec<usize>> {
        let found = self.found()?;
        Some(self.turned.with(|turned| found.visible(nodes, &|index| turned.binary_search(&index).is_ok())))
    }

    /// Whether a branch is open, if something is looked for.
    pub(super) fn is_open(self, index: usize) -> Option<bool> {
        let found = self.found()?;
        Some(found.is_open(index, self.turned.with(|turned| turned.binary_search(&index).is_ok())))
    }

    /// Opens or closes a branch as long as the filter stands; false if there is none.
    pub(super) fn turn(self, index: usize) -> bool {
        if self.found.with_untracked(Option::is_none) {
            return false;
        }
        self.turned.update(|turned| match turned.binary_search(&index) {
            Ok(place) => drop(turned.remove(place)),
            Err(place) => turned.insert(place, index),
        });
        true
    }

    fn on_input(self, text: String) {
        self.typed.set(text);
        if untrack(|| self.size()) <= QUICK {
            self.settle();
        } else {
            self.timer.update(|timer| timer.start(PAUSE_MS, move || self.settle()));
        }
    }

    /// Looks for what is typed.
    fn settle(self) {
        self.timer.update(Timer::stop);
        let Some(typed) = self.typed.try_get_untracked() else { return };
        if self.query.get_untracked() != typed {
            self.turned.set(Vec::new());
            self.query.set(typed);
        }
    }

    /// Shows the whole tree again.
    fn clear(self) {
        if self.typed.with_untracked(|typed| !typed.is_empty()) {
            self.on_input(String::new());
            self.settle();
        }
    }

    /// The same from outside the box, which gets the focus; false where nothing was typed.
    pub(super) fn dismiss(self) -> bool {
        let stands = self.typed.with_untracked(|typed| !typed.is_empty());
        if stands {
            self.clear();
            dom::focus_id(BOX);
        }
        stands
    }

    /// Whether nothing fits.
    fn is_in_vain(self) -> bool {
        self.found.with(|found| found.as_ref().is_some_and(|(_, found)| found.hits() == 0))
    }
}

/// The box, and in words how many entries fit.
pub(super) fn filter_box(tree: Tree, filter: Filter) -> Part {
    let wanted = Derived::new(move |_| filter.is_wanted());
    let into = Callback::new(move |()| {
        filter.settle();
        if filter.found.with_untracked(|found| found.as_ref().is_none_or(|(_, found)| found.hits() > 0)) {
            request_animation_frame(move || tree.rows.enter());
        }
    });
    let i18n = tree.page.i18n;
    let told = move || {
        let hits = filter.found.with(|found| found.as_ref().map(|(_, found)| found.hits()))?;
        Some(i18n.count(Later::MenuFilterOne, Later::MenuFilterOther, hits))
    };
    let drawn = move || {
        wanted.get().then(|| {
            view! {
                <div class="sift">
                    <SearchBox
                        id=BOX
                        label=tr(Later::MenuFilter)
                        clear_label=tr(Later::MenuFilterClear)
                        value=filter.typed
                        on_input=Callback::new(move |text| filter.on_input(text))
                        on_enter=into
                        on_down=into
                    />
                    <p class="sift-count" role="status">{told}</p>
                </div>
            }
        })
    };
    Part::of(drawn)
}

/// In place of the tree where nothing fits.
pub(super) fn in_vain(tree: Tree, filter: Filter, fits: impl Fn() -> Part + 'static) -> Part {
    let in_vain = Derived::new(move |_| filter.is_in_vain());
    let words = move || {
        let query = filter.query.get();
        tree.page.i18n.fill(Later::MenuFilterNone, &[("query", query.trim())])
    };
    Part::of(move || {
        if !in_vain.get() {
            return fits();
        }
        view! {
            <div class="sift-none">
                <p>{words}</p>
                <button type="button" class="button" on:click=move |_| {
                    filter.dismiss();
                }>
                    {tr(Later::Clear)}
                </button>
            </div>
        }
    })
}
