//! The log: one JSON object a line on the standard error. Only what this program itself writes stands in it, so that no
//! library can put an address there: two calls carry a token in their query (contract.md 1.5, 1.6).

use std::io::Write as _;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::ValueEnum;
use serde_json::{Map, Value};

/// How much is written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum, Debug, Default)]
pub enum Level {
    /// Nothing.
    Off,
    /// What somebody has to mend.
    Error,
    /// And what may become so, and calls that were refused or failed.
    Warn,
    /// And each call.
    #[default]
    Info,
}

impl Level {
    fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
        }
    }
}

/// A library is silent until its program says otherwise.
static LEVEL: AtomicU8 = AtomicU8::new(Level::Off as u8);

/// Sets how much this process writes.
pub fn set_level(level: Level) {
    LEVEL.store(level as u8, Ordering::Relaxed);
}

/// Whether lines of a level are written.
pub(crate) fn is_on(level: Level) -> bool {
    level as u8 <= LEVEL.load(Ordering::Relaxed)
}

/// Writes a line, if the level is one that is written. Names and values are this program's own words, or an id.
pub(crate) fn line(level: Level, message: &str, members: &[(&str, Value)]) {
    if !is_on(level) {
        return;
    }
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let mut object = Map::new();
    object.insert("time".to_owned(), time(since.as_secs(), since.subsec_millis()).into());
    object.insert("level".to_owned(), level.word().into());
    object.insert("message".to_owned(), message.into());
    for (name, value) in members {
        object.insert((*name).to_owned(), value.clone());
    }
    let text = Value::Object(object).to_string() + "\n";
    // Nothing is left to do where even this cannot be written.
    let _written = std::io::stderr().lock().write_all(text.as_bytes());
}

/// RFC 3339 in UTC. Days to a date by the algorithm of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
fn time(seconds: u64, millis: u32) -> String {
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    let shifted = days + 719_468;
    let (era, day) = (shifted / 146_097, shifted % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let date = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{date:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z")
}

#[cfg(test)]
mod tests {
    use super::{Level, time};

    // Values of `date -u -d @…`.
    #[test]
    fn times_are_those_of_the_calendar() {
        for (seconds, expected) in [
            (0, "1970-01-01T00:00:00.007Z"),
            (951_782_399, "2000-02-28T23:59:59.007Z"),
            (951_782_400, "2000-02-29T00:00:00.007Z"),
            (1_709_164_800, "2024-02-29T00:00:00.007Z"),
            (4_107_542_399, "2100-02-28T23:59:59.007Z"),
            (4_107_542_400, "2100-03-01T00:00:00.007Z"),
        ] {
            assert_eq!(time(seconds, 7), expected);
        }
    }

    #[test]
    fn levels_are_in_order() {
        assert!(Level::Off < Level::Error && Level::Error < Level::Warn && Level::Warn < Level::Info);
    }
}
