//! Lists of replies: one entry that cannot be read never costs the others.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::json::{self, Members, RawValue};
use crate::lenient::one;

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

/// Missing, null, `""`, `{}` or a truth value is an empty list (contract.md §6, 3); any other value alone is a list of
/// one, so that what cannot be read is counted.
impl<'de, T: DeserializeOwned> Deserialize<'de> for Listed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&RawValue>::deserialize(deserializer).map(entries)
    }
}

/// An entry of a tree, and how many of those nested in it could not be read.
pub(crate) struct Node<T> {
    pub(crate) value: T,
    pub(crate) dropped: usize,
}

impl<T> Listed<Node<T>> {
    /// The entries, with those counted that are missing at any depth.
    pub(crate) fn flat(self) -> Listed<T> {
        let mut flat = Listed { entries: Vec::with_capacity(self.entries.len()), dropped: self.dropped };
        for node in self.entries {
            flat.entries.push(node.value);
            flat.dropped += node.dropped;
        }
        flat
    }
}

/// The one list of a reply: a member of `data`, or `data` itself (hostile.md 65).
pub(crate) fn only_list<T: DeserializeOwned>(data: &RawValue, key: &str) -> Listed<T> {
    if data.get().starts_with('[') {
        return entries(data);
    }
    Members::of(data).and_then(|members| members.get(key)).map(entries).unwrap_or_default()
}

/// The same for a list that can be long: in one go where it is as documented. Each type that is read so is compiled twice.
pub(crate) fn long_list<T: DeserializeOwned>(data: &RawValue, key: &str) -> Listed<T> {
    let straight = Straight { key, entry: PhantomData };
    let listed = straight.deserialize(&mut serde_json::Deserializer::from_str(data.get()));
    listed.unwrap_or_else(|_| only_list(data, key))
}

/// Reads an object with a list of objects in it without a look ahead at where each entry ends. Fails where an entry cannot
/// be passed over, or anything is not as documented.
struct Straight<'k, T> {
    key: &'k str,
    entry: PhantomData<T>,
}

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Straight<'_, T> {
    type Value = Listed<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Listed<T>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for Straight<'_, T> {
    type Value = Listed<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Listed<T>, A::Error> {
        let mut listed = Listed::default();
        while let Some(name) = map.next_key::<Cow<'_, str>>()? {
            if name == self.key {
                let entries: Vec<Entry<T>> = map.next_value()?;
                let count = entries.len();
                listed.entries = entries.into_iter().filter_map(|Entry(entry)| entry).collect();
                listed.dropped = count - listed.entries.len();
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(listed)
    }
}

/// An entry that is an object; `None` where it could not be read.
struct Entry<T>(Option<T>);

impl<'de, T: DeserializeOwned> Deserialize<'de> for Entry<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntryVisitor(PhantomData))
    }
}

struct EntryVisitor<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for EntryVisitor<T> {
    type Value = Entry<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entry<T>, A::Error> {
        let entry = T::deserialize(MapAccessDeserializer::new(&mut map)).ok();
        // What is left of one that could not be read.
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Entry(entry))
    }
}

/// The entries of a value: a list, or one alone.
pub(crate) fn entries<T: DeserializeOwned>(raw: &RawValue) -> Listed<T> {
    let all = all(raw);
    let mut listed = Listed { entries: Vec::with_capacity(all.len()), dropped: 0 };
    for entry in all {
        match one(entry) {
            Some(entry) => listed.entries.push(entry),
            None => listed.dropped += 1,
        }
    }
    listed
}

fn all(raw: &RawValue) -> Vec<&RawValue> {
    let nothing = match raw.get().as_bytes().first() {
        Some(b'[') => return json::entries(raw).unwrap_or_default(),
        Some(b'"') => json::string(raw).is_none_or(|text| text.trim().is_empty()),
        Some(b'{') => Members::of(raw).is_none_or(|members| members.is_empty()),
        first => matches!(first, Some(b'n' | b't' | b'f')),
    };
    if nothing { Vec::new() } else { vec![raw] }
}
