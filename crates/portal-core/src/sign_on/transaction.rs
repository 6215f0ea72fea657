//! What this tab keeps while the person is away, and what it makes of who comes back.

use portal_api::{AuthorizationCode, encoding};

use crate::route::ReturnPath;

/// How long a person may take at the provider, in milliseconds.
pub const LIFETIME_MS: i64 = 10 * 60 * 1000;
/// A clock that is set right meanwhile may go back a little.
const SLACK_MS: i64 = 60 * 1000;

/// A sign-in at another place that this tab has begun. Used once, whatever comes back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Transaction {
    /// Chance, and nobody else knows it.
    pub state: String,
    /// When it began, in milliseconds since 1970.
    pub started: i64,
    /// Whether it went to the sign-in of a domain, not to that of the settings.
    pub domain: bool,
    /// Where the person wanted to go.
    pub next: Option<ReturnPath>,
}

impl Transaction {
    /// The text that the tab keeps.
    pub fn write(&self) -> String {
        let kind = if self.domain { "domain" } else { "portal" };
        let next = self.next.as_ref().map(ReturnPath::as_str).unwrap_or_default();
        format!("{} {} {kind} {next}", self.state, self.started)
    }

    /// Reads [`Transaction::write`]; `None` for every other text.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.splitn(4, ' ');
        let (state, started, kind, next) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let domain = match kind {
            "domain" => true,
            "portal" => false,
            _ => return None,
        };
        let started = started.parse().ok()?;
        let state = Some(state.to_owned()).filter(|state| !state.is_empty())?;
        Some(Self { state, started, domain, next: ReturnPath::parse(next) })
    }

    fn is_young(&self, now: i64) -> bool {
        let age = now.saturating_sub(self.started);
        (-SLACK_MS..=LIFETIME_MS).contains(&age)
    }
}

/// The members that a provider sends back, raw: still encoded.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Returned {
    /// `code`
    pub code: Option<String>,
    /// `state`
    pub state: Option<String>,
    /// `error`
    pub error: Option<String>,
}

/// What to do with who comes back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// The code is this tab's: it may go to the service, once.
    Exchange(AuthorizationCode, Transaction),
    /// The provider did not sign the person in; true where it says that the person did not want to.
    Denied(bool, Transaction),
    /// Not begun here, or too long ago, or neither a code nor an error: thrown away (hostile.md 19).
    Refused,
}

/// Judges a return. `kept` is what the tab has kept, `now` the time in milliseconds since 1970.
pub fn judge(returned: &Returned, kept: Option<&str>, now: i64) -> Verdict {
    let Some(transaction) = kept.and_then(Transaction::read).filter(|kept| kept.is_young(now)) else {
        return Verdict::Refused;
    };
    let state = returned.state.as_deref().map(decoded);
    let own = state.as_deref() == Some(transaction.state.as_str());
    if let Some(error) = &returned.error {
        // Some providers leave the state out of a refusal. Nothing is sent anywhere, so no harm comes of it.
        let stranger = state.is_some() && !own;
        let unwanted = decoded(error) == "access_denied";
        return if stranger { Verdict::Refused } else { Verdict::Denied(unwanted, transaction) };
    }
    let code = returned.code.as_deref().and_then(|code| AuthorizationCode::parse(&decoded(code)));
    match code.filter(|_| own) {
        Some(code) => Verdict::Exchange(code, transaction),
        None => Verdict::Refused,
    }
}

/// A value of a query, decoded once (RFC 6749 appendix B). A broken escape stays as it is.
fn decoded(raw: &str) -> String {
    let plain = raw.replace('+', " ");
    encoding::decode(&plain).unwrap_or(plain)
}
