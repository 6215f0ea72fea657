//! What an operation of the service is: one small type, used by the client and by the reference service alike.

use core::fmt;
use std::borrow::Cow;

use serde::Serialize;

use crate::json::{self, RawValue};
use crate::{
    Body, Mismatch, application, asset, authentication, message, organization, password, people, role,
    structure, verification,
};

/// One call of one operation (contract.md §1).
pub trait Endpoint: Sized {
    /// Whether the call carries a user's access token. Decides at compile time who can send it.
    type Access: Access;
    /// What a successful call gives.
    type Reply;
    /// The fixed facts of the operation.
    const SPEC: Spec;

    /// Puts the parameters where the contract wants them.
    fn write(&self, parts: &mut Parts);

    /// Reads the parameters back; the service's side of [`Endpoint::write`].
    ///
    /// # Errors
    /// A mandatory parameter is missing or empty; the service answers 31400.
    fn read(parts: &Parts) -> Result<Self, MissingParameter>;

    /// Reads the member `data` of a successful reply; `null` where it is missing.
    ///
    /// # Errors
    /// The reply lacks something that the caller cannot go on without.
    fn decode(data: &RawValue) -> Result<Self::Reply, Mismatch>;
}

/// The fixed facts of an operation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spec {
    /// The name in the documentation.
    pub operation: &'static str,
    /// The group of the documentation that it stands in.
    pub family: Family,
    /// The HTTP method.
    pub method: Method,
    /// The path below the service prefix, such as `/v2.2/login`.
    pub path: &'static str,
    /// Whether a browser may call it, or only a server with an application's key (contract.md 0.3).
    pub audience: Audience,
    /// Whether it may be sent again after a failure: false where a call has effects (contract.md §6, 21).
    pub repeatable: bool,
    /// Whether some versions send the reply without an envelope (contract.md 1.17).
    pub bare_reply: bool,
    /// Whether the codes 409 and 410 of a reply speak of the caller's session (contract.md 0.2): not where a call
    /// carries none, and not where a code is checked that ends by itself.
    pub session_codes: bool,
    /// Whether the token goes into a header `accessToken` besides `Authorization` (contract.md 2.1: pages and samples
    /// disagree which of the two is read).
    pub token_twice: bool,
}

impl Spec {
    /// What most operations of a family share: a read that a browser makes for a user.
    pub(crate) const fn of(family: Family) -> Self {
        Self {
            operation: "",
            family,
            method: Method::Get,
            path: "",
            audience: Audience::Browser,
            repeatable: true,
            bare_reply: false,
            session_codes: true,
            token_twice: false,
        }
    }
}

/// The four families of the API overview.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Family {
    /// Signing in and tokens.
    Authentication,
    /// Users and organizations.
    UserAndOrganization,
    /// Assets.
    Asset,
    /// Applications and messages.
    Application,
}

/// The HTTP methods that the service uses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// GET
    Get,
    /// POST
    Post,
}

impl Method {
    /// The method's name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// Who an operation is meant for (contract.md §1, last column of the table).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Audience {
    /// A browser with a user's token, or none.
    Browser,
    /// The same, where the user is an administrator of the working organization (31403 for all others).
    Administrator,
    /// A server that signs with an application's key.
    Server,
}

/// Marks whether a call carries the user's access token.
pub trait Access: sealed::Sealed {
    /// Whether it does.
    const NEEDS_TOKEN: bool;
}

/// No user token: sign-in, refresh.
#[derive(Debug)]
pub enum Public {}

/// The user's access token goes along.
#[derive(Debug)]
pub enum User {}

impl Access for Public {
    const NEEDS_TOKEN: bool = false;
}
impl Access for User {
    const NEEDS_TOKEN: bool = true;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Public {}
    impl Sealed for super::User {}
}

/// The parameters of a call by place. `Debug` shows their names only: values can be passwords and tokens.
#[derive(Clone, PartialEq, Default)]
pub struct Parts {
    /// Query pairs, decoded.
    pub query: Vec<(String, String)>,
    /// Headers besides `Authorization` and the content type.
    pub headers: Vec<(String, String)>,
    /// The JSON body; `None` for a call without body.
    pub body: Option<Body>,
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names =
            |pairs: &[(String, String)]| pairs.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        f.debug_struct("Parts")
            .field("query", &names(&self.query))
            .field("headers", &names(&self.headers))
            .field("body", &self.body)
            .finish()
    }
}

impl Parts {
    /// Adds a query pair.
    pub fn put_query(&mut self, key: &str, value: &str) {
        self.query.push((key.to_owned(), value.to_owned()));
    }

