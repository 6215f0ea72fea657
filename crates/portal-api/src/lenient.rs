//! Reading what the service sends, whatever shape it takes (contract.md §6): what types that derive `Deserialize` name in
//! `deserialize_with`. Nothing here fails on JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};

use crate::json::{self, Members, RawValue};
pub(crate) use crate::listed::{Listed, Node, entries, long_list, only_list};

/// The reply lacks something that cannot be done without.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mismatch {
    /// The place in the reply, such as `data.accessToken`.
    pub place: &'static str,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is missing", self.place)
    }
}

/// A text. A number counts as its digits; an empty text counts as missing.
pub(crate) fn string<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let raw = <&RawValue>::deserialize(deserializer)?;
    Ok(as_text(raw).map(Cow::into_owned))
}

/// A finite number, also written as text.
pub(crate) fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    let raw = <&RawValue>::deserialize(deserializer)?;
    Ok(digits(raw).as_deref().and_then(number_in))
}

/// A whole number, also written as text or with a fraction of nought.
pub(crate) fn int<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(as_int)
}

/// A truth value in the forms of contract.md §6, 11.
pub(crate) fn bool<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(as_bool)
}

/// A value that may be missing or anything else.
pub(crate) fn option<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    <&RawValue>::deserialize(deserializer).map(one)
}

/// An object; a list of one object counts (contract.md §6, 9), and everything else is an empty one.
pub(crate) fn object<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned + Default,
{
    let raw = <&RawValue>::deserialize(deserializer)?;
    let first = json::entries(raw).and_then(|entries| entries.first().copied());
    Ok(members(first.unwrap_or(raw)))
}

/// Something that a text stands for: `T::parse` of an id, a token, a language.
pub(crate) fn parsed<'de, D, T>(
    deserializer: D,
    parse: fn(&str) -> Option<T>,
    what: &'static str,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
{
    let raw = <&RawValue>::deserialize(deserializer)?;
    as_text(raw).and_then(|text| parse(&text)).ok_or_else(|| D::Error::custom(what))
}

/// The members of an object as a type whose members may all be missing; of anything else none.
pub(crate) fn members<T: DeserializeOwned + Default>(raw: &RawValue) -> T {
    if json::is_object(raw) { one(raw).unwrap_or_default() } else { T::default() }
}

/// One value. Derived readers take a list for an object, member by member; no value of this service is one.
pub(crate) fn one<T: DeserializeOwned>(raw: &RawValue) -> Option<T> {
    match raw.get().as_bytes().first() {
        Some(b'[') => None,
        Some(b'{') => json::value(raw).or_else(|| serde_json::from_str(&each_once(raw)?).ok()),
        _ => json::value(raw),
    }
}

/// An object in which a name is more than once, which derived readers refuse, with the last of each. `None` where that is
/// not why it cannot be read.
fn each_once(raw: &RawValue) -> Option<String> {
    let members = Members::of(raw)?;
    let mut last = BTreeMap::new();
    // Not `collect`, which would sort first: one more copy of the sort in every download.
    last.extend(members.iter());
    (last.len() < members.iter().count()).then(|| json::to_text(&last))
}

/// What programs write into a text where there is nothing.
pub(crate) fn is_written_null(text: &str) -> bool {
    matches!(text.trim(), "null" | "undefined" | "[]" | "{}")
}

/// An address. One that is written as nothing counts as missing: it would open a page of that name.
pub(crate) fn address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(string(deserializer)?.filter(|text| !is_written_null(text)))
}

pub(crate) fn as_text(raw: &RawValue) -> Option<Cow<'_, str>> {
    match raw.get().as_bytes().first()? {
        b'"' => json::string(raw).filter(|text| !text.trim().is_empty()),
        // 21.0 is how some serializers write 21: still the same id.
        b'-' | b'0'..=b'9' => Some(Cow::Borrowed(raw.get().trim_end_matches(".0"))),
        _ => None,
    }
}

pub(crate) fn as_int(raw: &RawValue) -> Option<i64> {
    digits(raw).as_deref().and_then(int_in)
}

pub(crate) fn as_bool(raw: &RawValue) -> Option<bool> {
    match raw.get().as_bytes().first()? {
        b't' => Some(true),
        b'f' => Some(false),
        b'"' => match json::string(raw)?.trim() {
            "0" => Some(false),
            "1" => Some(true),
            word if word.eq_ignore_ascii_case("true") => Some(true),
            word if word.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        },
        _ => match as_int(raw)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        },
    }
}

/// What may be a number: one, or a text.
pub(crate) fn digits(raw: &RawValue) -> Option<Cow<'_, str>> {
    match raw.get().as_bytes().first()? {
        b'"' => json::string(raw).map(|text| match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        }),
        b'-' | b'0'..=b'9' => Some(Cow::Borrowed(raw.get())),
        _ => None,
    }
}

/// A number in the grammar of JSON, or a whole one with leading noughts.
fn number_in(text: &str) -> Option<f64> {
    let number: Option<f64> = serde_json::from_str(text).ok();
    #[expect(clippy::cast_precision_loss, reason = "the nearest number will do for an order")]
    number.or_else(|| text.parse::<i64>().ok().map(|number| number as f64))
}

pub(crate) fn int_in(text: &str) -> Option<i64> {
    // 2^53: beyond it a float no longer names one whole number.
    #[expect(clippy::cast_possible_truncation, reason = "checked: whole and below 2^53")]
    text.parse().ok().or_else(|| {
        number_in(text).filter(|n| n.fract() == 0.0 && n.abs() < 9_007_199_254_740_992.0).map(|n| n as i64)
    })
}
