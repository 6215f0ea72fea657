//! Which of its names a thing is shown by, and in which language.
//!
//! How two names compare is the browser's knowledge (`Intl.Collator`) and comes in as a parameter.

use core::cmp::Ordering;

use portal_api::Localized;

/// A language tag such as `en-US`. The service writes it as `en_US` in some places (contract.md 0.6).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Locale(Box<str>);

impl Locale {
    /// Takes a tag in either form and in any case; `None` for a text that is no language tag.
    pub fn parse(text: &str) -> Option<Self> {
        let mut tag = String::with_capacity(text.len());
        for (place, part) in text.trim().split(['-', '_']).enumerate() {
            if !(1..=8).contains(&part.len()) || !part.bytes().all(|b| b.is_ascii_alphanumeric()) {
                return None;
            }
            if place == 0 && (part.len() < 2 || !part.bytes().all(|b| b.is_ascii_alphabetic())) {
                return None;
            }
            if place > 0 {
                tag.push('-');
            }
            match (place, part.len()) {
                (1.., 2) => tag.push_str(&part.to_ascii_uppercase()),
                (1.., 4) => {
                    let (first, rest) = part.split_at_checked(1)?;
                    tag.push_str(&first.to_ascii_uppercase());
                    tag.push_str(&rest.to_ascii_lowercase());
                }
                _ => tag.push_str(&part.to_ascii_lowercase()),
            }
        }
        Some(Self(tag.into()))
    }

    /// `zh-CN`: for the browser, for files and for launch addresses.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `zh_CN`: for the service's `locale` parameters.
    pub fn underscore(&self) -> String {
        self.0.replace('-', "_")
    }

    /// `zh`
    pub fn language(&self) -> &str {
        language(&self.0)
    }
}

/// Compares names as the readers of a language expect. Must be a total preorder, as `Intl.Collator` is.
pub trait Collate {
    /// The order of two names.
    fn compare(&self, a: &str, b: &str) -> Ordering;
}

impl<F: Fn(&str, &str) -> Ordering> Collate for F {
    fn compare(&self, a: &str, b: &str) -> Ordering {
        self(a, b)
    }
}

/// The language to show: the first of the wanted ones that any offered one serves, by the same tag, by language and script,
/// or by language.
pub fn negotiate(wanted: &[Locale], offered: &[Locale]) -> Option<Locale> {
    let serves = |wanted: &Locale| {
        let script = script(&wanted.0);
        let same = |offered: &&Locale| offered.language() == wanted.language();
        offered
            .iter()
            .find(|offered| *offered == wanted)
            .or_else(|| offered.iter().filter(same).find(|offered| self::script(&offered.0) == script))
            .or_else(|| offered.iter().find(same))
    };
    wanted.iter().find_map(serves).cloned()
}

/// The text to show: the preferred one, the locale's, one of the same language (of the same script before one without a
/// place before others), the one for all languages, English, the first (contract.md §6, 12 and 15). Texts in which nothing
/// can be seen are passed over.
pub fn pick<'a>(text: &'a Localized, locale: &Locale) -> Option<&'a str> {
    let by_locale = |fits: &dyn Fn(&str) -> bool| {
        let mut texts = text.by_locale.iter().filter(|(tag, text)| fits(tag) && is_visible(text));
        texts.next().map(|(_, text)| text.as_str())
    };
    let plain = |text: &'a Option<String>| text.as_deref().filter(|text| is_visible(text));
    plain(&text.preferred)
        .or_else(|| by_locale(&|tag| same_tag(tag, &locale.0)))
        .or_else(|| {
            let script = script(&locale.0)?;
            by_locale(&|tag| same_tag(language(tag), locale.language()) && self::script(tag) == Some(script))
        })
        .or_else(|| by_locale(&|tag| same_tag(tag, locale.language())))
        .or_else(|| by_locale(&|tag| same_tag(language(tag), locale.language())))
        .or_else(|| plain(&text.fallback))
        .or_else(|| by_locale(&|tag| same_tag(tag, "en-US")))
        .or_else(|| by_locale(&|tag| same_tag(language(tag), "en")))
        .or_else(|| by_locale(&|_| true))
}

fn language(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

/// The script of a tag, where it is known: named (`zh-Hant`), or that of the place for Chinese (CLDR, likely subtags).
fn script(tag: &str) -> Option<Script> {
    let mut parts = tag.split(['-', '_']).skip(1);
    let of_place = |place: &str| match place.to_ascii_uppercase().as_str() {
        "CN" | "SG" | "MY" => Some(Script::Hans),
        "TW" | "HK" | "MO" => Some(Script::Hant),
        _ => None,
    };
    let is_chinese = same_tag(language(tag), "zh");
    parts.find_map(|part| match part.to_ascii_lowercase().as_str() {
        "hans" => Some(Script::Hans),
        "hant" => Some(Script::Hant),
        "latn" => Some(Script::Latn),
        "cyrl" => Some(Script::Cyrl),
        _ if is_chinese => of_place(part),
        _ => None,
    })
}

/// Scripts that one language is written in besides another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Hans,
    Hant,
    Latn,
    Cyrl,
}

fn same_tag(a: &str, b: &str) -> bool {
    let plain = |byte: u8| if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() };
    a.bytes().map(plain).eq(b.bytes().map(plain))
}

/// Whether a reader would see anything of it.
fn is_visible(text: &str) -> bool {
    text.chars().any(|c| !c.is_whitespace() && !is_unseen(c))
}

/// Characters that take no room: controls, soft hyphen, zero-width characters, marks of direction.
pub(crate) fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}
