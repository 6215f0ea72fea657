//! Users and organizations (contract.md 1.7, 1.9, 1.12, 1.13).

use serde::Deserialize;

use crate::authentication::{TokenPair, WorkingOrganization};
use crate::json::RawValue;
use crate::lenient::{self, Listed, Mismatch};
use crate::person::phone;
use crate::{
    AccountKind, DomainId, Endpoint, Family, Localized, Method, MissingParameter, OrganizationId, Parts,
    Public, Spec, User, UserId,
};

const FAMILY: Spec = Spec::of(Family::UserAndOrganization);

/// An organization that the user belongs to.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(try_from = "WireOrganization")]
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
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct WireOrganization {
    #[serde(deserialize_with = "lenient::string")]
    id: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    name: Option<String>,
}

impl TryFrom<WireOrganization> for Organization {
    type Error = Mismatch;

    fn try_from(wire: WireOrganization) -> Result<Self, Mismatch> {
        let missing = Mismatch { place: "id" };
        Self::new(&wire.id.ok_or(missing.clone())?, wire.name.as_deref()).ok_or(missing)
    }
}

/// The person signed in, as far as replies tell.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(from = "WireViewer")]
pub struct Viewer {
    /// The user's id.
    pub id: Option<UserId>,
    /// The name to show; empty where the service gives none.
    pub name: String,
    /// The e-mail address.
    pub email: Option<String>,
}

/// `{id, name, email}` and `{userId, userName}` alike.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct WireViewer {
    #[serde(deserialize_with = "lenient::option")]
    user_id: Option<UserId>,
    #[serde(deserialize_with = "lenient::option")]
    id: Option<UserId>,
    #[serde(deserialize_with = "lenient::string")]
    user_name: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    name: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    email: Option<String>,
}

impl From<WireViewer> for Viewer {
    fn from(wire: WireViewer) -> Self {
        Self {
            id: wire.user_id.or(wire.id),
            name: wire.user_name.or(wire.name).unwrap_or_default(),
            email: wire.email,
        }
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

    fn decode(data: &RawValue) -> Result<Chosen, Mismatch> {
        let working: WorkingOrganization = lenient::members(data);
        Ok(Chosen {
            tokens: lenient::members(data),
            viewer: lenient::members(data),
            organization: working.organization(),
        })
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

    fn decode(data: &RawValue) -> Result<Listed<Organization>, Mismatch> {
        Ok(lenient::only_list(data, "organizations"))
    }
}

/// Get User Information (contract.md 1.12).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GetUserInformation;

/// The reply of [`GetUserInformation`]. Missing members are `None`; the service often sends `""`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct UserInformation {
    /// The user's id.
    #[serde(deserialize_with = "lenient::option")]
    pub id: Option<UserId>,
    /// The account name.
    #[serde(deserialize_with = "lenient::string")]
    pub name: Option<String>,
    /// The name that the person goes by; shown before [`UserInformation::name`].
    #[serde(rename = "nickName", deserialize_with = "lenient::string")]
    pub nickname: Option<String>,
    /// The e-mail address.
    #[serde(deserialize_with = "lenient::string")]
    pub email: Option<String>,
    /// The telephone number with its area code, where there is one.
    #[serde(deserialize_with = "lenient::string")]
    pub phone: Option<String>,
    /// The area code alone, such as `86`.
    #[serde(rename = "phoneArea", deserialize_with = "lenient::string")]
    pub phone_area: Option<String>,
    /// When the account was made, as the service writes it.
    #[serde(rename = "createdTime", deserialize_with = "lenient::string")]
    pub created: Option<String>,
    /// When the person joined the organization, as the service writes it; absent from every sample.
    #[serde(rename = "joinTime", deserialize_with = "lenient::string")]
    pub joined: Option<String>,
    /// When the account was last changed, as the service writes it; from 3.0.0.
    #[serde(rename = "updatedTime", deserialize_with = "lenient::string")]
    pub updated: Option<String>,
    /// Where the account is kept.
    #[serde(rename = "type", deserialize_with = "AccountKind::read")]
    pub kind: Option<AccountKind>,
    /// The domain of an account from elsewhere.
    #[serde(deserialize_with = "lenient::string")]
    pub domain: Option<String>,
    /// Free text.
    #[serde(deserialize_with = "lenient::string")]
    pub description: Option<String>,
    /// Company, from 3.0.0.
    #[serde(deserialize_with = "lenient::string")]
    pub company: Option<String>,
    /// Department, from 3.0.0.
    #[serde(deserialize_with = "lenient::string")]
    pub department: Option<String>,
    /// Position, from 3.0.0.
    #[serde(deserialize_with = "lenient::string")]
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

    fn decode(data: &RawValue) -> Result<UserInformation, Mismatch> {
        let mut user: UserInformation = lenient::members(data);
        user.phone = phone(user.phone_area.as_ref(), user.phone);
        Ok(user)
    }
}

/// Get User Domain (contract.md 1.13): where the owner of an e-mail address signs in. Asked before signing in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GetUserDomain {
    /// The e-mail address as typed.
    pub email: String,
}

/// The reply of [`GetUserDomain`].
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(from = "WireDomain")]
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

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct WireDomain {
    #[serde(deserialize_with = "lenient::option")]
    id: Option<DomainId>,
    name_json: Localized,
    name: Localized,
    description_json: Localized,
    description: Localized,
    #[serde(deserialize_with = "lenient::string")]
    url: Option<String>,
}

impl From<WireDomain> for UserDomain {
    fn from(wire: WireDomain) -> Self {
        Self {
            id: wire.id,
            name: wire.name_json.pair(wire.name),
            description: wire.description_json.pair(wire.description),
            address: wire.url,
        }
    }
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

    fn decode(data: &RawValue) -> Result<UserDomain, Mismatch> {
        Ok(lenient::members(data))
    }
}
