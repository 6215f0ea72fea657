//! Users and organizations (contract.md 1.7, 1.9, 1.12, 1.13).

use crate::authentication::{TokenPair, read_tokens, read_working_organization};
use crate::json::Json;
use crate::lenient::{self, Listed, Mismatch, first_text, text};
use crate::{
    AccountKind, DomainId, Endpoint, Family, Localized, Method, MissingParameter, OrganizationId, Parts,
    Public, Spec, User, UserId,
};

const FAMILY: Spec = Spec::of(Family::UserAndOrganization);

/// An organization that the user belongs to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Organization {
    /// Unique; names are not.
    pub id: OrganizationId,
    /// The name; the id where the service gives none.
    pub name: String,
}

impl Organization {
    /// An organization from texts; `None` for an empty id.
    pub fn new(id: &str, name: Option<&str>) -> Option<Self> {
        let name = name.map(str::trim).filter(|name| !name.is_empty()).unwrap_or(id).to_owned();
        Some(Self { id: OrganizationId::parse(id)?, name })
    }

    pub(crate) fn read(entry: &Json<'_>) -> Option<Self> {
        Self::new(text(entry, "id")?, text(entry, "name"))
    }
}

/// The person signed in, as far as replies tell.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Viewer {
    /// The user's id.
    pub id: Option<UserId>,
    /// The name to show; empty where the service gives none.
    pub name: String,
    /// The e-mail address.
    pub email: Option<String>,
}

/// Reads `{id, name, email}` and `{userId, userName}` alike.
pub(crate) fn read_viewer(value: &Json<'_>) -> Viewer {
    Viewer {
        id: first_text(value, &["userId", "id"]).and_then(UserId::parse),
        name: first_text(value, &["userName", "name"]).unwrap_or_default().to_owned(),
        email: text(value, "email").map(str::to_owned),
    }
}

/// Choose Organization (contract.md 1.7); also switches to another one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChooseOrganization {
    /// The organization to work in.
    pub organization: OrganizationId,
}

/// The reply of [`ChooseOrganization`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chosen {
    /// Tokens that replace those at hand.
    pub tokens: TokenPair,
    /// The user, where the reply names one.
    pub viewer: Viewer,
    /// The organization chosen, where the reply names it.
    pub organization: Option<Organization>,
}

impl Endpoint for ChooseOrganization {
    type Access = User;
    type Reply = Chosen;
    const SPEC: Spec =
        Spec { operation: "Choose Organization", method: Method::Post, path: "/v2.2/session/set", ..FAMILY };

    fn write(&self, parts: &mut Parts) {
        parts.put_body("orgId", self.organization.as_str());
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        let organization = parts.body_as("orgId", OrganizationId::parse)?;
        Ok(Self { organization })
    }

    fn decode(data: &Json<'_>) -> Result<Chosen, Mismatch> {
        let organization = read_working_organization(data);
        Ok(Chosen { tokens: read_tokens(data), viewer: read_viewer(data), organization })
    }
}

/// Get Organization List (contract.md 1.9).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GetOrganizationList;

impl Endpoint for GetOrganizationList {
    type Access = User;
    type Reply = Listed<Organization>;
    const SPEC: Spec =
        Spec { operation: "Get Organization List", path: "/v2.2/user/organization/list", ..FAMILY };

    fn write(&self, _: &mut Parts) {}

    fn read(_: &Parts) -> Result<Self, MissingParameter> {
        Ok(Self)
    }

    fn decode(data: &Json<'_>) -> Result<Listed<Organization>, Mismatch> {
        Ok(lenient::only_list(data, "organizations", Organization::read))
    }
}

/// Get User Information (contract.md 1.12).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GetUserInformation;

/// The reply of [`GetUserInformation`]. Missing members are `None`; the service often sends `""`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct UserInformation {
    /// The user's id.
    pub id: Option<UserId>,
    /// The account name.
    pub name: Option<String>,
    /// The name that the person goes by; shown before [`UserInformation::name`].
    pub nickname: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The telephone number with its area code, where there is one.
    pub phone: Option<String>,
    /// The area code alone, such as `86`.
    pub phone_area: Option<String>,
    /// When the account was made, as the service writes it.
    pub created: Option<String>,
    /// When the person joined the organization, as the service writes it; absent from every sample.
    pub joined: Option<String>,
    /// When the account was last changed, as the service writes it; from 3.0.0.
    pub updated: Option<String>,
    /// Where the account is kept.
    pub kind: Option<AccountKind>,
    /// The domain of an account from elsewhere.
    pub domain: Option<String>,
    /// Free text.
    pub description: Option<String>,
    /// Company, from 3.0.0.
    pub company: Option<String>,
    /// Department, from 3.0.0.
    pub department: Option<String>,
    /// Position, from 3.0.0.
    pub position: Option<String>,
}

impl UserInformation {
    /// The name to show; the account name where there is no other (contract.md 1.12).
    pub fn shown_name(&self) -> Option<&str> {
        self.nickname.as_deref().or(self.name.as_deref())
    }
}

impl Endpoint for GetUserInformation {
    type Access = User;
    type Reply = UserInformation;
    const SPEC: Spec = Spec { operation: "Get User Information", path: "/v2.2/user/info", ..FAMILY };

    fn write(&self, _: &mut Parts) {}

    fn read(_: &Parts) -> Result<Self, MissingParameter> {
        Ok(Self)
    }

    fn decode(data: &Json<'_>) -> Result<UserInformation, Mismatch> {
        let own = |key| text(data, key).map(str::to_owned);
        let phone = match (own("phoneArea"), own("phone")) {
            (Some(area), Some(phone)) => Some(area + " " + &phone),
            (_, phone) => phone,
        };
        Ok(UserInformation {
            id: text(data, "id").and_then(UserId::parse),
            name: own("name"),
            nickname: own("nickName"),
            email: own("email"),
            phone,
            phone_area: own("phoneArea"),
            created: own("createdTime"),
            joined: own("joinTime"),
            updated: own("updatedTime"),
            kind: AccountKind::read(data),
            domain: own("domain"),
            description: own("description"),
            company: own("company"),
            department: own("department"),
            position: own("position"),
        })
    }
}

/// Get User Domain (contract.md 1.13): where the owner of an e-mail address signs in. Asked before signing in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GetUserDomain {
    /// The e-mail address as typed.
    pub email: String,
}

/// The reply of [`GetUserDomain`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct UserDomain {
    /// The domain's id.
    pub id: Option<DomainId>,
    /// The name to show; can be empty.
    pub name: Localized,
    /// What the domain says of itself; can be empty.
    pub description: Localized,
    /// Where the domain's own sign-in starts, as the service wrote it; `None` where it has none. Nothing to open
    /// before the launch policy has looked at it.
    pub address: Option<String>,
}

impl Endpoint for GetUserDomain {
    type Access = Public;
    type Reply = UserDomain;
    const SPEC: Spec =
        Spec { operation: "Get User Domain", path: "/v2.2/user/domain", session_codes: false, ..FAMILY };

    fn write(&self, parts: &mut Parts) {
        parts.put_query("email", &self.email);
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        Ok(Self { email: parts.query_text("email")?.to_owned() })
    }

    fn decode(data: &Json<'_>) -> Result<UserDomain, Mismatch> {
        Ok(UserDomain {
            id: text(data, "id").and_then(DomainId::parse),
            name: Localized::read_pair(data, "nameJson", "name"),
            description: Localized::read_pair(data, "descriptionJson", "description"),
            address: text(data, "url").map(str::to_owned),
        })
    }
}
