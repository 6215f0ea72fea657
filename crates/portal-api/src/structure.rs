//! Structures: the tree of an organization's own that people and assets stand in (contract.md 1.14, 2.2).

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::json::{Members, RawValue};
use crate::lenient::{self, Listed, Mismatch, Node};
use crate::tag::tags;
use crate::{
    ApplicationId, Endpoint, Family, Locale, Localized, MissingParameter, OrganizationId, Parts, Spec,
    StructureId, Tag, User,
};

const FAMILY: Spec = Spec::of(Family::UserAndOrganization);

/// A node of a structure, as sent: nested, or flat with parents named.
#[derive(Clone, PartialEq, Debug)]
pub struct Structure {
    /// The id.
    pub id: StructureId,
    /// The name.
    pub name: Localized,
    /// What it is; can be empty.
    pub description: Localized,
    /// The parent that the node names; can be missing from the reply (contract.md §6, 14).
    pub parent: Option<StructureId>,
    /// The organization that it belongs to, where the reply says.
    pub organization: Option<OrganizationId>,
    /// The place among its siblings, smaller first; `None` where missing or unreadable.
    pub order: Option<f64>,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// The nodes nested in it.
    pub children: Vec<Structure>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Wire {
    #[serde(deserialize_with = "lenient::option")]
    id: Option<StructureId>,
    name_json: Localized,
    name: Localized,
    description_json: Localized,
    description: Localized,
    #[serde(deserialize_with = "lenient::option")]
    parent_id: Option<StructureId>,
    #[serde(deserialize_with = "lenient::option")]
    org_id: Option<OrganizationId>,
    #[serde(deserialize_with = "lenient::option")]
    organization_id: Option<OrganizationId>,
    #[serde(deserialize_with = "lenient::number")]
    display_order: Option<f64>,
    #[serde(deserialize_with = "tags")]
    tags: Vec<Tag>,
    children: Listed<Node<Structure>>,
}

/// A node and what is nested in it. [`crate::json::read`] bounds the depth.
impl<'de> Deserialize<'de> for Node<Structure> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        let Listed { entries: children, dropped } = wire.children.flat();
        let value = Structure {
            id: wire.id.ok_or_else(|| D::Error::missing_field("id"))?,
            name: wire.name_json.pair(wire.name),
            description: wire.description_json.pair(wire.description),
            parent: wire.parent_id,
            organization: wire.org_id.or(wire.organization_id),
            order: wire.display_order,
            tags: wire.tags,
            children,
        };
        Ok(Self { value, dropped })
    }
}

impl Structure {
    /// The member `structures`, or the value itself: one root, or several. Dropped nodes are counted at every depth.
    pub(crate) fn read_all(data: &RawValue) -> Listed<Self> {
        let member = Members::of(data).and_then(|members| members.get("structures"));
        lenient::entries(member.unwrap_or(data)).flat()
    }
}

/// Get User Structures (contract.md 1.14): where the user stands, as a flat list that names parents.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GetUserStructures;

impl Endpoint for GetUserStructures {
    type Access = User;
    type Reply = Listed<Structure>;
    const SPEC: Spec = Spec { operation: "Get User Structures", path: "/v2.2/user/structures", ..FAMILY };

    fn write(&self, _: &mut Parts) {}

    fn read(_: &Parts) -> Result<Self, MissingParameter> {
        Ok(Self)
    }

    fn decode(data: &RawValue) -> Result<Listed<Structure>, Mismatch> {
        Ok(Structure::read_all(data))
    }
}

/// Get Structure by User (contract.md 2.2): the tree that an application was assigned for the user.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GetStructureByUser {
    /// The application, by its access key.
    pub application: ApplicationId,
    /// The organization.
    pub organization: OrganizationId,
    /// The language of names.
    pub locale: Option<Locale>,
}

impl Endpoint for GetStructureByUser {
    /// To 2.4 the token may be left out; 3.0.0 expects it.
    type Access = User;
    type Reply = Listed<Structure>;
    const SPEC: Spec = Spec {
        operation: "Get Structure by User",
        path: "/v2.2/structure-service/structures/user",
        ..FAMILY
    };

    fn write(&self, parts: &mut Parts) {
        parts.put_query("appId", self.application.as_str());
        parts.put_query("orgId", self.organization.as_str());
        if let Some(locale) = &self.locale {
            parts.put_header("locale", &locale.underscored());
        }
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        let application = parts.query_as("appId", ApplicationId::parse)?;
        let organization = parts.query_as("orgId", OrganizationId::parse)?;
        Ok(Self { application, organization, locale: parts.header("locale").and_then(Locale::parse) })
    }

    fn decode(data: &RawValue) -> Result<Listed<Structure>, Mismatch> {
        Ok(Structure::read_all(data))
    }
}
