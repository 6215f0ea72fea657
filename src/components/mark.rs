//! The mark of an application or an organization: something that is found again at a glance. The hue comes from the
//! category, the variation from the id, so both stay the same on every visit and every device.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// FNV-1a, folded: small, stable over versions and platforms, good enough to spread marks.
fn spread(text: &str) -> u32 {
    let hash =
        text.bytes().fold(2_166_136_261_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(16_777_619));
    hash ^ (hash >> 15)
}

/// The variation of a mark, 0–7 (`data-variant`), from the id of what it stands for.
pub fn variant(key: &str) -> u32 {
    spread(key) % 8
}

/// The hue that stands in for a category without one of its own, 0–7 (`data-hue`).
pub fn hue(key: &str) -> u32 {
    spread(key) % 8
}

/// The letter of an application without a known category (experience.md A7): the first letter or digit of its name,
/// else its first visible character, else a dot. The style sheet makes it upper case.
pub fn letter(name: &str) -> String {
    // marks of direction and of joining are no characters that one sees
    let unseen = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let visible = |c: &char| !c.is_whitespace() && !c.is_control() && !unseen(*c);
    let found = name.chars().find(|c| c.is_alphanumeric()).or_else(|| name.chars().find(visible));
    found.map_or_else(|| "·".to_owned(), String::from)
}

/// One or two letters for a person or an organization: the first of the first two words; one for a name without
/// Latin letters, where one character says enough.
pub fn initials(name: &str) -> String {
    let mut starts = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    match (starts.next(), starts.next()) {
        (Some(first), Some(second)) if first.is_ascii() && second.is_ascii() => {
            String::from_iter([first, second])
        }
        (Some(first), _) => first.into(),
        (None, _) => letter(name),
    }
}

/// The mark of an application.
#[component]
pub fn Mark(
    /// The category's id, if it has one.
    category: Option<String>,
    /// The application's id: decides the variation.
    key: String,
    /// The shown name: gives the letter where the category has no icon.
    name: String,
    /// 32 px instead of 44.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let icon = category.as_deref().and_then(IconName::of_category);
    let spare_hue = icon.is_none().then(|| hue(category.as_deref().unwrap_or_default()));
    view! {
        <span
            class="mark"
            aria-hidden="true"
            data-size=small.then_some("small")
            data-category=icon.and(category)
            data-hue=spare_hue
            data-variant=variant(&key)
        >
            {match icon {
                Some(icon) => view! { <Icon name=icon /> }.into_any(),
                None => view! { <span class="letter">{letter(&name)}</span> }.into_any(),
            }}
        </span>
    }
}

/// The mark of an organization: its initials.
#[component]
pub fn InitialsMark(
    /// The id: decides the hue.
    key: String,
    /// The shown name.
    name: String,
) -> impl IntoView {
    view! {
        <span class="mark" aria-hidden="true" data-hue=hue(&key)>
            <span class="letter">{initials(&name)}</span>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::{initials, letter, variant};

    #[test]
    fn a_letter_is_found_in_every_name() {
        assert_eq!(letter("  turbine"), "t");
        assert_eq!(letter("«Оператор»"), "О");
        assert_eq!(letter("\u{202e}!"), "!");
        assert_eq!(letter("風"), "風");
        assert_eq!(letter(""), "·");
    }

    #[test]
    fn initials_are_one_or_two_letters() {
        assert_eq!(initials("North Sea Energy"), "NS");
        assert_eq!(initials("Helios"), "H");
        assert_eq!(initials("港城 公用"), "港");
        assert_eq!(initials("(Red) [Team]"), "RT");
        assert_eq!(initials(" "), "·");
    }

    // Marks must not change between versions: people find applications by them.
    #[test]
    fn a_variation_is_stable() {
        assert_eq!(variant("app-1"), variant("app-1"));
        assert!(
            (0..64).map(|n| variant(&n.to_string())).collect::<std::collections::BTreeSet<_>>().len() == 8
        );
    }
}
