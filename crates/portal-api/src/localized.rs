//! A text in several languages, in all the forms of contract.md 0.6.

use crate::json::{self, Json};
use crate::lenient;

/// A text that the service gives in one or more languages. Locales are held as `en-US`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Localized {
    /// A text that goes before all others: an application's `displayName`.
    pub preferred: Option<String>,
    /// Texts by locale, in the order sent.
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
    pub(crate) fn read(value: Option<&Json<'_>>) -> Self {
        let mut text = Self::default();
        match value {
            Some(map @ Json::Object(_)) => text.take_map(map),
            Some(Json::Text(plain)) => match nested_json(plain) {
                Some(map) => text.take_map(&map),
                None => text.fallback = trimmed(plain),
            },
            Some(number @ Json::Number(_)) => text.fallback = lenient::as_text(number).map(str::to_owned),
            _ => {}
        }
        text
    }

    /// Reads `nameJson` with `name` behind it, as most members of this service come.
    pub(crate) fn read_pair(value: &Json<'_>, json_key: &str, plain_key: &str) -> Self {
        let mut text = Self::read(value.get(json_key));
        let plain = Self::read(value.get(plain_key));
        if text.by_locale.is_empty() {
            text.by_locale = plain.by_locale;
        }
        // `name` comes after nameJson[locale]; where the map has its own default, that one is for this text.
        text.fallback = text.fallback.or(plain.fallback);
        text
    }

    /// The flat map that parameters have: `default` and `en_US` (contract.md 0.6). Nothing at all is `None`.
    pub(crate) fn to_map(&self) -> Option<Json<'static>> {
        if self.is_empty() {
            return None;
        }
        let mut map = Json::object([]);
        if let Some(text) = self.preferred.as_ref().or(self.fallback.as_ref()) {
            map.put("default", Json::from(text.as_str()).into_owned());
        }
        for (locale, text) in &self.by_locale {
            map.put(locale.replace('-', "_"), Json::from(text.as_str()).into_owned());
        }
        Some(map)
    }

    fn take_map(&mut self, map: &Json<'_>) {
        let Json::Object(members) = map else { return };
        for (key, value) in members {
            match (key.as_ref(), value) {
                ("i18nValue", inner @ Json::Object(_)) => {
                    // Its own default stands behind that of the map around it, wherever that one is written.
                    let outer = self.fallback.take();
                    self.take_map(inner);
                    self.fallback = outer.or(self.fallback.take());
                }
                ("default" | "defaultValue", Json::Text(value)) => {
                    self.fallback = trimmed(value).or(self.fallback.take());
                }
                (locale, Json::Text(value)) => {
                    if let Some(value) = trimmed(value) {
                        self.by_locale.push((locale_tag(locale), value));
                    }
                }
                _ => {}
            }
        }
    }
}

/// A language, for the service to write in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Locale(Box<str>);

impl Locale {
    /// Takes `en-US`, `en_US` and `en-us` alike. Nothing else than ASCII letters and digits between the dashes
    /// passes, because the value becomes a header.
    pub fn parse(text: &str) -> Option<Self> {
        let tag = locale_tag(text);
        let good = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        tag.split('-').all(good).then(|| Self(tag.into()))
    }

    /// The form of browsers: `en-US`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form of the service's parameters: `en_US` (contract.md 0.6).
    pub fn underscored(&self) -> String {
        self.0.replace('-', "_")
    }
}

fn trimmed(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn nested_json(text: &str) -> Option<Json<'_>> {
    if !text.trim_start().starts_with('{') {
        return None;
    }
    json::parse(text).ok().filter(Json::is_object)
}

/// `en_US`, `en_Us` and `en-us` name the same language (contract.md 0.6).
fn locale_tag(key: &str) -> String {
    // Letters of ASCII stay such, so that the bytes stay a text.
    let mut tag = key.trim().as_bytes().to_vec();
    for (index, part) in tag.split_mut(|byte| matches!(byte, b'_' | b'-')).enumerate() {
        match (index, part.len()) {
            (0, _) => part.make_ascii_lowercase(),
            (_, 2) => part.make_ascii_uppercase(),
            _ => {}
        }
    }
    for byte in tag.iter_mut().filter(|byte| **byte == b'_') {
        *byte = b'-';
    }
    String::from_utf8(tag).unwrap_or_default()
}
