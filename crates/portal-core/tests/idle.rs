//! The idle time-out (hostile.md 47).

use portal_core::session::{Idle, WARNING_MS, idle};
use proptest::prelude::*;

const LIMIT: i64 = 15 * 60_000;

#[test]
fn the_person_is_asked_for_the_last_minute() {
    assert_eq!(idle(0, 0, LIMIT), Idle::Awake(LIMIT - WARNING_MS));
    assert_eq!(idle(LIMIT - WARNING_MS - 1, 0, LIMIT), Idle::Awake(1));
    assert_eq!(idle(LIMIT - WARNING_MS, 0, LIMIT), Idle::Warn(60));
    assert_eq!(idle(LIMIT - 1, 0, LIMIT), Idle::Warn(1));
    assert_eq!(idle(LIMIT, 0, LIMIT), Idle::Over);
}

// hostile.md 46: sleep counts, because times are compared, not ticks counted.
#[test]
fn sleep_counts() {
    assert_eq!(idle(8 * 3_600_000, 0, LIMIT), Idle::Over);
}

proptest! {
    // A clock that jumps, to any time at all, ends a session at the earliest when the limit has passed by it.
    #[test]
    fn clocks_may_jump(now: i64, last: i64, limit in 900_000_i64..43_200_000) {
        match idle(now, last, limit) {
            Idle::Over => prop_assert!(now.saturating_sub(last) >= limit),
            Idle::Warn(seconds) => prop_assert!((1..=60).contains(&seconds)),
            Idle::Awake(ms) => prop_assert!(ms > 0 && ms <= limit),
        }
    }
}
