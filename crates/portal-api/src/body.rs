//! The JSON body of a call.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::json::{self, Members, NotJson, RawValue};

/// The members of a body, in the order put. `Debug` shows their names only: values can be passwords and tokens.
#[derive(Clone, Default)]
pub struct Body(Vec<(String, Box<RawValue>)>);

impl Body {
    /// Reads a body as it came.
    ///
    /// # Errors
    /// It is no object.
    pub fn parse(text: &str) -> Result<Self, NotJson> {
        let value = json::read(text)?;
        let members = Members::of(&value).ok_or(NotJson)?;
        Ok(Self(members.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()))
    }

    /// Adds a member; it counts before one of the same name.
    pub fn put(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        self.0.push((name.to_owned(), json::raw(value)));
    }

    /// A member.
    pub fn get(&self, name: &str) -> Option<&RawValue> {
        self.iter().filter(|(known, _)| *known == name).last().map(|(_, value)| value)
    }

    /// All members.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &RawValue)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_ref()))
    }

    /// As it goes out.
    pub fn to_text(&self) -> String {
        json::to_text(self)
    }
}

impl PartialEq for Body {
    fn eq(&self, other: &Self) -> bool {
        let texts = |(name, value): (&str, &RawValue)| (name.to_owned(), value.get().to_owned());
        self.iter().map(texts).eq(other.iter().map(texts))
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}
