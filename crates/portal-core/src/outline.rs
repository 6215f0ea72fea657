//! Trees as flat lists: each node after its parent and before its next sibling, with all that is below it directly behind.
//! What menus and trees of data share: who stands where, what is visible, where a key leads, what a search keeps.
//!
//! Everything here is a loop: depth and number are the service's choice (hostile.md 69 and 70).

mod filter;
mod open;
pub mod walk;

pub use filter::{Found, NameFilter};
pub use open::OpenSet;

/// Where a node stands among the others.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Place {
    /// How many nodes stand directly below.
    pub children: u32,
    /// How many nodes stand below at any depth.
    pub descendants: u32,
    /// How many siblings there are, with this one.
    pub set_size: u32,
    /// The place among them, from 1.
    pub position: u32,
}

/// A node.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node {
    /// The shown name. Never empty.
    pub name: String,
    /// 0 at the top.
    pub depth: u32,
    /// The index of the parent.
    pub parent: Option<usize>,
    /// Where it stands.
    pub place: Place,
    /// What the node is found again by after the tree was loaded anew.
    pub mark: u64,
}

/// FNV-1a of a key and the number of its occurrence.
pub fn mark(key: &str, nth: u32) -> u64 {
    let bytes = key.bytes().chain([0]).chain(nth.to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Counts what stands beside and below each node. Parents come before their children.
pub fn measure(parents: &[Option<usize>]) -> Vec<Place> {
    let mut places = vec![Place::default(); parents.len()];
    let mut roots = 0;
    for (index, parent) in parents.iter().enumerate() {
        let siblings = match parent.and_then(|parent| places.get_mut(parent)) {
            Some(parent) => &mut parent.children,
            None => &mut roots,
        };
        *siblings += 1;
        let position = *siblings;
        if let Some(place) = places.get_mut(index) {
            place.position = position;
        }
    }
    // From the last to the first: what is below a node is complete when the node is reached.
    for (index, parent) in parents.iter().enumerate().rev() {
        let below = places.get(index).map_or(0, |place| place.descendants + 1);
        let mut set_size = roots;
        if let Some(parent) = parent.and_then(|parent| places.get_mut(parent)) {
            parent.descendants += below;
            set_size = parent.children;
        }
        if let Some(place) = places.get_mut(index) {
            place.set_size = set_size;
        }
    }
    places
}

/// The nodes above one, from the top down.
pub fn ancestors(nodes: &[Node], index: usize) -> Vec<usize> {
    let parent = |index: usize| nodes.get(index).and_then(|node| node.parent);
    let mut ancestors: Vec<usize> = core::iter::successors(parent(index), |&index| parent(index)).collect();
    ancestors.reverse();
    ancestors
}

/// Where a node stands after the tree was loaded anew, if it is still there.
pub fn again(before: &[Node], now: &[Node], index: usize) -> Option<usize> {
    let mark = before.get(index)?.mark;
    // Mostly it stands where it stood.
    let stays = now.get(index).is_some_and(|node| node.mark == mark);
    if stays { Some(index) } else { now.iter().position(|node| node.mark == mark) }
}
