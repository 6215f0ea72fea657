//! Who may see which assets (contract.md 1.15, 1.16, 1.21).

use super::{FAMILY, asset_ids};
use crate::json::RawValue;
use crate::lenient::{self, Listed, Mismatch};
use crate::{
    AssetId, Audience, Endpoint, Method, MissingParameter, OrganizationId, Parts, Person, Public, Spec, User,
    UserId,
};

/// Authorize Asset (contract.md 1.15): gives a user the right to see assets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AuthorizeAsset {
    /// Who is to see them.
    pub user: UserId,
    /// In which organization.
    pub organization: OrganizationId,
    /// The assets; at least one.
    pub assets: Vec<AssetId>,
}

impl Endpoint for AuthorizeAsset {
    type Access = Public;
    type Reply = ();
    const SPEC: Spec = Spec {
        operation: "Authorize Asset",
        method: Method::Post,
        // The heading of the English pages has no `/user`; samples and the vendor's code do.
        path: "/v2.2/user/asset/append",
        audience: Audience::Server,
        repeatable: false,
        session_codes: false,
        ..FAMILY
    };

    fn write(&self, parts: &mut Parts) {
        parts.put_body("userId", self.user.as_str());
        parts.put_body("orgId", self.organization.as_str());
        parts.put_body_value("assetIds", &self.assets);
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        let user = parts.body_as("userId", UserId::parse)?;
        let organization = parts.body_as("orgId", OrganizationId::parse)?;
        Ok(Self { user, organization, assets: asset_ids(parts)? })
    }

    fn decode(_: &RawValue) -> Result<(), Mismatch> {
        Ok(())
    }
}

/// Check Asset Permission (contract.md 1.16): whether the user may see all of these assets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckAssetPermission {
    /// The assets; at least one.
    pub assets: Vec<AssetId>,
}

impl Endpoint for CheckAssetPermission {
    type Access = User;
    /// True only if the service says so.
    type Reply = bool;
    const SPEC: Spec = Spec {
        operation: "Check Asset Permission",
        method: Method::Post,
        path: "/v2.2/user/authorization/asset/check",
        ..FAMILY
    };

    fn write(&self, parts: &mut Parts) {
        parts.put_body_value("assetIds", &self.assets);
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        asset_ids(parts).map(|assets| Self { assets })
    }

    fn decode(data: &RawValue) -> Result<bool, Mismatch> {
        Ok(lenient::as_bool(data) == Some(true))
    }
}

/// Get Users with Asset Access (contract.md 1.21).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GetUsersWithAssetAccess {
    /// The asset.
    pub asset: AssetId,
    /// The organization that it belongs to.
    pub organization: OrganizationId,
}

impl Endpoint for GetUsersWithAssetAccess {
    type Access = Public;
    /// With id and name; from 3.0.0 with a description.
    type Reply = Listed<Person>;
    const SPEC: Spec = Spec {
        operation: "Get Users with Asset Access",
        method: Method::Post,
        path: "/v2.2/asset/authorize/user/list",
        audience: Audience::Server,
        session_codes: false,
        ..FAMILY
    };

    fn write(&self, parts: &mut Parts) {
        parts.put_body("assetId", self.asset.as_str());
        parts.put_body("orgId", self.organization.as_str());
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        let asset = parts.body_as("assetId", AssetId::parse)?;
        let organization = parts.body_as("orgId", OrganizationId::parse)?;
        Ok(Self { asset, organization })
    }

    fn decode(data: &RawValue) -> Result<Listed<Person>, Mismatch> {
        Ok(lenient::only_list(data, "users"))
    }
}
