//! The filter of the menu, open branches over a reload, and what is said of hidden entries (experience.md S5 to S7).
#![expect(clippy::unwrap_used, reason = "a test that cannot make its data fails")]

use std::time::{Duration, Instant};

use portal_api::{Listed, Localized, Menu, MenuId};
use portal_core::launch::{Launch, Refusal};
use portal_core::menu::{Hidden, HiddenWhy, MenuTree};
use portal_core::names::Locale;
use portal_core::outline::{Found, NameFilter, OpenSet, again};
use portal_core::search::{fold, matches};
use proptest::prelude::*;

fn entry(id: &str, name: &str, parent: Option<&str>, address: Option<&str>) -> Menu {
    Menu {
        id: MenuId::parse(id).unwrap(),
        identifier: None,
        name: Localized::plain(name),
        order: None,
        address: address.map(str::to_owned),
        parent: parent.and_then(MenuId::parse),
        children: Vec::new(),
    }
}

fn tree(entries: Vec<Menu>) -> MenuTree {
    let launch = |address: Option<&str>| match address {
        Some(_) => Launch::Refused(Refusal::Unreadable),
        None => Launch::NoAddress,
    };
    MenuTree::build(&Listed { entries, dropped: 0 }, &Locale::parse("en-US").unwrap(), &launch)
}

/// 0 Farms, 1 · Dogger, 2 · · Turbines, 3 · Hornsea, 4 · · Cables, 5 Alarms, 6 Réports
fn sample() -> MenuTree {
    let page = |id: &str, name: &str, parent| entry(id, name, parent, Some("/x"));
    tree(vec![
        page("farms", "Farms", None),
        page("dogger", "Dogger", Some("farms")),
        page("turbines", "Turbines", Some("dogger")),
        page("hornsea", "Hornsea", Some("farms")),
        page("cables", "Cables", Some("hornsea")),
        page("alarms", "Alarms", None),
        page("reports", "Réports", None),
    ])
}

fn found(tree: &MenuTree, query: &str) -> Option<Found> {
    NameFilter::new(tree.nodes()).find(tree.nodes(), query)
}

fn shown(tree: &MenuTree, query: &str) -> Vec<usize> {
    found(tree, query).unwrap().visible(tree.nodes(), &|_| false)
}

// experience.md S6.
#[test]
fn hits_are_kept_with_what_is_above_them() {
    let tree = sample();
    assert_eq!(shown(&tree, "turb"), [0, 1, 2]);
    assert_eq!(shown(&tree, "a"), [0, 3, 4, 5]);
    assert_eq!(shown(&tree, " REPORTS "), [6]);
    assert_eq!(shown(&tree, "alarms farms"), Vec::<usize>::new());
    assert_eq!(found(&tree, " \t"), None);
    let some = found(&tree, "a").unwrap();
    assert_eq!((some.hits(), some.first()), (4, Some(0)));
    assert_eq!(found(&tree, "zzz").unwrap().first(), None);
}

// What is shown says its place among what is shown.
#[test]
fn places_are_counted_among_what_is_shown() {
    let tree = sample();
    let some = found(&tree, "a").unwrap();
    let places: Vec<_> = (0..7).map(|index| some.place(index)).collect();
    assert_eq!(places, [Some((2, 1)), None, None, Some((1, 1)), Some((1, 1)), Some((2, 2)), None]);
}

// A hit is no dead end: a branch that fits can be opened, and one above a hit can be closed.
#[test]
fn branches_turn_while_filtered() {
    let tree = sample();
    let some = found(&tree, "dogger").unwrap();
    assert!(some.is_open(0, false) && !some.is_open(0, true));
    assert!(!some.is_open(1, false) && some.is_open(1, true));
    assert_eq!(some.visible(tree.nodes(), &|index| index == 1), [0, 1, 2]);
    assert_eq!(some.visible(tree.nodes(), &|index| index == 0), [0]);
    assert_eq!((some.place(2), some.place(9)), (None, None));
}

