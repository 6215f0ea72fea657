//! Signing in, staying in and leaving (contract.md 1.1 to 1.6).

use std::borrow::Cow;

use serde::{Deserialize, Deserializer};

use crate::json::RawValue;
use crate::lenient::{self, Listed, Mismatch};
use crate::organization::{Organization, Viewer};
use crate::{
    AccessToken, AuthorizationCode, Endpoint, Family, Method, MissingParameter, Parts, Password, Public,
    RefreshToken, Spec, User, time,
};

const FAMILY: Spec = Spec::of(Family::Authentication);

/// Tokens of a reply. A token that the reply leaves out stays what it was (contract.md §6, 5).
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TokenPair {
    /// The access token to use from now on.
    #[serde(rename = "accessToken", deserialize_with = "lenient::option")]
    pub access: Option<AccessToken>,
    /// The refresh token to use from now on.
    #[serde(rename = "refreshToken", deserialize_with = "lenient::option")]
    pub refresh: Option<RefreshToken>,
    /// When the refresh token ends, in milliseconds since 1970 by the service's clock.
    #[serde(rename = "refreshTokenExpire", deserialize_with = "end")]
    pub refresh_expires: Option<i64>,
}

/// 0 and -1 are no time but the lack of one.
fn end<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    Ok(time::instant(deserializer)?.filter(|at| *at > 0))
}

/// The working organization, which replies name in two ways (contract.md 1.5).
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct WorkingOrganization {
    #[serde(deserialize_with = "lenient::string")]
    current_org_id: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    current_org_name: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    working_organization_id: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    working_organization_name: Option<String>,
}

impl WorkingOrganization {
    /// The organization; `None` where none is named.
    pub(crate) fn organization(self) -> Option<Organization> {
        let id = self.current_org_id.or(self.working_organization_id)?;
        let name = self.current_org_name.or(self.working_organization_name);
        Organization::new(&id, name.as_deref())
    }
}

/// Log In (contract.md 1.1).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogIn {
    /// User name or e-mail address.
    pub account: String,
    /// The password, in plain text over TLS.
    pub password: Password,
}

/// The reply of [`LogIn`] and [`LogInViaCode`].
#[derive(Clone, PartialEq, Debug)]
pub struct LoggedIn {
    /// Good for choosing an organization only (contract.md 0.4).
    pub token: AccessToken,
    /// Who signed in.
    pub viewer: Viewer,
    /// The organizations to choose from.
    pub organizations: Listed<Organization>,
    /// The kind of second factor wanted; `None` for none.
    pub second_factor: Option<String>,
}

impl Endpoint for LogIn {
    type Access = Public;
    type Reply = LoggedIn;
    const SPEC: Spec = Spec {
        operation: "Log In",
        method: Method::Post,
        path: "/v2.2/login",
        repeatable: false,
        session_codes: false,
        ..FAMILY
    };

    fn write(&self, parts: &mut Parts) {
        parts.put_body("account", self.account.as_str());
        parts.put_body("password", self.password.reveal());
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        let account = parts.body_text("account")?.into_owned();
        Ok(Self { account, password: Password::new(&parts.body_text("password")?) })
    }

    fn decode(data: &RawValue) -> Result<LoggedIn, Mismatch> {
        read_logged_in(data)
    }
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct WireLoggedIn {
    #[serde(deserialize_with = "lenient::option")]
    access_token: Option<AccessToken>,
    #[serde(deserialize_with = "lenient::object")]
    user: Viewer,
    organizations: Listed<Organization>,
    #[serde(deserialize_with = "lenient::string")]
    mfa_type: Option<String>,
}

fn read_logged_in(data: &RawValue) -> Result<LoggedIn, Mismatch> {
    let wire: WireLoggedIn = lenient::members(data);
    let kind = wire.mfa_type.map(|kind| kind.trim().to_owned());
    Ok(LoggedIn {
        token: wire.access_token.ok_or(Mismatch { place: "data.accessToken" })?,
        viewer: wire.user,
        organizations: wire.organizations,
        second_factor: kind.filter(|kind| !kind.eq_ignore_ascii_case("none")),
    })
}

/// Log In via Authorization Code (contract.md 1.2): the last step of a single sign-on. The code is good once, so the
/// call is never repeated. Some versions leave the token out of the reply; without it nothing can go on, so that
/// such a reply is malformed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogInViaCode {
    /// What the provider of the single sign-on gave.
    pub code: AuthorizationCode,
    /// What the call comes from, from 2.4.4: `Web`, `WeCom`, `EnOS-Mobile`, or by agreement with the administrator.
    pub channel: Option<String>,
}

