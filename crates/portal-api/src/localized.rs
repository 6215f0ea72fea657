//! A text in several languages, in all the forms of contract.md 0.6.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::json::{self, Members, RawValue};
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

    /// `nameJson` with `name` behind it, as most members of this service come.
    pub(crate) fn pair(mut self, plain: Self) -> Self {
        if self.by_locale.is_empty() {
            self.by_locale = plain.by_locale;
        }
        // `name` comes after nameJson[locale]; where the map has its own default, that one is for this text.
        self.fallback = self.fallback.or(plain.fallback);
        self
    }

    fn read(raw: &RawValue) -> Self {
        let mut text = Self::default();
        match raw.get().as_bytes().first() {
            Some(b'{') => text.take_map(raw),
            Some(b'"') => {
                let plain = json::string(raw).unwrap_or_default();
                match nested_json(&plain) {
                    Some(map) => text.take_map(&map),
                    None => text.fallback = trimmed(&plain),
                }
            }
            _ => text.fallback = lenient::as_text(raw).map(Cow::into_owned),
        }
        text
    }

    fn take_map(&mut self, map: &RawValue) {
        let members = Members::of(map).unwrap_or_default();
        for (key, value) in members.iter() {
            match key {
                "i18nValue" if json::is_object(value) => {
                    // Its own default stands behind that of the map around it, wherever that one is written.
                    let outer = self.fallback.take();
                    self.take_map(value);
                    self.fallback = outer.or(self.fallback.take());
                }
                "default" | "defaultValue" => {
                    let text = json::string(value).and_then(|text| trimmed(&text));
                    self.fallback = text.or(self.fallback.take());
                }
                locale => {
                    if let Some(text) = json::string(value).and_then(|text| trimmed(&text)) {
                        self.by_locale.push((locale_tag(locale), text));
                    }
                }
            }
        }
    }
}

/// A map with `default`, `{defaultValue, i18nValue}`, JSON written into a text, or plain text; anything else is no text.
impl<'de> Deserialize<'de> for Localized {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&RawValue>::deserialize(deserializer).map(Self::read)
    }
}

/// The flat map that parameters have: `default` and `en_US` (contract.md 0.6).
impl Serialize for Localized {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let default = self.preferred.as_ref().or(self.fallback.as_ref());
        let default = default.map(|text| ("default".to_owned(), text));
        let by_locale = self.by_locale.iter().map(|(locale, text)| (locale.replace('-', "_"), text));
        serializer.collect_map(default.into_iter().chain(by_locale))
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

impl<'de> Deserialize<'de> for Locale {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::parsed(deserializer, Self::parse, "no language")
    }
}

fn trimmed(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && !lenient::is_written_null(text)).then(|| text.to_owned())
}

/// A map in a text. Some services write it into a text twice.
fn nested_json(text: &str) -> Option<Cow<'_, RawValue>> {
    match text.trim_start().as_bytes().first()? {
        b'{' => json::read(text).ok(),
        b'"' => {
            let inner = json::value::<String>(&json::read(text).ok()?)?;
            let map = inner.trim_start().starts_with('{').then_some(inner)?;
            Some(Cow::Owned(json::read(&map).ok()?.into_owned()))
        }
        _ => None,
    }
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