    /// Adds a header.
    pub fn put_header(&mut self, name: &str, value: &str) {
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    /// Sets a text of the body.
    pub fn put_body(&mut self, key: &str, text: &str) {
        self.put_body_value(key, text);
    }

    /// Sets any value of the body.
    pub fn put_body_value(&mut self, key: &str, value: &(impl Serialize + ?Sized)) {
        self.body.get_or_insert_default().put(key, value);
    }

    /// A mandatory text of the query.
    ///
    /// # Errors
    /// It is missing or empty.
    pub fn query_text(&self, key: &'static str) -> Result<&str, MissingParameter> {
        let found = self.query.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
        found.filter(|value| !value.is_empty()).ok_or(MissingParameter { name: key })
    }

    /// A parameter of the query as what it is; one that is not counts as missing.
    pub(crate) fn query_as<T>(
        &self,
        key: &'static str,
        parse: fn(&str) -> Option<T>,
    ) -> Result<T, MissingParameter> {
        parse(self.query_text(key)?).ok_or(MissingParameter { name: key })
    }

    /// The same of the body.
    pub(crate) fn body_as<T>(
        &self,
        key: &'static str,
        parse: fn(&str) -> Option<T>,
    ) -> Result<T, MissingParameter> {
        parse(&self.body_text(key)?).ok_or(MissingParameter { name: key })
    }

    /// An optional text of the query; an empty one counts as missing.
    pub fn optional_query_text(&self, key: &'static str) -> Option<&str> {
        self.query_text(key).ok()
    }

    /// A header, by its name in any case; an empty one counts as missing.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// A mandatory text of the body.
    ///
    /// # Errors
    /// It is missing, empty or no text.
    pub fn body_text(&self, key: &'static str) -> Result<Cow<'_, str>, MissingParameter> {
        let found = self.body_value(key).and_then(json::string);
        found.filter(|value| !value.is_empty()).ok_or(MissingParameter { name: key })
    }

    /// A value of the body; `null` counts as missing.
    pub fn body_value(&self, key: &str) -> Option<&RawValue> {
        self.body.as_ref().and_then(|body| body.get(key)).filter(|value| value.get() != "null")
    }

    /// The texts of a list of the body, or of one text with commas between them: tables type such lists as String,
    /// samples send lists (contract.md 1.15). What is no text, or an empty one, is left out.
    pub fn body_texts(&self, key: &str) -> Vec<String> {
        let Some(value) = self.body_value(key) else { return Vec::new() };
        let texts: Vec<String> = match json::entries(value) {
            Some(entries) => entries.into_iter().filter_map(json::string).map(Cow::into_owned).collect(),
            None => {
                let text = json::string(value).unwrap_or_default();
                text.split(',').map(|text| text.trim().to_owned()).collect()
            }
        };
        texts.into_iter().filter(|text| !text.is_empty()).collect()
    }
}

/// A mandatory parameter is missing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MissingParameter {
    /// Its name.
    pub name: &'static str,
}

/// Every operation that this crate knows. A test proves that the reference service answers each.
pub const ENDPOINTS: &[Spec] = &[
    authentication::LogIn::SPEC,
    authentication::LogInViaCode::SPEC,
    authentication::GetTokenInformation::SPEC,
    authentication::LogOut::SPEC,
    authentication::RefreshAccessToken::SPEC,
    authentication::RevokeRefreshToken::SPEC,
    password::ConfirmPassword::SPEC,
    verification::SendVerificationCode::SPEC,
    verification::VerifyCode::SPEC,
    organization::ChooseOrganization::SPEC,
    organization::GetOrganizationList::SPEC,
    organization::GetUserInformation::SPEC,
    organization::GetUserDomain::SPEC,
    people::GetManageableUserList::SPEC,
    people::GetOrganizationUserList::SPEC,
    people::GetAppUserList::SPEC,
    structure::GetUserStructures::SPEC,
    structure::GetStructureByUser::SPEC,
    role::GetOrganizationLanguageList::SPEC,
    role::GetOrganizationRoles::SPEC,
    role::GetUserRoles::SPEC,
    role::GetUserPermissions::SPEC,
    application::GetUserApplications::SPEC,
    application::GetAppMenuAndPermission::SPEC,
    asset::GetAssetsByApplication::SPEC,
    asset::GetAssetsByOrganization::SPEC,
    asset::GetAssetStructure::SPEC,
    asset::CheckAssetPermission::SPEC,
    asset::GetUsersWithAssetAccess::SPEC,
    asset::AuthorizeAsset::SPEC,
    asset::SyncAsset::SPEC,
    message::CreateMessage::SPEC,
    message::UpdateMessage::SPEC,
    message::GetUnresolvedMessages::SPEC,
    message::GetMessageColors::SPEC,
    message::GetMessageRingtones::SPEC,
];
