//! JSON as this product needs it: a tree that borrows from the text, read strictly, and written back.
//!
//! Our own, because the program in the page reads it: half the size of a general library, and it keeps numbers as
//! they are written, so that ids have their digits. A test holds it against serde_json.

mod read;
mod write;

use std::borrow::Cow;

pub use read::parse;

/// A JSON value.
#[derive(Clone, PartialEq, Debug)]
pub enum Json<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, exactly as written (contract.md §6, 10).
    Number(Cow<'a, str>),
    /// A text; borrowed where it is written without escapes.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Json<'a>>),
    /// The members of an object, as sent. Of members with the same name, the last one counts.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// The text is not JSON, or nested deeper than any reply is (hostile.md 69).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotJson;

impl<'a> Json<'a> {
    /// An object of these members.
    pub fn object<const N: usize>(members: [(&'a str, Json<'a>); N]) -> Self {
        Self::Object(members.into_iter().map(|(key, value)| (Cow::Borrowed(key), value)).collect())
    }

    /// The member of an object.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        members.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Adds a member to an object; it counts before one of the same name.
    pub fn put(&mut self, key: impl Into<Cow<'a, str>>, value: Self) {
        if let Self::Object(members) = self {
            members.push((key.into(), value));
        }
    }

    /// The names of an object's members.
    pub fn keys(&self) -> Vec<&str> {
        let Self::Object(members) = self else { return Vec::new() };
        members.iter().map(|(key, _)| key.as_ref()).collect()
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number, if it is written as one and fits.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    /// The entries, if it is a list.
    pub fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(entries) => Some(entries),
            _ => None,
        }
    }

    /// Whether it is an object.
    pub fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    /// The value without the text that it came from.
    pub fn into_owned(self) -> Json<'static> {
        let own = |text: Cow<'a, str>| Cow::Owned(text.into_owned());
        match self {
            Self::Null => Json::Null,
            Self::Bool(flag) => Json::Bool(flag),
            Self::Number(digits) => Json::Number(own(digits)),
            Self::Text(text) => Json::Text(own(text)),
            Self::List(entries) => Json::List(entries.into_iter().map(Json::into_owned).collect()),
            Self::Object(members) => {
                Json::Object(members.into_iter().map(|(key, value)| (own(key), value.into_owned())).collect())
            }
        }
    }
}

impl<'a> From<&'a str> for Json<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<i64> for Json<'_> {
    fn from(number: i64) -> Self {
        Self::Number(Cow::Owned(number.to_string()))
    }
}

impl<'a, T: Into<Json<'a>>> From<Option<T>> for Json<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
