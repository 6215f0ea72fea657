//! Assets (contract.md 1.15 to 1.21).

mod access;
mod organization;

pub use access::{AuthorizeAsset, CheckAssetPermission, GetUsersWithAssetAccess};
pub use organization::{GetAssetStructure, GetAssetsByOrganization, ListedAsset, SyncAsset};

use crate::json::Json;
use crate::lenient::{self, Listed, Mismatch, text};
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

impl Asset {
    /// Reads a node and what is nested in it. The JSON parser bounds the depth at 128.
    fn read(entry: &Json<'_>, dropped: &mut usize) -> Option<Self> {
        let id = AssetId::parse(text(entry, "id")?)?;
        let children = lenient::list(entry, "children", |child| Self::read(child, dropped));
        *dropped += children.dropped;
        Some(Self {
            id,
            name: Localized::read_pair(entry, "nameJson", "name"),
            tag: text(entry, "tag").map(str::to_owned),
            kind: text(entry, "type").map(str::to_owned),
            kind_name: Localized::read(entry.get("typeName")),
            tags: Tag::read_all(entry.get("tags")),
            children: children.entries,
        })
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

    fn decode(data: &Json<'_>) -> Result<Listed<Asset>, Mismatch> {
        let mut nested_dropped = 0;
        let mut roots = lenient::entries(data, |entry| Asset::read(entry, &mut nested_dropped));
        roots.dropped += nested_dropped;
        Ok(roots)
    }
}

/// The mandatory `assetIds` of a body (contract.md 1.15).
fn asset_ids(parts: &Parts) -> Result<Vec<AssetId>, MissingParameter> {
    let ids: Vec<AssetId> = parts.body_texts("assetIds").into_iter().filter_map(AssetId::parse).collect();
    if ids.is_empty() { Err(MissingParameter { name: "assetIds" }) } else { Ok(ids) }
}
