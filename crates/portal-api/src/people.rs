//! Lists of users (contract.md 1.8, 1.10, 1.11).

use crate::json::RawValue;
use crate::lenient::{self, Mismatch};
use crate::{
    Audience, Endpoint, Family, Method, MissingParameter, OrganizationId, Page, Paged, Parts, Person, Public,
    Spec, User,
};

const FAMILY: Spec =
    Spec { method: Method::Post, audience: Audience::Administrator, ..Spec::of(Family::UserAndOrganization) };

/// Get Manageable User List (contract.md 1.8): the users of the working organization, for its administrators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GetManageableUserList {
    /// Which of them.
    pub page: Page,
}

impl Endpoint for GetManageableUserList {
    type Access = User;
    type Reply = Paged<Person>;
    const SPEC: Spec =
        Spec { operation: "Get Manageable User List", path: "/v2.2/organization/user/list", ..FAMILY };

    fn write(&self, parts: &mut Parts) {
        self.page.write(parts);
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        Page::read(parts).map(|page| Self { page })
    }

    fn decode(data: &RawValue) -> Result<Paged<Person>, Mismatch> {
        Ok(read_users(data))
    }
}

/// Get Organization User List (contract.md 1.10): for an application that may see the users of an organization.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GetOrganizationUserList {
    /// The organization.
    pub organization: OrganizationId,
    /// Which of them.
    pub page: Page,
}

impl Endpoint for GetOrganizationUserList {
    type Access = Public;
    type Reply = Paged<Person>;
    const SPEC: Spec = Spec {
        operation: "Get Organization User List",
        path: "/v2.2/user/organization/roster",
        audience: Audience::Server,
        session_codes: false,
        ..FAMILY
    };

    fn write(&self, parts: &mut Parts) {
        parts.put_body("orgId", self.organization.as_str());
        self.page.write(parts);
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        let organization = parts.body_as("orgId", OrganizationId::parse)?;
        Ok(Self { organization, page: Page::read(parts)? })
    }

    fn decode(data: &RawValue) -> Result<Paged<Person>, Mismatch> {
        Ok(read_users(data))
    }
}

/// Get App User List (contract.md 1.11): who may use an application, for administrators. Which application is known by
/// the key that signs the call, so that a page cannot ask.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GetAppUserList {
    /// Which of them.
    pub page: Page,
}

impl Endpoint for GetAppUserList {
    type Access = User;
    type Reply = Paged<Person>;
    const SPEC: Spec = Spec {
        operation: "Get App User List",
        path: "/v2.2/user/list",
        audience: Audience::Server,
        ..FAMILY
    };

    fn write(&self, parts: &mut Parts) {
        self.page.write(parts);
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        Page::read(parts).map(|page| Self { page })
    }

    fn decode(data: &RawValue) -> Result<Paged<Person>, Mismatch> {
        Ok(read_users(data))
    }
}

fn read_users(data: &RawValue) -> Paged<Person> {
    Paged::new(lenient::only_list(data, "users"), data)
}
