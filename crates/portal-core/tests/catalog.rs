//! The launcher: order, filter and counts (experience.md, "Words on screen"; hostile.md G).
#![expect(clippy::unwrap_used, reason = "a test that cannot make its data fails")]

use std::cmp::Ordering;
use std::collections::BTreeSet;

use portal_api::{Application, ApplicationId, ApplicationKind, Category, CategoryId, Listed, Localized};
use portal_core::catalog::{CATEGORY_IDS, Catalog, CategoryFilter};
use portal_core::launch::Launch;
use portal_core::names::Locale;
use portal_core::search::{fold, matches};
use proptest::prelude::*;

fn application(id: &str, name: &str, order: Option<f64>) -> Application {
    Application {
        id: ApplicationId::parse(id).unwrap(),
        code: None,
        name: if name.is_empty() { Localized::default() } else { Localized::plain(name) },
        description: Localized::default(),
        kind: ApplicationKind::Web,
        enabled: true,
        order,
        address: None,
        shortcut: false,
        created: None,
        category: None,
    }
}

fn category(id: &str, name: &str) -> Option<Category> {
    let name = if name.is_empty() { Localized::default() } else { Localized::plain(name) };
    Some(Category { id: CategoryId::parse(id).unwrap(), name })
}

/// Names compared without regard to case, as a reader would.
fn collate(a: &str, b: &str) -> Ordering {
    a.to_lowercase().cmp(&b.to_lowercase())
}

fn catalog(entries: Vec<Application>) -> Catalog {
    let words = |id: &CategoryId| {
        CATEGORY_IDS.iter().find(|(known, _)| *known == id.as_str()).map(|(_, name)| (*name).to_owned())
    };
    let launcher = |application: &Application| {
        if application.enabled { Launch::NoAddress } else { Launch::Disabled }
    };
    let locale = Locale::parse("en-US").unwrap();
    Catalog::new(&Listed { entries, dropped: 2 }, &locale, &collate, &launcher, &words)
}

fn names(catalog: &Catalog) -> Vec<&str> {
    catalog.entries().iter().map(|entry| entry.name.as_str()).collect()
}

// experience.md "Order": order ascending, shown name, id; missing or unreadable last.
#[test]
fn tiles_stand_in_the_documented_order() {
    let sorted = catalog(vec![
        application("7", "Last, missing", None),
        application("6", "Last, infinite", Some(f64::INFINITY)),
        application("5", "Last, not a number", Some(f64::NAN)),
        application("4", "huge", Some(1e308)),
        application("3", "beta", Some(0.0)),
        application("2", "Alpha", Some(0.0)),
        application("1", "alpha", Some(-0.0)),
        application("0", "negative", Some(-1.5)),
    ]);
    let order = [
        "negative",
        "alpha",
        "Alpha",
        "beta",
        "huge",
        "Last, infinite",
        "Last, missing",
        "Last, not a number",
    ];
    assert_eq!(names(&sorted), order);
    assert_eq!(sorted.dropped(), 2);
}

// experience.md "Ids in addresses": the first in order owns the plain address, others add n=2, n=3.
#[test]
fn repeated_ids_are_told_apart() {
    let catalog = catalog(vec![
        application("a", "third", Some(3.0)),
        application("b", "other", Some(1.5)),
        application("a", "first", Some(1.0)),
        application("a", "second", Some(2.0)),
    ]);
    let id = ApplicationId::parse("a").unwrap();
    let name = |nth| catalog.find(&id, nth).map(|entry| entry.name.as_str());
    assert_eq!(
        [name(0), name(1), name(2), name(3), name(4)],
        [None, Some("first"), Some("second"), Some("third"), None]
    );
    assert_eq!(catalog.find(&id, 1).unwrap().application, 2);
}

#[test]
fn a_tile_has_a_name_whatever_is_missing() {
    let mut coded = application("id-1", "", Some(1.0));
    coded.code = Some("CODE".to_owned());
    let catalog = catalog(vec![coded, application("id-2", "", Some(2.0))]);
    assert_eq!(names(&catalog), ["CODE", "id-2"]);
    assert_eq!(catalog.view("ID-2", &CategoryFilter::All).shown, [1]);
}

