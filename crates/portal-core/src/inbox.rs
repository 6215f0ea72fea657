//! Messages of applications that nobody has dealt with: how many there are and whom to ask next, what is new, what the
//! person marks, what they prefer, and the draft of a new one (contract.md 1.22, 1.24, 1.25, 1.27, 1.28; experience.md
//! M1 to M11).

mod burst;
mod counts;
mod draft;
mod marks;
mod preferences;
mod sheet;
mod tabs;

pub use burst::{Burst, GATHER_MS, News, REST_MS};
pub use counts::{AT_ONCE, Ask, CLOSED_MS, Counts, EVERY_MS, Failure, Known, LONGEST_MS, Sum};
pub use draft::{Draft, Field, Problem, produced_at};
pub use marks::{Mark, Marks, batches};
pub use preferences::{Preferences, Tone, minute_of_day, time_of_day, tones};
pub use sheet::Sheet;
pub use tabs::{Between, WANTED_MS, Wants};

use core::ops::Range;

/// Which rows of a list of one height stand in the document: those in sight and so many beyond each edge, and always the
/// one with the focus. All lengths in px.
pub fn rows(count: usize, top: usize, height: usize, row: usize, beyond: usize) -> Range<usize> {
    let row = row.max(1);
    let first = (top / row).saturating_sub(beyond).min(count);
    let last = top.saturating_add(height).div_ceil(row).saturating_add(beyond).min(count);
    first..last.max(first)
}
