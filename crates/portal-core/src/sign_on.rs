//! Signing in at another place: where the person is sent, and whether who comes back was sent by this tab (hostile.md 19).
//! Also what the sign-in screen decides about e-mail addresses.

mod email;
mod provider;
mod transaction;

pub use email::{mail_domain, masked_email};
pub use provider::{Departure, Provider};
pub use transaction::{LIFETIME_MS, Returned, Transaction, Verdict, judge};

/// Whether an address asks for the form of account and password, whatever other ways there are (`/login?local=1`).
pub fn wants_form(search: &str) -> bool {
    let query = portal_api::encoding::parse_query(search.strip_prefix('?').unwrap_or(search));
    query.iter().any(|(name, value)| name == "local" && value == "1")
}
