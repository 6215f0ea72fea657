//! A text in several languages, in all the forms of contract.md 0.6.

use serde_json::Value;

use crate::lenient;

/// A text that the service gives in one or more languages. Locales are held as `en-US`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Localized {
    /// A text that goes before all others: an application's `displayName`.
    pub preferred: Option<String>,
    /// Texts by locale, sorted by the key sent.
    pub by_locale: Vec<(String, String)>,
    /// The text for every other language: `default`, or the plain member.
    pub fallback: Option<String>,
}

impl Localized {
    /// One text for every language.
    pub fn plain(text: &str) -> Self {
        Self { fallback: Some(text.to_owned()), ..Self::default() }
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.preferred.is_none() && self.by_locale.is_empty() && self.fallback.is_none()
    }

    /// Every text, for search.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let by_locale = self.by_locale.iter().map(|(_, text)| text.as_str());
        self.preferred.as_deref().into_iter().chain(by_locale).chain(self.fallback.as_deref())
    }

    /// Reads a map with `default`, `{defaultValue, i18nValue}`, JSON written into a text, or plain text.
    pub(crate) fn read(value: Option<&Value>) -> Self {
        match value {
            Some(Value::Object(_)) => Self::read_map(value.unwrap_or(&Value::Null)),
            Some(Value::String(text)) => match nested_json(text) {
                Some(map) => Self::read_map(&map),
                None => Self { fallback: trimmed(text), ..Self::default() },
            },
            Some(number @ Value::Number(_)) => Self { fallback: lenient::as_text(number), ..Self::default() },
            _ => Self::default(),
        }
    }

    /// Reads `nameJson` with `name` behind it, as most members of this service come.
    pub(crate) fn read_pair(value: &Value, json_key: &str, plain_key: &str) -> Self {
        let mut text = Self::read(value.get(json_key));
        let plain = Self::read(value.get(plain_key));
        if text.by_locale.is_empty() {
            text.by_locale = plain.by_locale;
        }
        // `name` comes after nameJson[locale]; where the map has its own default, that one is for this text.
        text.fallback = text.fallback.or(plain.fallback);
        text
    }

    fn read_map(map: &Value) -> Self {
        let mut text = Self::default();
        let Some(members) = map.as_object() else { return text };
        for (key, value) in members {
            match (key.as_str(), value) {
                ("i18nValue", inner @ Value::Object(_)) => {
                    let inner = Self::read_map(inner);
                    text.by_locale.extend(inner.by_locale);
                    text.fallback = text.fallback.or(inner.fallback);
                }
                ("default" | "defaultValue", Value::String(value)) => text.fallback = trimmed(value),
                (locale, Value::String(value)) => {
                    if let Some(value) = trimmed(value) {
                        text.by_locale.push((locale_tag(locale), value));
                    }
                }
                _ => {}
            }
        }
        text
    }
}

fn trimmed(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn nested_json(text: &str) -> Option<Value> {
    if !text.trim_start().starts_with('{') {
        return None;
    }
    serde_json::from_str(text).ok().filter(Value::is_object)
}

/// `en_US`, `en_Us` and `en-us` name the same language (contract.md 0.6).
fn locale_tag(key: &str) -> String {
    let mut tag = String::with_capacity(key.len());
    for (index, part) in key.trim().split(['_', '-']).enumerate() {
        if index == 0 {
            tag.push_str(&part.to_ascii_lowercase());
            continue;
        }
        tag.push('-');
        tag.push_str(&if part.len() == 2 { part.to_ascii_uppercase() } else { part.to_owned() });
    }
    tag
}
