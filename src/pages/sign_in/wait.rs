//! Seconds that are counted down in sight.

use core::time::Duration;

use leptos::prelude::*;

/// Seconds to go, one less each second while the page stands.
pub fn count_down() -> RwSignal<u32> {
    let seconds = RwSignal::new(0_u32);
    Effect::new(move || {
        if seconds.get() > 0 {
            set_timeout(
                move || seconds.update(|left| *left = left.saturating_sub(1)),
                Duration::from_secs(1),
            );
        }
    });
    seconds
}

/// A number of seconds for a text that counts.
pub fn counted(seconds: u32) -> usize {
    usize::try_from(seconds).unwrap_or(usize::MAX)
}
