//! Points in time in the forms of contract.md §6, 17, read without a clock or a library: the wasm has no room.

use serde::{Deserialize, Deserializer};

use crate::json::RawValue;
use crate::lenient;

/// Milliseconds since 1970 in UTC, from a number of milliseconds or seconds, the same as text, or a date. A zone
/// that is not given is UTC.
pub(crate) fn instant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    let raw = <&RawValue>::deserialize(deserializer)?;
    Ok(lenient::digits(raw).as_deref().and_then(read_time))
}

/// The same of a text that a reply gave as it was, such as the time an account was made.
pub fn read_time(text: &str) -> Option<i64> {
    let text = text.trim();
    match lenient::int_in(text) {
        // Ten digits are seconds until the year 2286; milliseconds have thirteen since 2001.
        Some(number) => Some(if number.unsigned_abs() < 100_000_000_000 { number * 1000 } else { number }),
        None => date(text),
    }
}

/// Milliseconds since 1970 of a date as HTTP headers write it: `Sun, 06 Nov 1994 08:49:37 GMT`.
pub(crate) fn http_date(text: &str) -> Option<i64> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let (_, rest) = text.trim().split_once(", ")?;
    let mut fields = rest.split(' ');
    let (day, month, year) = (fields.next()?, fields.next()?, fields.next()?);
    let (time, zone) = (fields.next()?, fields.next()?);
    if zone != "GMT" || fields.next().is_some() || month.len() != 3 {
        return None;
    }
    let month = MONTHS.find(month).filter(|place| place % 3 == 0)? / 3 + 1;
    date(&format!("{year}-{month}-{day} {time}"))
}

fn date(text: &str) -> Option<i64> {
    let (day, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let (year, month, day) = calendar_day(day)?;
    let (time, offset) = zone(time)?;
    let mut fields = time.splitn(3, ':');
    let hour = field(fields.next().filter(|hour| !hour.is_empty()).unwrap_or("0"), 0, 24)?;
    let minute = field(fields.next().unwrap_or("0"), 0, 59)?;
    let seconds = fields.next().unwrap_or("0");
    let (second, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    let second = field(second, 0, 60)?;
    let mut millis = 0;
    for place in 0..3 {
        let digit = fraction.as_bytes().get(place).map_or(Some(0), |byte| char::from(*byte).to_digit(10))?;
        millis = millis * 10 + i64::from(digit);
    }
    let minutes = (days_from_civil(year, month, day) * 24 + hour) * 60 + minute - offset;
    Some((minutes * 60 + second) * 1000 + millis)
}

/// `yyyy-MM-dd` or `d/M/yyyy`.
fn calendar_day(text: &str) -> Option<(i64, i64, i64)> {
    let slashed = text.contains('/');
    let mut fields = text.split(['-', '/']);
    let (first, month, last) = (fields.next()?, fields.next()?, fields.next()?);
    let (year, day) = if slashed { (last, first) } else { (first, last) };
    if fields.next().is_some() || year.len() != 4 {
        return None;
    }
    Some((field(year, 1, 9999)?, field(month, 1, 12)?, field(day, 1, 31)?))
}

/// Splits a zone off: `Z`, `+08:00`, `-0530`. The offset is in minutes east.
fn zone(time: &str) -> Option<(&str, i64)> {
    if let Some(time) = time.strip_suffix(['Z', 'z']) {
        return Some((time, 0));
    }
    let Some(at) = time.find(['+', '-']) else { return Some((time, 0)) };
    let (time, zone) = time.split_at_checked(at)?;
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let hours = field(digits.get(..2)?, 0, 18)?;
    let minutes = digits.get(2..4).map_or(Some(0), |minutes| field(minutes, 0, 59))?;
    Some((time, sign * (hours * 60 + minutes)))
}

fn field(text: &str, least: i64, most: i64) -> Option<i64> {
    text.parse().ok().filter(|number| (least..=most).contains(number))
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar, counted in eras of 400 years from 1 March 0000.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    fn instant(text: &str) -> Option<i64> {
        super::instant(&mut serde_json::Deserializer::from_str(text)).unwrap()
    }

    // contract.md §6, 7 and 17: every form in which a point in time was seen.
    #[test]
    fn all_forms_are_read() {
        let expected = Some(1_558_931_610_000);
        for value in [
            "1558931610000",
            "1558931610",
            "\"1558931610000\"",
            "\"2019-05-27 04:33:30.0\"",
            "\"2019-05-27 04:33:30\"",
            "\"2019-05-27T04:33:30Z\"",
            "\"2019-05-27T12:33:30.000+08:00\"",
            "\"27/5/2019 04:33:30\"",
        ] {
            assert_eq!(instant(value), expected, "{value}");
        }
        for value in ["null", "\"\"", "\"soon\"", "\"2019-13-01\"", "{}", "\"27/5/19\""] {
            assert_eq!(instant(value), None, "{value}");
        }
    }
}
