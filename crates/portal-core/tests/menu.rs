//! The menu tree (contract.md 1.23 and §6, 13; experience.md S7; hostile.md 69 and 70).
#![expect(clippy::unwrap_used, reason = "a test that cannot make its data fails")]

use std::time::Instant;

use portal_api::{Listed, Localized, Menu, MenuId};
use portal_core::launch::{Launch, LaunchPolicy, Parts, Refusal, decide};
use portal_core::menu::{MenuFacts, MenuTree};
use portal_core::names::Locale;
use proptest::prelude::*;

fn menu(
    id: &str,
    order: Option<f64>,
    address: Option<&str>,
    parent: Option<&str>,
    children: Vec<Menu>,
) -> Menu {
    Menu {
        id: MenuId::parse(id).unwrap(),
        identifier: None,
        name: Localized::plain(id),
        order,
        address: address.map(str::to_owned),
        parent: parent.and_then(MenuId::parse),
        children,
    }
}

/// An entry of a flat list.
fn flat(id: &str, parent: &str) -> Menu {
    menu(id, None, Some("/x"), Some(parent), Vec::new())
}

/// Opens what begins with `/`, refuses the rest.
fn launcher(address: Option<&str>) -> Launch {
    let policy = LaunchPolicy {
        portal_origin: "https://portal.example".to_owned(),
        application_base: "https://portal.example/".to_owned(),
        ..LaunchPolicy::default()
    };
    let parser = |address: &str, _: &str| {
        let (scheme, href) = match address.strip_prefix('/') {
            Some(path) => ("https", format!("https://portal.example/{path}")),
            None if address.starts_with("https:") => ("https", address.to_owned()),
            None => ("javascript", address.to_owned()),
        };
        Some(Parts {
            scheme: scheme.to_owned(),
            username: false,
            host: "portal.example".to_owned(),
            origin: "https://portal.example".to_owned(),
            href,
        })
    };
    decide(&policy, &parser, address)
}

fn tree(entries: Vec<Menu>) -> MenuTree {
    MenuTree::build(&Listed { entries, dropped: 0 }, &Locale::parse("en-US").unwrap(), &launcher)
}

fn facts(tree: &MenuTree) -> Vec<&MenuFacts> {
    (0..tree.nodes().len()).map(|index| tree.facts(index).unwrap()).collect()
}

/// The tree as text: one level of brackets for each level.
fn drawn(tree: &MenuTree) -> String {
    let mut text = String::new();
    let mut depth = 0;
    for (place, node) in tree.nodes().iter().enumerate() {
        if node.depth > depth {
            text.push('(');
        } else {
            text.push_str(&")".repeat((depth - node.depth) as usize));
            text.push_str(if place > 0 { " " } else { "" });
        }
        depth = node.depth;
        text.push_str(&node.name);
    }
    text + &")".repeat(depth as usize)
}

#[test]
fn nested_flat_and_mixed_lists_give_the_same_tree() {
    let page = |id: &str, order, parent| menu(id, Some(order), Some("/x"), parent, Vec::new());
    let nested = vec![
        menu("b", Some(2.0), None, None, vec![page("d", 2.0, None), page("c", 1.0, None)]),
        page("a", 1.0, None),
    ];
    let flat = vec![
        page("d", 2.0, Some("b")),
        page("a", 1.0, None),
        page("c", 1.0, Some("b")),
        menu("b", Some(2.0), None, None, vec![]),
    ];
    let mixed = vec![
        page("c", 1.0, Some("b")),
        page("a", 1.0, None),
        menu("b", Some(2.0), None, None, vec![page("d", 2.0, Some("a"))]),
    ];
    for entries in [nested, flat, mixed] {
        assert_eq!(drawn(&tree(entries)), "a b(c d)");
    }
}

