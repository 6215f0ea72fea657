//! The assets of an application as a flat tree (contract.md 1.17), and what a person asks about many of them at once.

mod inquiry;
mod span;

use std::collections::BTreeMap;
use std::sync::Arc;

use portal_api::asset::Asset;
use portal_api::{AssetId, Listed, Tag};

use crate::catalog::order;
use crate::names::{Locale, pick};
use crate::outline::{Node, Place, ancestors, mark, measure};

pub use inquiry::{Inquiry, MOST_IDS, Verdict, ids};
pub use span::Span;

/// What is known of a node besides its name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AssetFacts {
    /// The id. Can repeat.
    pub id: AssetId,
    /// 1 for the first with this id in tree order, then 2, 3 …: the address's `n`.
    pub nth: u32,
    /// An asset, and no node of the structure.
    pub is_asset: bool,
    /// What kind of asset it is.
    pub kind: Option<String>,
    /// The name of the kind; the kind itself where the service gives none.
    pub kind_name: Option<String>,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// The tree.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AssetTree {
    nodes: Arc<[Node]>,
    facts: Vec<AssetFacts>,
    dropped: usize,
}

impl AssetTree {
    /// Flattens what the service sent, in its order. Where an asset stands follows from nesting alone.
    pub fn build(assets: &Listed<Asset>, locale: &Locale) -> Self {
        let mut tree = Self { dropped: assets.dropped, ..Self::default() };
        let (mut nodes, mut parents) = (Vec::new(), Vec::new());
        // What is still to come, the next one last.
        let mut ahead: Vec<(&Asset, Option<usize>, u32)> =
            assets.entries.iter().rev().map(|asset| (asset, None, 0)).collect();
        while let Some((asset, parent, depth)) = ahead.pop() {
            let index = nodes.len();
            nodes.push(node(asset, parent, depth, locale));
            tree.facts.push(facts(asset, locale));
            parents.push(parent);
            ahead.extend(asset.children.iter().rev().map(|child| (child, Some(index), depth + 1)));
        }
        let id = |index: usize| tree.facts.get(index).map_or("", |facts| facts.id.as_str());
        let repeats = order::repeats(tree.facts.len(), &id);
        for (facts, nth) in tree.facts.iter_mut().zip(repeats) {
            facts.nth = nth;
        }
        for ((node, facts), place) in nodes.iter_mut().zip(&tree.facts).zip(measure(&parents)) {
            node.place = place;
            node.mark = mark(facts.id.as_str(), facts.nth);
        }
        tree.nodes = nodes.into();
        tree
    }

    /// All nodes, each after its parent and before its next sibling.
    pub fn nodes(&self) -> Arc<[Node]> {
        Arc::clone(&self.nodes)
    }

    /// What is known of a node.
    pub fn facts(&self, index: usize) -> Option<&AssetFacts> {
        self.facts.get(index)
    }

    /// How many entries could not be read and are left out.
    pub fn dropped(&self) -> usize {
        self.dropped
    }

    /// The node that an address names.
    pub fn find(&self, id: &str, nth: u32) -> Option<usize> {
        self.facts.iter().position(|facts| facts.id.as_str() == id && facts.nth == nth)
    }

    /// Names by id; of several nodes with one id that of the first.
    pub fn names(&self) -> BTreeMap<&str, &str> {
        let all = self.facts.iter().zip(self.nodes.iter());
        all.rev().map(|(facts, node)| (facts.id.as_str(), node.name.as_str())).collect()
    }

    /// The names above a node, from the top down.
    pub fn path(&self, index: usize) -> Vec<&str> {
        let above = ancestors(&self.nodes, index);
        above.into_iter().filter_map(|index| self.nodes.get(index).map(|node| node.name.as_str())).collect()
    }

    /// How many assets there are.
    pub fn count(&self) -> usize {
        self.facts.iter().filter(|facts| facts.is_asset).count()
    }

    /// The kinds of the assets with their names, each once, by name.
    pub fn kinds(&self) -> Vec<(String, String)> {
        let mut kinds = BTreeMap::new();
        for facts in self.facts.iter() {
            if let (Some(kind), Some(name)) = (&facts.kind, &facts.kind_name) {
                kinds.entry(kind).or_insert(name);
            }
        }
        let mut kinds: Vec<_> = kinds.into_iter().map(|(kind, name)| (kind.clone(), name.clone())).collect();
        kinds.sort_by(|a, b| a.1.cmp(&b.1));
        kinds
    }
}

fn node(asset: &Asset, parent: Option<usize>, depth: u32, locale: &Locale) -> Node {
    let name = pick(&asset.name, locale).unwrap_or(asset.id.as_str()).to_owned();
    Node { name, depth, parent, place: Place::default(), mark: 0 }
}

fn facts(asset: &Asset, locale: &Locale) -> AssetFacts {
    let kind = asset.kind.clone();
    AssetFacts {
        id: asset.id.clone(),
        nth: 1,
        is_asset: asset.tag.as_deref().is_some_and(|tag| tag.eq_ignore_ascii_case("asset")),
        kind_name: pick(&asset.kind_name, locale).map(str::to_owned).or_else(|| kind.clone()),
        kind,
        tags: asset.tags.clone(),
    }
}
