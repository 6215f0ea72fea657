//! Structures: flat lists and nested ones become one tree, whatever they say of parents (contract.md §6, 14).
#![expect(clippy::unwrap_used, reason = "a test that cannot make its data fails")]

use portal_api::structure::Structure;
use portal_api::{Localized, StructureId};
use portal_core::names::Locale;
use portal_core::structures::{DEEPEST, walk};
use proptest::prelude::*;

fn node(id: &str, parent: Option<&str>, children: Vec<Structure>) -> Structure {
    Structure {
        id: StructureId::parse(id).unwrap(),
        name: Localized::plain(id),
        description: Localized::default(),
        parent: parent.and_then(StructureId::parse),
        organization: None,
        order: None,
        tags: Vec::new(),
        children,
    }
}

fn told(structures: &[Structure]) -> Vec<(String, usize)> {
    let locale = Locale::parse("en-US").unwrap();
    walk(structures, &locale).into_iter().map(|node| (node.name, node.depth)).collect()
}

fn lines(structures: &[Structure]) -> String {
    told(structures)
        .iter()
        .map(|(name, depth)| format!("{}{name}", "-".repeat(*depth)))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn flat_and_nested_replies_give_the_same_tree() {
    let nested =
        [node("a", None, vec![node("b", None, vec![node("c", None, vec![])]), node("d", None, vec![])])];
    let flat = [
        node("c", Some("b"), vec![]),
        node("a", None, vec![]),
        node("b", Some("a"), vec![]),
        node("d", Some("a"), vec![]),
    ];
    assert_eq!(lines(&nested), "a -b --c -d");
    assert_eq!(lines(&flat), "a -b --c -d");
}

#[test]
fn a_missing_parent_and_a_circle_lose_nobody() {
    assert_eq!(lines(&[node("a", Some("gone"), vec![]), node("b", Some("b"), vec![])]), "a b");
    assert_eq!(lines(&[node("a", Some("b"), vec![]), node("b", Some("a"), vec![])]), "a -b");
}

proptest! {
    // Every node once, and never a step of more than one downwards.
    #[test]
    fn every_node_is_shown_once(parents in prop::collection::vec(prop::option::of(0_usize..40), 0..40)) {
        let flat: Vec<Structure> = parents
            .iter()
            .enumerate()
            .map(|(id, parent)| {
                let parent = parent.map(|parent| format!("n{parent}"));
                node(&format!("n{id}"), parent.as_deref(), vec![])
            })
            .collect();
        let told = told(&flat);
        let mut names: Vec<&String> = told.iter().map(|(name, _)| name).collect();
        names.sort();
        names.dedup();
        prop_assert_eq!(names.len(), parents.len());
        prop_assert_eq!(told.len(), parents.len());
        let mut before = 0;
        for (place, (_, depth)) in told.iter().enumerate() {
            prop_assert!(*depth <= DEEPEST && (place == 0 || *depth <= before + 1));
            prop_assert!(place > 0 || *depth == 0);
            before = *depth;
        }
    }
}
