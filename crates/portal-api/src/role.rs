//! Roles, permissions and languages of an organization (contract.md 2.2).

use serde::Deserialize;

use crate::json::RawValue;
use crate::lenient::{self, Listed, Mismatch};
use crate::{
    Endpoint, Family, Locale, Localized, MissingParameter, OrganizationId, Parts, Permission, Public, RoleId,
    Spec, UserId,
};

/// Documented without a token; nothing says that only a server may call.
const FAMILY: Spec = Spec { session_codes: false, ..Spec::of(Family::UserAndOrganization) };

/// A role: what people of it may do is decided by the service.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(try_from = "Wire")]
pub struct Role {
    /// The id.
    pub id: RoleId,
    /// The name, in the language asked for.
    pub name: Localized,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Wire {
    #[serde(deserialize_with = "lenient::option")]
    id: Option<RoleId>,
    name_json: Localized,
    name: Localized,
}

impl TryFrom<Wire> for Role {
    type Error = Mismatch;

    fn try_from(wire: Wire) -> Result<Self, Mismatch> {
        let id = wire.id.ok_or(Mismatch { place: "id" })?;
        Ok(Self { id, name: wire.name_json.pair(wire.name) })
    }
}

/// Get Organization Language List (contract.md 2.2): the languages that an organization wants its portal in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GetOrganizationLanguageList {
    /// The organization.
    pub organization: OrganizationId,
}

impl Endpoint for GetOrganizationLanguageList {
    type Access = Public;
    type Reply = Listed<Locale>;
    const SPEC: Spec = Spec {
        operation: "Get Organization Language List",
        path: "/v2.2/organization/language/get",
        ..FAMILY
    };

    fn write(&self, parts: &mut Parts) {
        parts.put_query("orgId", self.organization.as_str());
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        read_organization(parts).map(|organization| Self { organization })
    }

    fn decode(data: &RawValue) -> Result<Listed<Locale>, Mismatch> {
        Ok(lenient::only_list(data, "languages"))
    }
}

/// Get Organization Roles (contract.md 2.2).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GetOrganizationRoles {
    /// The organization.
    pub organization: OrganizationId,
    /// The language of names.
    pub locale: Option<Locale>,
}

impl Endpoint for GetOrganizationRoles {
    type Access = Public;
    type Reply = Listed<Role>;
    const SPEC: Spec =
        Spec { operation: "Get Organization Roles", path: "/v2.2/organization/role/list", ..FAMILY };

    fn write(&self, parts: &mut Parts) {
        // The table has it in a header; the sample and the vendor's code in the query.
        parts.put_query("orgId", self.organization.as_str());
        if let Some(locale) = &self.locale {
            parts.put_header(LOCALE, &locale.underscored());
        }
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        Ok(Self { organization: read_organization(parts)?, locale: read_locale(parts) })
    }

    fn decode(data: &RawValue) -> Result<Listed<Role>, Mismatch> {
        Ok(lenient::only_list(data, "roles"))
    }
}

/// Get User Roles (contract.md 2.2).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GetUserRoles {
    /// The user.
    pub user: UserId,
    /// In which organization.
    pub organization: OrganizationId,
    /// The language of names.
    pub locale: Option<Locale>,
}

impl Endpoint for GetUserRoles {
    type Access = Public;
    type Reply = Listed<Role>;
    const SPEC: Spec = Spec { operation: "Get User Roles", path: "/v2.2/user/role/assignedList", ..FAMILY };

    fn write(&self, parts: &mut Parts) {
        write_user(parts, &self.organization, &self.user, self.locale.as_ref());
        // A header in 2.2, the query from 2.4.
        if let Some(locale) = &self.locale {
            parts.put_header(LOCALE, &locale.underscored());
        }
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        let (organization, user) = read_user(parts)?;
        Ok(Self { user, organization, locale: read_locale(parts) })
    }

    fn decode(data: &RawValue) -> Result<Listed<Role>, Mismatch> {
        Ok(lenient::only_list(data, "roles"))
    }
}

/// Get User Permissions (contract.md 2.2). Only the call is documented, by a sample; neither its reply nor its codes. The
/// reply is read like the permissions of Get App Menu and Permission, which is a guess: an empty list may be a reply of
/// another shape.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GetUserPermissions {
    /// The user.
    pub user: UserId,
    /// In which organization.
    pub organization: OrganizationId,
    /// The language of names.
    pub locale: Option<Locale>,
}

impl Endpoint for GetUserPermissions {
    type Access = Public;
    type Reply = Listed<Permission>;
    const SPEC: Spec = Spec { operation: "Get User Permissions", path: "/v2.2/user/permissions", ..FAMILY };

    fn write(&self, parts: &mut Parts) {
        write_user(parts, &self.organization, &self.user, self.locale.as_ref());
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        let (organization, user) = read_user(parts)?;
        Ok(Self { user, organization, locale: read_locale(parts) })
    }

    fn decode(data: &RawValue) -> Result<Listed<Permission>, Mismatch> {
        Ok(lenient::only_list(data, "permissions"))
    }
}

const LOCALE: &str = "locale";

fn write_user(parts: &mut Parts, organization: &OrganizationId, user: &UserId, locale: Option<&Locale>) {
    parts.put_query("orgId", organization.as_str());
    parts.put_query("userId", user.as_str());
    if let Some(locale) = locale {
        parts.put_query(LOCALE, &locale.underscored());
    }
}

fn read_organization(parts: &Parts) -> Result<OrganizationId, MissingParameter> {
    parts.query_as("orgId", OrganizationId::parse)
}

fn read_user(parts: &Parts) -> Result<(OrganizationId, UserId), MissingParameter> {
    let user = parts.query_as("userId", UserId::parse)?;
    Ok((read_organization(parts)?, user))
}

fn read_locale(parts: &Parts) -> Option<Locale> {
    parts.optional_query_text(LOCALE).or_else(|| parts.header(LOCALE)).and_then(Locale::parse)
}
