//! Assets as a tree, the search in it, and the question about many ids (contract.md 1.16 and 1.17; hostile.md 69 to 71).
#![expect(clippy::unwrap_used, reason = "a test that cannot make its data fails")]

use portal_api::asset::Asset;
use portal_api::{AssetId, Listed, Localized, Paged};
use portal_core::assets::{AssetTree, Inquiry, MOST_IDS, Span, Verdict, ids};
use portal_core::names::Locale;
use portal_core::outline::walk::{Key, Move, step, visible};
use portal_core::outline::{NameFilter, OpenSet, ancestors};
use proptest::prelude::*;

fn id(text: &str) -> AssetId {
    AssetId::parse(text).unwrap()
}

fn node(name: &str, children: Vec<Asset>) -> Asset {
    let tag = children.is_empty().then(|| "asset".to_owned());
    let kind = tag.as_ref().map(|_| "turbine".to_owned());
    let kind_name = Localized::plain("Wind turbine");
    Asset { id: id(name), name: Localized::plain(name), tag, kind, kind_name, tags: Vec::new(), children }
}

fn tree(roots: Vec<Asset>) -> AssetTree {
    let listed = Listed { entries: roots, dropped: 0 };
    AssetTree::build(&listed, &Locale::parse("en-US").unwrap())
}

// Nesting alone says where an asset stands; ids that repeat are numbered in tree order (experience.md, "Ids in
// addresses"), and marks differ.
#[test]
fn repeated_ids_are_told_apart() {
    let tree = tree(vec![node("site", vec![node("a", vec![node("x", Vec::new())]), node("x", Vec::new())])]);
    let nodes = tree.nodes();
    let names: Vec<(&str, u32)> = nodes.iter().map(|node| (node.name.as_str(), node.depth)).collect();
    assert_eq!(names, [("site", 0), ("a", 1), ("x", 2), ("x", 1)]);
    assert_eq!((tree.find("x", 1), tree.find("x", 2), tree.find("x", 3)), (Some(2), Some(3), None));
    assert_ne!(nodes[2].mark, nodes[3].mark);
    assert_eq!(tree.path(2), ["site", "a"]);
    assert_eq!(tree.names().into_iter().collect::<Vec<_>>(), [("a", "a"), ("site", "site"), ("x", "x")]);
    assert_eq!(ancestors(&nodes, 0), Vec::<usize>::new());
    let kinds = vec![("turbine".to_owned(), "Wind turbine".to_owned())];
    assert_eq!((tree.count(), tree.kinds()), (2, kinds));
    assert_eq!((nodes[3].place.position, nodes[3].place.set_size), (2, 2));
}

// The JSON parser lets 128 levels through (hostile.md 69); all are reached by key, and a search keeps what is above.
#[test]
fn a_hundred_and_twenty_eight_levels() {
    let deep = (1..=128).rev().fold(Vec::new(), |below, level| vec![node(&format!("level {level}"), below)]);
    let tree = tree(deep);
    let nodes = tree.nodes();
    assert_eq!((nodes.len(), nodes.last().unwrap().depth), (128, 127));
    let all = visible(&nodes, 0..nodes.len(), &|_| true);
    assert_eq!(step(&nodes, &all, 0, true, Key::Last), Move::To(127));
    let found = NameFilter::new(&nodes).find(&nodes, "level 128").unwrap();
    assert_eq!((found.hits(), found.visible(&nodes, &|_| false).len()), (1, 128));
}

// 50,000 entries cost a walk, not more (hostile.md 70); many branches are opened at once.
#[test]
fn fifty_thousand_entries() {
    let leaves = |site: usize| (0..100).map(|n| node(&format!("unit {site}-{n}"), Vec::new())).collect();
    let tree = tree((0..500).map(|site| node(&format!("site {site}"), leaves(site))).collect());
    let nodes = tree.nodes();
    assert_eq!(nodes.len(), 50_500);
    let mut open = OpenSet::default();
    open.open_all(nodes.iter().rev().map(|node| node.mark));
    assert!(nodes.iter().all(|node| open.contains(node.mark)));
    assert_eq!(visible(&nodes, 0..nodes.len(), &|index| open.contains(nodes[index].mark)).len(), 50_500);
    assert_eq!(visible(&nodes, 0..nodes.len(), &|_| false).len(), 500);
}

