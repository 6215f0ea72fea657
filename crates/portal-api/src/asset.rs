//! Assets of an application (contract.md 1.17).

use crate::json::Json;
use crate::lenient::{self, Listed, Mismatch, text};
use crate::{
    ApplicationId, AssetId, Audience, Endpoint, Family, Localized, Method, MissingParameter, Parts, Spec,
    User,
};

/// An asset, or a node of the structure that assets stand in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asset {
    /// The id. Can repeat.
    pub id: AssetId,
    /// The name.
    pub name: Localized,
    /// `asset` for an asset; `None` for a node of the structure.
    pub tag: Option<String>,
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
            children: children.entries,
        })
    }
}

/// Get Assets by Application (contract.md 1.17).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GetAssetsByApplication {
    /// The application, by its access key.
    pub application: ApplicationId,
}

impl Endpoint for GetAssetsByApplication {
    type Access = User;
    /// The roots: one as documented, none for an application without assets; dropped ones counted at every depth.
    type Reply = Listed<Asset>;
    const SPEC: Spec = Spec {
        operation: "Get Assets by Application",
        family: Family::Asset,
        method: Method::Get,
        path: "/v2.2/user/app/asset/tree",
        audience: Audience::Browser,
        repeatable: true,
        // Samples up to 2.1 send the root alone.
        bare_reply: true,
        session_codes: true,
        token_twice: false,
    };

    fn write(&self, parts: &mut Parts) {
        parts.put_query("accessKey", self.application.as_str());
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        let application = ApplicationId::parse(parts.query_text("accessKey")?);
        application.map(|application| Self { application }).ok_or(MissingParameter { name: "accessKey" })
    }

    fn decode(data: &Json<'_>) -> Result<Listed<Asset>, Mismatch> {
        let mut nested_dropped = 0;
        let mut roots = lenient::entries(data, |entry| Asset::read(entry, &mut nested_dropped));
        roots.dropped += nested_dropped;
        Ok(roots)
    }
}
