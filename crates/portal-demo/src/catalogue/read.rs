//! A strict reader for files that people write: unknown keys and wrong types are errors that name their place.

use serde_json::{Map, Value};

use super::{CatalogueError, Names};

/// An object of a file, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Object<'a> {
    file: &'a str,
    place: String,
    members: &'a Map<String, Value>,
}

type Read<T> = Result<T, CatalogueError>;

/// Parses a file.
pub(super) fn parse(file: &str, text: &str) -> Read<Value> {
    serde_json::from_str(text).map_err(|error| CatalogueError {
        file: file.to_owned(),
        key: String::new(),
        problem: format!("no JSON: {error}"),
    })
}

impl<'a> Object<'a> {
    /// The object that a file consists of; no other keys than those given.
    pub(super) fn of_file(file: &'a str, value: &'a Value, keys: &[&str]) -> Read<Self> {
        Self::new(file, String::new(), value, keys)
    }

    fn new(file: &'a str, place: String, value: &'a Value, keys: &[&str]) -> Read<Self> {
        let Value::Object(members) = value else {
            return Err(error(file, place, "must be an object"));
        };
        let object = Self { file, place, members };
        match members.keys().find(|key| !keys.contains(&key.as_str())) {
            Some(key) => Err(object.problem(key, format!("unknown key; known are {}", keys.join(", ")))),
            None => Ok(object),
        }
    }

    /// An error at a key of this object.
    pub(super) fn problem(&self, key: &str, problem: impl Into<String>) -> CatalogueError {
        error(self.file, self.place_of(key), problem)
    }

    fn place_of(&self, key: &str) -> String {
        if self.place.is_empty() { key.to_owned() } else { format!("{}.{key}", self.place) }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.members.contains_key(key)
    }

    /// Any value, as it stands.
    pub(super) fn value(&self, key: &str) -> Read<&'a Value> {
        self.members.get(key).ok_or_else(|| self.problem(key, "is missing"))
    }

    pub(super) fn optional_text(&self, key: &str) -> Read<Option<String>> {
        match self.members.get(key) {
            None => Ok(None),
            Some(Value::String(text)) if !text.is_empty() => Ok(Some(text.clone())),
            Some(_) => Err(self.problem(key, "must be a text, not empty")),
        }
    }

    pub(super) fn text(&self, key: &str) -> Read<String> {
        self.value(key)?;
        Ok(self.optional_text(key)?.unwrap_or_default())
    }

    pub(super) fn flag(&self, key: &str, otherwise: bool) -> Read<bool> {
        match self.members.get(key) {
            None => Ok(otherwise),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(_) => Err(self.problem(key, "must be true or false")),
        }
    }

    pub(super) fn optional_number(&self, key: &str) -> Read<Option<i64>> {
        match self.members.get(key) {
            None => Ok(None),
            Some(value) => match value.as_i64() {
                Some(number) => Ok(Some(number)),
                None => Err(self.problem(key, "must be a whole number")),
            },
        }
    }

    /// One of several words, each with its meaning; the default where the key is missing.
    pub(super) fn word<T: Copy + Default>(&self, key: &str, words: &[(&str, T)]) -> Read<T> {
        let Some(given) = self.optional_text(key)? else { return Ok(T::default()) };
        match words.iter().find(|(word, _)| *word == given) {
            Some((_, meaning)) => Ok(*meaning),
            None => {
                let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                Err(self.problem(key, format!("must be one of {}", known.join(", "))))
            }
        }
    }

    /// A list; missing is empty.
    pub(super) fn values(&self, key: &str) -> Read<&'a [Value]> {
        match self.members.get(key) {
            None => Ok(&[]),
            Some(Value::Array(values)) => Ok(values),
            Some(_) => Err(self.problem(key, "must be a list")),
        }
    }

    /// A list of objects, each with no other keys than those given.
    pub(super) fn objects(&self, key: &str, keys: &[&str]) -> Read<Vec<Self>> {
        let place = self.place_of(key);
        let entries = self.values(key)?.iter().enumerate();
        entries.map(|(index, value)| Self::new(self.file, format!("{place}[{index}]"), value, keys)).collect()
    }

    /// A list of texts.
    pub(super) fn texts(&self, key: &str) -> Read<Vec<String>> {
        let texts = self.values(key)?.iter().map(|value| value.as_str().map(str::to_owned));
        texts.collect::<Option<_>>().ok_or_else(|| self.problem(key, "must be a list of texts"))
    }

    /// A text in several languages: `{"en_US": "…", "zh_CN": "…"}`, or a plain text for all.
    pub(super) fn optional_names(&self, key: &str) -> Read<Option<Names>> {
        let wrong = || self.problem(key, "must be a text, or texts by locale such as en_US; not empty");
        let Some(value) = self.members.get(key) else { return Ok(None) };
        let pairs = match value {
            Value::String(text) => vec![("en_US".to_owned(), text.clone())],
            Value::Object(members) => members
                .iter()
                .map(|(locale, text)| text.as_str().map(|text| (locale.clone(), text.to_owned())))
                .collect::<Option<_>>()
                .ok_or_else(wrong)?,
            _ => return Err(wrong()),
        };
        let good = |(locale, text): &(String, String)| {
            !text.trim().is_empty() && locale.len() == 5 && locale.get(2..3) == Some("_")
        };
        if pairs.is_empty() || !pairs.iter().all(good) { Err(wrong()) } else { Ok(Some(Names(pairs))) }
    }

    pub(super) fn names(&self, key: &str) -> Read<Names> {
        self.value(key)?;
        Ok(self.optional_names(key)?.unwrap_or_default())
    }
}

fn error(file: &str, key: String, problem: impl Into<String>) -> CatalogueError {
    CatalogueError { file: file.to_owned(), key, problem: problem.into() }
}
