//! Finding entries by name: hits, and the entries above them, so that each hit is seen where it stands (experience.md
//! S6). Names are folded once; a key press then costs one walk over flat lists.

use core::ops::Range;

use super::Node;
use crate::search::{fold, matches};

/// The names of a tree, folded.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NameFilter {
    text: String,
    /// Where each name ends in the text.
    ends: Vec<usize>,
}

/// What a query finds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Found {
    entries: Vec<Entry>,
    hits: usize,
    first: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Entry {
    kept: Kept,
    /// How many entries directly below are kept.
    children: u32,
    /// How many siblings are kept, and the place among them: 0 where it is not kept itself.
    set_size: u32,
    position: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Kept {
    #[default]
    No,
    /// A hit without hits below it.
    Hit,
    /// There are hits below it.
    Above,
}

impl NameFilter {
    /// Folds the names of a tree.
    pub fn new(nodes: &[Node]) -> Self {
        let mut filter = Self::default();
        for node in nodes {
            filter.text.push_str(&fold(&node.name));
            filter.ends.push(filter.text.len());
        }
        filter
    }

    /// Finds the entries whose name holds each word of the query. `None` for a query that says nothing. `nodes` are
    /// those that the filter was made of.
    pub fn find(&self, nodes: &[Node], query: &str) -> Option<Found> {
        let query = fold(query);
        if query.is_empty() {
            return None;
        }
        let mut found = Found { entries: vec![Entry::default(); nodes.len()], hits: 0, first: None };
        let mut start = 0;
        for (index, &end) in self.ends.iter().enumerate() {
            let is_hit = self.text.get(start..end).is_some_and(|name| matches(name, &query));
            start = end;
            if let (true, Some(entry)) = (is_hit, found.entries.get_mut(index)) {
                entry.kept = Kept::Hit;
                found.hits += 1;
                found.first = found.first.or(Some(index));
            }
        }
        found.keep_above(nodes);
        found.number(nodes);
        Some(found)
    }
}

impl Found {
    /// How many entries fit.
    pub fn hits(&self) -> usize {
        self.hits
    }

    /// The first entry that fits, in tree order.
    pub fn first(&self) -> Option<usize> {
        self.first
    }

    /// Whether a branch is open: those above hits are, others are not, and the person turns each the other way.
    pub fn is_open(&self, index: usize, turned: bool) -> bool {
        (self.kept(index) == Kept::Above) != turned
    }

    /// How many siblings are shown with an entry, and its place among them, from 1. `None` where all of them are, as
    /// below a hit that the person opened.
    pub fn place(&self, index: usize) -> Option<(u32, u32)> {
        let entry = self.entries.get(index)?;
        (entry.kept != Kept::No).then_some((entry.set_size, entry.position))
    }

    /// The entries that are shown, ascending: hits and what is above them. Of a hit without hits below it, all that is
    /// below it once it is opened.
    pub fn visible(&self, nodes: &[Node], is_turned: &dyn Fn(usize) -> bool) -> Vec<usize> {
        let mut visible = Vec::new();
        // What is below a hit that was opened.
        let mut inside: Range<usize> = 0..0;
        let mut index = 0;
        while let Some(node) = nodes.get(index) {
            let below = node.place.descendants as usize;
            let kept = self.kept(index);
            if kept == Kept::No && !inside.contains(&index) {
                index += 1 + below;
                continue;
            }
            visible.push(index);
            let open = below > 0 && self.is_open(index, is_turned(index));
            if open && kept == Kept::Hit {
                inside = index + 1..index + 1 + below;
            }
            index += if open { 1 } else { 1 + below };
        }
        visible
    }

    fn kept(&self, index: usize) -> Kept {
        self.entries.get(index).map_or(Kept::No, |entry| entry.kept)
    }

    /// From the last to the first: what is below an entry is known when the entry is reached.
    fn keep_above(&mut self, nodes: &[Node]) {
        for (index, node) in nodes.iter().enumerate().rev() {
            if self.kept(index) != Kept::No
                && let Some(parent) = node.parent.and_then(|parent| self.entries.get_mut(parent))
            {
                parent.kept = Kept::Above;
            }
        }
    }

    fn number(&mut self, nodes: &[Node]) {
        let mut roots = 0;
        for (index, node) in nodes.iter().enumerate() {
            if self.kept(index) == Kept::No {
                continue;
            }
            let count = match node.parent {
                Some(parent) => self.entries.get_mut(parent).map(|parent| &mut parent.children),
                None => Some(&mut roots),
            };
            let position = count.map_or(0, |count| {
                *count += 1;
                *count
            });
            if let Some(entry) = self.entries.get_mut(index) {
                entry.position = position;
            }
        }
        for (index, node) in nodes.iter().enumerate() {
            let siblings = node.parent.map_or(Some(roots), |parent| Some(self.entries.get(parent)?.children));
            if let (Some(entry), Some(siblings)) = (self.entries.get_mut(index), siblings) {
                entry.set_size = siblings;
            }
        }
    }
}
