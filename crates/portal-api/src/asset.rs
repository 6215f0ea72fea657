//! Assets (contract.md 1.15 to 1.21).

mod access;
mod organization;

pub use access::{AuthorizeAsset, CheckAssetPermission, GetUsersWithAssetAccess};
pub use organization::{GetAssetStructure, GetAssetsByOrganization, ListedAsset, SyncAsset};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::json::RawValue;
use crate::lenient::{self, Listed, Mismatch, Node};
use crate::tag::tags;
use crate::{ApplicationId, AssetId, Endpoint, Family, Localized, MissingParameter, Parts, Spec, Tag, User};

const FAMILY: Spec = Spec::of(Family::Asset);

/// The most kinds that one [`GetAssetsByApplication`] may name; more answer 31400 (contract.md 1.17).
pub const MOST_KINDS: usize = 1000;

/// An asset, or a node of the structure that assets stand in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asset {
    /// The id. Can repeat.
    pub id: AssetId,
    /// The name.
    pub name: Localized,
    /// `asset` for an asset; `None` for a node of the structure.
    pub tag: Option<String>,
    /// What kind of asset it is, from 3.0.0.
    pub kind: Option<String>,
    /// The kind's name, from 3.0.0; can be empty.
    pub kind_name: Localized,
    /// Its tags, from 2.4.
    pub tags: Vec<Tag>,
    /// What stands below it. Where it stands follows from nesting alone: assets come with an empty `parentId`.
    pub children: Vec<Asset>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Wire {
    #[serde(deserialize_with = "lenient::option")]
    id: Option<AssetId>,
    name_json: Localized,
    name: Localized,
    #[serde(deserialize_with = "lenient::string")]
    tag: Option<String>,
    #[serde(rename = "type", deserialize_with = "lenient::string")]
    kind: Option<String>,
    type_name: Localized,
    #[serde(deserialize_with = "tags")]
    tags: Vec<Tag>,
    children: Listed<Node<Asset>>,
}

/// A node and what is nested in it. [`crate::json::read`] bounds the depth.
impl<'de> Deserialize<'de> for Node<Asset> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        let Listed { entries: children, dropped } = wire.children.flat();
        let value = Asset {
            id: wire.id.ok_or_else(|| D::Error::missing_field("id"))?,
            name: wire.name_json.pair(wire.name),
            tag: wire.tag,
            kind: wire.kind,
            kind_name: wire.type_name,
            tags: wire.tags,
            children,
        };
        Ok(Self { value, dropped })
    }
}

/// Get Assets by Application (contract.md 1.17).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GetAssetsByApplication {
    /// The application, by its access key.
    pub application: ApplicationId,
    /// Kinds to leave all others out, from 3.0.0: at most [`MOST_KINDS`], none for all.
    pub kinds: Vec<String>,
}

impl Endpoint for GetAssetsByApplication {
    type Access = User;
    /// The roots: one as documented, none for an application without assets; dropped ones counted at every depth.
    type Reply = Listed<Asset>;
    const SPEC: Spec = Spec {
        operation: "Get Assets by Application",
        path: "/v2.2/user/app/asset/tree",
        // Samples up to 2.1 send the root alone.
        bare_reply: true,
        ..FAMILY
    };

    fn write(&self, parts: &mut Parts) {
        parts.put_query("accessKey", self.application.as_str());
        if !self.kinds.is_empty() {
            parts.put_query("resourceTypes", &self.kinds.join(","));
        }
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        let application = parts.query_as("accessKey", ApplicationId::parse)?;
        let kinds = parts.optional_query_text("resourceTypes").unwrap_or_default().split(',').map(str::trim);
        Ok(Self { application, kinds: kinds.filter(|kind| !kind.is_empty()).map(str::to_owned).collect() })
    }

    fn decode(data: &RawValue) -> Result<Listed<Asset>, Mismatch> {
        Ok(lenient::entries(data).flat())
    }
}

/// The mandatory `assetIds` of a body (contract.md 1.15).
fn asset_ids(parts: &Parts) -> Result<Vec<AssetId>, MissingParameter> {
    let ids: Vec<AssetId> = parts.body_texts("assetIds").iter().filter_map(|id| AssetId::parse(id)).collect();
    if ids.is_empty() { Err(MissingParameter { name: "assetIds" }) } else { Ok(ids) }
}
