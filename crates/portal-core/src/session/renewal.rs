//! The one way to renew a token pair, over all tabs: look into the shared store, and either adopt what another tab got,
//! wait for it, or send the refresh token. The store marks a pair as sent before it is sent; that mark is what keeps a
//! refresh token from being used twice.

use portal_api::authentication::{RefreshAccessToken, Refreshed};
use portal_api::{Code, Endpoint, Error, ErrorKind, Response, TransportFailure, reply};
use serde::Deserialize;

use super::{Phase, Snapshot};

/// How long one sending of a refresh token may take, in milliseconds.
pub const SEND_BUDGET_MS: u32 = 30_000;
/// How long a renewal may take in all before calls that wait for it fail, in milliseconds. Longer than any sending in
/// another tab, so that nobody gives up on a reply that still comes.
pub const WAIT_BUDGET_MS: u32 = 2 * SEND_BUDGET_MS;
/// How long the refresh is tried again where the service refuses before it uses the token, in milliseconds.
pub const RETRY_BUDGET_MS: u32 = 15_000;
/// A sender that is silent for this long after its time is gone, in milliseconds.
const GRACE_MS: i64 = 5_000;
/// The first wait before another try, in milliseconds; doubled each time.
const FIRST_RETRY_MS: u32 = 1_000;

/// What a tab that wants a newer pair does next.
#[derive(Clone, PartialEq, Debug)]
pub enum Step {
    /// The store does not hold this session: it ended, or its record was removed.
    Gone,
    /// The store does not hold this pair yet: store it first.
    Save,
    /// The store holds a newer pair: adopt it.
    Newer,
    /// Nobody has sent this pair: mark it as sent, and send it.
    Send,
    /// Somebody has sent it: wait for the store to change.
    Wait,
    /// The sender is gone: the pair counts as used.
    GiveUp,
    /// The service has answered: read the answer.
    Read(Response),
    /// The pair was used, and no new one came.
    Lost,
}

/// Decides the next step for the pair of a number. `sent`: this tab knows that the pair was sent. `now`: milliseconds
/// since 1970 by the browser's clock.
pub fn next_step(snapshot: &Snapshot, pair: u64, sent: bool, now: i64) -> Step {
    let Some(stored) = &snapshot.stored else {
        let over = snapshot.ended.is_some();
        // The browser has removed the record, and with it the reply.
        return if sent && !over { Step::Lost } else { Step::Gone };
    };
    match stored.record.tokens.pair.cmp(&pair) {
        core::cmp::Ordering::Greater => return Step::Newer,
        core::cmp::Ordering::Less => return Step::Save,
        core::cmp::Ordering::Equal => {}
    }
    match &stored.phase {
        Phase::Ready => Step::Send,
        // A clock that was set back must not make anybody wait for hours.
        Phase::Sent { until } if now > until + GRACE_MS || until - now > i64::from(WAIT_BUDGET_MS) => {
            Step::GiveUp
        }
        Phase::Sent { .. } => Step::Wait,
        Phase::Replied(response) => Step::Read(response.clone()),
        Phase::Lost => Step::Lost,
    }
}

/// What an answer to Refresh Access Token means for the pair that was sent.
#[derive(Clone, PartialEq, Debug)]
pub enum Verdict {
    /// A new pair.
    Renewed(Refreshed),
    /// The service refused before it used the pair: it may be sent again.
    NotUsed(Error),
    /// The service no longer takes the pair: the session is over.
    Refused,
    /// Nobody can say whether the pair was used, so it counts as used.
    Unknown(Error),
}

/// Reads an answer to Refresh Access Token.
pub fn judge(response: &Response) -> Verdict {
    // An access proxy wants its own sign-in first; the service has not seen the call.
    if (300..400).contains(&response.status) {
        return Verdict::NotUsed(failed(ErrorKind::Transport(TransportFailure::Redirected)));
    }
    let error = match reply::<RefreshAccessToken>(response) {
        // An answer without a new token is no new pair.
        Ok(refreshed) if refreshed.tokens.access.is_some() => return Verdict::Renewed(refreshed),
        Ok(_) => return Verdict::Unknown(failed(ErrorKind::Empty)),
        Err(error) => error,
    };
    let own = is_of_the_service(response);
    match error.code() {
        // Nothing was processed: too many calls, out of service, or refused by the gateway in front.
        Some(Code::TooManyAttempts | Code::Other(503 | 1001..=1204)) => Verdict::NotUsed(error),
        // The service itself reports a failure. A proxy's page says nothing about what happened behind it.
        Some(_) if own && error.is_transient() => Verdict::NotUsed(error),
        Some(_) if own || response.status == 401 => Verdict::Refused,
        _ => Verdict::Unknown(error),
    }
}

/// How long to wait before try `attempt` + 1, in milliseconds; `None` once `elapsed` leaves no room for it, or where
/// another try would fail the same way.
pub fn next_try(error: &Error, attempt: u32, elapsed: u32) -> Option<u32> {
    if error.kind == ErrorKind::Transport(TransportFailure::Redirected) {
        return None;
    }
    let wait = FIRST_RETRY_MS << attempt.saturating_sub(1).min(4);
    (elapsed.saturating_add(wait) <= RETRY_BUDGET_MS).then_some(wait)
}

fn failed(kind: ErrorKind) -> Error {
    Error { operation: RefreshAccessToken::SPEC.operation, kind, request_id: None }
}

/// Whether the body is the service's envelope, not the page of a proxy.
fn is_of_the_service(response: &Response) -> bool {
    #[derive(Deserialize)]
    struct Envelope {
        code: serde_json::Value,
    }
    let body = response.body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&response.body);
    serde_json::from_slice::<Envelope>(body).is_ok_and(|envelope| !envelope.code.is_null())
}
