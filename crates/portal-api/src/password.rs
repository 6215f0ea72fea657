//! Confirm Password (contract.md 2.1): asks a person who is signed in once more.

use crate::json::RawValue;
use crate::lenient::Mismatch;
use crate::verification::{Outcome, read_outcome};
use crate::{Audience, Endpoint, Family, Method, MissingParameter, Parts, Password, Spec, User};

/// Confirm Password (contract.md 2.1). A wrong one is counted, so that the call is never repeated by itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConfirmPassword {
    /// What the person typed, in plain text over TLS.
    pub password: Password,
}

impl Endpoint for ConfirmPassword {
    type Access = User;
    /// [`Outcome::NotDone`] for a wrong password.
    type Reply = Outcome;
    const SPEC: Spec = Spec {
        operation: "Confirm Password",
        family: Family::Authentication,
        method: Method::Post,
        path: "/v2.3/password/confirm",
        audience: Audience::Browser,
        repeatable: false,
        bare_reply: false,
        session_codes: true,
        token_twice: false,
    };

    fn write(&self, parts: &mut Parts) {
        parts.put_body("password", self.password.reveal());
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        Ok(Self { password: Password::new(&parts.body_text("password")?) })
    }

    fn decode(data: &RawValue) -> Result<Outcome, Mismatch> {
        Ok(read_outcome(data))
    }
}
