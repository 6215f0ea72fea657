//! The menu of an application as a tree, from entries that are nested, flat with parents named, or both.
//!
//! Everything here is a loop over flat lists: depth and number are the service's choice (hostile.md 69 and 70).

mod forest;
mod hidden;

use core::mem;
use std::sync::Arc;

use portal_api::{Listed, Menu, MenuId};

use crate::catalog::order;
use crate::launch::Launch;
use crate::names::{Locale, pick};
use crate::outline::{Node, Place, ancestors, mark, measure};

pub(crate) use forest::Forest;

pub use hidden::{Hidden, HiddenWhy};

/// What is known of a menu entry that is shown, besides its name and where it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct MenuFacts {
    /// The id. Can repeat.
    pub id: MenuId,
    /// The identifier, else the id: the part of the address that names the entry.
    pub key: String,
    /// 1 for the first with this key in tree order, then 2, 3 …: the address's `n`.
    pub nth: u32,
    /// What opening it does.
    pub launch: Launch,
}

/// What was wrong with the reply.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Report {
    /// Entries that could not be read and are left out.
    pub unreadable: usize,
    /// Entries that named a parent below themselves, or themselves. Shown at the top.
    pub cycles: usize,
    /// Entries with the id of an entry before them. Shown.
    pub repeated: usize,
    /// Entries that lead nowhere and are not shown. See [`MenuTree::hidden`].
    pub hidden: usize,
}

/// The menu of one application.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct MenuTree {
    nodes: Arc<[Node]>,
    facts: Vec<MenuFacts>,
    report: Report,
    hidden: Vec<Hidden>,
}

impl MenuTree {
    /// Builds the tree. Siblings stand by `displayOrder`, missing last, then as sent; an entry whose parent is not in
    /// the list stands at the top. An entry without an address and without entries below it is not shown (contract.md
    /// 1.23); one whose address is refused is, and says so.
    pub fn build(
        menus: &Listed<Menu>,
        locale: &Locale,
        launcher: &dyn Fn(Option<&str>) -> Launch,
    ) -> MenuTree {
        let forest = Forest::plant(&menus.entries);
        let mut report = Report {
            unreadable: menus.dropped,
            cycles: forest.cycles,
            repeated: forest.repeated,
            ..Report::default()
        };
        let mut launches: Vec<Launch> =
            forest.menus.iter().map(|menu| launcher(menu.address.as_deref())).collect();
        let shown = forest.shown(&launches);
        report.hidden = shown.iter().filter(|shown| !**shown).count();
        let hidden = hidden::list(&forest, &shown, locale);
        let mut growth = Growth::default();
        // For each menu, the index of its node.
        let mut places: Vec<Option<usize>> = vec![None; forest.menus.len()];
        for &index in &forest.walk {
            let (Some(menu), Some(launch), Some(true)) =
                (forest.menus.get(index), launches.get_mut(index), shown.get(index))
            else {
                continue;
            };
            let parent = forest.parent(index).and_then(|parent| places.get(parent).copied().flatten());
            if let Some(place) = places.get_mut(index) {
                *place = Some(growth.nodes.len());
            }
            growth.push(menu, parent, mem::replace(launch, Launch::NoAddress), locale);
        }
        let (nodes, facts) = growth.measured();
        Self { nodes, facts, report, hidden }
    }

    /// The entries that are shown, each after its parent and before its next sibling.
    pub fn nodes(&self) -> &Arc<[Node]> {
        &self.nodes
    }

    /// What is known of an entry.
    pub fn facts(&self, index: usize) -> Option<&MenuFacts> {
        self.facts.get(index)
    }

    /// How many entries could not be shown as sent: unreadable ones and cycles cut. See [`MenuTree::report`].
    pub fn dropped(&self) -> usize {
        self.report.unreadable + self.report.cycles
    }

    /// What was wrong with the reply.
    pub fn report(&self) -> Report {
        self.report
    }

    /// Entries that lead nowhere, in tree order, with the rule that removed each. At most 500 of
    /// [`Report::hidden`].
    pub fn hidden(&self) -> &[Hidden] {
        &self.hidden
    }

    /// The first entry in tree order that can be opened (experience.md, "What can be opened").
    pub fn first_open(&self) -> Option<usize> {
        self.position(|facts| matches!(facts.launch, Launch::Frame(_) | Launch::NewTab(..)))
    }

    /// The entry that an address names.
    pub fn find(&self, key: &str, nth: u32) -> Option<usize> {
        self.position(|facts| facts.key == key && facts.nth == nth)
    }

    /// The entries above one, from the top down.
    pub fn ancestors(&self, index: usize) -> Vec<usize> {
        ancestors(&self.nodes, index)
    }

    /// The first entry in tree order of which this holds.
    pub fn position(&self, holds: impl FnMut(&MenuFacts) -> bool) -> Option<usize> {
        self.facts.iter().position(holds)
    }
}

/// A tree that is being built.
#[derive(Default)]
struct Growth {
    nodes: Vec<Node>,
    facts: Vec<MenuFacts>,
}

impl Growth {
    /// Adds an entry below one that stands already.
    fn push(&mut self, menu: &Menu, parent: Option<usize>, launch: Launch, locale: &Locale) {
        let key = key(menu);
        let depth = parent.and_then(|parent| self.nodes.get(parent)).map_or(0, |parent| parent.depth + 1);
        let name = pick(&menu.name, locale).unwrap_or(key).to_owned();
        self.nodes.push(Node { name, depth, parent, place: Place::default(), mark: 0 });
        self.facts.push(MenuFacts { id: menu.id.clone(), key: key.to_owned(), nth: 1, launch });
    }

    /// Counts what stands beside and below each entry, and numbers keys that repeat.
    fn measured(mut self) -> (Arc<[Node]>, Vec<MenuFacts>) {
        let key = |index: usize| self.facts.get(index).map_or("", |facts| facts.key.as_str());
        let repeats = order::repeats(self.facts.len(), &key);
        let parents: Vec<Option<usize>> = self.nodes.iter().map(|node| node.parent).collect();
        for ((node, facts), (place, nth)) in
            self.nodes.iter_mut().zip(&mut self.facts).zip(measure(&parents).into_iter().zip(repeats))
        {
            facts.nth = nth;
            node.place = place;
            node.mark = mark(&facts.key, nth);
        }
        (self.nodes.into(), self.facts)
    }
}

/// What names an entry in the address.
fn key(menu: &Menu) -> &str {
    menu.identifier.as_deref().unwrap_or(menu.id.as_str())
}
