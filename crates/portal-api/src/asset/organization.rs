//! The assets of an organization, and where they stand in it (contract.md 1.18 to 1.20).

use serde::Deserialize;

use super::FAMILY;
use crate::json::RawValue;
use crate::lenient::{self, Listed, Mismatch};
use crate::structure::Structure;
use crate::{
    AssetId, Audience, Endpoint, Localized, Method, MissingParameter, OrganizationId, Page, Paged, Parts,
    Public, Spec, User, UserId,
};

/// Get Assets by Organization (contract.md 1.18): what a user may see there, as a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GetAssetsByOrganization {
    /// Whose assets.
    pub user: UserId,
    /// In which organization.
    pub organization: OrganizationId,
    /// Kinds to leave all others out, from 3.0.0; none for all.
    pub kinds: Vec<String>,
    /// Which of them.
    pub page: Page,
}

/// An asset in a list.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(try_from = "Wire")]
pub struct ListedAsset {
    /// The id.
    pub id: AssetId,
    /// The name.
    pub name: Localized,
    /// What kind of asset it is, from 2.4.
    pub kind: Option<String>,
    /// The kind's name, from 2.4; can be empty.
    pub kind_name: Localized,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Wire {
    #[serde(deserialize_with = "lenient::option")]
    id: Option<AssetId>,
    name_json: Localized,
    name: Localized,
    #[serde(rename = "type", deserialize_with = "lenient::string")]
    kind: Option<String>,
    type_name: Localized,
}

impl TryFrom<Wire> for ListedAsset {
    type Error = Mismatch;

    fn try_from(wire: Wire) -> Result<Self, Mismatch> {
        let id = wire.id.ok_or(Mismatch { place: "id" })?;
        Ok(Self { id, name: wire.name_json.pair(wire.name), kind: wire.kind, kind_name: wire.type_name })
    }
}

impl Endpoint for GetAssetsByOrganization {
    type Access = Public;
    type Reply = Paged<ListedAsset>;
    const SPEC: Spec = Spec {
        operation: "Get Assets by Organization",
        method: Method::Post,
        path: "/v2.2/user/asset/list",
        audience: Audience::Server,
        session_codes: false,
        ..FAMILY
    };

    fn write(&self, parts: &mut Parts) {
        parts.put_body("userId", self.user.as_str());
        parts.put_body("orgId", self.organization.as_str());
        if !self.kinds.is_empty() {
            parts.put_body_value("resourceTypes", &self.kinds);
        }
        self.page.write(parts);
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        let user = parts.body_as("userId", UserId::parse)?;
        let organization = parts.body_as("orgId", OrganizationId::parse)?;
        Ok(Self {
            user,
            organization,
            kinds: parts.body_texts("resourceTypes"),
            page: Page::read_or_first(parts)?,
        })
    }

    fn decode(data: &RawValue) -> Result<Paged<ListedAsset>, Mismatch> {
        Ok(Paged::new(lenient::only_list(data, "assets"), data))
    }
}

/// Get Asset Structure (contract.md 1.19): the structures that an asset stands in, from the top.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GetAssetStructure {
    /// The asset.
    pub asset: AssetId,
}

impl Endpoint for GetAssetStructure {
    type Access = User;
    type Reply = Listed<Structure>;
    const SPEC: Spec = Spec { operation: "Get Asset Structure", path: "/v2.2/asset/structure", ..FAMILY };

    fn write(&self, parts: &mut Parts) {
        parts.put_query("assetId", self.asset.as_str());
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        // The English table has `assetIds`; everything else, the vendor's code too, has one.
        let asset = parts.query_as("assetId", AssetId::parse)?;
        Ok(Self { asset })
    }

    fn decode(data: &RawValue) -> Result<Listed<Structure>, Mismatch> {
        Ok(Structure::read_all(data))
    }
}

/// Sync Asset (contract.md 1.20): takes up new assets of an organization. A GET with an effect: never prefetched, never
/// repeated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SyncAsset {
    /// The organization.
    pub organization: OrganizationId,
}

impl Endpoint for SyncAsset {
    type Access = Public;
    type Reply = ();
    const SPEC: Spec = Spec {
        operation: "Sync Asset",
        path: "/v2.2/asset/sync",
        audience: Audience::Server,
        repeatable: false,
        session_codes: false,
        ..FAMILY
    };

    fn write(&self, parts: &mut Parts) {
        parts.put_query("orgId", self.organization.as_str());
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        let organization = parts.query_as("orgId", OrganizationId::parse)?;
        Ok(Self { organization })
    }

    fn decode(_: &RawValue) -> Result<(), Mismatch> {
        Ok(())
    }
}
