//! Reading what the service sends, whatever shape it takes (contract.md §6). Every function here is total.

use serde_json::Value;

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
pub(crate) fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(as_text)
}

/// The first of several members that is there; contracts rename members between versions.
pub(crate) fn first_text(value: &Value, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| text(value, key))
}

pub(crate) fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        // 21.0 is how some serializers write 21: still the same id.
        Value::Number(number) => Some(number.to_string().trim_end_matches(".0").to_owned()),
        _ => None,
    }
}

/// A finite number, also written as text.
pub(crate) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.to_string().parse().ok(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
    .filter(|number: &f64| number.is_finite())
}

/// A whole number, also written as text or with a fraction of nought.
pub(crate) fn integer(value: &Value) -> Option<i64> {
    let whole = match value {
        Value::Number(number) => number.to_string().parse().ok(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    // 2^53: beyond it a float no longer names one whole number.
    #[expect(clippy::cast_possible_truncation, reason = "checked: whole and below 2^53")]
    whole.or_else(|| {
        number(value).filter(|n| n.fract() == 0.0 && n.abs() < 9_007_199_254_740_992.0).map(|n| n as i64)
    })
}

/// A truth value in the forms of contract.md §6, 11.
pub(crate) fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Number(_) => match integer(value)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        },
        Value::String(text) => match text.trim() {
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
pub(crate) fn object<'a>(value: &'a Value, key: &str) -> &'a Value {
    match value.get(key) {
        Some(found @ Value::Object(_)) => found,
        Some(Value::Array(list)) => list.first().filter(|first| first.is_object()).unwrap_or(&Value::Null),
        _ => &Value::Null,
    }
}

/// Reads every entry of a list member. Missing, null, `""`, `{}` or a truth value is an empty list (contract.md §6,
/// 3); any other value alone is a list of one, so that what cannot be read is counted.
pub(crate) fn list<T>(value: &Value, key: &str, read: impl FnMut(&Value) -> Option<T>) -> Listed<T> {
    entries(value.get(key).unwrap_or(&Value::Null), read)
}

/// The one list of a reply: a member of `data`, or `data` itself (hostile.md 65).
pub(crate) fn only_list<T>(data: &Value, key: &str, read: impl FnMut(&Value) -> Option<T>) -> Listed<T> {
    if data.is_array() { entries(data, read) } else { list(data, key, read) }
}

fn entries<T>(value: &Value, mut read: impl FnMut(&Value) -> Option<T>) -> Listed<T> {
    let entries = match value {
        Value::Array(entries) => entries.as_slice(),
        Value::Null | Value::Bool(_) => &[],
        Value::String(text) if text.trim().is_empty() => &[],
        Value::Object(members) if members.is_empty() => &[],
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