#[test]
fn siblings_stand_by_order_then_as_sent() {
    let entry = |id: &str, order| menu(id, order, Some("/x"), None, Vec::new());
    let tree = tree(vec![
        entry("x", None),
        entry("b", Some(1.0)),
        entry("a", Some(1.0)),
        entry("w", Some(f64::NAN)),
        entry("0", Some(-3.0)),
        entry("big", Some(1e308)),
    ]);
    assert_eq!(drawn(&tree), "0 b a big x w");
    assert_eq!(tree.nodes().iter().map(|node| node.place.position).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
    assert!(tree.nodes().iter().all(|node| node.place.set_size == 6));
}

// hostile.md 70.
#[test]
fn cycles_are_cut_where_they_close_and_orphans_stand_at_the_top() {
    for (entries, expected, cycles) in [
        (vec![flat("a", "b"), flat("b", "a")], "b(a)", 1),
        (vec![flat("a", "a")], "a", 1),
        (vec![flat("x", "b"), flat("a", "b"), flat("b", "c"), flat("c", "a")], "c(b(x a))", 1),
        (vec![flat("a", "b"), flat("b", "a"), flat("c", "d"), flat("d", "c")], "b(a) d(c)", 2),
        (vec![flat("a", "gone"), flat("b", "a")], "a(b)", 0),
        // A parent that names an entry nested in it: only the name can be cut.
        (vec![menu("a", None, None, Some("b"), vec![flat("b", "")])], "a(b)", 1),
    ] {
        let tree = tree(entries);
        assert_eq!(drawn(&tree), expected);
        assert_eq!((tree.report().cycles, tree.dropped()), (cycles, cycles));
    }
}

#[test]
fn repeated_ids_are_kept_and_the_first_has_the_children() {
    let mut second = flat("a", "");
    second.name = Localized::plain("again");
    let tree = tree(vec![flat("a", ""), second, flat("b", "a")]);
    assert_eq!(drawn(&tree), "a(b) again");
    assert_eq!(tree.report().repeated, 1);
    assert_eq!((tree.find("a", 1), tree.find("a", 2), tree.find("a", 3)), (Some(0), Some(2), None));
}

// contract.md 1.23: a level-2 menu, or a level-1 menu without sub-menus, must have a URL to appear.
#[test]
fn entries_that_lead_nowhere_are_hidden_but_refused_ones_are_not() {
    let group = |id: &str, children| menu(id, None, None, None, children);
    let tree = tree(vec![
        group("empty", vec![]),
        group("empty below", vec![group("deep", vec![group("deeper", vec![])])]),
        group(
            "shown",
            vec![menu("bad", None, Some("javascript:alert(1)"), None, vec![]), group("no", vec![])],
        ),
        flat("page", ""),
    ]);
    assert_eq!(drawn(&tree), "shown(bad) page");
    assert_eq!(tree.facts(1).unwrap().launch, Launch::Refused(Refusal::Script));
    assert_eq!(
        (tree.nodes()[0].place.children, tree.nodes()[0].place.descendants, tree.nodes()[1].place.set_size),
        (1, 1, 1)
    );
    assert_eq!(tree.first_open(), Some(2));
}

#[test]
fn the_identifier_names_an_entry_and_the_id_behind_it() {
    let mut named = flat("id-1", "");
    named.identifier = Some("overview".to_owned());
    named.name = Localized::default();
    let tree = tree(vec![named, flat("id-2", ""), menu("id-3", None, Some("/x"), Some("id-2"), vec![])]);
    let keys: Vec<_> = facts(&tree)
        .into_iter()
        .zip(tree.nodes().iter())
        .map(|(facts, node)| (&*facts.key, &*node.name))
        .collect();
    assert_eq!(keys, [("overview", "overview"), ("id-2", "id-2"), ("id-3", "id-3")]);
    assert_eq!(tree.ancestors(2), [1]);
}

#[test]
fn no_menus_are_a_tree_without_nodes() {
    let tree = tree(Vec::new());
    assert_eq!((tree.nodes().len(), tree.first_open(), tree.find("", 1)), (0, None, None));
    assert!(tree.ancestors(7).is_empty());
}

// hostile.md 69 and 70: depth 1,000 in a flat list is shown; 50,000 entries are bounded in time, also as one chain.
#[test]
fn long_and_deep_lists_are_shown() {
    for (count, parent) in [
        (1_000, (|number| number - 1) as fn(i32) -> i32),
        (50_000, |number| number - 1),
        (50_000, |number| number / 10),
        (50_000, |_| 0),
        (50_000, |number| (number + 1) % 50_000),
    ] {
        let entries = (0..count).rev().map(|number| match number {
            0 => flat("0", if parent(0) == 1 { "1" } else { "" }),
            number => flat(&number.to_string(), &parent(number).to_string()),
        });
        let entries = entries.collect();
        let start = Instant::now();
        let tree = tree(entries);
        assert_eq!(tree.nodes().len(), usize::try_from(count).unwrap());
        assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
        let deepest = tree.nodes().iter().enumerate().max_by_key(|(_, node)| node.depth).unwrap();
        assert_eq!(tree.ancestors(deepest.0).len(), deepest.1.depth as usize);
        if count == 1_000 {
            assert_eq!(deepest.1.depth, 999);
        }
    }
}

/// Nested entries with names of parents from a small set, so that cycles, repeats and orphans are common.
fn any_menus() -> impl Strategy<Value = Vec<Menu>> {
    let entry = |children: BoxedStrategy<Vec<Menu>>| {
        let address = prop_oneof![Just(None), Just(Some("/x")), Just(Some("javascript:1"))];
        let order = proptest::option::of((0_u8..3).prop_map(f64::from));
        ("[a-f]{1,2}", order, address, proptest::option::of("[a-g]{1,2}"), children).prop_map(
            |(id, order, address, parent, children)| menu(&id, order, address, parent.as_deref(), children),
        )
    };
    let leaf = entry(Just(Vec::new()).boxed());
    let nested =
        leaf.prop_recursive(3, 24, 4, move |inner| entry(proptest::collection::vec(inner, 0..4).boxed()));
    proptest::collection::vec(nested, 0..12)
}

/// The entries with an address, by id.
fn with_address(menus: &[Menu]) -> Vec<String> {
    let mut ids = Vec::new();
    for menu in menus {
        ids.extend(menu.address.as_ref().map(|_| menu.id.as_str().to_owned()));
        ids.extend(with_address(&menu.children));
    }
    ids
}

fn count(menus: &[Menu]) -> usize {
    menus.iter().map(|menu| 1 + count(&menu.children)).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn each_entry_with_an_address_is_shown_once(menus in any_menus()) {
        let tree = tree(menus.clone());
        let facts = facts(&tree);
        let has_address = |facts: &&&MenuFacts| facts.launch != Launch::NoAddress;
        let mut shown: Vec<_> =
            facts.iter().filter(has_address).map(|facts| facts.id.as_str().to_owned()).collect();
        let mut sent = with_address(&menus);
        shown.sort_unstable();
        sent.sort_unstable();
        prop_assert_eq!(shown, sent);
        prop_assert!(tree.nodes().len() <= count(&menus));
        prop_assert!(facts.iter().zip(tree.nodes().iter()).all(|(facts, node)| facts.launch != Launch::NoAddress || node.place.children > 0));
    }

    #[test]
    fn the_numbers_of_each_node_are_those_of_the_tree(menus in any_menus()) {
        let tree = tree(menus);
        let nodes = tree.nodes();
        for (index, node) in nodes.iter().enumerate() {
            let siblings: Vec<usize> = (0..nodes.len()).filter(|&other| nodes[other].parent == node.parent).collect();
            prop_assert_eq!(node.place.set_size as usize, siblings.len());
            prop_assert_eq!(siblings[node.place.position as usize - 1], index);
            let children = nodes.iter().filter(|other| other.parent == Some(index)).count();
            prop_assert_eq!(node.place.children as usize, children);
            let below = nodes[index + 1..].iter().take_while(|other| other.depth > node.depth).count();
            prop_assert_eq!(node.place.descendants as usize, below);
            prop_assert_eq!(tree.ancestors(index).len(), node.depth as usize);
            prop_assert!(node.parent.is_none_or(|parent| parent < index));
            prop_assert_eq!(tree.find(&tree.facts(index).unwrap().key, tree.facts(index).unwrap().nth), Some(index));
        }
    }

    #[test]
    fn siblings_are_in_order(menus in any_menus()) {
        let flat: Vec<Menu> = menus.iter().map(|menu| Menu { children: Vec::new(), ..menu.clone() }).collect();
        let tree = tree(flat.clone());
        let order = |index: usize| {
            let sent = flat.iter().find(|menu| menu.id == tree.facts(index).unwrap().id);
            sent.and_then(|menu| menu.order).unwrap_or(f64::INFINITY)
        };
        // Only where ids are unique does the id of a node say which entry it was.
        if tree.report().repeated == 0 {
            for (index, node) in tree.nodes().iter().enumerate() {
                let next = (index + 1..tree.nodes().len()).find(|&next| tree.nodes()[next].parent == node.parent);
                prop_assert!(next.is_none_or(|next| order(index) <= order(next)));
            }
        }
    }
}
