//! Moving through a flat tree: which entries are visible, and where a key leads (ARIA tree pattern). Pure.

use core::ops::Range;

use super::Node;
use crate::search::fold;

/// A key of the tree pattern, left and right already turned to the direction of reading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Key {
    /// To the next entry.
    Down,
    /// To the one before.
    Up,
    /// To the first.
    First,
    /// To the last.
    Last,
    /// Into: opens, then to the first child.
    Into,
    /// Out: closes, then to the parent.
    Out,
}

/// What a key does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Move {
    /// The focus goes to this entry.
    To(usize),
    /// The entry with the focus opens or closes.
    Toggle,
    /// Nothing.
    Stay,
}

/// The places of what is below an entry; of all entries without one.
pub fn below(nodes: &[Node], scope: Option<usize>) -> Range<usize> {
    match scope.and_then(|scope| Some((scope, nodes.get(scope)?))) {
        Some((scope, node)) => scope + 1..scope + 1 + node.place.descendants as usize,
        None => 0..nodes.len(),
    }
}

/// The entries of a range whose ancestors in it are all open, ascending. What is closed is skipped as a whole, so that
/// 50,000 closed entries cost nothing.
pub fn visible(nodes: &[Node], range: Range<usize>, is_open: &dyn Fn(usize) -> bool) -> Vec<usize> {
    let mut visible = Vec::new();
    let mut index = range.start;
    while let Some(node) = nodes.get(index).filter(|_| index < range.end) {
        visible.push(index);
        let skipped =
            if node.place.children > 0 && !is_open(index) { node.place.descendants as usize } else { 0 };
        index += 1 + skipped;
    }
    visible
}

/// The entries at the top.
pub fn top(nodes: &[Node]) -> Vec<usize> {
    visible(nodes, 0..nodes.len(), &|_| false)
}

/// The entry at the top that an entry belongs to.
pub fn top_of(top: &[usize], index: usize) -> Option<usize> {
    let after = top.partition_point(|top| *top <= index);
    after.checked_sub(1).and_then(|place| top.get(place).copied())
}