#[test]
fn a_search_looks_at_all_languages_and_the_code_but_not_the_description() {
    let mut wind = application("1", "", Some(1.0));
    wind.name.by_locale =
        vec![("en-US".to_owned(), "Wind Farm".to_owned()), ("zh-CN".to_owned(), "风电场".to_owned())];
    wind.code = Some("wf_core".to_owned());
    wind.description = Localized::plain("turbines");
    let catalog = catalog(vec![wind, application("2", "Solar", Some(2.0))]);
    for (query, shown) in [
        ("", &[0, 1][..]),
        ("风电", &[0]),
        ("farm WF_CORE", &[0]),
        ("farm 风", &[0]),
        ("turbines", &[]),
        ("sola", &[1]),
        ("core wind farmer", &[]),
    ] {
        assert_eq!(catalog.view(query, &CategoryFilter::All).shown, shown, "{query}");
    }
}

// experience.md "Category filter"; contract.md 1.26: names from the reply, the table only behind it.
#[test]
fn chips_stand_in_order_of_first_appearance() {
    let mut entries = Vec::new();
    for (place, (name, of)) in [
        ("a", category("112", "")),
        ("b", None),
        ("c", category("21", "")),
        ("d", category("22", "")),
        ("e", category("22", "Sun")),
        ("f", category("none", "Hostile")),
        ("g", category("22", "Other name")),
    ]
    .into_iter()
    .enumerate()
    {
        let mut entry = application(name, name, Some(f64::from(u8::try_from(place).unwrap())));
        entry.category = of;
        entries.push(entry);
    }
    let catalog = catalog(entries);
    let chips = |query: &str| -> Vec<(Option<String>, Option<String>, usize)> {
        let chips = catalog.view(query, &CategoryFilter::All).chips;
        chips.into_iter().map(|chip| (chip.filter.to_query(), chip.name, chip.count)).collect()
    };
    let chip =
        |query: &str, name: Option<&str>, count| (Some(query.to_owned()), name.map(str::to_owned), count);
    assert_eq!(
        chips(""),
        [
            chip("112", Some("112"), 1),
            chip("none", None, 2),
            chip("21", Some("Wind"), 1),
            chip("22", Some("Sun"), 3)
        ]
    );
    assert_eq!(
        chips("d"),
        [
            chip("112", Some("112"), 0),
            chip("none", None, 0),
            chip("21", Some("Wind"), 0),
            chip("22", Some("Sun"), 1)
        ]
    );
    let solar = CategoryFilter::from_query(Some("22"));
    assert_eq!(catalog.view("", &solar).shown, [3, 4, 6]);
    assert_eq!(catalog.view("e", &solar).shown, [4]);
    assert_eq!(catalog.view("", &CategoryFilter::None).shown, [1, 5]);
    assert_eq!(catalog.entries()[3].category_name.as_deref(), Some("Sun"));
    assert_eq!(catalog.entries()[5].category, None);
    let gone = catalog.view("", &CategoryFilter::from_query(Some("99")));
    assert_eq!((gone.shown.len(), gone.all, gone.chips.len()), (0, 7, 4));
}

#[test]
fn an_empty_list_has_no_chips() {
    let view = catalog(Vec::new()).view("", &CategoryFilter::All);
    assert_eq!((view.shown.len(), view.chips.len(), view.all), (0, 0, 0));
}

// hostile.md 71: typing stays under 200 ms at 10,000 entries. Generous, for slow machines and debug builds.
#[test]
fn ten_thousand_tiles_and_five_hundred_categories_are_quick() {
    let entries = (0..10_000_u32).map(|number| {
        let mut entry =
            application(&format!("id-{number}"), &format!("Application number {number}"), Some(1.0));
        entry.category = category(&(number % 500).to_string(), "Some category");
        entry
    });
    let catalog = catalog(entries.collect());
    let start = std::time::Instant::now();
    for _ in 0..10 {
        assert_eq!(catalog.view("number 9999", &CategoryFilter::All).shown.len(), 1);
    }
    assert!(start.elapsed().as_millis() < 2_000, "{:?}", start.elapsed());
}

fn any_application() -> impl Strategy<Value = Application> {
    let order = prop_oneof![
        Just(None),
        (-2_i8..3).prop_map(|order| Some(f64::from(order))),
        any::<f64>().prop_map(Some),
    ];
    let of = prop_oneof![
        Just(None),
        ("[1-4]", "[a-c]{0,1}").prop_map(|(id, name)| category(&id, &name)),
        Just(category("none", "None")),
    ];
    ("[a-d]", "[abAB é]{0,3}", order, of, proptest::option::of("[x-z]{1,2}")).prop_map(
        |(id, name, order, of, code)| {
            let mut application = application(&id, &name, order);
            application.category = of;
            application.code = code;
            application
        },
    )
}

