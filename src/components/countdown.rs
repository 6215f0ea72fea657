//! Seconds that are counted down in sight, until something can be tried again.

use core::time::Duration;

use leptos::prelude::set_timeout;
use portal_core::text::Later;

use crate::i18n::I18n;
use crate::state::{State, effect};

/// From here on the time is told in minutes.
const IN_MINUTES: u32 = 120;

/// Seconds to go, one less each second while the part of the page stands that made it.
#[derive(Clone, Copy)]
pub struct Countdown(State<u32>);

impl Countdown {
    /// From so many seconds, or 0: then it does not run.
    pub fn new(seconds: u32) -> Self {
        let left = State::new(seconds);
        effect(move || {
            if left.get() > 0 {
                set_timeout(
                    move || {
                        left.update(|left| *left = left.saturating_sub(1));
                    },
                    Duration::from_secs(1),
                );
            }
        });
        Self(left)
    }

    /// Begins with so many seconds; 0 ends it.
    pub fn start(self, seconds: u32) {
        self.0.set(seconds);
    }

    /// Whether there is still time to go; changes are followed.
    pub fn runs(self) -> bool {
        self.0.get() > 0
    }

    /// The same now.
    pub fn runs_untracked(self) -> bool {
        self.0.get_untracked() > 0
    }

    /// The seconds to go, as a number to count with; changes are followed.
    pub fn seconds(self) -> usize {
        usize::try_from(self.0.get()).unwrap_or(usize::MAX)
    }

    /// "Try again in 30 seconds", in the place of what a button says otherwise; changes are followed.
    pub fn text(self, i18n: I18n) -> Option<String> {
        let left = self.0.get();
        let counted = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        match left {
            0 => None,
            1..=IN_MINUTES => {
                Some(i18n.count(Later::NoticeTryAgainInOne, Later::NoticeTryAgainInOther, counted(left)))
            }
            _ => {
                let (one, other) = (Later::NoticeTryAgainInMinutesOne, Later::NoticeTryAgainInMinutesOther);
                Some(i18n.count(one, other, counted(left.div_ceil(60))))
            }
        }
    }
}
