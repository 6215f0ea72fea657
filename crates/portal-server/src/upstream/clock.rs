//! The time that calls are signed with, and how far it is from the gateway's.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::http::{HeaderMap, header};

/// A difference from here on is told. How much the gateway takes is not documented; a minute is more than any delay.
const TOLD_SECONDS: i64 = 60;

/// How far the times of calls may run ahead of the clock, in milliseconds: who calls faster than once a millisecond must
/// not move the time to where the gateway refuses it.
const MOST_AHEAD: u64 = 1000;

/// This machine's clock beside the gateway's.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    last_call: AtomicU64,
    last_token: AtomicU64,
    /// How many seconds the gateway is ahead.
    ahead: AtomicI64,
}

impl Clock {
    /// The time of a call in milliseconds: another one for each call, as long as that stays near the clock.
    pub(super) fn of_call(&self) -> String {
        let now = millis();
        later(&self.last_call, move |last| {
            let next = last.saturating_add(1);
            if next > now.saturating_add(MOST_AHEAD) { now } else { now.max(next) }
        })
    }

    /// The time of a request for a token in milliseconds, later each time that it is asked: the gateway refuses an
    /// `encryption` that it has seen (1001 in contract.md 0.2).
    pub(super) fn of_token(&self) -> String {
        let now = millis();
        later(&self.last_token, move |last| now.max(last.saturating_add(1)))
    }

    /// Compares with the `Date` of a reply. Gives the difference where it is large and was not before.
    pub(super) fn compare(&self, headers: &HeaderMap) -> Option<i64> {
        let date = headers.get(header::DATE).and_then(|value| value.to_str().ok());
        let theirs = date.and_then(|date| httpdate::parse_http_date(date).ok())?;
        let theirs = theirs.duration_since(UNIX_EPOCH).ok()?.as_secs();
        let ahead = i64::try_from(theirs).ok()? - i64::try_from(since_1970().as_secs()).ok()?;
        let before = self.ahead.swap(ahead, Ordering::Relaxed);
        (ahead.abs() >= TOLD_SECONDS && before.abs() < TOLD_SECONDS).then_some(ahead)
    }

    /// How many seconds the gateway's clock is ahead of this machine's, by the last reply.
    pub(crate) fn ahead(&self) -> i64 {
        self.ahead.load(Ordering::Relaxed)
    }

    /// The difference in words, where it is large.
    pub(crate) fn difference(&self) -> Option<String> {
        let ahead = self.ahead();
        (ahead.abs() >= TOLD_SECONDS).then(|| {
            let side = if ahead > 0 { "behind" } else { "ahead of" };
            format!("the clock of this server is {} s {side} the gateway's", ahead.abs())
        })
    }
}

/// Puts a time in place of the last one, and gives it.
fn later(last: &AtomicU64, next: impl Fn(u64) -> u64) -> String {
    let before = last.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(next(last)));
    next(before.unwrap_or_default()).to_string()
}

fn millis() -> u64 {
    since_1970().as_millis().try_into().unwrap_or(u64::MAX)
}

fn since_1970() -> std::time::Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Clock;
    use axum::http::{HeaderMap, HeaderValue, header};
    use std::time::{Duration, SystemTime};

    fn date(time: SystemTime) -> HeaderMap {
        let value = HeaderValue::try_from(httpdate::fmt_http_date(time)).expect("a date");
        HeaderMap::from_iter([(header::DATE, value)])
    }

    #[test]
    fn no_timestamp_comes_twice() {
        let clock = Clock::default();
        for next in [Clock::of_call, Clock::of_token] {
            let times: Vec<u64> = (0..1000).map(|_| next(&clock).parse().expect("a number")).collect();
            assert!(times.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }

    // A flood of calls would else move the time by minutes, and the gateway would refuse everybody's.
    #[test]
    fn many_calls_do_not_move_the_time() {
        let clock = Clock::default();
        for _ in 0..50_000 {
            clock.of_call();
        }
        let last: u64 = clock.of_call().parse().expect("a number");
        assert!(last <= super::millis() + super::MOST_AHEAD);
    }

    // It is told once, and again after it was gone.
    #[test]
    fn a_large_difference_is_told_once() {
        let clock = Clock::default();
        let now = SystemTime::now();
        assert_eq!((clock.compare(&date(now)), clock.difference()), (None, None));
        let later = date(now + Duration::from_secs(600));
        assert!(clock.compare(&later).is_some_and(|ahead| (595..=600).contains(&ahead)));
        assert_eq!(clock.compare(&later), None);
        assert!(clock.difference().is_some_and(|words| words.contains("behind the gateway's")));
        clock.compare(&date(now));
        assert!(clock.compare(&date(now - Duration::from_secs(600))).is_some());
        assert!(clock.difference().is_some_and(|words| words.contains("ahead of the gateway's")));
        assert_eq!(clock.compare(&HeaderMap::new()), None);
    }
}
