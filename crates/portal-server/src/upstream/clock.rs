//! The time that calls are signed with, and how far it is from the gateway's.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::http::{HeaderMap, header};

use super::refusal::Refusal;
use super::times::Times;

/// A difference from here on is told. How much the gateway takes is not documented; a minute is more than any delay.
const TOLD_SECONDS: i64 = 60;

/// How far the times of calls may run ahead of the clock, in milliseconds: who calls faster than once a millisecond must
/// not move the time to where the gateway refuses it.
const MOST_AHEAD: u64 = 1000;
/// How much further ahead a call takes its time and waits until that is near, in milliseconds. Who would have to wait
/// longer is refused.
const MOST_WAIT: u64 = 2000;

/// This machine's clock beside the gateway's.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    calls: Mutex<Times>,
    tokens: Mutex<Times>,
    /// How many seconds the gateway is ahead.
    ahead: AtomicI64,
}

impl Clock {
    /// The time of a call in milliseconds, another one for each call. There is one for each millisecond, so who calls
    /// faster has to wait.
    ///
    /// # Errors
    /// Too many wait already.
    pub(super) async fn of_call(&self) -> Result<String, Refusal> {
        let now = millis();
        let time = taken(&self.calls, now, MOST_AHEAD + MOST_WAIT).ok_or(Refusal::TooManySigned)?;
        let wait = time.saturating_sub(now.saturating_add(MOST_AHEAD));
        if wait > 0 {
            tokio::time::sleep(Duration::from_millis(wait)).await;
        }
        Ok(time.to_string())
    }

    /// The time of a request for a token in milliseconds, another one each time that it is asked: the gateway refuses an
    /// `encryption` that it has seen (1001 in contract.md 0.2).
    ///
    /// # Errors
    /// Too many were asked for a moment ago.
    pub(super) fn of_token(&self) -> Result<String, Refusal> {
        let time = taken(&self.tokens, millis(), MOST_AHEAD).ok_or(Refusal::TooManySigned)?;
        Ok(time.to_string())
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

fn taken(times: &Mutex<Times>, now: u64, most: u64) -> Option<u64> {
    // Nothing in it can be half done.
    times.lock().unwrap_or_else(PoisonError::into_inner).take(now, most)
}

fn millis() -> u64 {
    since_1970().as_millis().try_into().unwrap_or(u64::MAX)
}

fn since_1970() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Clock, MOST_AHEAD, MOST_WAIT, Refusal};
    use axum::http::{HeaderMap, HeaderValue, header};
    use std::collections::HashSet;
    use std::sync::Arc;
    use std::time::{Duration, Instant, SystemTime};

    fn date(time: SystemTime) -> HeaderMap {
        let value = HeaderValue::try_from(httpdate::fmt_http_date(time)).expect("a date");
        HeaderMap::from_iter([(header::DATE, value)])
    }

    // Faster than once a millisecond, by many at once: each gets a time of its own, near the clock.
    #[test]
    fn no_timestamp_comes_twice() {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_time().build();
        runtime.expect("a runtime").block_on(async {
            let clock = Arc::new(Clock::default());
            let calls = (0..50).map(|_| {
                let clock = clock.clone();
                tokio::spawn(async move {
                    let mut times = Vec::new();
                    for _ in 0..60 {
                        let time: u64 = clock.of_call().await.expect("a time").parse().expect("a number");
                        assert!(time <= super::millis() + MOST_AHEAD + 1, "no further ahead than allowed");
                        times.push(time);
                    }
                    times
                })
            });
            let (mut all, mut count) = (HashSet::new(), 0);
            for call in calls.collect::<Vec<_>>() {
                let times = call.await.expect("times");
                count += times.len();
                all.extend(times);
            }
            assert_eq!((count, all.len()), (3000, 3000));
        });
    }

    // Who would have to wait for long is told so at once, and the others' times stay near.
    #[test]
    fn a_flood_is_refused_and_does_not_move_the_time() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
        runtime.expect("a runtime").block_on(async {
            let (clock, began) = (Arc::new(Clock::default()), Instant::now());
            let calls: Vec<_> = (0..10_000)
                .map(|_| {
                    let clock = clock.clone();
                    tokio::spawn(async move { clock.of_call().await })
                })
                .collect();
            let (mut given, mut refused) = (HashSet::new(), 0);
            for call in calls {
                match call.await.expect("an answer") {
                    Ok(time) => assert!(given.insert(time)),
                    Err(refusal) => {
                        assert_eq!(refusal, Refusal::TooManySigned);
                        refused += 1;
                    }
                }
            }
            let took = began.elapsed();
            assert!(refused > 0 && given.len() > 3000, "{refused} {}", given.len());
            assert!(took < Duration::from_millis(MOST_WAIT) + Duration::from_secs(3), "{took:?}");
        });
    }

    #[test]
    fn requests_for_tokens_have_times_of_their_own() {
        let clock = Clock::default();
        let times: HashSet<String> = (0..1000).map(|_| clock.of_token().expect("a time")).collect();
        assert_eq!(times.len(), 1000);
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