// What is pasted is apart by whatever a table or a mail has between ids, and stays in order; what is there twice is asked
// once.
#[test]
fn ids_as_people_paste_them() {
    let read: Vec<AssetId> = ids(" b, a;c\n\nb\td、e ");
    assert_eq!(read, ["b", "a", "c", "d", "e"].map(id));
    assert!(ids(" ,;\n").is_empty());
    let many: Vec<AssetId> = (0..MOST_IDS + 50).map(|n| id(&n.to_string())).collect();
    assert_eq!(Inquiry::new(many).verdicts().count(), MOST_IDS);
    assert_eq!(Inquiry::new(Vec::new()).next(), None);
}

fn span(
    read: usize,
    dropped: usize,
    total: Option<u64>,
    size: Option<u64>,
    number: u32,
) -> (u64, u64, Option<u64>, bool) {
    let page = Paged { listed: Listed { entries: vec![(); read], dropped }, total, number: None, size };
    let Span { from, to, total, more } = Span::of(&page, number, 50);
    (from, to, total, more)
}

// contract.md 0.5: without a total a full page is followed by another; what could not be read counts as sent; the service may
// allow smaller pages than were asked for.
#[test]
fn where_a_page_stands_among_all() {
    assert_eq!(span(50, 0, Some(5_000), None, 1), (51, 100, Some(5_000), true));
    assert_eq!(span(50, 0, None, None, 1), (51, 100, None, true));
    assert_eq!(span(48, 2, None, None, 0), (1, 50, None, true));
    assert_eq!(span(12, 0, None, None, 2), (101, 112, None, false));
    assert_eq!(span(48, 2, Some(100), None, 1), (51, 100, Some(100), false));
    assert_eq!(span(20, 0, None, Some(20), 1), (21, 40, None, true));
    assert_eq!(span(50, 0, Some(7), None, 0), (1, 50, Some(50), false));
    assert_eq!(span(0, 0, Some(5_000), None, 3), (151, 150, Some(5_000), false));
    assert_eq!(span(0, 50, Some(5_000), None, 0), (1, 50, Some(5_000), true));
}

proptest! {
    // Each id gets its own answer, in the order given; a list that is all permitted takes one call, and no list more than
    // two for each id.
    #[test]
    fn each_id_gets_its_own_answer(permitted in proptest::collection::vec(any::<bool>(), 1..80)) {
        let asked: Vec<AssetId> = (0..permitted.len()).map(|n| id(&n.to_string())).collect();
        let may = |asset: &AssetId| permitted[asset.as_str().parse::<usize>().unwrap()];
        let mut inquiry = Inquiry::new(asked.clone());
        let mut calls = 0;
        while let Some(next) = inquiry.next() {
            calls += 1;
            inquiry.answer(next.iter().all(may));
        }
        let told: Vec<(AssetId, Verdict)> = inquiry.verdicts().map(|(id, told)| (id.clone(), told)).collect();
        let wanted = asked.into_iter().zip(permitted.iter());
        let wanted: Vec<(AssetId, Verdict)> =
            wanted.map(|(id, yes)| (id, if *yes { Verdict::Yes } else { Verdict::No })).collect();
        prop_assert_eq!(told, wanted);
        prop_assert!(calls <= 2 * permitted.len());
        prop_assert!(calls == 1 || permitted.iter().any(|yes| !yes));
    }

    // Whatever a person types, there is no panic, and no id holds what ids are apart by.
    #[test]
    fn any_text_gives_ids(text in ".{0,200}") {
        for asset in ids(&text) {
            prop_assert!(!asset.as_str().contains([' ', ',', ';', '\n']));
        }
    }
}