fn applications() -> impl Strategy<Value = Vec<Application>> {
    proptest::collection::vec(any_application(), 0..40)
}

proptest! {
    // hostile.md 67: total and stable.
    #[test]
    fn every_application_is_shown_once_in_a_total_stable_order(sent in applications()) {
        let catalog = catalog(sent.clone());
        let mut places: Vec<usize> = catalog.entries().iter().map(|entry| entry.application).collect();
        for (a, b) in catalog.entries().iter().zip(catalog.entries().iter().skip(1)) {
            let place = |entry: usize| sent[entry].order.filter(|order| order.is_finite());
            let (first, second) = (place(a.application), place(b.application));
            let order = match (first, second) {
                (Some(first), Some(second)) => first.partial_cmp(&second).unwrap(),
                (first, second) => first.is_none().cmp(&second.is_none()),
            };
            let order = order.then(collate(&a.name, &b.name)).then(a.id.cmp(&b.id));
            prop_assert_eq!(order.then(a.application.cmp(&b.application)), Ordering::Less);
        }
        places.sort_unstable();
        prop_assert_eq!(places, (0..sent.len()).collect::<Vec<_>>());
        prop_assert!(catalog.entries().iter().all(|entry| !entry.name.is_empty()));
    }

    // The order does not depend on the order sent, but for entries that are alike in everything that it looks at.
    #[test]
    fn the_order_does_not_depend_on_the_order_sent(sent in applications()) {
        let look = |catalog: &Catalog| -> Vec<(String, String)> {
            let entries = catalog.entries().iter();
            entries.map(|entry| (entry.name.to_lowercase(), entry.id.as_str().to_owned())).collect()
        };
        let reversed = sent.iter().rev().cloned().collect();
        prop_assert_eq!(look(&catalog(sent)), look(&catalog(reversed)));
    }

    #[test]
    fn addresses_are_unique_and_lead_back(sent in applications()) {
        let catalog = catalog(sent);
        let mut known = BTreeSet::new();
        for entry in catalog.entries() {
            prop_assert!(known.insert((entry.id.clone(), entry.nth)));
            prop_assert!(entry.nth == 1 || known.contains(&(entry.id.clone(), entry.nth - 1)));
            prop_assert_eq!(catalog.find(&entry.id, entry.nth), Some(entry));
        }
    }

    #[test]
    fn counts_agree_with_what_each_chip_shows(sent in applications(), query in "[abé xyz]{0,3}") {
        let catalog = catalog(sent);
        let view = catalog.view(&query, &CategoryFilter::All);
        prop_assert_eq!(view.all, view.shown.len());
        prop_assert_eq!(view.chips.iter().map(|chip| chip.count).sum::<usize>(), view.all);
        let mut seen = Vec::new();
        for chip in &view.chips {
            let filtered = catalog.view(&query, &chip.filter);
            prop_assert_eq!(filtered.shown.len(), chip.count);
            prop_assert_eq!(&filtered.chips, &view.chips);
            prop_assert_eq!(&CategoryFilter::from_query(chip.filter.to_query().as_deref()), &chip.filter);
            prop_assert!(!catalog.view("", &chip.filter).shown.is_empty());
            prop_assert_eq!(chip.name.is_none(), chip.filter == CategoryFilter::None);
            seen.extend(filtered.shown);
        }
        seen.sort_unstable();
        prop_assert_eq!(seen, view.shown);
    }

    #[test]
    fn a_tile_is_found_by_its_name(sent in applications(), query in ".{0,6}") {
        let catalog = catalog(sent);
        for (index, entry) in catalog.entries().iter().enumerate() {
            prop_assert!(catalog.view(&entry.name, &CategoryFilter::All).shown.contains(&index));
        }
        let shown = catalog.view(&query, &CategoryFilter::All).shown;
        for (index, entry) in catalog.entries().iter().enumerate() {
            prop_assert!(!matches(&fold(&entry.name), &fold(&query)) || shown.contains(&index));
        }
    }

    #[test]
    fn a_category_survives_the_address(value in proptest::option::of(".{0,6}")) {
        let filter = CategoryFilter::from_query(value.as_deref());
        prop_assert_eq!(CategoryFilter::from_query(filter.to_query().as_deref()), filter);
    }
}
