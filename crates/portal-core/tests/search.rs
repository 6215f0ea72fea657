//! Search: total on any text, and marks that can be cut out (hostile.md 7 and 71; experience.md A4).
#![expect(clippy::string_slice, reason = "a mark off a character boundary fails the test")]

use portal_core::search::{fold, marks, matches};
use proptest::prelude::*;

// People type without accents, in any case, on any keyboard.
#[test]
fn folding_takes_away_what_nobody_types() {
    for (text, folded) in [
        ("  Wind \t Farm\n", "wind farm"),
        ("ＷＩＮＤ　１２", "wind 12"),
        ("Überwachung Straße", "uberwachung strasse"),
        ("Zażółć gęślą jaźń", "zazolc gesla jazn"),
        ("Điện gió", "dien gio"),
        ("nǚ lǜ", "nu lu"),
        ("e\u{301}nergie", "energie"),
        ("Ærø Œuvre Þór Ĳssel", "aero oeuvre thor ijssel"),
        ("İstanbul ışık", "istanbul isik"),
        ("ΟΔΟΣ οδος οδός", "οδοσ οδοσ οδόσ"),
        ("风电 场站", "风电 场站"),
        ("Wi\u{200B}nd\u{AD}farm \u{202E}x", "windfarm x"),
        ("\u{0}\u{7}", ""),
        ("🌬️", "🌬"),
    ] {
        assert_eq!(fold(text), folded, "{text}");
    }
}

#[test]
fn every_word_must_occur() {
    let text = fold("Wind Farm Überwachung");
    for (query, found) in [
        ("", true),
        ("  ", true),
        ("uber wind", true),
        ("ARM", true),
        ("windfarm", false),
        ("wind solar", false),
    ] {
        assert_eq!(matches(&text, &fold(query)), found, "{query}");
    }
}

#[test]
fn the_letters_found_are_marked() {
    for (name, query, marked) in [
        ("Wind Farm", "farm WI", "[Wi]nd [Farm]"),
        ("Überwachung", "uber", "[Über]wachung"),
        ("Straße", "rass", "St[raß]e"),
        ("Straße", "es", "Straße"),
        ("Cafe\u{301} x", "cafe", "[Cafe\u{301}] x"),
        ("ＷＩＮＤ風", "wind 風", "[ＷＩＮＤ風]"),
        ("Wind wind", "wind", "[Wind] [wind]"),
        ("Wind", "win ind", "[Wind]"),
        ("Wind", "", "Wind"),
        ("Wind", "solar", "Wind"),
        ("Wind\u{2003}Farm", "wind farm", "[Wind]\u{2003}[Farm]"),
        ("<b>x</b>", "<b>", "[<b>]x</b>"),
        ("ẞ", "s", "[ẞ]"),
    ] {
        let mut shown = name.to_owned();
        for range in marks(name, query).into_iter().rev() {
            shown.insert(range.end, ']');
            shown.insert(range.start, '[');
        }
        assert_eq!(shown, marked, "{name} {query}");
    }
}

/// Any text, with more of what is hard than chance would give.
fn text() -> impl Strategy<Value = String> {
    let hard = "[ aAbÄäßẞİıŉǆæſK\u{301}\u{200B}\u{3000}ＡａΣσς\u{1}\u{FEFF}\u{1F32C}风ﬁ]{0,12}";
    prop_oneof![".{0,16}", hard, proptest::collection::vec(any::<char>(), 0..16).prop_map(String::from_iter)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn folding_is_total_and_settles(text in text()) {
        let folded = fold(&text);
        prop_assert_eq!(fold(&folded), folded.clone());
        prop_assert_eq!(folded.trim(), folded.as_str());
        prop_assert!(!folded.contains("  ") && !folded.contains('\n'));
    }

    // ASCII has a quick way of its own, which a letter from elsewhere turns off.
    #[test]
    fn what_cannot_be_seen_changes_nothing(text in prop_oneof![text(), "[ -~]{0,12}"], at in 0_usize..12) {
        let (before, after): (Vec<_>, Vec<_>) = text.chars().enumerate().partition(|(place, _)| *place < at);
        let letters = |part: Vec<(usize, char)>| part.into_iter().map(|(_, letter)| letter).collect::<String>();
        prop_assert_eq!(fold(&format!("{}\u{200B}{}", letters(before), letters(after))), fold(&text));
    }

    #[test]
    fn a_name_is_found_by_any_part_of_it(name in text(), from in 0_usize..16, length in 0_usize..16) {
        let part: String = name.chars().skip(from).take(length).collect();
        prop_assert!(matches(&fold(&name), &fold(&part)));
    }

    #[test]
    fn marks_can_be_cut_out_and_hold_what_was_looked_for(name in text(), query in text()) {
        let marks = marks(&name, &query);
        let mut end = 0;
        for (place, range) in marks.iter().enumerate() {
            prop_assert!(range.start < range.end && (place == 0 || range.start > end));
            prop_assert!(name.get(range.clone()).is_some(), "{name:?} {range:?}");
            end = range.end;
        }
        for word in fold(&query).split(' ').filter(|word| !word.is_empty()) {
            let marked = marks.iter().any(|range| fold(&name[range.clone()]).contains(word));
            prop_assert_eq!(marked, fold(&name).contains(word), "{:?}", word);
        }
    }

    // A marked part is one for a reason: some word of the query is in it.
    #[test]
    fn nothing_else_is_marked(name in text(), query in text()) {
        let query = fold(&query);
        for range in marks(&name, &query) {
            let marked = fold(&name[range]);
            prop_assert!(query.split(' ').any(|word| !word.is_empty() && marked.contains(word)));
        }
    }
}
