//! Confirm Password (contract.md 2.1).

use portal_api::password::ConfirmPassword;
use serde_json::Value;

use super::authentication::locked;
use crate::dispatch::{Call, Served};
use crate::reply::{Answer, Fault};
use crate::state::State;

impl Served for ConfirmPassword {
    /// Tries count for the one who is signed in and not for the account: whoever found a screen unlocked must not be
    /// able to lock the person out of signing in.
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let caller = call.caller()?;
        let (key, now) = (State::confirmed_key(caller.token.mark), call.now());
        locked(call.state, &key, now)?;
        let right = self.password.reveal() == caller.user.password;
        if right {
            call.state.clear_tries(&key);
        } else {
            call.state.count_try(&key, now);
            locked(call.state, &key, now)?;
        }
        Ok(Answer::Data(Value::Bool(right)))
    }
}
