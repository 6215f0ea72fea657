//! What the portal offers: users, organizations, applications. Read from the JSON files in `catalogue/`, which
//! people edit; see the README there.

mod assets;
mod domains;
mod load;
mod messages;
mod people;
mod read;
mod roles;
mod structures;
#[cfg(test)]
mod tests;

use core::fmt;

use serde_json::{Map, Value};

use crate::token;
pub(crate) use assets::Asset;
pub(crate) use domains::Domain;
pub(crate) use messages::{Choices, MessagesSentinel, Waiting};
pub(crate) use roles::{Role, Roles};
pub(crate) use structures::Structure;

/// A file of the catalogue cannot be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CatalogueError {
    /// The file below `crates/portal-demo/catalogue/`.
    pub file: String,
    /// The place in it, such as `applications[3].name`; empty for the file as a whole.
    pub key: String,
    /// What is wrong there.
    pub problem: String,
}

impl fmt::Display for CatalogueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "catalogue/{}: ", self.file)?;
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.problem)
    }
}

impl core::error::Error for CatalogueError {}

/// An account to print for people who try the portal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// What to type as account.
    pub account: String,
    /// What to type as password.
    pub password: String,
    /// What the account shows, in one line of English.
    pub shows: String,
}

/// All accounts of the built-in catalogue, in its order; none where it cannot be read.
pub fn accounts() -> Vec<Account> {
    let users = Catalogue::built_in().map(|catalogue| catalogue.users).unwrap_or_default();
    users
        .into_iter()
        .map(|user| Account { account: user.account, password: user.password, shows: user.shows })
        .collect()
}

/// Users and their domains, organizations, and the names of categories.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Catalogue {
    pub(crate) users: Vec<User>,
    pub(crate) domains: Vec<Domain>,
    pub(crate) organizations: Vec<Organization>,
    pub(crate) categories: Vec<(i64, Names)>,
    pub(crate) choices: Choices,
    pub(crate) roles: Roles,
}

/// A text by locale (`en_US`); never empty. Shown first where a reply has room for one language only.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Names(pub(crate) Vec<(String, String)>);

impl Names {
    /// The text in a locale, else the first.
    pub(crate) fn get(&self, locale: &str) -> &str {
        let exact = self.0.iter().find(|(key, _)| key == locale);
        exact.or(self.0.first()).map_or("", |(_, text)| text)
    }
}

/// A user. The password is plain text: it is printed on purpose.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct User {
    pub(crate) id: String,
    pub(crate) account: String,
    pub(crate) password: String,
    pub(crate) name: String,
    pub(crate) nick_name: String,
    pub(crate) email: String,
    pub(crate) phone_area: String,
    pub(crate) phone: String,
    pub(crate) company: String,
    pub(crate) department: String,
    pub(crate) position: String,
    pub(crate) admin: bool,
    /// Ids of roles; without any they follow from `admin`.
    pub(crate) roles: Vec<String>,
    /// Ids of organizations, in the order listed.
    pub(crate) organizations: Vec<String>,
    pub(crate) sentinel: UserSentinel,
    pub(crate) shows: String,
}

impl User {
    /// The kind of second factor that signing in with a password asks for.
    pub(crate) fn second_factor(&self) -> Option<&'static str> {
        match self.sentinel {
            UserSentinel::Mfa => Some(EMAIL),
            UserSentinel::MfaOther => Some("TOTP"),
            _ => None,
        }
    }
}

/// The second factor that the service has calls for (contract.md 2.1). The word is ours: none is documented.
pub(crate) const EMAIL: &str = "EMAIL";

/// What goes wrong with an account.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum UserSentinel {
    #[default]
    None,
    /// Log In answers 31429.
    Locked,
    /// Access tokens end early; refreshing works.
    Expired,
    /// Access tokens live some seconds; a refresh token is good once, and a second use ends all of the user.
    Rotating,
    /// Access tokens end early; refreshing answers 31401.
    Refused,
    /// Access tokens end early; refreshing answers HTTP 500 three times, then works.
    Refresh500,
    /// Log In answers HTTP 500.
    LogIn500,
    /// Log In answers with the page of a gateway and HTTP 502.
    Gateway,
    /// Log In answers with the page of a proxy and HTTP 200.
    Html,
    /// Every reply is late.
    Slow,
    /// Every reply is as old versions wrote it.
    Legacy,
    /// Log In asks for a code by e-mail.
    Mfa,
    /// Log In asks for a second factor that the API has no calls for.
    MfaOther,
    /// Log In via Authorization Code gives no token.
    NoToken,
}

