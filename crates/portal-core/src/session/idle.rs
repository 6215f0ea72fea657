//! How long a session may stand unused. Counted by differences of the browser's clock, so that sleep counts.

/// How long before the end the person is asked, in milliseconds (experience.md P6).
pub const WARNING_MS: i64 = 60_000;

/// What is to be done about a session that nobody has used for a while.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Idle {
    /// Nothing; look again after so many milliseconds at the latest.
    Awake(i64),
    /// Ask whether the person is still there: so many seconds are left, at least one.
    Warn(i64),
    /// The session is over.
    Over,
}

/// Judges by the time now, the time of the last activity, and how long may be between them; all in milliseconds. A
/// clock that was set back counts as activity.
pub fn idle(now: i64, last: i64, limit: i64) -> Idle {
    let unused = now.saturating_sub(last).max(0);
    let left = limit.saturating_sub(unused);
    match left {
        ..=0 => Idle::Over,
        1..=WARNING_MS => Idle::Warn(left.saturating_add(999) / 1000),
        _ => Idle::Awake(left - WARNING_MS),
    }
}
