//! Structures as a tree to be shown: replies nest nodes, or send them flat and name parents, which can be missing
//! (contract.md 1.14, 2.2; §6, 14).

use std::collections::BTreeMap;

use portal_api::structure::Structure;

use crate::catalog::order;
use crate::names::{Locale, pick};

/// How deep nodes stand below each other at most: what is below that stands beside.
pub const DEEPEST: usize = 24;

/// A node to show.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node {
    /// The name; the id where there is none.
    pub name: String,
    /// What it is, where the reply says.
    pub about: Option<String>,
    /// How deep it stands, from 0. A node is never more than one deeper than the one before it.
    pub depth: usize,
}

/// All nodes in the order of a walk, each once whatever the reply says of parents: one whose parent is missing, or that
/// is its own ancestor, stands at the top.
pub fn walk(structures: &[Structure], locale: &Locale) -> Vec<Node> {
    let flat = flatten(structures);
    let first_of: BTreeMap<&str, usize> =
        flat.iter().enumerate().rev().map(|(place, (node, _))| (node.id.as_str(), place)).collect();
    let parents: Vec<Option<usize>> = flat
        .iter()
        .map(|(node, nested)| {
            nested.or_else(|| node.parent.as_ref().and_then(|id| first_of.get(id.as_str()).copied()))
        })
        .collect();
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); flat.len()];
    let mut roots = Vec::new();
    let place = |index: usize| flat.get(index).and_then(|(node, _)| node.order);
    for index in order::sorted(flat.len(), &|a, b| order::by_place(place(a), place(b))) {
        match parents.get(index).copied().flatten() {
            Some(parent) if parent != index => {
                if let Some(children) = below.get_mut(parent) {
                    children.push(index);
                }
            }
            _ => roots.push(index),
        }
    }
    let mut seen = vec![false; flat.len()];
    let mut nodes = Vec::with_capacity(flat.len());
    let mut visit = |root: usize| {
        let mut open = vec![(root, 0)];
        while let Some((index, depth)) = open.pop() {
            let (Some(seen), Some((node, _))) = (seen.get_mut(index), flat.get(index)) else { continue };
            if std::mem::replace(seen, true) {
                continue;
            }
            nodes.push(shown(node, locale, depth));
            let children = below.get(index).map(Vec::as_slice).unwrap_or_default();
            open.extend(children.iter().rev().map(|child| (*child, (depth + 1).min(DEEPEST))));
        }
    };
    roots.into_iter().for_each(&mut visit);
    // What is left stands in a circle: each circle begins with its first.
    (0..flat.len()).for_each(&mut visit);
    nodes
}

/// Every node with the place of the one that it is nested in, each before what is nested in it.
fn flatten(structures: &[Structure]) -> Vec<(&Structure, Option<usize>)> {
    let mut flat: Vec<(&Structure, Option<usize>)> = Vec::new();
    let mut open = vec![(None, structures.iter())];
    while let Some((parent, siblings)) = open.last_mut() {
        let Some(node) = siblings.next() else {
            open.pop();
            continue;
        };
        flat.push((node, *parent));
        let place = flat.len() - 1;
        open.push((Some(place), node.children.iter()));
    }
    flat
}

fn shown(node: &Structure, locale: &Locale, depth: usize) -> Node {
    Node {
        name: pick(&node.name, locale).unwrap_or(node.id.as_str()).to_owned(),
        about: pick(&node.description, locale).map(str::to_owned),
        depth,
    }
}
