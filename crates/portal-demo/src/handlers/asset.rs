//! Assets (contract.md 1.15 to 1.21).

use std::collections::BTreeSet;

use portal_api::asset::{
    AuthorizeAsset, CheckAssetPermission, GetAssetStructure, GetAssetsByApplication, GetAssetsByOrganization,
    GetUsersWithAssetAccess, MOST_KINDS, SyncAsset,
};
use portal_api::{AssetId, MissingParameter};
use serde_json::{Value, json};

use super::lookup;
use super::sight::{Sight, leaves, names, way};
use crate::catalogue::Asset;
use crate::dispatch::{Call, Served};
use crate::reply::{Answer, Fault, INVALID, NOT_FOUND};
use crate::wire;

impl Served for GetAssetsByApplication {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let organization = call.organization()?;
        if self.kinds.len() > MOST_KINDS {
            return Err(Fault::new(INVALID, "At most 1000 resourceTypes"));
        }
        // The category decides which sites an application sees.
        let category = lookup::category(call, organization, self.application.as_str())?;
        let mut sites = Sight::new(call, organization, Some(call.caller()?.user)).sites();
        let own = |asset: &Asset| category.is_some() && asset.category == category;
        if sites.iter().any(own) {
            sites.retain(own);
        }
        let sites = of_kinds(sites, &self.kinds);
        let writer = wire::Writer::new(call.catalogue, call.options, organization);
        Ok(Answer::Data(writer.assets(organization, &sites)))
    }
}

/// The tree with only the assets of some kinds; all of it where none is named.
fn of_kinds(assets: Vec<Asset>, kinds: &[String]) -> Vec<Asset> {
    if kinds.is_empty() {
        return assets;
    }
    let kept = assets.into_iter().filter_map(|mut asset| {
        if asset.is_leaf() {
            return kinds.contains(&asset.kind.id).then_some(asset);
        }
        asset.assets = of_kinds(asset.assets, kinds);
        (!asset.assets.is_empty()).then_some(asset)
    });
    kept.collect()
}

impl Served for GetAssetsByOrganization {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let organization = lookup::authorized(call, self.organization.as_str())?;
        let user = lookup::member(call, organization, self.user.as_str())?;
        let sites = of_kinds(Sight::new(call, organization, Some(&user)).sites(), &self.kinds);
        let mut assets = Vec::new();
        leaves(&sites, &mut assets);
        let (assets, pagination) = lookup::page(assets.into_iter(), self.page, lookup::PAGE_NAMES);
        let writer = wire::Writer::new(call.catalogue, call.options, organization);
        let entry = |asset: &Asset| {
            json!({
                "id": asset.id,
                "name": writer.localized(&asset.name),
                "orgId": organization.id,
                "type": asset.kind.id,
                "typeName": writer.localized(&asset.kind.name),
            })
        };
        let assets: Vec<Value> = assets.into_iter().map(entry).collect();
        Ok(Answer::Data(json!({ "assets": assets, "pagination": pagination })))
    }
}

impl Served for GetAssetStructure {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let organization = call.organization()?;
        let sites = Sight::new(call, organization, Some(call.caller()?.user)).sites();
        let way = way(&sites, self.asset.as_str());
        let Some((_, above)) = way.split_last().filter(|(asset, _)| asset.is_leaf()) else {
            return Err(Fault::new(NOT_FOUND, format!("Can not find the asset {}.", self.asset)));
        };
        let writer = wire::Writer::new(call.catalogue, call.options, organization);
        Ok(Answer::Data(json!({ "structures": [writer.way(organization, above)] })))
    }
}

impl Served for CheckAssetPermission {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let organization = call.organization()?;
        let sites = Sight::new(call, organization, Some(call.caller()?.user)).sites();
        let mut seen = BTreeSet::new();
        names(&sites, &mut seen);
        let all = self.assets.iter().all(|asset| seen.contains(asset.as_str()));
        Ok(Answer::Data(Value::Bool(all)))
    }

    fn missing(_: MissingParameter) -> String {
        "Asset ID is required".to_owned()
    }
}

impl Served for GetUsersWithAssetAccess {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let organization = lookup::organization(call, self.organization.as_str())?;
        let sites = Sight::new(call, organization, None).sites();
        let found = way(&sites, self.asset.as_str());
        let asset = found.last().ok_or_else(|| Fault::new(NOT_FOUND, "Can not find this asset."))?;
        let mut assets = Vec::new();
        leaves(std::slice::from_ref(*asset), &mut assets);
        let members = call.catalogue.members(organization).filter(|user| {
            let sight = Sight::new(call, organization, Some(user));
            assets.iter().any(|asset| sight.sees(asset))
        });
        let users =
            members.map(|user| json!({ "id": user.id, "name": user.name, "description": user.position }));
        Ok(Answer::Data(users.collect()))
    }
}

impl Served for AuthorizeAsset {
    /// All or none. A structure stands for the assets in it.
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let organization = lookup::authorized(call, self.organization.as_str())?;
        let user = lookup::member(call, organization, self.user.as_str())?;
        let sites = Sight::new(call, organization, None).sites();
        let mut assets = Vec::new();
        // Each once, however often a caller says it.
        let ids: BTreeSet<&str> = self.assets.iter().map(AssetId::as_str).collect();
        for id in ids {
            let found = way(&sites, id);
            let asset =
                found.last().ok_or_else(|| Fault::new(NOT_FOUND, format!("Can not find the asset {id}.")))?;
            leaves(std::slice::from_ref(*asset), &mut assets);
        }
        for asset in assets.iter().filter(|asset| asset.restricted) {
            call.state.records.grant(&user.id, &organization.id, &asset.id);
        }
        Ok(Answer::Data(Value::Bool(true)))
    }
}

impl Served for SyncAsset {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let organization = lookup::authorized(call, self.organization.as_str())?;
        call.state.records.synchronise(&organization.id);
        Ok(Answer::Data(Value::Null))
    }
}
