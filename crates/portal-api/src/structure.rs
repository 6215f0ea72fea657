//! Structures: the tree of an organization's own that people and assets stand in (contract.md 1.14, 2.2).

use crate::json::Json;
use crate::lenient::{self, Listed, Mismatch, first_text, number, text};
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

impl Structure {
    /// Reads a node and what is nested in it. The JSON parser bounds the depth at 128.
    fn read(entry: &Json<'_>, dropped: &mut usize) -> Option<Self> {
        let id = StructureId::parse(text(entry, "id")?)?;
        let children = lenient::list(entry, "children", |child| Self::read(child, dropped));
        *dropped += children.dropped;
        Some(Self {
            id,
            name: Localized::read_pair(entry, "nameJson", "name"),
            description: Localized::read_pair(entry, "descriptionJson", "description"),
            parent: text(entry, "parentId").and_then(StructureId::parse),
            organization: first_text(entry, &["orgId", "organizationId"]).and_then(OrganizationId::parse),
            order: entry.get("displayOrder").and_then(number),
            tags: Tag::read_all(entry.get("tags")),
            children: children.entries,
        })
    }

    /// The member `structures`, or the value itself: one root, or several. Dropped nodes are counted at every depth.
    pub(crate) fn read_all(data: &Json<'_>) -> Listed<Self> {
        let mut nested_dropped = 0;
        let roots = data.get("structures").unwrap_or(data);
        let mut roots = lenient::entries(roots, |entry| Self::read(entry, &mut nested_dropped));
        roots.dropped += nested_dropped;
        roots
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

    fn decode(data: &Json<'_>) -> Result<Listed<Structure>, Mismatch> {
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

    fn decode(data: &Json<'_>) -> Result<Listed<Structure>, Mismatch> {
        Ok(Structure::read_all(data))
    }
}