// Keys can be of any form and repeat; what is kept is one line of bounded length that names nothing.
#[test]
fn open_branches_survive_as_one_line() {
    let tree = tree(vec![
        entry("same", "a", None, Some("/x")),
        entry("same", "b", None, Some("/x")),
        entry("with blank\nand line", "c", None, Some("/x")),
    ]);
    let marks: Vec<u64> = tree.nodes().iter().map(|node| node.mark).collect();
    assert!(marks[0] != marks[1] && marks[1] != marks[2]);
    let mut open = OpenSet::default();
    open.set(marks[1], true);
    open.set(marks[2], true);
    open.set(marks[2], true);
    open.set(7, true);
    let text = open.text(marks.iter().copied());
    assert!(!text.contains('\n') && !text.contains("same"));
    let mut again = OpenSet::read(&text);
    assert!(again.contains(marks[1]) && again.contains(marks[2]) && !again.contains(marks[0]));
    // What is not in the menu any more is forgotten.
    assert!(!again.contains(7));
    again.set(marks[1], false);
    again.set(marks[1], false);
    assert_eq!(OpenSet::read(&again.text(marks.iter().copied())), again);
    assert_eq!(OpenSet::read("no mark; 0x1 -7 1ffffffffffffffffff"), OpenSet::default());

    let many: Vec<u64> = (0..2_000).collect();
    let mut all = OpenSet::default();
    many.iter().for_each(|mark| all.set(*mark, true));
    assert_eq!(all.text(many.iter().copied()).split(' ').count(), 500);
    let endless = many.iter().map(|mark| format!("{mark:x}")).collect::<Vec<_>>().join(" ");
    assert!(!OpenSet::read(&endless).contains(501));
}

// A menu that was loaded anew: who stands at an entry goes on from there, and what was turned is not another branch.
#[test]
fn an_entry_is_found_again_wherever_it_stands_now() {
    let page = |id: &str| entry(id, id, None, Some("/x"));
    let before = tree(vec![page("a"), page("b"), page("b")]);
    let now = tree(vec![page("new"), page("b"), page("a"), page("b")]);
    let place = |index| again(before.nodes(), now.nodes(), index);
    assert_eq!((0..4).map(place).collect::<Vec<_>>(), [Some(2), Some(1), Some(3), None]);
    assert_eq!(again(now.nodes(), before.nodes(), 0), None);
    assert_eq!(again(now.nodes(), now.nodes(), 3), Some(3));
}

// Explain, don't hide: each entry that is left out has its rule (contract.md 1.23, experience.md S7).
#[test]
fn hidden_entries_are_reported_with_the_rule() {
    let tree = tree(vec![
        entry("page", "Page", None, Some("/x")),
        entry("group", "Group", None, None),
        entry("outer", "Outer", None, None),
        entry("inner", "Inner", Some("outer"), None),
        entry("shown", "Shown", None, None),
        entry("leaf", "Leaf", Some("shown"), Some("/x")),
        entry("gone", "Gone", Some("shown"), None),
    ]);
    let told = |name: &str, above: Option<&str>, why| Hidden {
        name: name.to_owned(),
        above: above.map(str::to_owned),
        why,
    };
    let expected = [
        told("Group", None, HiddenWhy::NothingToOpen),
        told("Outer", None, HiddenWhy::EmptyBranch),
        told("Inner", Some("Outer"), HiddenWhy::NothingToOpen),
        told("Gone", Some("Shown"), HiddenWhy::NothingToOpen),
    ];
    assert_eq!(tree.hidden(), expected);
    assert_eq!(tree.report().hidden, 4);
}

#[test]
fn the_list_of_hidden_entries_is_bounded() {
    let long = "x".repeat(100_000);
    let entries = (0..2_000).map(|n| entry(&n.to_string(), &long, None, None)).collect();
    let tree = tree(entries);
    assert_eq!((tree.nodes().len(), tree.hidden().len(), tree.report().hidden), (0, 500, 2_000));
    assert!(tree.hidden().iter().all(|hidden| hidden.name.len() == 200));
}

