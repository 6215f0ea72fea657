//! People as lists of users name them (contract.md 1.8, 1.10, 1.11, 1.21).

use serde::{Deserialize, Deserializer};

use crate::UserId;
use crate::lenient::{self, Mismatch};

/// A user in a list. Missing members are `None`; the service often sends `""`.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(try_from = "Wire")]
pub struct Person {
    /// The user's id.
    pub id: UserId,
    /// The account name.
    pub name: Option<String>,
    /// The name that the person goes by; shown before [`Person::name`].
    pub nickname: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The telephone number with its area code, where there is one.
    pub phone: Option<String>,
    /// The domain of an account from elsewhere.
    pub domain: Option<String>,
    /// Free text.
    pub description: Option<String>,
    /// Where the account is kept.
    pub kind: Option<AccountKind>,
    /// Whether the person is in the working organization, on the wire `exists`; `None` where the reply does not say, as
    /// none of 3.0.0 does.
    pub member: Option<bool>,
    /// When the account was made, as the service writes it.
    pub created: Option<String>,
    /// When the person joined the organization, as the service writes it.
    pub joined: Option<String>,
    /// When the account was last changed, as the service writes it.
    pub updated: Option<String>,
}

/// Where an account is kept (contract.md 1.8, `type`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AccountKind {
    /// 0: at the portal.
    Portal,
    /// 1: in a domain of another house.
    Domain,
}

impl AccountKind {
    /// The member `type`; `None` for another number.
    pub(crate) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Ok(match lenient::int(deserializer)? {
            Some(0) => Some(Self::Portal),
            Some(1) => Some(Self::Domain),
            _ => None,
        })
    }
}

/// A telephone number as one text.
pub(crate) fn phone(area: Option<&String>, phone: Option<String>) -> Option<String> {
    match (area, phone) {
        (Some(area), Some(phone)) => Some(format!("{area} {phone}")),
        (_, phone) => phone,
    }
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Wire {
    #[serde(deserialize_with = "lenient::option")]
    user_id: Option<UserId>,
    #[serde(deserialize_with = "lenient::option")]
    id: Option<UserId>,
    #[serde(deserialize_with = "lenient::string")]
    name: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    nick_name: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    email: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    phone: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    phone_area: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    domain: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    description: Option<String>,
    #[serde(rename = "type", deserialize_with = "AccountKind::read")]
    kind: Option<AccountKind>,
    #[serde(deserialize_with = "lenient::bool")]
    exists: Option<bool>,
    #[serde(deserialize_with = "lenient::string")]
    created_time: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    join_time: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    updated_time: Option<String>,
}

impl TryFrom<Wire> for Person {
    type Error = Mismatch;

    fn try_from(wire: Wire) -> Result<Self, Mismatch> {
        Ok(Self {
            id: wire.user_id.or(wire.id).ok_or(Mismatch { place: "id" })?,
            name: wire.name,
            nickname: wire.nick_name,
            email: wire.email,
            phone: phone(wire.phone_area.as_ref(), wire.phone),
            domain: wire.domain,
            description: wire.description,
            kind: wire.kind,
            member: wire.exists,
            created: wire.created_time,
            joined: wire.join_time,
            updated: wire.updated_time,
        })
    }
}
