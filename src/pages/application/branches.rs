//! Which branches of a menu are open: of every application that was visited, and over a reload of the tab.

use std::sync::Arc;

use portal_core::menu::{MenuTree, OpenSet};

use super::Page;
use crate::browser::{Shelf, Store};
use crate::landing::{digest, user};
use crate::session::use_session;
use crate::state::{Derived, State, provided};

/// Open branches by a digest of person, organization and application. It holds digests only, and ends with the tab.
const STORE: Store = Store::new(Shelf::Tab, "portal.branches");
/// Of so many applications they are remembered; [`Store::remember_for`] keeps as many.
const APPLICATIONS: usize = 20;
/// In menus up to this size the first level is open at first.
const SMALL: usize = 24;

/// The open branches of the applications that were visited last: in memory, provided by `app.rs`.
#[derive(Clone, Copy, Debug)]
pub struct OpenBranches(State<Vec<(String, OpenSet)>>);

impl Default for OpenBranches {
    fn default() -> Self {
        Self(State::new(Vec::new()))
    }
}

fn of<'a>(branches: &'a [(String, OpenSet)], key: &str) -> Option<&'a OpenSet> {
    branches.iter().find(|(of, _)| of == key).map(|(_, open)| open)
}

/// The branches of the menu that is shown.
#[derive(Clone, Copy)]
pub(super) struct Branches {
    all: OpenBranches,
    /// Which person, organization and application.
    pub(super) key: Derived<String>,
    pub(super) menu: Derived<Option<Arc<MenuTree>>>,
    /// What each entry is found again by.
    marks: Derived<Vec<u64>>,
}

impl Branches {
    pub(super) fn new(page: Page) -> Self {
        let session = use_session();
        let key = Derived::new(move |_| {
            let stage = session.stage_untracked();
            let organization =
                stage.organization().map(|organization| organization.id.as_str()).unwrap_or_default();
            let application = page.place.with(|place| place.application.clone());
            digest(&user(session), &format!("{organization}\0{}", application.as_str()))
        });
        let menu = Derived::new(move |_| page.menu.with(|menu| menu.here().cloned()));
        let marks = Derived::new(move |_| {
            menu.with(|menu| match menu {
                Some(menu) => menu.nodes().iter().map(|node| node.mark()).collect(),
                None => Vec::new(),
            })
        });
        Self { all: provided(), key, menu, marks }
    }

    /// Reads with the question whether a branch is open; changes are followed.
    pub(super) fn with<R>(self, read: impl FnOnce(&dyn Fn(usize) -> bool) -> R) -> R {
        let key = self.key.get();
        self.marks.with(|marks| {
            self.all.0.with(|all| {
                let open = of(all, &key);
                read(&|index| {
                    let mark = marks.get(index);
                    mark.is_some_and(|mark| open.is_some_and(|open| open.contains(*mark)))
                })
            })
        })
    }

    /// Takes up what was open before a reload, or opens the first level of a small menu; then what is above the
    /// current entry.
    pub(super) fn arrive(self, menu: &MenuTree, current: Option<usize>) {
        let key = self.key.get_untracked();
        let known = self.all.0.with_untracked(|all| of(all, &key).is_some());
        let kept = if known { None } else { STORE.remembered_for(&key) };
        let is_new = !known && kept.is_none();
        self.change(|open, marks| {
            if let Some(kept) = kept {
                *open = OpenSet::read(&kept);
            }
            let mut set = |index: usize| {
                if let Some(mark) = marks.get(index) {
                    open.set(*mark, true);
                }
            };
            if is_new && menu.nodes().len() <= SMALL {
                let top = menu.nodes().iter().enumerate();
                top.filter(|(_, node)| node.depth == 0 && node.children > 0)
                    .for_each(|(index, _)| set(index));
            }
            if let Some(current) = current {
                menu.ancestors(current).into_iter().for_each(set);
            }
        });
    }

    /// Opens or closes a branch.
    pub(super) fn toggle(self, index: usize) {
        self.change(|open, marks| {
            if let Some(mark) = marks.get(index) {
                open.set(*mark, !open.contains(*mark));
            }
        });
    }

    fn change(self, change: impl FnOnce(&mut OpenSet, &[u64])) {
        let key = self.key.get_untracked();
        self.marks.with_untracked(|marks| {
            self.all.0.update(|all| {
                // The one that is in use stands last, so that the oldest is forgotten.
                let place = all.iter().position(|(of, _)| *of == key);
                let (key, mut open) =
                    place.map_or_else(|| (key, OpenSet::default()), |place| all.remove(place));
                change(&mut open, marks);
                STORE.remember_for(&key, &open.text(marks));
                all.push((key, open));
                if all.len() > APPLICATIONS {
                    all.remove(0);
                }
            });
        });
    }
}
