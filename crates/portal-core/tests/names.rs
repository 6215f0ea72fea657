//! Which name is shown (contract.md 0.6 and §6, 12 and 15).

use portal_api::Localized;
use portal_core::names::{Locale, negotiate, pick};
use proptest::prelude::*;

fn localized(preferred: Option<&str>, by_locale: &[(&str, &str)], fallback: Option<&str>) -> Localized {
    Localized {
        preferred: preferred.map(str::to_owned),
        by_locale: by_locale.iter().map(|(tag, text)| ((*tag).to_owned(), (*text).to_owned())).collect(),
        fallback: fallback.map(str::to_owned),
    }
}

// contract.md 0.6: some calls write en_US, others en-US. Convert both ways.
#[test]
fn a_locale_is_read_and_written_in_both_forms() {
    for (text, hyphen, underscore, language) in [
        ("zh_CN", "zh-CN", "zh_CN", "zh"),
        ("EN-us", "en-US", "en_US", "en"),
        (" de ", "de", "de", "de"),
        ("zh_hans_cn", "zh-Hans-CN", "zh_Hans_CN", "zh"),
        ("es-419", "es-419", "es_419", "es"),
    ] {
        let locale = Locale::parse(text).unwrap();
        assert_eq!(locale.as_str(), hyphen);
        assert_eq!(locale.underscore(), underscore);
        assert_eq!(locale.language(), language);
    }
    for text in ["", "-", "e", "en-", "en--US", "../en", "en US", "ünd", "123", "abcdefghi"] {
        assert_eq!(Locale::parse(text), None, "{text}");
    }
}

// contract.md §6, 12: displayName before nameJson[locale] before name.
#[test]
fn the_nearest_name_is_shown() {
    let all = [("de-DE", "Wind auf Deutsch"), ("en-GB", "Wind, British"), ("en-US", "Wind"), ("zh-CN", "风")];
    let show =
        |name: &Localized, locale: &str| pick(name, &Locale::parse(locale).unwrap()).map(str::to_owned);
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(show(&localized(Some("Shown"), &all, Some("Plain")), "zh-CN"), some("Shown"));
    assert_eq!(show(&localized(None, &all, Some("Plain")), "zh_cn"), some("风"));
    assert_eq!(show(&localized(None, &all, Some("Plain")), "zh-TW"), some("风"));
    assert_eq!(show(&localized(None, &all, Some("Plain")), "en-AU"), some("Wind, British"));
    assert_eq!(show(&localized(None, &all, Some("Plain")), "ja-JP"), some("Plain"));
    assert_eq!(show(&localized(None, &all, None), "ja-JP"), some("Wind"));
    assert_eq!(show(&localized(None, &[("fr-FR", "Vent"), ("en-GB", "Wind")], None), "ja-JP"), some("Wind"));
    assert_eq!(show(&localized(None, &[("fr_FR", "Vent"), ("pl", "Wiatr")], None), "ja-JP"), some("Vent"));
    assert_eq!(show(&Localized::default(), "en-US"), None);
}

// A tile must have a name that can be seen: blanks and zero-width characters are none.
#[test]
fn a_text_in_which_nothing_can_be_seen_is_passed_over() {
    let english = Locale::parse("en-US").unwrap();
    let name = localized(Some(" \u{200B}"), &[("en-US", "\u{202E}\u{FEFF}")], Some("Plain"));
    assert_eq!(pick(&name, &english), Some("Plain"));
    assert_eq!(pick(&localized(Some("\u{2060}"), &[], None), &english), None);
}

proptest! {
    #[test]
    fn parsing_a_locale_is_total_and_settles(text in ".*") {
        if let Some(locale) = Locale::parse(&text) {
            prop_assert_eq!(Locale::parse(locale.as_str()), Some(locale.clone()));
            prop_assert_eq!(Locale::parse(&locale.underscore()), Some(locale));
        }
    }

    #[test]
    fn a_name_that_is_there_is_found(
        preferred in proptest::option::of("[a-c ]{0,2}"),
        by_locale in proptest::collection::vec(("(en|zh|de)(-(US|CN|GB))?", "[a-c ]{0,2}"), 0..4),
        fallback in proptest::option::of("[a-c ]{0,2}"),
    ) {
        let name = Localized { preferred, by_locale, fallback };
        let shown = pick(&name, &Locale::parse("en-US").unwrap());
        prop_assert_eq!(shown.is_some(), name.texts().any(|text| !text.trim().is_empty()));
        prop_assert!(shown.is_none_or(|shown| name.texts().any(|text| text == shown)));
    }
}

fn locales(tags: &str) -> Vec<Locale> {
    tags.split(", ").filter_map(Locale::parse).collect()
}

// A browser names the languages in the order of preference: a near one that comes first goes before an exact one.
#[test]
fn the_first_language_that_can_be_served_wins() {
    for (wanted, shown) in [
        ("en-GB, zh-CN", "en-US"),
        ("en-GB, en, zh-CN", "en-US"),
        ("en, zh-CN", "en-US"),
        ("zh-Hans-CN, en-US", "zh-CN"),
        ("zh, en-US", "zh-CN"),
        ("zh-SG, en-US", "zh-CN"),
        ("ja, zh-TW, en-US", "zh-CN"),
        ("ja, fr, zh-CN, en-US", "zh-CN"),
    ] {
        let served = negotiate(&locales(wanted), &locales("en-US, zh-CN"));
        assert_eq!(served.as_ref().map(Locale::as_str), Some(shown), "{wanted}");
    }
    let served = negotiate(&locales("zh-HK"), &locales("zh-CN, zh-TW"));
    assert_eq!(served.as_ref().map(Locale::as_str), Some("zh-TW"), "the script goes before the order");
    assert_eq!(negotiate(&locales("ja, fr"), &locales("en-US, zh-CN")), None);
}

// Readers of one Chinese script may not read the other.
#[test]
fn a_name_of_the_same_script_goes_first() {
    let show = |by_locale: &[(&str, &str)], locale: &str| {
        pick(&localized(None, by_locale, None), &Locale::parse(locale).unwrap()).map(str::to_owned)
    };
    let scripts = [("zh-Hant", "風機監控"), ("zh-Hans", "风机监控")];
    assert_eq!(show(&scripts, "zh-CN").as_deref(), Some("风机监控"));
    assert_eq!(show(&scripts, "zh-SG").as_deref(), Some("风机监控"));
    assert_eq!(show(&scripts, "zh-HK").as_deref(), Some("風機監控"));
    assert_eq!(show(&[("zh-TW", "風場"), ("zh", "风场")], "zh-CN").as_deref(), Some("风场"));
    assert_eq!(show(&[("zh-TW", "風場")], "zh-CN").as_deref(), Some("風場"));
    assert_eq!(show(&[("en-GB", "Colour"), ("en", "Color")], "en-US").as_deref(), Some("Color"));
}
