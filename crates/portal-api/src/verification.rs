//! The second step of signing in: a code by e-mail (contract.md 2.1). Both calls carry the token that Log In gave,
//! before an organization is chosen.

use crate::json::{Members, RawValue};
use crate::lenient::{Mismatch, as_bool};
use crate::{
    Audience, Endpoint, Family, Locale, Method, MissingParameter, Parts, Spec, User, VerificationCode,
};

/// Sending and checking both have an effect, a message or a counted try: neither is repeated by itself.
const STEP: Spec = Spec {
    operation: "",
    family: Family::Authentication,
    method: Method::Post,
    path: "",
    audience: Audience::Browser,
    repeatable: false,
    bare_reply: false,
    session_codes: true,
    token_twice: true,
};
/// What the code is for; the only purpose that is documented.
const PURPOSE: &str = "mfa";

/// Whether a kind of second factor ([`crate::authentication::LoggedIn::second_factor`]) is the code by e-mail, the
/// only one that the service has calls for. The words are not documented (contract.md §5), so that any which names
/// mail will do.
pub fn is_email_code(kind: &str) -> bool {
    kind.to_ascii_lowercase().contains("mail")
}

/// What the service says became of the step; there may be a "no" under a code of success.
#[must_use]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Done.
    Done,
    /// `success` is false: nothing was sent, or the code was not taken.
    NotDone,
}

/// `{success}`, or the truth value alone as other operations of the family have it. Where there is none, the code of
/// success counts (contract.md §6, 3).
pub(crate) fn read_outcome(data: &RawValue) -> Outcome {
    let success = Members::of(data).and_then(|members| members.get("success"));
    match as_bool(success.unwrap_or(data)) {
        Some(false) => Outcome::NotDone,
        Some(true) | None => Outcome::Done,
    }
}

fn read_purpose(parts: &Parts) -> Result<(), MissingParameter> {
    let wrong = MissingParameter { name: "type" };
    if parts.query_text(wrong.name)? == PURPOSE { Ok(()) } else { Err(wrong) }
}

/// Send Verification Code (contract.md 2.1).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SendVerificationCode {
    /// The language of the message.
    pub locale: Option<Locale>,
}

impl Endpoint for SendVerificationCode {
    type Access = User;
    type Reply = Outcome;
    const SPEC: Spec =
        Spec { operation: "Send Verification Code", path: "/v2.3/verificationCode/send", ..STEP };

    fn write(&self, parts: &mut Parts) {
        parts.put_query("type", PURPOSE);
        if let Some(locale) = &self.locale {
            parts.put_header("locale", &locale.underscored());
        }
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        read_purpose(parts)?;
        Ok(Self { locale: parts.header("locale").and_then(Locale::parse) })
    }

    fn decode(data: &RawValue) -> Result<Outcome, Mismatch> {
        Ok(read_outcome(data))
    }
}

/// Verify Code (contract.md 2.1). 410 is the end of the code here, not of the session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VerifyCode {
    /// What the person typed.
    pub code: VerificationCode,
}

impl Endpoint for VerifyCode {
    type Access = User;
    type Reply = Outcome;
    const SPEC: Spec = Spec {
        operation: "Verify Code",
        path: "/v2.3/verificationCode/verify",
        session_codes: false,
        ..STEP
    };

    fn write(&self, parts: &mut Parts) {
        parts.put_query("type", PURPOSE);
        parts.put_body("code", self.code.reveal());
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        read_purpose(parts)?;
        let code = parts.body_as("code", VerificationCode::parse)?;
        Ok(Self { code })
    }

    fn decode(data: &RawValue) -> Result<Outcome, Mismatch> {
        Ok(read_outcome(data))
    }
}