/// An organization.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Organization {
    pub(crate) id: String,
    pub(crate) name: String,
    /// The locale of texts where a reply has room for one only.
    pub(crate) locale: String,
    pub(crate) content: Content,
    pub(crate) assets: Vec<Asset>,
    /// So many assets are computed in place of `assets`; nought for none.
    pub(crate) computed_assets: u32,
    /// So many people belong to it besides the users of the catalogue.
    pub(crate) crowd: u32,
    /// The tree that people stand in; none where people are not assigned to structures.
    pub(crate) structures: Vec<Structure>,
    /// Messages that wait from the start.
    pub(crate) messages: Vec<Waiting>,
    pub(crate) sentinel: OrganizationSentinel,
}

/// What goes wrong with an organization.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum OrganizationSentinel {
    #[default]
    None,
    /// Choose Organization answers 31403.
    Forbidden,
    /// Choose Organization answers HTTP 500.
    ServerError,
    /// Can be chosen, but every call that needs an organization answers 31512.
    Unselected,
    /// Get User's Applications answers 31429.
    Busy,
}

/// Where an organization's applications come from.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Content {
    /// From its file.
    Listed(Vec<Application>),
    /// Computed, so many.
    Generated(u32),
    /// Sent as its file has them, however wrong: by application id the `data` of the menu reply.
    Verbatim { applications: Vec<Value>, menus: Map<String, Value> },
}

/// An application of an organization.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Application {
    pub(crate) id: String,
    pub(crate) code: String,
    pub(crate) name: Names,
    pub(crate) display_name: Option<String>,
    pub(crate) description: Option<Names>,
    pub(crate) category: Option<i64>,
    pub(crate) mobile: bool,
    pub(crate) enabled: bool,
    pub(crate) shortcut: bool,
    pub(crate) order: Option<i64>,
    pub(crate) url: Option<String>,
    pub(crate) menus: Vec<Menu>,
    /// Menus are sent as a list that names parents instead of a tree.
    pub(crate) flat: bool,
    pub(crate) sentinel: ApplicationSentinel,
}

/// What goes wrong with an application's menus.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum ApplicationSentinel {
    #[default]
    None,
    /// 31404
    NotAcquired,
    /// 31403
    Forbidden,
    /// HTTP 500
    ServerError,
    /// HTTP 502 with the page of a gateway.
    Gateway,
    /// HTTP 200 without a body.
    EmptyReply,
    /// Late.
    Slow,
}

/// An entry of an application's menu.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Menu {
    pub(crate) code: String,
    pub(crate) name: Names,
    pub(crate) url: Option<String>,
    pub(crate) menus: Vec<Menu>,
}

impl Catalogue {
    /// By account name or e-mail address, as people type them.
    pub(crate) fn user_by_account(&self, typed: &str) -> Option<&User> {
        let typed = typed.trim();
        self.users
            .iter()
            .find(|user| user.account.eq_ignore_ascii_case(typed) || user.email.eq_ignore_ascii_case(typed))
    }

    pub(crate) fn user_by_id(&self, id: &str) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    /// By the whole e-mail address.
    pub(crate) fn user_by_email(&self, typed: &str) -> Option<&User> {
        self.users.iter().find(|user| user.email.eq_ignore_ascii_case(typed.trim()))
    }

    /// By the user's part of an access token.
    pub(crate) fn user_by_mark(&self, mark: u32) -> Option<&User> {
        self.users.iter().find(|user| token::user_mark(&user.id) == mark)
    }

    /// The organizations that a user belongs to.
    pub(crate) fn organizations_of(&self, user: &User) -> impl Iterator<Item = &Organization> {
        user.organizations.iter().filter_map(|id| self.organizations.iter().find(|entry| entry.id == *id))
    }

    /// An organization, if the user belongs to it.
    pub(crate) fn organization_of(&self, user: &User, id: &str) -> Option<&Organization> {
        self.organizations_of(user).find(|organization| organization.id == id)
    }

    /// By the organization's part of an access token, if the user belongs to it.
    pub(crate) fn organization_by_mark(&self, user: &User, mark: u32) -> Option<&Organization> {
        self.organizations_of(user).find(|organization| token::organization_mark(&organization.id) == mark)
    }
}