// hostile.md 70, experience.md S6: a menu of 50,000 entries stays usable. The bounds allow for slow machines and for
// builds without optimisation, where this takes about 0.7 s and 40 ms.
#[test]
fn fifty_thousand_entries_are_built_and_filtered_in_time() {
    let entries: Vec<Menu> = (0..50_000)
        .map(|n: u32| {
            let parent = n.checked_sub(1).map(|above| (above / 12).to_string());
            entry(
                &n.to_string(),
                &format!("Électricité {n} of the northern grid"),
                parent.as_deref(),
                Some("/x"),
            )
        })
        .collect();
    let start = Instant::now();
    let tree = tree(entries);
    let filter = NameFilter::new(tree.nodes());
    let built = start.elapsed();
    assert_eq!(tree.nodes().len(), 50_000);
    let mut slowest = Duration::ZERO;
    for query in ["e", "electricite 4", "49999", "nothing like it"] {
        let start = Instant::now();
        let found = filter.find(tree.nodes(), query).unwrap();
        let visible = found.visible(tree.nodes(), &|_| false);
        slowest = slowest.max(start.elapsed());
        assert_eq!(visible.is_empty(), found.hits() == 0);
    }
    println!("50,000 entries: built in {built:?}, slowest key press {slowest:?}");
    assert!(built < Duration::from_secs(8), "{built:?}");
    assert!(slowest < Duration::from_secs(1), "{slowest:?}");
}

/// A flat menu of small names, each with any entry before it as parent.
fn any_menu() -> impl Strategy<Value = Vec<Menu>> {
    let one = ("[a-d]{0,3} ?[A-Dé]{1,2}", any::<proptest::sample::Index>(), any::<bool>());
    proptest::collection::vec(one, 1..40).prop_map(|list| {
        let place = |number: usize, (name, above, is_root): (String, proptest::sample::Index, bool)| {
            let parent = (!is_root && number > 0).then(|| above.index(number).to_string());
            entry(&number.to_string(), &name, parent.as_deref(), Some("/x"))
        };
        list.into_iter().enumerate().map(|(number, parts)| place(number, parts)).collect()
    })
}

proptest! {
    #[test]
    fn each_entry_shown_is_a_hit_or_above_one_and_every_hit_is_shown(menu in any_menu(), query in "[a-e]{1,2}( [a-e])?") {
        let tree = tree(menu);
        let nodes = tree.nodes();
        let found = found(&tree, &query).unwrap();
        let visible = found.visible(nodes, &|_| false);
        let hits: Vec<usize> =
            (0..nodes.len()).filter(|&index| matches(&fold(&nodes[index].name), &fold(&query))).collect();
        prop_assert_eq!(found.hits(), hits.len());
        prop_assert_eq!(found.first(), hits.first().copied());
        prop_assert!(hits.iter().all(|hit| visible.binary_search(hit).is_ok()));
        let above: Vec<usize> = hits.iter().flat_map(|&hit| tree.ancestors(hit)).collect();
        prop_assert!(visible.iter().all(|index| hits.contains(index) || above.contains(index)));
        prop_assert!(visible.is_sorted());
        // The numbers of what is shown are those of the tree that is shown.
        for &index in &visible {
            let siblings: Vec<usize> =
                visible.iter().copied().filter(|&other| nodes[other].parent == nodes[index].parent).collect();
            let (size, position) = found.place(index).unwrap();
            prop_assert_eq!(size as usize, siblings.len());
            prop_assert_eq!(siblings[position as usize - 1], index);
        }
    }

    // Whatever a person opens and closes while filtered: no entry twice, none without the ones above it.
    #[test]
    fn turning_branches_keeps_a_tree(menu in any_menu(), query in "[a-d]", turned in proptest::collection::vec(any::<bool>(), 40)) {
        let tree = tree(menu);
        let found = found(&tree, &query).unwrap();
        let visible = found.visible(tree.nodes(), &|index| turned.get(index) == Some(&true));
        prop_assert!(visible.windows(2).all(|pair| pair[0] < pair[1]));
        for &index in &visible {
            let above = tree.ancestors(index);
            prop_assert!(above.iter().all(|above| visible.binary_search(above).is_ok()));
            prop_assert!(above.iter().all(|&above| found.is_open(above, turned.get(above) == Some(&true))));
        }
    }
}
