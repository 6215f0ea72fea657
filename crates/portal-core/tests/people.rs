//! Lists of users: pages put together whatever the service says of them, order and search.
#![expect(clippy::unwrap_used, reason = "a test that cannot make its data fails")]

use portal_api::{Listed, Paged, Person, UserId};
use portal_core::people::{Column, Roster, page_size, search_key, shown_name, sorted};
use portal_core::rows::Sorting;
use proptest::prelude::*;

fn person(id: &str) -> Person {
    Person {
        id: UserId::parse(id).unwrap(),
        name: None,
        nickname: None,
        email: None,
        phone: None,
        domain: None,
        description: None,
        kind: None,
        member: None,
        created: None,
        joined: None,
        updated: None,
    }
}

fn page(ids: &[String], dropped: usize, total: Option<u64>, size: Option<u64>) -> Paged<Person> {
    let entries = ids.iter().map(|id| person(id)).collect();
    Paged { listed: Listed { entries, dropped }, total, number: None, size }
}

fn ids(range: core::ops::Range<usize>) -> Vec<String> {
    range.map(|id| format!("u{id}")).collect()
}

/// Asks page by page as a page of the portal does.
fn load_all(size: u32, answer: impl Fn(u32) -> Paged<Person>) -> (Roster, u32) {
    let mut roster = Roster::new(size);
    let mut calls = 0;
    while let Some(number) = roster.next() {
        calls += 1;
        assert!(calls < 200, "it never ends");
        roster.take(number, &answer(number));
    }
    (roster, calls)
}

// 0.5: the total can be missing; then a page that is not full is the last.
#[test]
fn without_a_total_the_first_page_that_is_not_full_is_the_last() {
    let answer = |number: u32| match number {
        0 => page(&ids(0..100), 0, None, None),
        _ => page(&ids(100..130), 0, None, None),
    };
    let (roster, calls) = load_all(100, answer);
    assert_eq!((roster.people().len(), calls, roster.total()), (130, 2, None));
}

// A service that allows smaller pages than asked for says so, or is known by its total.
#[test]
fn smaller_pages_than_asked_for_do_not_end_a_list() {
    let slice = |number: u32| ids((number as usize * 50)..(number as usize * 50 + 50).min(120));
    let (roster, _) = load_all(1000, |number| page(&slice(number), 0, Some(120), None));
    assert_eq!(roster.people().len(), 120);
    let (roster, _) = load_all(1000, |number| page(&slice(number), 0, None, Some(50)));
    assert_eq!(roster.people().len(), 120);
}

// A service that takes no notice of the page would be asked for ever.
#[test]
fn the_same_page_again_ends_a_list() {
    let (roster, calls) = load_all(10, |_| page(&ids(0..10), 0, Some(5_000), None));
    assert_eq!((roster.people().len(), calls), (10, 2));
}

// The same where nothing of the page can be read: one such page is passed over, two end the list.
#[test]
fn pages_that_cannot_be_read_end_a_list() {
    let (roster, calls) = load_all(3, |_| page(&[], 3, None, None));
    assert_eq!((roster.people().len(), roster.dropped(), calls), (0, 6, 2));
    let (roster, _) = load_all(3, |number| match number {
        1 => page(&[], 3, None, None),
        _ => {
            page(&ids(number as usize * 3..number as usize * 3 + 3 - usize::from(number == 2)), 0, None, None)
        }
    });
    assert_eq!((roster.people().len(), roster.dropped()), (5, 3));
}

#[test]
fn a_page_that_is_loaded_anew_takes_the_place_of_the_old_one() {
    let mut roster = Roster::new(10);
    roster.take(0, &page(&ids(0..10), 1, Some(30), None));
    roster.take(2, &page(&ids(20..30), 0, Some(30), None));
    assert_eq!((roster.people().len(), roster.next(), roster.dropped()), (10, Some(1), 1));
    roster.take(0, &page(&ids(5..15), 0, Some(30), None));
    assert_eq!((roster.people()[0].id.as_str(), roster.dropped()), ("u5", 0));
}

#[test]
fn a_page_size_is_one_of_those_offered() {
    assert_eq!(page_size(Some("100")), 100);
    assert_eq!(
        [page_size(None), page_size(Some("7")), page_size(Some("")), page_size(Some("1e9"))],
        [1000; 4]
    );
}

#[test]
fn people_are_found_by_name_address_number_and_id() {
    let who = Person {
        nickname: Some("Zoë Łukasz".to_owned()),
        email: Some("Zoe@Example.com".to_owned()),
        phone: Some("86 123".to_owned()),
        ..person("u7")
    };
    let key = search_key(&who);
    for part in ["zoe", "łukasz", "@example", "86 123", "u7"] {
        assert!(key.contains(&portal_core::search::fold(part)), "{part} in {key}");
    }
    assert_eq!((shown_name(&who), shown_name(&person("u9"))), ("Zoë Łukasz", "u9"));
}

// Times are compared as times, not as the texts of their many forms (§6, 17).
#[test]
fn times_in_any_form_come_in_their_order() {
    let at = |id: &str, time: &str| Person { joined: Some(time.to_owned()), ..person(id) };
    let people = [
        at("late", "2/1/2026 08:00:00"),
        person("never"),
        at("early", "2019-05-27 04:33:30.0"),
        at("unreadable", "soon"),
    ];
    let order = |descending| {
        sorted(&people, &[Column::Joined], Sorting { column: 0, descending }, &|a: &str, b: &str| a.cmp(b))
    };
    assert_eq!(order(false), [2, 0, 1, 3]);
    assert_eq!(order(true), [0, 2, 1, 3]);
}

proptest! {
    // Whatever a service answers: loading ends, nobody stands twice, and nobody that came is lost.
    #[test]
    fn loading_ends_and_nobody_stands_twice(
        size in 1_u32..40,
        pages in prop::collection::vec((prop::collection::vec(0_usize..60, 0..40), 0_usize..3), 1..8),
        total in prop::option::of(0_u64..400),
        said in prop::option::of(0_u64..60),
    ) {
        let answer = |number: u32| {
            let (people, dropped) = &pages[number as usize % pages.len()];
            let ids: Vec<String> = people.iter().map(|id| format!("u{id}")).collect();
            page(&ids, *dropped, total, said)
        };
        let (roster, calls) = load_all(size, answer);
        let people = roster.people();
        let mut known: Vec<&str> = people.iter().map(|person| person.id.as_str()).collect();
        known.sort_unstable();
        let before = known.len();
        known.dedup();
        prop_assert_eq!(before, known.len());
        for number in 0..calls {
            for sent in &answer(number).listed.entries {
                prop_assert!(known.contains(&sent.id.as_str()));
            }
        }
    }
}
