//! The second step of signing in (contract.md 2.1). No mail goes out: the code is always the same, and printed.

use portal_api::verification::{SendVerificationCode, VerifyCode};
use portal_api::{MissingParameter, TOKEN_HEADER};
use serde_json::json;

use crate::catalogue::{EMAIL, User};
use crate::dispatch::{Call, Served};
use crate::reply::{Answer, EXPIRED, Fault, INVALID, TOO_MANY, WRONG_CODE};
use crate::state::State;

/// The code of the second step, good after it was asked for.
pub const VERIFICATION_CODE: &str = "246810";
/// A code that has ended, whenever it is tried.
const ENDED_CODE: &str = "000000";

impl Served for SendVerificationCode {
    const BEFORE_SECOND_STEP: bool = true;

    /// The header that table and sample name. A client that sends the other one alone is found out here.
    fn token<'c>(call: &'c Call<'_>) -> Option<&'c str> {
        call.parts.header(TOKEN_HEADER)
    }

    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let caller = call.caller()?;
        by_mail(caller.user)?;
        let (key, now) = (State::sent_key(caller.token.mark), call.now());
        locked(call.state, &key, now)?;
        call.state.count_try(&key, now);
        call.state.send_code(caller.token.mark, now);
        Ok(Answer::Data(json!({ "success": true })))
    }

    fn missing(parameter: MissingParameter) -> String {
        missing(parameter)
    }
}

impl Served for VerifyCode {
    const BEFORE_SECOND_STEP: bool = true;

    /// The table names `Authorization`, a sample the other header.
    fn token<'c>(call: &'c Call<'_>) -> Option<&'c str> {
        call.authorization.or_else(|| call.parts.header(TOKEN_HEADER))
    }

    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let caller = call.caller()?;
        by_mail(caller.user)?;
        let (mark, now) = (caller.token.mark, call.now());
        let key = State::checked_key(mark);
        locked(call.state, &key, now)?;
        match self.code.reveal() {
            // Taken only when it is typed: a wrong try must not use up the code that the person still has.
            VERIFICATION_CODE if call.state.take_code(mark, now) => {
                call.state.clear_tries(&key);
                call.state.clear_tries(&State::sent_key(mark));
                call.state.verify(mark, caller.token.expires, now);
                Ok(Answer::Data(json!({ "success": true })))
            }
            VERIFICATION_CODE | ENDED_CODE => Err(Fault::new(EXPIRED, "The verification code has expired")),
            _ => {
                call.state.count_try(&key, now);
                locked(call.state, &key, now)?;
                Err(Fault::new(WRONG_CODE, "The verification code is wrong"))
            }
        }
    }

    fn missing(parameter: MissingParameter) -> String {
        missing(parameter)
    }
}

/// Other accounts have no code to send or to check.
fn by_mail(user: &User) -> Result<(), Fault> {
    let wanted = user.second_factor() == Some(EMAIL);
    wanted.then_some(()).ok_or_else(|| Fault::new(INVALID, "The account has no second step by e-mail"))
}

fn locked(state: &State, key: &str, now: i64) -> Result<(), Fault> {
    let Some(seconds) = state.locked_for(key, now) else { return Ok(()) };
    Err(Fault::new(TOO_MANY, format!("Too many verification codes. Try again in {seconds} seconds.")))
}

fn missing(parameter: MissingParameter) -> String {
    match parameter.name {
        "type" => "type must be mfa".to_owned(),
        name => format!("{name} is required"),
    }
}
