//! The words on screen. English is compiled in; every other language is two files, `public/locales/<locale>.json` for
//! [`Text`] and `public/locales/later/<locale>.json` for all other tables, each one flat object from key to text. A value such as `{name}` is a placeholder, filled by [`fill`]. Where a number
//! decides on the words there are two keys, `….one` and `….other`, and the caller chooses.

mod about;
mod assets;
mod console;
mod english;
mod inbox;
mod later;
mod people;
mod profile;

pub use about::About;
pub use assets::Assets;
pub use console::Console;
pub use english::Text;
pub use inbox::Inbox;
pub use later::Later;
pub use people::People;
pub use profile::Profile;

/// Makes an enum of texts with its keys and English words.
macro_rules! texts {
    ($(#[$doc:meta])* $table:ident, $words:ident: $($name:ident $key:literal = $english:literal,)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum $table {
            $(#[doc = $english] $name,)*
        }

        /// Key and English words in the order of the enum: one table costs less than two matches.
        static $words: &[(&str, &str)] = &[$(($key, $english),)*];

        impl $table {
            /// Every text.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The key in the files of other languages.
            pub fn key(self) -> &'static str {
                crate::text::Word::from(self).key
            }

            /// The English words (experience.md, "Words on screen").
            pub fn english(self) -> &'static str {
                crate::text::Word::from(self).english
            }
        }

        impl From<$table> for crate::text::Word {
            fn from(text: $table) -> Self {
                let (key, english) = $words.get(text as usize).copied().unwrap_or_default();
                Self { key, english }
            }
        }
    };
}
use texts;

/// A text, whichever table it stands in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Word {
    /// The key in the files of other languages.
    pub key: &'static str,
    /// The English words.
    pub english: &'static str,
}

/// The template with every `{name}` of `values` replaced. A placeholder without a value stays, and a value is not
/// searched for placeholders: it may be anything that a person or the service wrote.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let named = after.split_once('}').and_then(|(name, behind)| {
            values.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value, behind))
        });
        match named {
            Some((value, behind)) => {
                out.push_str(value);
                rest = behind;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}
