//! Whether a failed call is made again without anybody asking, and after how long (hostile.md 77, 80). Few times and
//! soon, or not at all: after that a person decides.

use portal_api::{Code, Error, ErrorKind, TransportFailure};

/// How often a call is made, the first time counted in.
pub const ATTEMPTS: u32 = 3;
/// The longest wait, in milliseconds. A service that asks for more is taken at its word: then nobody calls.
pub const LONGEST_MS: u32 = 5_000;
/// How long a load may take with all its tries, in milliseconds: after that a person decides.
pub const BUDGET_MS: u32 = 30_000;
/// When a load that is still under way says so, in milliseconds.
pub const SLOW_MS: u32 = 5_000;
/// The wait before the second call, in milliseconds; three times as long before the next.
const FIRST_MS: u32 = 500;

/// How long to wait before the call is made again, in milliseconds; `None` to tell the person.
///
/// `attempt` counts the calls made, from 1. `repeatable` says whether the operation may be sent again
/// (`Spec::repeatable`). `random`, from 0 up to 1, spreads the calls of many pages that failed together.
pub fn next_wait(attempt: u32, error: &Error, repeatable: bool, random: f64) -> Option<u32> {
    if !repeatable || attempt == 0 || attempt >= ATTEMPTS || !may_pass(error) {
        return None;
    }
    let plain = f64::from(FIRST_MS * if attempt == 1 { 1 } else { 3 });
    // Half of it to one and a half.
    let spread = plain * (0.5 + random.clamp(0.0, 1.0));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few thousand at most")]
    let wait = (spread as u32).min(LONGEST_MS);
    match asked_for(error) {
        Some(asked) if asked > LONGEST_MS => None,
        asked => Some(wait.max(asked.unwrap_or_default())),
    }
}

/// How long to wait before a load makes its call again, and how much time that call then has, in milliseconds; `None` to tell
/// the user. `elapsed_ms`: since the load began.
pub fn next_try(
    attempt: u32,
    error: &Error,
    repeatable: bool,
    random: f64,
    elapsed_ms: f64,
) -> Option<(u32, u32)> {
    let wait = next_wait(attempt, error, repeatable, random)?;
    Some((wait, time_left(elapsed_ms + f64::from(wait))?))
}

/// What is left of [`BUDGET_MS`] after so many milliseconds; `None` where nothing is, or too little for another try.
pub fn time_left(elapsed_ms: f64) -> Option<u32> {
    let left = f64::from(BUDGET_MS) - elapsed_ms.max(0.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and BUDGET_MS")]
    (left >= f64::from(FIRST_MS)).then_some(left as u32)
}

/// Whether the failure may be gone in a moment. Not: no network at all, which says itself when it is back; a time-out,
/// after which the person has waited long enough; a redirect and a wrong answer, which would be the same again; and any
/// refusal, above all 31429, which wants that nobody calls (contract.md 0.2). A call that the browser would not let
/// through for its origin looks like one whose connection broke: it is made again before that is told.
fn may_pass(error: &Error) -> bool {
    match &error.kind {
        ErrorKind::Transport(failure) => {
            matches!(failure, TransportFailure::Network | TransportFailure::CrossOrigin)
        }
        ErrorKind::Refused { code, .. } => {
            matches!(code, Code::Internal | Code::Timeout | Code::Other(500..600))
        }
        ErrorKind::Empty => true,
        ErrorKind::NotTheService { .. } | ErrorKind::Malformed { .. } => false,
    }
}

/// What the service asks to wait, in milliseconds.
fn asked_for(error: &Error) -> Option<u32> {
    match &error.kind {
        ErrorKind::Refused { retry_after, .. } => retry_after.map(|seconds| seconds.saturating_mul(1_000)),
        _ => None,
    }
}
