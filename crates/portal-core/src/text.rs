//! The words on screen. English is compiled in; every other language is a file `public/locales/<locale>.json`, one
//! flat object from key to text. A value such as `{name}` is a placeholder, filled by [`fill`]. Where a number
//! decides on the words there are two keys, `….one` and `….other`, and the caller chooses.

mod english;

pub use english::Text;

/// Makes the enum [`Text`] with its keys and English words.
macro_rules! texts {
    ($($name:ident $key:literal = $english:literal,)*) => {
        /// A text of the portal. The English words stand beside each.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Text {
            $(#[doc = $english] $name,)*
        }

        /// Key and English words in the order of the enum: one table costs less than two matches.
        pub(super) static WORDS: &[(&str, &str)] = &[$(($key, $english),)*];

        impl Text {
            /// Every text.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];
        }
    };
}
use texts;

impl Text {
    /// The key in the files of other languages.
    pub fn key(self) -> &'static str {
        self.row().0
    }

    /// The English words (experience.md, "Words on screen").
    pub fn english(self) -> &'static str {
        self.row().1
    }

    fn row(self) -> (&'static str, &'static str) {
        english::WORDS.get(self as usize).copied().unwrap_or_default()
    }
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
