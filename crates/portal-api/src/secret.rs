//! Values that must not be seen: none has a `Display`, and `Debug` never shows the text.

use core::fmt;

macro_rules! redacted {
    ($name:ident) => {
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

/// The token that a call carries in `Authorization` (contract.md 0.4). Held without the word Bearer.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessToken(Box<str>);
redacted!(AccessToken);

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
        format!("Bearer {}", self.0)
    }

    /// The bare token, for the session record of this tab and for nothing else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// The token that buys a new access token; bound to one organization (contract.md 0.4).
#[derive(Clone, PartialEq, Eq)]
pub struct RefreshToken(Box<str>);
redacted!(RefreshToken);

impl RefreshToken {
    /// Takes visible ASCII.
    pub fn parse(text: &str) -> Option<Self> {
        let token = text.trim();
        visible(token).then(|| Self(token.into()))
    }

    /// The bare token, for the calls of contract.md 1.5 and 1.6 and for the session record of this tab.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// A password on its way to the service.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(Box<str>);
redacted!(Password);

impl Password {
    /// Takes the text as typed.
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The text, for the body of Log In.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// What the provider of a single sign-on gives for one sign-in (contract.md 1.2). Whoever has it first is signed in.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthorizationCode(Box<str>);
redacted!(AuthorizationCode);

impl AuthorizationCode {
    /// Takes the decoded text exactly as it is: blanks can belong to it (RFC 6749 A.11). Control characters cannot.
    pub fn parse(text: &str) -> Option<Self> {
        let good = !text.trim().is_empty() && !text.chars().any(char::is_control);
        good.then(|| Self(text.into()))
    }

    /// The code, for the body of Log In via Authorization Code.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// The second factor: a code that came by e-mail (contract.md 2.1).
#[derive(Clone, PartialEq, Eq)]
pub struct VerificationCode(Box<str>);
redacted!(VerificationCode);

impl VerificationCode {
    /// Takes a code as typed or pasted. Blanks between its groups and around it are how mails show it, no part of it.
    pub fn parse(text: &str) -> Option<Self> {
        let code: String = text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        (!code.is_empty()).then(|| Self(code.into()))
    }

    /// The code, for the body of Verify Code.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

fn visible(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|b| b.is_ascii_graphic())
}
