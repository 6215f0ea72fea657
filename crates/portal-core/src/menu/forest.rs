//! Who stands below whom: entries as sent, their parents without cycles, and the order of a walk.

use core::iter;

use portal_api::Menu;

use crate::catalog::order;
use crate::launch::Launch;

/// All entries of a reply. Every index is one in `menus`.
#[derive(Default)]
pub(crate) struct Forest<'a> {
    /// As sent, each before what is nested in it.
    pub(crate) menus: Vec<&'a Menu>,
    /// The parent of each; no entry is below itself.
    parents: Vec<Option<usize>>,
    /// Each entry after its parent, siblings in order.
    pub(crate) walk: Vec<usize>,
    /// How many cycles were cut.
    pub(super) cycles: usize,
    /// How many entries have the id of an entry before them.
    pub(super) repeated: usize,
}

impl<'a> Forest<'a> {
    pub(crate) fn plant(entries: &'a [Menu]) -> Self {
        let mut forest = Self::default();
        forest.collect(entries);
        let nested: Vec<bool> = forest.parents.iter().map(Option::is_some).collect();
        forest.link();
        forest.cut_cycles(&nested);
        forest.walk();
        forest
    }

    /// The parent, which the walk reaches before.
    pub(crate) fn parent(&self, index: usize) -> Option<usize> {
        self.parents.get(index).copied().flatten()
    }

    /// Whether each entry has an address, good or refused, or an entry below it that has one.
    pub(super) fn shown(&self, launches: &[Launch]) -> Vec<bool> {
        let mut shown: Vec<bool> = launches.iter().map(|launch| *launch != Launch::NoAddress).collect();
        for &index in self.walk.iter().rev() {
            if shown.get(index) == Some(&true)
                && let Some(parent) = self.parent(index).and_then(|parent| shown.get_mut(parent))
            {
                *parent = true;
            }
        }
        shown
    }

    /// Whether each entry has entries below it, shown or not.
    pub(super) fn branches(&self) -> Vec<bool> {
        let mut branches = vec![false; self.menus.len()];
        for parent in self.parents.iter().flatten() {
            if let Some(branch) = branches.get_mut(*parent) {
                *branch = true;
            }
        }
        branches
    }

    /// Lays nested entries flat.
    fn collect(&mut self, entries: &'a [Menu]) {
        let mut open = vec![(None, entries.iter())];
        while let Some((parent, siblings)) = open.last_mut() {
            let Some(menu) = siblings.next() else {
                open.pop();
                continue;
            };
            self.parents.push(*parent);
            self.menus.push(menu);
            open.push((Some(self.menus.len() - 1), menu.children.iter()));
        }
    }

    /// Finds the parents that are named. Nesting goes before a name; of a repeated id, the first is meant.
    fn link(&mut self) {
        let id = |index: usize| self.menus.get(index).map_or("", |menu| menu.id.as_str());
        let mut by_id = order::sorted(self.menus.len(), &|a, b| id(a).cmp(id(b)));
        by_id.dedup_by(|later, first| id(*later) == id(*first));
        self.repeated = self.menus.len() - by_id.len();
        for (menu, parent) in self.menus.iter().zip(&mut self.parents) {
            if let (None, Some(named)) = (&parent, &menu.parent) {
                let found = by_id.binary_search_by(|&index| id(index).cmp(named.as_str())).ok();
                *parent = found.and_then(|found| by_id.get(found).copied());
            }
        }
    }

    /// Cuts each cycle at the last of its entries that names its parent: the one that closes it.
    fn cut_cycles(&mut self, nested: &[bool]) {
        // The walk, from 1, in which each entry was seen first; 0 for none.
        let mut seen = vec![0_usize; self.parents.len()];
        for start in 0..self.parents.len() {
            let mut at = Some(start);
            while let Some(index) = at {
                match seen.get_mut(index) {
                    Some(walk @ 0) => *walk = start + 1,
                    Some(walk) if *walk == start + 1 => {
                        self.cut(index, nested);
                        break;
                    }
                    _ => break,
                }
                at = self.parent(index);
            }
        }
    }

    fn cut(&mut self, on_cycle: usize, nested: &[bool]) {
        let around = iter::successors(self.parent(on_cycle), |&index| {
            self.parent(index).filter(|_| index != on_cycle)
        });
        let closing = around.filter(|&index| nested.get(index) == Some(&false)).max();
        if let Some(parent) = closing.and_then(|closing| self.parents.get_mut(closing)) {
            *parent = None;
            self.cycles += 1;
        }
    }

    /// Walks all trees, first child first.
    fn walk(&mut self) {
        let place = |index: usize| self.menus.get(index).and_then(|menu| menu.order);
        let sorted = order::sorted(self.menus.len(), &|a, b| order::by_place(place(a), place(b)));
        let mut first_child: Vec<Option<usize>> = vec![None; self.menus.len()];
        let mut next_sibling = first_child.clone();
        let mut first_root = None;
        for index in sorted.into_iter().rev() {
            let first = match self.parent(index) {
                Some(parent) => first_child.get_mut(parent),
                None => Some(&mut first_root),
            };
            if let (Some(first), Some(next)) = (first, next_sibling.get_mut(index)) {
                *next = first.replace(index);
            }
        }
        let mut open: Vec<usize> = first_root.into_iter().collect();
        while let Some(index) = open.pop() {
            self.walk.push(index);
            open.extend(next_sibling.get(index).copied().flatten());
            open.extend(first_child.get(index).copied().flatten());
        }
    }
}
