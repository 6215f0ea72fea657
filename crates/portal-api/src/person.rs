//! People as lists of users name them (contract.md 1.8, 1.10, 1.11, 1.21).

use crate::UserId;
use crate::json::Json;
use crate::lenient::{first_text, flag, integer, text};

/// A user in a list. Missing members are `None`; the service often sends `""`.
#[derive(Clone, PartialEq, Eq, Debug)]
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
    /// The member `type`; `None` where it is missing or another number.
    pub(crate) fn read(entry: &Json<'_>) -> Option<Self> {
        match entry.get("type").and_then(integer) {
            Some(0) => Some(Self::Portal),
            Some(1) => Some(Self::Domain),
            _ => None,
        }
    }
}

impl Person {
    pub(crate) fn read(entry: &Json<'_>) -> Option<Self> {
        let own = |key| text(entry, key).map(str::to_owned);
        let phone = match (own("phoneArea"), own("phone")) {
            (Some(area), Some(phone)) => Some(area + " " + &phone),
            (_, phone) => phone,
        };
        Some(Self {
            id: UserId::parse(first_text(entry, &["userId", "id"])?)?,
            name: own("name"),
            nickname: own("nickName"),
            email: own("email"),
            phone,
            domain: own("domain"),
            description: own("description"),
            kind: AccountKind::read(entry),
            member: entry.get("exists").and_then(flag),
            created: own("createdTime"),
            joined: own("joinTime"),
            updated: own("updatedTime"),
        })
    }
}
