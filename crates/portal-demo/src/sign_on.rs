//! Codes of a single sign-on: `demo.<account>.<seconds>.<nonce>`. A code says whose it is and when it was given, so
//! that any page can play the identity provider without asking the service; nothing in it is secret or signed, like
//! everything here. The API has no call that gives one (contract.md 1.2).

/// How long a code is good; as long the clock of the page that gave it may be ahead.
pub(crate) const LIFETIME_SECONDS: i64 = 120;
const PREFIX: &str = "demo.";

/// A code for Log In via Authorization Code. It signs in an account of the catalogue once, within two minutes of
/// `now_ms`, milliseconds since 1970. `nonce` tells two codes of the same second apart.
pub fn authorization_code(account: &str, now_ms: i64, nonce: &str) -> String {
    format!("{PREFIX}{account}.{}.{}", now_ms.max(0) / 1000, nonce.replace('.', "-"))
}

/// What a code says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Given<'a> {
    pub(crate) account: &'a str,
    /// When it was given, in seconds since 1970.
    seconds: i64,
}

impl Given<'_> {
    /// When it ends, in seconds since 1970.
    pub(crate) fn ends(self) -> i64 {
        self.seconds.saturating_add(LIFETIME_SECONDS)
    }

    /// Whether it is good at a time, as far as time goes.
    pub(crate) fn is_good(self, now: i64) -> bool {
        now < self.ends() && self.seconds <= now.saturating_add(LIFETIME_SECONDS)
    }
}

/// Reads a code; `None` for one of another form.
pub(crate) fn read(code: &str) -> Option<Given<'_>> {
    let (rest, nonce) = code.strip_prefix(PREFIX)?.rsplit_once('.')?;
    let (account, seconds) = rest.rsplit_once('.')?;
    let good = !account.is_empty() && !nonce.is_empty();
    good.then_some(Given { account, seconds: seconds.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::{LIFETIME_SECONDS, authorization_code, read};
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn codes_say_what_was_written(account in ".+", now in 0_i64.., nonce in ".+") {
            let code = authorization_code(&account, now, &nonce);
            let given = read(&code).unwrap();
            prop_assert_eq!(given.account, account.as_str());
            let now = now / 1000;
            prop_assert!(given.is_good(now) && given.is_good(now + LIFETIME_SECONDS - 1));
            prop_assert!(!given.is_good(now + LIFETIME_SECONDS) && !given.is_good(now - LIFETIME_SECONDS - 1));
        }

        #[test]
        fn reading_is_total(text in any::<String>(), seconds: i64, now: i64) {
            prop_assert!(read(&text).is_none_or(|given| !given.account.is_empty()));
            let code = format!("demo.morgan.{seconds}.x");
            let _ = read(&code).map(|given| given.is_good(now));
        }
    }
}
