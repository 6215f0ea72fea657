//! Times for signatures, each given once. A gateway that checks for replay refuses a time that it has seen, and one that
//! is far from its clock; so the times that were given are remembered, and a time is taken near the clock or not at all.

/// Of how many milliseconds it is remembered which were given: 17 minutes, more than any gateway takes. It is the size
/// of a ring of bits, 128 KiB.
const REMEMBERED: u64 = 1 << 20;
const WORD: u64 = u64::BITS as u64;

/// The times that were given.
pub(super) struct Times {
    /// One bit for each millisecond up to `last`, at its place modulo [`REMEMBERED`].
    given: Vec<u64>,
    /// The latest time that was given.
    last: u64,
}

impl core::fmt::Debug for Times {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Times").field("last", &self.last).finish_non_exhaustive()
    }
}

impl Default for Times {
    fn default() -> Self {
        let words = usize::try_from(REMEMBERED / WORD).unwrap_or_default();
        Self { given: vec![0; words], last: 0 }
    }
}

impl Times {
    /// The first time from `now` on that was not given yet, at most `most` milliseconds ahead. `None` where all of them
    /// were.
    pub(super) fn take(&mut self, now: u64, most: u64) -> Option<u64> {
        if now.saturating_add(REMEMBERED) <= self.last {
            // The clock was set back by more than is remembered: nobody takes the old times any more.
            *self = Self::default();
        }
        let end = now.saturating_add(most.min(REMEMBERED - 1));
        let mut time = now;
        while time <= end {
            if time > self.last {
                self.forget_before(time);
                self.last = time;
                self.mark(time);
                return Some(time);
            }
            let word = self.word(time) >> (time % WORD);
            if word & 1 == 0 {
                self.mark(time);
                return Some(time);
            }
            // Over all that follow in this word: when many call at once, a second is full of them.
            time = time.saturating_add(u64::from(word.trailing_ones()));
        }
        None
    }

    /// Makes room for `time`, which is later than all before: what stands in the ring between is from a round ago.
    fn forget_before(&mut self, time: u64) {
        if time - self.last >= REMEMBERED {
            self.given.fill(0);
            return;
        }
        let mut passed = self.last + 1;
        while passed <= time {
            // A whole word at once where it can be: after a quiet while there are many.
            let whole = passed.is_multiple_of(WORD) && time - passed >= WORD;
            if let Some(word) = self.given.get_mut(place(passed)) {
                *word &= if whole { 0 } else { !(1 << (passed % WORD)) };
            }
            passed += if whole { WORD } else { 1 };
        }
    }

    fn mark(&mut self, time: u64) {
        if let Some(word) = self.given.get_mut(place(time)) {
            *word |= 1 << (time % WORD);
        }
    }

    fn word(&self, time: u64) -> u64 {
        self.given.get(place(time)).copied().unwrap_or_default()
    }
}

fn place(time: u64) -> usize {
    usize::try_from(time % REMEMBERED / WORD).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{REMEMBERED, Times};
    use proptest::prelude::*;
    use std::collections::HashSet;

    /// How the clock goes on between two calls: mostly not at all or a little, now and then a step in either direction.
    fn step() -> impl Strategy<Value = i64> {
        prop_oneof![8 => Just(0), 4 => 0_i64..3, 2 => -50_i64..50, 1 => -5000_i64..200_000, 1 => 0_i64..3_000_000]
    }

    proptest! {
        // Each case has a ring of its own, which takes a while to make.
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

        // However many call, and however the clock is set meanwhile.
        #[test]
        fn no_time_is_given_twice(steps in prop::collection::vec((step(), 1_usize..30), 1..60), most in 0_u64..400) {
            let (mut times, mut given) = (Times::default(), HashSet::new());
            let (mut now, mut latest) = (1_700_000_000_000_u64, 0);
            for (step, calls) in steps {
                now = now.saturating_add_signed(step);
                latest = latest.max(now);
                // Steps back by more than is remembered are another case.
                prop_assume!(latest - now < REMEMBERED / 2);
                for _ in 0..calls {
                    if let Some(time) = times.take(now, most) {
                        prop_assert!((now..=now + most).contains(&time));
                        prop_assert!(given.insert(time), "{} twice", time);
                    } else {
                        prop_assert!((now..=now + most).all(|time| given.contains(&time)), "one was left");
                    }
                }
            }
        }
    }

    #[test]
    fn a_full_window_gives_nothing_until_the_clock_goes_on() {
        let mut times = Times::default();
        let taken: Vec<u64> = std::iter::from_fn(|| times.take(5000, 1000)).collect();
        assert_eq!(taken, (5000..=6000).collect::<Vec<_>>());
        assert_eq!((times.take(5001, 1000), times.take(5001, 1000)), (Some(6001), None));
        // Set back: what was not given is still there.
        assert_eq!((times.take(4998, 1000), times.take(4998, 1)), (Some(4998), Some(4999)));
        assert_eq!(times.take(4998, 1000), None);
    }

    // Who sets a clock back by hours must not wait for hours.
    #[test]
    fn a_clock_that_was_set_far_back_starts_again() {
        let mut times = Times::default();
        assert_eq!(times.take(10_000_000, 10), Some(10_000_000));
        assert_eq!(times.take(10_000_000 - REMEMBERED, 10), Some(10_000_000 - REMEMBERED));
        assert_eq!(times.take(10_000_000, 10), Some(10_000_000));
    }
}
