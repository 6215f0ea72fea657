//! What the portal remembers between calls: wrong tries, revocations, sign-outs, second steps, codes that were used,
//! and what callers changed. Everything else stands in the tokens.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::checksum::{keyed, mix};
use crate::records::Records;

/// This many tries in a row lock: wrong passwords an account, wrong codes and codes asked for a sign-in.
pub(crate) const MOST_TRIES: i64 = 5;
/// For this long.
pub(crate) const LOCK_SECONDS: i64 = 60;
/// How long a verification code is good.
const CODE_SECONDS: i64 = 300;
/// No list grows beyond this, whatever callers send.
const MOST: usize = 10_000;
const ACCOUNT: u8 = 9;
const SENT: u8 = 10;
const CHECKED: u8 = 11;
const SPENT: u8 = 12;
const CONFIRMED: u8 = 13;

/// All times in seconds since 1970. Keys are checksums or ids of the catalogue, never text that somebody typed:
/// people type passwords into the wrong box.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct State {
    serial: i64,
    /// By what is tried: tries in a row.
    wrong: Numbers,
    /// By what is tried: until when it is locked.
    locked: Numbers,
    /// By user: refresh tokens written until then are dead.
    revoked: Numbers,
    /// By mark of an access token that was signed out: when it would have ended.
    signed_out: Numbers,
    /// By user: how often a failing refresh was tried.
    refreshes: Numbers,
    /// By mark of an access token: until when the verification code sent is good.
    codes: Numbers,
    /// By mark of an access token whose second step is done: when it ends.
    verified: Numbers,
    /// By checksum of an authorization code that was used: when it would have ended.
    spent: Numbers,
    /// What callers created and changed.
    pub(crate) records: Records,
}

type Numbers = BTreeMap<String, i64>;

impl State {
    /// The key of an account as typed.
    pub(crate) fn account_key(account: &str) -> String {
        format!("{:016x}", keyed(ACCOUNT, &[account.trim().to_lowercase().as_bytes()]))
    }

    /// The key of codes asked for with an access token. Tries at the second step belong to one sign-in and not to the
    /// account, so that people who try the same demonstration do not lock each other out.
    pub(crate) fn sent_key(token: u64) -> String {
        format!("{:016x}", keyed(SENT, &[&token.to_be_bytes()]))
    }

    /// The key of codes checked with an access token; see [`State::sent_key`].
    pub(crate) fn checked_key(token: u64) -> String {
        format!("{:016x}", keyed(CHECKED, &[&token.to_be_bytes()]))
    }

    /// The key of passwords confirmed with an access token; see [`State::sent_key`].
    pub(crate) fn confirmed_key(token: u64) -> String {
        format!("{:016x}", keyed(CONFIRMED, &[&token.to_be_bytes()]))
    }

    /// For how many more seconds it is locked; `None` where it is not.
    pub(crate) fn locked_for(&self, key: &str, now: i64) -> Option<i64> {
        // A clock set back must not lock for longer than a lock lasts.
        let left = self.locked.get(key)?.saturating_sub(now).min(LOCK_SECONDS);
        (left > 0).then_some(left)
    }

    /// Counts a try; locks at the last one allowed.
    pub(crate) fn count_try(&mut self, key: &str, now: i64) {
        let count = self.wrong.get(key).copied().unwrap_or(0).saturating_add(1);
        if count < MOST_TRIES {
            put(&mut self.wrong, key, count);
        } else {
            self.wrong.remove(key);
            put(&mut self.locked, key, now.saturating_add(LOCK_SECONDS));
        }
    }

    /// It came right: the count starts again.
    pub(crate) fn clear_tries(&mut self, key: &str) {
        self.wrong.remove(key);
        self.locked.remove(key);
    }

