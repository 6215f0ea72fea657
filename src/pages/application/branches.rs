//! Which branches of a menu are open: of every application that was visited, and over a reload of the tab.

use std::sync::Arc;

use leptos::prelude::*;
use portal_core::menu::MenuTree;
use portal_core::outline::{Node, OpenSet, ancestors};

use super::Page;
use crate::browser::{Shelf, Store};
use crate::landing::{digest, user};
use crate::session::use_session;

/// Open branches by a digest of person, organization and application. It holds digests only, and ends with the tab.
const STORE: Store = Store::new(Shelf::Tab, "portal.branches");
/// Of so many applications they are remembered; [`Store::remember_for`] keeps as many.
const APPLICATIONS: usize = 20;
/// In menus up to this size the first level is open at first.
const SMALL: usize = 24;

/// The open branches of the applications that were visited last: in memory, provided by `app.rs`.
#[derive(Clone, Copy, Debug)]
pub struct OpenBranches(RwSignal<Vec<(String, OpenSet)>>);

impl Default for OpenBranches {
    fn default() -> Self {
        Self(RwSignal::new(Vec::new()))
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
    pub(super) key: Memo<String>,
    pub(super) menu: Memo<Option<Arc<MenuTree>>>,
    /// Where its entries stand; none before it is here.
    pub(super) nodes: Memo<Arc<[Node]>>,
}

impl Branches {
    pub(super) fn new(page: Page) -> Self {
        let session = use_session();
        let key = Memo::new(move |_| {
            let stage = session.stage_untracked();
            let organization =
                stage.organization().map(|organization| organization.id.as_str()).unwrap_or_default();
            let application = page.place.with(|place| place.application.clone());
            digest(&user(session), &format!("{organization}\0{}", application.as_str()))
        });
        let menu = Memo::new(move |_| page.menu.with(|menu| menu.here().cloned()));
        let nodes = Memo::new(move |_| {
            menu.with(|menu| menu.as_ref().map(|menu| Arc::clone(menu.nodes())).unwrap_or_default())
        });
        Self { all: expect_context(), key, menu, nodes }
    }

    /// Reads with the question whether a branch is open; changes are followed.
    pub(super) fn with<R>(self, read: impl FnOnce(&dyn Fn(usize) -> bool) -> R) -> R {
        let key = self.key.get();
        self.nodes.with(|nodes| {
            self.all.0.with(|all| {
                let open = of(all, &key);
                read(&|index| {
                    let node = nodes.get(index);
                    node.is_some_and(|node| open.is_some_and(|open| open.contains(node.mark)))
                })
            })
        })
    }

    /// Takes up what was open before a reload, or opens the first level of a small menu; then what is above the
    /// current entry.
    pub(super) fn arrive(self, current: Option<usize>) {
        let key = self.key.get_untracked();
        let known = self.all.0.with_untracked(|all| of(all, &key).is_some());
        let kept = if known { None } else { STORE.remembered_for(&key) };
        let is_new = !known && kept.is_none();
        self.change(|open, nodes| {
            if let Some(kept) = kept {
                *open = OpenSet::read(&kept);
            }
            if is_new && nodes.len() <= SMALL {
                let top = nodes.iter().filter(|node| node.depth == 0 && node.place.children > 0);
                open.open_all(top.map(|node| node.mark));
            }
            let above = current.map(|current| ancestors(nodes, current)).unwrap_or_default();
            open.open_all(marks(nodes, &above));
        });
    }

    /// Opens or closes a branch.
    pub(super) fn toggle(self, index: usize) {
        self.change(|open, nodes| {
            if let Some(node) = nodes.get(index) {
                open.set(node.mark, !open.contains(node.mark));
            }
        });
    }

    /// Opens branches.
    pub(super) fn open_all(self, branches: &[usize]) {
        self.change(|open, nodes| open.open_all(marks(nodes, branches)));
    }

    fn change(self, change: impl FnOnce(&mut OpenSet, &[Node])) {
        let key = self.key.get_untracked();
        self.nodes.with_untracked(|nodes| {
            self.all.0.update(|all| {
                // The one that is in use stands last, so that the oldest is forgotten.
                let place = all.iter().position(|(of, _)| *of == key);
                let (key, mut open) =
                    place.map_or_else(|| (key, OpenSet::default()), |place| all.remove(place));
                change(&mut open, nodes);
                STORE.remember_for(&key, &open.text(nodes.iter().map(|node| node.mark)));
                all.push((key, open));
                if all.len() > APPLICATIONS {
                    all.remove(0);
                }
            });
        });
    }
}

/// What these entries are found again by.
fn marks<'a>(nodes: &'a [Node], indices: &'a [usize]) -> impl Iterator<Item = u64> + 'a {
    indices.iter().filter_map(|index| nodes.get(*index)).map(|node| node.mark)
}
