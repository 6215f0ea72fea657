//! Tags of assets and structures, in all the forms of contract.md §6, 14.

use crate::json::Json;
use crate::lenient::{self, as_text, text};

/// A word and what it says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tag {
    /// The word, such as `auth_unit`.
    pub key: String,
    /// What it says; can be empty.
    pub value: String,
}

impl Tag {
    /// Reads a list of `{id, key, value}`, or a map; everything else is none. What cannot be read is left out: no tag is
    /// worth a message.
    pub(crate) fn read_all(value: Option<&Json<'_>>) -> Vec<Self> {
        let tag = |key: &str, value: Option<&str>| Self {
            key: key.to_owned(),
            value: value.unwrap_or_default().to_owned(),
        };
        match value {
            Some(list @ Json::List(_)) => {
                lenient::entries(list, |entry| Some(tag(text(entry, "key")?, text(entry, "value")))).entries
            }
            Some(Json::Object(members)) => {
                members.iter().map(|(key, value)| tag(key, as_text(value))).collect()
            }
            _ => Vec::new(),
        }
    }
}
