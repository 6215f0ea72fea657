//! JSON text that somebody else wrote: looked through once, then read by serde, value by value.
//!
//! A value stays text ([`RawValue`]) until its reader knows what it wants. So one value that cannot be read never costs
//! those beside it, and a number keeps its digits.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
pub use serde_json::value::RawValue;

/// How deep values may be in each other: the limit of serde_json, which holds for one value and not for those that it
/// keeps as text.
const MAX_DEPTH: usize = 127;

/// The text is not JSON, or is nested deeper than any reply is (hostile.md 69).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotJson;

/// Looks through a text (RFC 8259, no more: contract.md §6, 19). Half a surrogate pair, which a text cut in the middle of
/// an emoji leaves, becomes U+FFFD: one bad name does not cost the list.
///
/// # Errors
/// It is not JSON, or nested too deeply.
pub fn read(text: &str) -> Result<Cow<'_, RawValue>, NotJson> {
    let value = match bounded(text)? {
        Cow::Borrowed(text) => serde_json::from_str(text).map(Cow::Borrowed),
        Cow::Owned(text) => RawValue::from_string(text).map(Cow::Owned),
    };
    value.map_err(|_| NotJson)
}

/// The same without a look at the grammar: for who reads the text next anyway.
pub(crate) fn bounded(text: &str) -> Result<Cow<'_, str>, NotJson> {
    match scan(text) {
        Found { depth, .. } if depth > MAX_DEPTH => Err(NotJson),
        Found { surrogates: true, .. } => Ok(Cow::Owned(mend(text))),
        _ => Ok(Cow::Borrowed(text)),
    }
}

/// A value as what it is; `None` where it is anything else.
pub fn value<T: DeserializeOwned>(raw: &RawValue) -> Option<T> {
    serde_json::from_str(raw.get()).ok()
}

/// A text, borrowed where it has no escapes.
pub fn string(raw: &RawValue) -> Option<Cow<'_, str>> {
    let inside = raw.get().strip_prefix('"')?.strip_suffix('"')?;
    if inside.contains('\\') { value(raw).map(Cow::Owned) } else { Some(Cow::Borrowed(inside)) }
}

/// The entries of a list.
pub fn entries(raw: &RawValue) -> Option<Vec<&RawValue>> {
    if !raw.get().starts_with('[') {
        return None;
    }
    serde_json::from_str(raw.get()).ok()
}

/// Whether the value is an object.
pub fn is_object(raw: &RawValue) -> bool {
    raw.get().starts_with('{')
}

/// A value as text, without blanks.
pub fn to_text(value: &(impl Serialize + ?Sized)) -> String {
    // Only maps whose keys are no texts, and writers that fail, cannot be written.
    serde_json::to_string(value).unwrap_or_default()
}

/// A value that stays as it is.
pub fn raw(value: &(impl Serialize + ?Sized)) -> Box<RawValue> {
    serde_json::value::to_raw_value(value).unwrap_or_else(|_| RawValue::NULL.to_owned())
}

/// The members of an object, in the order sent. Of members with the same name the last one counts.
#[derive(Clone, Debug, Default)]
pub struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Members<'a> {
    /// The members of a value; `None` where it is no object.
    pub fn of(raw: &'a RawValue) -> Option<Self> {
        Self::read(raw.get())
    }

    pub(crate) fn read(text: &'a str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// A member.
    pub fn get(&self, key: &str) -> Option<&'a RawValue> {
        self.0.iter().rev().find(|(name, _)| name == key).map(|(_, value)| *value)
    }

    /// A member as what it is; `None` where it is missing or anything else.
    pub fn get_as<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        self.get(key).and_then(value)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &'a RawValue)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), *value))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(InOrder).map(Self)
    }
}

/// A name, borrowed where it has no escapes.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Vec<(Cow<'de, str>, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some((Name(name), value)) = map.next_entry()? {
            members.push((name, value));
        }
        Ok(members)
    }
}

struct Found {
    depth: usize,
    /// Whether an escape may be half a surrogate pair.
    surrogates: bool,
}

/// What serde_json does not say of values that it passes over.
fn scan(text: &str) -> Found {
    let mut found = Found { depth: 0, surrogates: false };
    let mut depth = 0_usize;
    let mut bytes = text.as_bytes();
    while let [first, rest @ ..] = bytes {
        bytes = rest;
        match first {
            b'"' => bytes = skip_string(rest, &mut found.surrogates),
            b'{' | b'[' => {
                depth += 1;
                found.depth = found.depth.max(depth);
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found
}

/// What comes behind a text whose first quote was read.
fn skip_string<'a>(mut bytes: &'a [u8], surrogates: &mut bool) -> &'a [u8] {
    loop {
        let end = memchr::memchr2(b'"', b'\\', bytes);
        match end.and_then(|end| bytes.get(end..)) {
            Some([b'\\', escaped @ ..]) => {
                *surrogates |= matches!(escaped, [b'u', b'd' | b'D', ..]);
                bytes = escaped.get(1..).unwrap_or_default();
            }
            Some([_, rest @ ..]) => return rest,
            _ => return &[],
        }
    }
}

/// The text with `\ufffd` for each half of a surrogate pair.
fn mend(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, escape)) = rest.split_once('\\') {
        out.push_str(before);
        let low = || escape.get(5..).and_then(|next| unit(next.strip_prefix('\\')?));
        let length = match unit(escape) {
            Some(0xD800..=0xDBFF) if matches!(low(), Some(0xDC00..=0xDFFF)) => 11,
            Some(0xD800..=0xDFFF) => {
                out.push_str("\\ufffd");
                rest = escape.get(5..).unwrap_or_default();
                continue;
            }
            _ => escape.chars().next().map_or(0, char::len_utf8),
        };
        let (whole, behind) = escape.split_at_checked(length).unwrap_or((escape, ""));
        out.push('\\');
        out.push_str(whole);
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// The UTF-16 unit of an escape without its backslash.
fn unit(escape: &str) -> Option<u16> {
    u16::from_str_radix(escape.strip_prefix('u')?.get(..4)?, 16).ok()
}