    /// A verification code goes out to the owner of an access token.
    pub(crate) fn send_code(&mut self, token: u64, now: i64) {
        self.codes.retain(|_, ends| *ends > now);
        put(&mut self.codes, &mark_key(token), now.saturating_add(CODE_SECONDS));
    }

    /// Takes the code that was sent, which is good once; whether there was one that has not ended.
    pub(crate) fn take_code(&mut self, token: u64, now: i64) -> bool {
        self.codes.remove(&mark_key(token)).is_some_and(|ends| ends > now)
    }

    /// The second step of an access token is done.
    pub(crate) fn verify(&mut self, token: u64, expires: i64, now: i64) {
        self.verified.retain(|_, expires| *expires > now);
        put(&mut self.verified, &mark_key(token), expires);
    }

    /// Whether the second step of an access token is done.
    pub(crate) fn is_verified(&self, token: u64) -> bool {
        self.verified.contains_key(&mark_key(token))
    }

    /// Uses an authorization code that ends at a time; whether it was unused.
    pub(crate) fn spend(&mut self, code: &str, ends: i64, now: i64) -> bool {
        self.spent.retain(|_, ends| *ends > now);
        let key = format!("{:016x}", keyed(SPENT, &[code.as_bytes()]));
        let unused = !self.spent.contains_key(&key);
        put(&mut self.spent, &key, ends);
        unused
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
        put(&mut self.signed_out, &mark_key(mark), expires);
    }

    /// Whether an access token was signed out.
    pub(crate) fn is_signed_out(&self, mark: u64) -> bool {
        self.signed_out.contains_key(&mark_key(mark))
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
            "codes": self.codes,
            "verified": self.verified,
            "spent": self.spent,
            "records": self.records.write(),
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
            codes: numbers("codes"),
            verified: numbers("verified"),
            spent: numbers("spent"),
            records: value.get("records").map(Records::read).unwrap_or_default(),
        })
    }
}

fn mark_key(mark: u64) -> String {
    format!("{mark:016x}")
}

fn put(numbers: &mut Numbers, key: &str, number: i64) {
    if numbers.len() >= MOST && !numbers.contains_key(key) {
        numbers.pop_first();
    }
    numbers.insert(key.to_owned(), number);
}

#[cfg(test)]
mod tests {
    use super::{CODE_SECONDS, LOCK_SECONDS, MOST_TRIES, State};
    use proptest::prelude::{any, prop_assert, proptest};

    // A host that starts again with every page must not forget a lock or a revocation.
    #[test]
    fn a_snapshot_keeps_everything() {
        let mut state = State::default();
        let account = State::account_key(" Ann ");
        assert_eq!(account, State::account_key("ann"));
        for _ in 0..MOST_TRIES {
            state.count_try(&account, 100);
        }
        state.count_try("other", 100);
        state.revoke("u", 100);
        state.sign_out(7, 200, 100);
        state.count_refresh("u");
        state.variety(1, 2);
        state.send_code(8, 100);
        state.verify(9, 200, 100);
        assert!(state.spend("code", 200, 100));
        let mut again = State::read(&state.write()).unwrap();
        assert_eq!(again, state);
        assert_eq!(again.locked_for(&account, 101), Some(LOCK_SECONDS - 1));
        assert_eq!(again.locked_for(&account, 160), None);
        assert!(again.is_revoked("u", 100) && again.is_signed_out(7));
        assert!(again.is_verified(9) && !again.is_verified(8));
        assert!(!again.spend("code", 200, 101) && again.spend("other", 200, 101));
        assert!(again.take_code(8, 101));
    }

    // A verification code is good once, and for five minutes.
    #[test]
    fn verification_codes_end() {
        let mut state = State::default();
        assert!(!state.take_code(1, 100));
        state.send_code(1, 100);
        assert!(state.take_code(1, 100 + CODE_SECONDS - 1) && !state.take_code(1, 101));
        state.send_code(1, 100);
        assert!(!state.take_code(1, 100 + CODE_SECONDS));
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
