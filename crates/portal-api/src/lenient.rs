//! Reading what the service sends, whatever shape it takes (contract.md §6). Every function here is total.

use crate::decimal::decimal;
use crate::json::Json;

/// A list of which every good entry was kept.
#[derive(Clone, PartialEq, Debug)]
pub struct Listed<T> {
    /// The entries that could be read, in the order sent.
    pub entries: Vec<T>,
    /// How many could not, and were left out. Shown to the person.
    pub dropped: usize,
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), dropped: 0 }
    }
}

/// The reply lacks something that cannot be done without.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mismatch {
    /// The place in the reply, such as `data.accessToken`.
    pub place: &'static str,
}

/// The member as text. A number counts as its digits; an empty text counts as missing.
pub(crate) fn text<'v>(value: &'v Json<'_>, key: &str) -> Option<&'v str> {
    value.get(key).and_then(as_text)
}

/// The first of several members that is there; contracts rename members between versions.
pub(crate) fn first_text<'v>(value: &'v Json<'_>, keys: &[&str]) -> Option<&'v str> {
    keys.iter().find_map(|key| text(value, key))
}

pub(crate) fn as_text<'v>(value: &'v Json<'_>) -> Option<&'v str> {
    match value {
        Json::Text(text) if !text.trim().is_empty() => Some(text),
        // 21.0 is how some serializers write 21: still the same id.
        Json::Number(digits) => Some(digits.trim_end_matches(".0")),
        _ => None,
    }
}

/// A finite number, also written as text.
pub(crate) fn number(value: &Json<'_>) -> Option<f64> {
    digits(value).and_then(decimal)
}

/// A whole number, also written as text or with a fraction of nought.
pub(crate) fn integer(value: &Json<'_>) -> Option<i64> {
    let digits = digits(value)?;
    // 2^53: beyond it a float no longer names one whole number.
    #[expect(clippy::cast_possible_truncation, reason = "checked: whole and below 2^53")]
    digits.parse().ok().or_else(|| {
        decimal(digits).filter(|n| n.fract() == 0.0 && n.abs() < 9_007_199_254_740_992.0).map(|n| n as i64)
    })
}

/// What may be a number: one, or a text.
fn digits<'v>(value: &'v Json<'_>) -> Option<&'v str> {
    match value {
        Json::Number(digits) => Some(digits),
        Json::Text(text) => Some(text.trim()),
        _ => None,
    }
}

/// A truth value in the forms of contract.md §6, 11.
pub(crate) fn flag(value: &Json<'_>) -> Option<bool> {
    match value {
        Json::Bool(flag) => Some(*flag),
        Json::Number(_) => match integer(value)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        },
        Json::Text(text) => match text.trim() {
            "0" => Some(false),
            "1" => Some(true),
            word if word.eq_ignore_ascii_case("true") => Some(true),
            word if word.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// The member as an object; a list of one object counts (contract.md §6, 9). `Null` where there is none.
pub(crate) fn object<'v, 'a>(value: &'v Json<'a>, key: &str) -> &'v Json<'a> {
    match value.get(key) {
        Some(found @ Json::Object(_)) => found,
        Some(Json::List(list)) => list.first().filter(|first| first.is_object()).unwrap_or(&Json::Null),
        _ => &Json::Null,
    }
}

/// Reads every entry of a list member. Missing, null, `""`, `{}` or a truth value is an empty list (contract.md §6,
/// 3); any other value alone is a list of one, so that what cannot be read is counted.
pub(crate) fn list<T>(value: &Json<'_>, key: &str, read: impl FnMut(&Json<'_>) -> Option<T>) -> Listed<T> {
    entries(value.get(key).unwrap_or(&Json::Null), read)
}

/// The one list of a reply: a member of `data`, or `data` itself (hostile.md 65).
pub(crate) fn only_list<T>(
    data: &Json<'_>,
    key: &str,
    read: impl FnMut(&Json<'_>) -> Option<T>,
) -> Listed<T> {
    let list = if data.as_list().is_some() { Some(data) } else { data.get(key) };
    entries(list.unwrap_or(&Json::Null), read)
}

/// The entries of a value: a list, or one alone.
pub(crate) fn entries<T>(value: &Json<'_>, mut read: impl FnMut(&Json<'_>) -> Option<T>) -> Listed<T> {
    let entries = match value {
        Json::List(entries) => entries.as_slice(),
        Json::Null | Json::Bool(_) => &[],
        Json::Text(text) if text.trim().is_empty() => &[],
        Json::Object(members) if members.is_empty() => &[],
        one => core::slice::from_ref(one),
    };
    let mut listed = Listed { entries: Vec::with_capacity(entries.len()), dropped: 0 };
    for entry in entries {
        match read(entry) {
            Some(entry) => listed.entries.push(entry),
            None => listed.dropped += 1,
        }
    }
    listed
}
