//! The place that signs people in, and the address that sends them there.

use portal_api::encoding;

use crate::launch::{LaunchPolicy, ParseAddress, decide};
use crate::settings::is_safe_place;

/// Where signing in at another place begins: an address that was checked, in which the two values of a visit are still
/// missing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Provider(String);

/// The address of one visit. Made by [`Provider::departure`] only, so that the page is never sent elsewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Departure(String);

impl Departure {
    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Provider {
    /// Takes an address that the settings have checked.
    pub(crate) fn checked(address: String) -> Self {
        Self(address)
    }

    /// Takes the address of a domain (contract.md 1.13), which is not trusted: what may be opened at all is decided as
    /// for applications, and beyond that the sign-in is https, of the portal's own host, or of this computer.
    pub fn of_domain(
        policy: &LaunchPolicy,
        parser: &dyn ParseAddress,
        address: Option<&str>,
    ) -> Option<Self> {
        let launch = decide(policy, parser, address);
        let parts = parser.parse(launch.address()?.as_str(), &policy.application_base)?;
        is_safe_place(&parts, &policy.portal_origin).then_some(Self(parts.href))
    }

    /// The address of one visit. `{redirect}` and `{state}` are replaced, encoded; where one does not stand, its
    /// member is added to the query.
    pub fn departure(&self, redirect: &str, state: &str) -> Departure {
        let mut address = self.0.clone();
        for (member, place, value) in [("redirect_uri", "redirect", redirect), ("state", "state", state)] {
            let value = encoding::encode(value);
            // Parsers write the brackets of a path as escapes. Values hold no bracket, so none is taken for a place.
            let (plain, escaped) = (format!("{{{place}}}"), format!("%7B{place}%7D"));
            address = if address.contains(&plain) || address.contains(&escaped) {
                address.replace(&plain, &value).replace(&escaped, &value)
            } else {
                with_member(&address, member, &value)
            };
        }
        Departure(address)
    }
}

/// The address with a member more in its query.
fn with_member(address: &str, member: &str, value: &str) -> String {
    let end = address.find('#').unwrap_or(address.len());
    let (body, hash) = address.split_at_checked(end).unwrap_or((address, ""));
    let joint = match body.chars().last() {
        Some('?' | '&') => "",
        _ if body.contains('?') => "&",
        _ => "?",
    };
    format!("{body}{joint}{member}={value}{hash}")
}
