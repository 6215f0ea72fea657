//! What the portal remembers between calls: wrong passwords, revocations, sign-outs. Everything else stands in
//! the tokens.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::checksum::{keyed, mix};

/// This many wrong passwords in a row lock an account.
pub(crate) const WRONG_PASSWORDS: i64 = 5;
/// For this long.
pub(crate) const LOCK_SECONDS: i64 = 60;
/// No list grows beyond this, whatever callers send.
const MOST: usize = 10_000;
const ACCOUNT: u8 = 9;

/// All times in seconds since 1970. Keys are checksums or ids of the catalogue, never text that somebody typed:
/// people type passwords into the wrong box.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct State {
    serial: i64,
    /// By account: wrong passwords in a row.
    wrong: Numbers,
    /// By account: until when it is locked.
    locked: Numbers,
    /// By user: refresh tokens written until then are dead.
    revoked: Numbers,
    /// By mark of an access token that was signed out: when it would have ended.
    signed_out: Numbers,
    /// By user: how often a failing refresh was tried.
    refreshes: Numbers,
}

type Numbers = BTreeMap<String, i64>;

impl State {
    /// The key of an account as typed.
    pub(crate) fn account_key(account: &str) -> String {
        format!("{:016x}", keyed(ACCOUNT, &[account.trim().to_lowercase().as_bytes()]))
    }

    /// For how many more seconds the account is locked; `None` where it is not.
    pub(crate) fn locked_for(&self, account: &str, now: i64) -> Option<i64> {
        // A clock set back must not lock for longer than a lock lasts.
        let left = self.locked.get(account)?.saturating_sub(now).min(LOCK_SECONDS);
        (left > 0).then_some(left)
    }

    /// Counts a wrong password; locks the account at the last one allowed.
    pub(crate) fn wrong_password(&mut self, account: &str, now: i64) {
        let count = self.wrong.get(account).copied().unwrap_or(0).saturating_add(1);
        if count < WRONG_PASSWORDS {
            put(&mut self.wrong, account, count);
        } else {
            self.wrong.remove(account);
            put(&mut self.locked, account, now.saturating_add(LOCK_SECONDS));
        }
    }

    /// The right password: the count starts again.
    pub(crate) fn right_password(&mut self, account: &str) {
        self.wrong.remove(account);
        self.locked.remove(account);
    }

    /// Ends all refresh tokens that the user has by now.
    pub(crate) fn revoke(&mut self, user: &str, now: i64) {
        let at = self.issue_time(user, now);
        put(&mut self.revoked, user, at);
    }

    /// The time to write into a new refresh token: after the last revocation, even within the same second.
    pub(crate) fn issue_time(&self, user: &str, now: i64) -> i64 {
        self.revoked.get(user).map_or(now, |revoked| now.max(revoked.saturating_add(1)))
    }

    /// Whether a refresh token written at a time was revoked.
    pub(crate) fn is_revoked(&self, user: &str, issued: i64) -> bool {
        self.revoked.get(user).is_some_and(|revoked| issued <= *revoked)
    }

    /// Ends one access token.
    pub(crate) fn sign_out(&mut self, mark: u64, expires: i64, now: i64) {
        self.signed_out.retain(|_, expires| *expires > now);
        put(&mut self.signed_out, &format!("{mark:016x}"), expires);
    }

    /// Whether an access token was signed out.
    pub(crate) fn is_signed_out(&self, mark: u64) -> bool {
        self.signed_out.contains_key(&format!("{mark:016x}"))
    }

    /// Counts a refresh of a user whose refreshes fail; gives how many came before.
    pub(crate) fn count_refresh(&mut self, user: &str) -> i64 {
        let before = self.refreshes.get(user).copied().unwrap_or(0);
        put(&mut self.refreshes, user, before.wrapping_add(1));
        before
    }

    /// A number that differs from call to call and, with the time in it, from start to start.
    pub(crate) fn variety(&mut self, seed: u64, now_ms: i64) -> u64 {
        self.serial = self.serial.wrapping_add(1);
        mix(seed) ^ mix(now_ms.cast_unsigned()) ^ self.serial.cast_unsigned()
    }

    /// The state as text; see [`State::read`].
    pub(crate) fn write(&self) -> String {
        json!({
            "v": 1,
            "serial": self.serial,
            "wrong": self.wrong,
            "locked": self.locked,
            "revoked": self.revoked,
            "signedOut": self.signed_out,
            "refreshes": self.refreshes,
        })
        .to_string()
    }

    /// The inverse of [`State::write`]; `None` for text of another kind.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        if value.get("v")?.as_i64()? != 1 {
            return None;
        }
        let numbers = |key: &str| -> Numbers {
            let members = value.get(key).and_then(Value::as_object).map(Map::iter);
            let pairs = members.into_iter().flatten().take(MOST);
            pairs.filter_map(|(key, number)| Some((key.clone(), number.as_i64()?))).collect()
        };
        Some(Self {
            serial: value.get("serial").and_then(Value::as_i64).unwrap_or(0),
            wrong: numbers("wrong"),
            locked: numbers("locked"),
            revoked: numbers("revoked"),
            signed_out: numbers("signedOut"),
            refreshes: numbers("refreshes"),
        })
    }
}

fn put(numbers: &mut Numbers, key: &str, number: i64) {
    if numbers.len() >= MOST && !numbers.contains_key(key) {
        numbers.pop_first();
    }
    numbers.insert(key.to_owned(), number);
}

#[cfg(test)]
mod tests {
    use super::{LOCK_SECONDS, State, WRONG_PASSWORDS};
    use proptest::prelude::{any, prop_assert, proptest};

    // A host that starts again with every page must not forget a lock or a revocation.
    #[test]
    fn a_snapshot_keeps_everything() {
        let mut state = State::default();
        let account = State::account_key(" Ann ");
        assert_eq!(account, State::account_key("ann"));
        for _ in 0..WRONG_PASSWORDS {
            state.wrong_password(&account, 100);
        }
        state.wrong_password("other", 100);
        state.revoke("u", 100);
        state.sign_out(7, 200, 100);
        state.count_refresh("u");
        state.variety(1, 2);
        let again = State::read(&state.write()).unwrap();
        assert_eq!(again, state);
        assert_eq!(again.locked_for(&account, 101), Some(LOCK_SECONDS - 1));
        assert_eq!(again.locked_for(&account, 160), None);
        assert!(again.is_revoked("u", 100) && again.is_signed_out(7));
    }

    // Signing in again in the second of a revocation must give a token that lives.
    #[test]
    fn tokens_after_a_revocation_live() {
        let mut state = State::default();
        for _ in 0..3 {
            let issued = state.issue_time("u", 100);
            assert!(!state.is_revoked("u", issued));
            state.revoke("u", 100);
            assert!(state.is_revoked("u", issued));
        }
    }

    proptest! {
        #[test]
        fn reading_is_total(text in any::<String>(), now: i64) {
            prop_assert!(State::read(&text).is_none());
            let _ = State::read("{\"v\":1,\"locked\":{\"a\":9e99}}").and_then(|state| state.locked_for("a", now));
        }
    }
}
