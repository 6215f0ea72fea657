//! Tags of assets and structures, in all the forms of contract.md §6, 14.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer};

use crate::json::{Members, RawValue};
use crate::lenient::{self, Listed, Mismatch};

/// A word and what it says.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(try_from = "Wire")]
pub struct Tag {
    /// The word, such as `auth_unit`.
    pub key: String,
    /// What it says; can be empty.
    pub value: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Wire {
    #[serde(deserialize_with = "lenient::string")]
    key: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    value: Option<String>,
}

impl TryFrom<Wire> for Tag {
    type Error = Mismatch;

    fn try_from(wire: Wire) -> Result<Self, Mismatch> {
        let key = wire.key.ok_or(Mismatch { place: "key" })?;
        Ok(Self { key, value: wire.value.unwrap_or_default() })
    }
}

/// A list of `{id, key, value}`, or a map; everything else is none. What cannot be read is left out: no tag is worth a
/// message.
pub(crate) fn tags<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Tag>, D::Error> {
    let raw = <&RawValue>::deserialize(deserializer)?;
    if raw.get().starts_with('[') {
        let listed: Listed<Tag> = lenient::entries(raw);
        return Ok(listed.entries);
    }
    let members = Members::of(raw).unwrap_or_default();
    let tag = |(key, value): (&str, &RawValue)| Tag {
        key: key.to_owned(),
        value: lenient::as_text(value).map(Cow::into_owned).unwrap_or_default(),
    };
    Ok(members.iter().map(tag).collect())
}