impl Endpoint for LogInViaCode {
    type Access = Public;
    type Reply = LoggedIn;
    const SPEC: Spec = Spec {
        operation: "Log In via Authorization Code",
        method: Method::Post,
        path: "/v2.2/loginViaCode",
        repeatable: false,
        session_codes: false,
        ..FAMILY
    };

    fn write(&self, parts: &mut Parts) {
        if let Some(channel) = &self.channel {
            parts.put_query("channel", channel);
        }
        parts.put_body("code", self.code.reveal());
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        let code = parts.body_as("code", AuthorizationCode::parse)?;
        let channel = parts.optional_query_text("channel").map(str::to_owned);
        Ok(Self { code, channel })
    }

    fn decode(data: &RawValue) -> Result<LoggedIn, Mismatch> {
        read_logged_in(data)
    }
}

/// Get Token Information (contract.md 1.3): whose token it is, and the organization chosen with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GetTokenInformation;

/// The reply of [`GetTokenInformation`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TokenInformation {
    /// Whose token it is.
    pub viewer: Viewer,
    /// The organization chosen.
    pub organization: Option<Organization>,
}

impl Endpoint for GetTokenInformation {
    type Access = User;
    type Reply = TokenInformation;
    const SPEC: Spec = Spec { operation: "Get Token Information", path: "/v2.2/session/info", ..FAMILY };

    fn write(&self, _: &mut Parts) {}

    fn read(_: &Parts) -> Result<Self, MissingParameter> {
        Ok(Self)
    }

    fn decode(data: &RawValue) -> Result<TokenInformation, Mismatch> {
        let working: WorkingOrganization = lenient::members(data);
        Ok(TokenInformation { viewer: lenient::members(data), organization: working.organization() })
    }
}

/// Log Out (contract.md 1.4). A GET with an effect: never prefetched, never repeated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LogOut;

impl Endpoint for LogOut {
    type Access = User;
    type Reply = ();
    const SPEC: Spec = Spec { operation: "Log Out", path: "/v2.2/logout", repeatable: false, ..FAMILY };

    fn write(&self, _: &mut Parts) {}

    fn read(_: &Parts) -> Result<Self, MissingParameter> {
        Ok(Self)
    }

    fn decode(_: &RawValue) -> Result<(), Mismatch> {
        Ok(())
    }
}

/// Refresh Access Token (contract.md 1.5). A GET that rotates tokens: one in flight at a time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RefreshAccessToken {
    /// The token to spend.
    pub refresh_token: RefreshToken,
}

/// The reply of [`RefreshAccessToken`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refreshed {
    /// The new tokens.
    pub tokens: TokenPair,
    /// Whose they are.
    pub viewer: Viewer,
    /// The organization that they are bound to.
    pub organization: Option<Organization>,
}

impl Endpoint for RefreshAccessToken {
    type Access = Public;
    type Reply = Refreshed;
    const SPEC: Spec = Spec {
        operation: "Refresh Access Token",
        path: "/v2.2/token/refresh",
        repeatable: false,
        session_codes: false,
        ..FAMILY
    };

    fn write(&self, parts: &mut Parts) {
        parts.put_query("refreshToken", self.refresh_token.reveal());
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        read_refresh_token(parts).map(|refresh_token| Self { refresh_token })
    }

    fn decode(data: &RawValue) -> Result<Refreshed, Mismatch> {
        let tokens: TokenPair = lenient::members(data);
        if tokens.access.is_none() {
            return Err(Mismatch { place: "data.accessToken" });
        }
        let working: WorkingOrganization = lenient::members(data);
        Ok(Refreshed { tokens, viewer: lenient::members(data), organization: working.organization() })
    }
}

/// Revoke Refresh Token (contract.md 1.6): ends all refresh tokens of the user. The token goes in the query.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RevokeRefreshToken {
    /// One of the user's refresh tokens.
    pub refresh_token: RefreshToken,
}

impl Endpoint for RevokeRefreshToken {
    type Access = User;
    type Reply = ();
    const SPEC: Spec = Spec {
        operation: "Revoke Refresh Token",
        method: Method::Post,
        path: "/v2.2/refreshToken/revokeAll",
        ..FAMILY
    };

    fn write(&self, parts: &mut Parts) {
        parts.put_query("refreshToken", self.refresh_token.reveal());
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        read_refresh_token(parts).map(|refresh_token| Self { refresh_token })
    }

    fn decode(_: &RawValue) -> Result<(), Mismatch> {
        Ok(())
    }
}

fn read_refresh_token(parts: &Parts) -> Result<RefreshToken, MissingParameter> {
    let query = parts.query_text("refreshToken").map(Cow::Borrowed);
    let text = query.or_else(|_| parts.body_text("refreshToken"))?;
    RefreshToken::parse(&text).ok_or(MissingParameter { name: "refreshToken" })
}
