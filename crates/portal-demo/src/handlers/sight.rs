//! Which assets somebody sees. Everybody in an organization sees all of them, but those that are restricted, and those
//! that were not synchronised.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::catalogue::{Asset, Organization, User};
use crate::dispatch::Call;
use crate::generate;
use crate::records::Records;

/// The eyes of a user in an organization, or of nobody in particular.
pub(super) struct Sight<'a> {
    records: &'a Records,
    organization: &'a Organization,
    /// `None` sees all that there is.
    user: Option<&'a User>,
}

impl<'a> Sight<'a> {
    pub(super) fn new(call: &'a Call<'_>, organization: &'a Organization, user: Option<&'a User>) -> Self {
        Self { records: &call.state.records, organization, user }
    }

    /// The sites with what is seen of them; nodes without anything in them are left out.
    pub(super) fn sites(&self) -> Vec<Asset> {
        self.seen(&all(self.organization))
    }

    fn seen(&self, assets: &[Asset]) -> Vec<Asset> {
        let pruned = assets.iter().filter_map(|asset| {
            if asset.is_leaf() {
                return self.sees(asset).then(|| asset.clone());
            }
            let assets = self.seen(&asset.assets);
            (!assets.is_empty()).then(|| Asset { assets, ..shallow(asset) })
        });
        pruned.collect()
    }

    pub(super) fn sees(&self, asset: &Asset) -> bool {
        let id = self.organization.id.as_str();
        let there = !asset.late || self.records.is_synchronised(id);
        let may = |user: &User| user.admin || self.records.is_granted(&user.id, id, &asset.id);
        there && (!asset.restricted || self.user.is_none_or(may))
    }
}

/// The node without what stands below it.
fn shallow(asset: &Asset) -> Asset {
    Asset {
        tags: asset.tags.clone(),
        kind: asset.kind.clone(),
        category: asset.category,
        ..Asset::plain(asset.id.clone(), asset.name.clone(), Vec::new())
    }
}

/// All sites of an organization, from its file or computed.
fn all(organization: &Organization) -> Cow<'_, [Asset]> {
    match organization.computed_assets {
        0 => Cow::Borrowed(&organization.assets),
        count => Cow::Owned(generate::assets(count)),
    }
}

/// The way to a node: from its site down to itself; empty where it is not there.
pub(super) fn way<'s>(sites: &'s [Asset], id: &str) -> Vec<&'s Asset> {
    for asset in sites {
        if asset.id == id {
            return vec![asset];
        }
        let mut below = way(&asset.assets, id);
        if !below.is_empty() {
            below.insert(0, asset);
            return below;
        }
    }
    Vec::new()
}

/// The assets among the nodes, in order.
pub(super) fn leaves<'s>(sites: &'s [Asset], out: &mut Vec<&'s Asset>) {
    for asset in sites {
        if asset.is_leaf() {
            out.push(asset);
        }
        leaves(&asset.assets, out);
    }
}

/// The ids of all nodes.
pub(super) fn names<'s>(sites: &'s [Asset], out: &mut BTreeSet<&'s str>) {
    for asset in sites {
        out.insert(&asset.id);
        names(&asset.assets, out);
    }
}
