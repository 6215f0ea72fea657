//! Moving through a flat tree: which entries are visible, and where a key leads (ARIA tree pattern). Pure.

use portal_core::menu::Node;
use portal_core::search::fold;

/// A key of the tree pattern, left and right already turned to the direction of reading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Key {
    Down,
    Up,
    First,
    Last,
    /// Into: opens, then to the first child.
    Into,
    /// Out: closes, then to the parent.
    Out,
}

/// What a key does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Move {
    /// The focus goes to this entry.
    To(usize),
    /// The entry with the focus opens or closes.
    Toggle,
    /// Nothing.
    Stay,
}

/// The entries whose ancestors are all open, ascending. What is closed is skipped as a whole, so that 50,000 closed
/// entries cost nothing.
pub(super) fn visible(nodes: &[Node], is_open: &dyn Fn(usize) -> bool) -> Vec<usize> {
    let mut visible = Vec::new();
    let mut index = 0;
    while let Some(node) = nodes.get(index) {
        visible.push(index);
        let skipped = if node.children > 0 && !is_open(index) { node.descendants as usize } else { 0 };
        index += 1 + skipped;
    }
    visible
}

/// The entry itself if it is visible, else the nearest visible ancestor, else the first.
pub(super) fn nearest(nodes: &[Node], visible: &[usize], index: usize) -> usize {
    let mut at = index;
    while visible.binary_search(&at).is_err() {
        match nodes.get(at).and_then(|node| node.parent) {
            Some(parent) => at = parent,
            None => return visible.first().copied().unwrap_or_default(),
        }
    }
    at
}

/// Where a key leads from an entry.
pub(super) fn step(nodes: &[Node], visible: &[usize], at: usize, is_open: bool, key: Key) -> Move {
    let (Some(node), Ok(place)) = (nodes.get(at), visible.binary_search(&at)) else { return Move::Stay };
    let branch = node.children > 0;
    let to = match key {
        Key::Down => visible.get(place + 1).copied(),
        Key::Up => place.checked_sub(1).and_then(|place| visible.get(place).copied()),
        Key::First => visible.first().copied(),
        Key::Last => visible.last().copied(),
        Key::Into if branch && !is_open => return Move::Toggle,
        Key::Into => branch.then_some(at + 1),
        Key::Out if branch && is_open => return Move::Toggle,
        Key::Out => node.parent,
    };
    to.map_or(Move::Stay, Move::To)
}

/// The next visible entry whose name begins with what was typed. The first letter looks behind the entry with the
/// focus, further letters may stay on it.
pub(super) fn ahead(nodes: &[Node], visible: &[usize], at: usize, typed: &str) -> Option<usize> {
    let wanted = fold(typed);
    let place = visible.binary_search(&at).unwrap_or_default();
    let start = if typed.chars().count() > 1 { place } else { place + 1 };
    let begins =
        |index: &&usize| nodes.get(**index).is_some_and(|node| fold(&node.name).starts_with(&wanted));
    let (before, after) = visible.split_at(start.min(visible.len()));
    after.iter().chain(before).find(begins).copied()
}
