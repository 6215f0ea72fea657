//! What of the replies that were loaded is kept for the next page, and when it is loaded again.

/// How old the list of applications may be where a page opens, in milliseconds: it serves many pages, which are often opened
/// one after the other.
pub const FRESH_MS: i64 = 30_000;
/// How many replies of an operation are kept that no page shows.
pub const KEPT: usize = 8;

/// Whether a value that came then, if there is one, is younger than `fresh_ms`. All times are milliseconds of the clock; a
/// clock that was set back makes no value young.
pub fn is_fresh(came: Option<i64>, now: i64, fresh_ms: i64) -> bool {
    came.is_some_and(|came| (0..fresh_ms).contains(&(now - came)))
}

/// A reply in the cache.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Held<O> {
    /// The operation that gave it.
    pub operation: O,
    /// Whether a page shows it.
    pub used: bool,
    /// Whether another page may show it.
    pub lasting: bool,
}

/// Which replies are dropped; those used last come last. Kept is what a page shows, and of each operation the last [`KEPT`]
/// that another page may show.
pub fn surplus<O: PartialEq>(held: &[Held<O>]) -> Vec<bool> {
    let is_spare = |held: &Held<O>| !held.used && held.lasting;
    let is_surplus = |(place, one): (usize, &Held<O>)| {
        let later = held.iter().skip(place + 1);
        let newer = later.filter(|other| is_spare(other) && other.operation == one.operation).count();
        !one.used && (!one.lasting || newer >= KEPT)
    };
    held.iter().enumerate().map(is_surplus).collect()
}