/// The entry itself if it is visible, else the nearest visible ancestor, else the first.
pub fn nearest(nodes: &[Node], visible: &[usize], index: usize) -> usize {
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
pub fn step(nodes: &[Node], visible: &[usize], at: usize, is_open: bool, key: Key) -> Move {
    let (Some(node), Ok(place)) = (nodes.get(at), visible.binary_search(&at)) else { return Move::Stay };
    let branch = node.place.children > 0;
    let to = match key {
        Key::Down => visible.get(place + 1).copied(),
        Key::Up => place.checked_sub(1).and_then(|place| visible.get(place).copied()),
        Key::First => visible.first().copied(),
        Key::Last => visible.last().copied(),
        Key::Into if branch && !is_open => return Move::Toggle,
        // The first child that is shown: a search leaves others out.
        Key::Into => visible.get(place + 1).copied().filter(|next| is_child(nodes, *next, at)),
        Key::Out if branch && is_open => return Move::Toggle,
        // Not out of a tree that shows one branch only.
        Key::Out => node.parent.filter(|parent| visible.binary_search(parent).is_ok()),
    };
    to.map_or(Move::Stay, Move::To)
}

fn is_child(nodes: &[Node], index: usize, parent: usize) -> bool {
    nodes.get(index).is_some_and(|node| node.parent == Some(parent))
}

/// The branches that stand beside an entry, and the entry itself if it is one.
pub fn beside(nodes: &[Node], at: usize) -> Vec<usize> {
    let parent = nodes.get(at).map(|node| node.parent);
    let is_beside = |node: &Node| Some(node.parent) == parent && node.place.children > 0;
    nodes.iter().enumerate().filter(|(_, node)| is_beside(node)).map(|(index, _)| index).collect()
}

/// The next visible entry whose name begins with what was typed. The first letter looks behind the entry with the
/// focus, further letters may stay on it; where no name begins with it, one letter again and again goes from one to the
/// next.
pub fn ahead(nodes: &[Node], visible: &[usize], at: usize, typed: &str) -> Option<usize> {
    let place = visible.binary_search(&at).unwrap_or_default();
    let find = |wanted: &str, start: usize| {
        let begins =
            |index: &&usize| nodes.get(**index).is_some_and(|node| fold(&node.name).starts_with(wanted));
        let (before, after) = visible.split_at(start.min(visible.len()));
        after.iter().chain(before).find(begins).copied()
    };
    let wanted = fold(typed);
    let mut letters = typed.chars();
    let first = letters.next()?;
    if letters.clone().next().is_none() {
        return find(&wanted, place + 1);
    }
    let again = letters.all(|letter| letter == first);
    let next = || find(&fold(first.encode_utf8(&mut [0; 4])), place + 1);
    find(&wanted, place).or_else(|| again.then(next).flatten())
}

#[cfg(test)]
mod tests {
    use portal_api::{Listed, Localized, Menu, MenuId};

    use crate::launch::{Launch, Refusal};
    use crate::menu::MenuTree;
    use crate::names::Locale;

    use super::visible as visible_in;
    use super::{Key, Move, Node, ahead, below, beside, nearest, step, top, top_of};

    fn visible(nodes: &[Node], is_open: &dyn Fn(usize) -> bool) -> Vec<usize> {
        visible_in(nodes, below(nodes, None), is_open)
    }

    fn menu(name: &str, children: Vec<Menu>) -> Menu {
        Menu {
            id: MenuId::parse(name).unwrap(),
            identifier: None,
            name: Localized::plain(name),
            order: None,
            address: Some("/x".to_owned()),
            parent: None,
            children,
        }
    }

    /// 0 farms, 1 · dogger, 2 · · turbines, 3 · hornsea, 4 alarms, 5 Álvares
    fn tree() -> MenuTree {
        let dogger = menu("dogger", vec![menu("turbines", vec![])]);
        let entries = vec![
            menu("farms", vec![dogger, menu("hornsea", vec![])]),
            menu("alarms", vec![]),
            menu("Álvares", vec![]),
        ];
        let launch = |_: Option<&str>| Launch::Refused(Refusal::Unreadable);
        MenuTree::build(&Listed { entries, dropped: 0 }, &Locale::parse("en-US").unwrap(), &launch)
    }

    // Entries below a closed branch are not visible, however they are open themselves.
    #[test]
    fn closed_branches_hide_all_below() {
        let tree = tree();
        assert_eq!(visible(tree.nodes(), &|_| false), [0, 4, 5]);
        assert_eq!(visible(tree.nodes(), &|index| index == 1), [0, 4, 5]);
        assert_eq!(visible(tree.nodes(), &|index| index == 0), [0, 1, 3, 4, 5]);
        assert_eq!(visible(tree.nodes(), &|_| true), [0, 1, 2, 3, 4, 5]);
        assert_eq!(visible(&[], &|_| true), Vec::<usize>::new());
    }

    // experience.md S5: a flyout holds one branch, and no key leads out of it to an entry that is not there.
    #[test]
    fn a_branch_alone_is_a_tree_of_its_own() {
        let tree = tree();
        let nodes = tree.nodes();
        assert_eq!((below(nodes, None), below(nodes, Some(0)), below(nodes, Some(4))), (0..6, 1..4, 5..5));
        assert_eq!(below(nodes, Some(99)), 0..6);
        assert_eq!(visible_in(nodes, below(nodes, Some(0)), &|_| false), [1, 3]);
        assert_eq!(visible_in(nodes, below(nodes, Some(0)), &|_| true), [1, 2, 3]);
        assert_eq!(step(nodes, &[1, 3], 3, false, Key::Out), Move::Stay);
        assert_eq!(step(nodes, &[1, 2, 3], 2, false, Key::Out), Move::To(1));
        assert_eq!(nearest(nodes, &[1, 3], 2), 1);
    }

    #[test]
    fn each_entry_belongs_to_one_at_the_top() {
        let tree = tree();
        let top = top(tree.nodes());
        assert_eq!(top, [0, 4, 5]);
        assert_eq!((0..6).map(|index| top_of(&top, index)).collect::<Vec<_>>(), [0, 0, 0, 0, 4, 5].map(Some));
        assert_eq!(top_of(&[], 3), None);
    }

    // There is always exactly one entry that Tab reaches.
    #[test]
    fn a_hidden_entry_hands_the_tab_stop_to_its_nearest_visible_ancestor() {
        let tree = tree();
        assert_eq!(nearest(tree.nodes(), &[0, 4, 5], 2), 0);
        assert_eq!(nearest(tree.nodes(), &[0, 1, 3, 4, 5], 2), 1);
        assert_eq!(nearest(tree.nodes(), &[0, 4, 5], 5), 5);
        assert_eq!(nearest(tree.nodes(), &[0, 4, 5], 99), 0);
        assert_eq!(nearest(&[], &[], 3), 0);
    }

    // ARIA tree pattern: right opens, then goes in; left closes, then goes out; up and down never wrap.
    #[test]
    fn keys_follow_the_tree_pattern() {
        let tree = tree();
        let (nodes, open) = (tree.nodes(), [0, 1, 3, 4, 5]);
        let go = |at, is_open, key| step(nodes, &open, at, is_open, key);
        assert_eq!(go(0, true, Key::Down), Move::To(1));
        assert_eq!(go(3, false, Key::Down), Move::To(4));
        assert_eq!(go(5, false, Key::Down), Move::Stay);
        assert_eq!(go(0, true, Key::Up), Move::Stay);
        assert_eq!(go(4, false, Key::Up), Move::To(3));
        assert_eq!(go(4, false, Key::First), Move::To(0));
        assert_eq!(go(0, true, Key::Last), Move::To(5));
        assert_eq!(go(1, false, Key::Into), Move::Toggle);
        assert_eq!(go(0, true, Key::Into), Move::To(1));
        assert_eq!(go(4, false, Key::Into), Move::Stay);
        assert_eq!(go(0, true, Key::Out), Move::Toggle);
        assert_eq!(go(1, false, Key::Out), Move::To(0));
        assert_eq!(go(4, false, Key::Out), Move::Stay);
    }

    // ARIA tree pattern: the asterisk opens what stands beside.
    #[test]
    fn branches_beside_an_entry_are_those_of_its_parent() {
        let tree = tree();
        let beside = |at| beside(tree.nodes(), at);
        assert_eq!([beside(0), beside(3), beside(5), beside(2)], [vec![0], vec![1], vec![0], vec![]]);
        assert!(beside(99).is_empty());
    }

    // A search leaves out entries; right leads to the first child that is left.
    #[test]
    fn into_leads_past_what_a_search_leaves_out() {
        let tree = tree();
        let nodes = tree.nodes();
        assert_eq!(step(nodes, &[0, 3], 0, true, Key::Into), Move::To(3));
        assert_eq!(step(nodes, &[0, 4], 0, true, Key::Into), Move::Stay);
        assert_eq!(step(nodes, &[0, 3, 5], 3, false, Key::Into), Move::Stay);
    }

    // Type-ahead finds visible entries only, goes round, and takes letters without their marks.
    #[test]
    fn letters_find_the_next_visible_entry() {
        let tree = tree();
        let (nodes, open) = (tree.nodes(), [0, 4, 5]);
        assert_eq!(ahead(nodes, &open, 0, "a"), Some(4));
        assert_eq!(ahead(nodes, &open, 4, "a"), Some(5));
        assert_eq!(ahead(nodes, &open, 5, "A"), Some(4));
        assert_eq!(ahead(nodes, &open, 4, "al"), Some(4));
        assert_eq!(ahead(nodes, &open, 0, "alv"), Some(5));
        assert_eq!(ahead(nodes, &open, 4, "f"), Some(0));
        assert_eq!(ahead(nodes, &open, 0, "t"), None);
        // One letter again and again.
        assert_eq!((ahead(nodes, &open, 4, "aa"), ahead(nodes, &open, 5, "aaa")), (Some(5), Some(4)));
        assert_eq!((ahead(nodes, &open, 4, "ab"), ahead(nodes, &open, 4, "")), (None, None));
    }
}
