//! Values that must not be seen: none has a `Display`, `Debug` never shows the text, and the memory is wiped.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer};

use crate::lenient;
use crate::narrow::narrow;

/// Two secrets are the same if their texts are: a page compares those of one user, so that the time it takes tells nobody
/// anything.
macro_rules! compared_by_text {
    ($($name:ident)*) => {$(
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.expose_secret() == other.0.expose_secret()
            }
        }

        impl Eq for $name {}
    )*};
}
compared_by_text!(AccessToken RefreshToken Password AuthorizationCode VerificationCode);

/// Tokens that come in replies.
macro_rules! read_leniently {
    ($($name:ident)*) => {$(
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                lenient::parsed(deserializer, Self::parse, "no token")
            }
        }
    )*};
}
read_leniently!(AccessToken RefreshToken);

/// The token that a call carries in `Authorization` (contract.md 0.4). Held without the word Bearer.
#[derive(Clone, Debug)]
pub struct AccessToken(SecretString);

impl AccessToken {
    /// Takes a token with or without `Bearer ` before it. Nothing else than visible ASCII passes, because the
    /// value becomes a header.
    pub fn parse(text: &str) -> Option<Self> {
        let mut token = text.trim();
        while let Some((word, rest)) = token.split_once(' ') {
            if !word.eq_ignore_ascii_case("bearer") {
                return None;
            }
            token = rest.trim_start();
        }
        let bare = visible(token) && !token.eq_ignore_ascii_case("bearer");
        bare.then(|| Self(token.into()))
    }

    /// The value of the `Authorization` header.
    pub fn header(&self) -> String {
        format!("Bearer {}", self.reveal())
    }

    /// The bare token, for the session record of this tab and for nothing else.
    pub fn reveal(&self) -> &str {
        self.0.expose_secret()
    }
}

/// The token that buys a new access token; bound to one organization (contract.md 0.4).
#[derive(Clone, Debug)]
pub struct RefreshToken(SecretString);

impl RefreshToken {
    /// Takes visible ASCII.
    pub fn parse(text: &str) -> Option<Self> {
        let token = text.trim();
        visible(token).then(|| Self(token.into()))
    }

    /// The bare token, for the calls of contract.md 1.5 and 1.6 and for the session record of this tab.
    pub fn reveal(&self) -> &str {
        self.0.expose_secret()
    }
}

/// A password on its way to the service.
#[derive(Clone, Debug)]
pub struct Password(SecretString);

impl Password {
    /// Takes the text as typed.
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The text, for the body of Log In.
    pub fn reveal(&self) -> &str {
        self.0.expose_secret()
    }
}

/// What the provider of a single sign-on gives for one sign-in (contract.md 1.2). Whoever has it first is signed in.
#[derive(Clone, Debug)]
pub struct AuthorizationCode(SecretString);

impl AuthorizationCode {
    /// Takes the decoded text exactly as it is: blanks can belong to it (RFC 6749 A.11). Control characters cannot.
    pub fn parse(text: &str) -> Option<Self> {
        let good = !text.trim().is_empty() && !text.chars().any(char::is_control);
        good.then(|| Self(text.into()))
    }

    /// The code, for the body of Log In via Authorization Code.
    pub fn reveal(&self) -> &str {
        self.0.expose_secret()
    }
}

/// The second factor: a code that came by e-mail (contract.md 2.1).
#[derive(Clone, Debug)]
pub struct VerificationCode(SecretString);

impl VerificationCode {
    /// Takes a code as typed or pasted. Blanks, dashes and dots between its groups, invisible characters and wide letters are
    /// how mails and keyboards write it, no part of it.
    pub fn parse(text: &str) -> Option<Self> {
        let code: String = text.chars().map(narrow).filter(|c| c.is_alphanumeric()).collect();
        (!code.is_empty()).then(|| Self(code.into()))
    }

    /// The code, for the body of Verify Code.
    pub fn reveal(&self) -> &str {
        self.0.expose_secret()
    }
}

fn visible(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|b| b.is_ascii_graphic())
}
