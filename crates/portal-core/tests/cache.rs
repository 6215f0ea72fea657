//! What the cache keeps and drops, and when it asks again.

use portal_core::cache::{FRESH_MS, Held, KEPT, is_fresh, surplus};
use proptest::prelude::*;

#[test]
fn what_never_came_is_not_fresh() {
    assert!(!is_fresh(None, 0, FRESH_MS));
}

#[test]
fn a_value_is_fresh_for_its_time_only() {
    assert!(is_fresh(Some(1_000), 1_000, FRESH_MS));
    assert!(is_fresh(Some(1_000), 999 + FRESH_MS, FRESH_MS));
    assert!(!is_fresh(Some(1_000), 1_000 + FRESH_MS, FRESH_MS));
}

// Otherwise a clock that is set back by a day would keep an old list for a day.
#[test]
fn a_value_of_the_future_is_not_fresh() {
    assert!(!is_fresh(Some(1_000), 999, FRESH_MS));
}

#[test]
fn a_query_that_wants_it_new_is_content_with_nothing() {
    assert!(!is_fresh(Some(1_000), 1_000, 0));
}

#[test]
fn what_no_other_page_may_show_goes_with_its_page() {
    let held = |used| Held { operation: "ids", used, lasting: false };
    assert_eq!(surplus(&[held(true), held(false)]), [false, true]);
}

#[test]
fn one_operation_does_not_push_out_another() {
    let held = |operation| Held { operation, used: false, lasting: true };
    let mut all = vec![held("applications")];
    all.extend(std::iter::repeat_n(held("menu"), KEPT + 2));
    let mut expected = vec![false, true, true];
    expected.extend(std::iter::repeat_n(false, KEPT));
    assert_eq!(surplus(&all), expected);
}

fn any_held() -> impl Strategy<Value = Held<u8>> {
    (0..4_u8, any::<bool>(), any::<bool>()).prop_map(|(operation, used, lasting)| Held {
        operation,
        used,
        lasting,
    })
}

proptest! {
    // Whatever pages do, what they show stays, and the rest is bounded.
    #[test]
    fn the_cache_is_bounded_and_drops_nothing_that_is_shown(all in prop::collection::vec(any_held(), 0..100)) {
        let dropped = surplus(&all);
        prop_assert_eq!(dropped.len(), all.len());
        let kept: Vec<_> = all.iter().zip(&dropped).filter(|(_, dropped)| !**dropped).map(|(held, _)| *held).collect();
        prop_assert_eq!(kept.iter().filter(|held| held.used).count(), all.iter().filter(|held| held.used).count());
        for operation in 0..4 {
            let spare = |held: &&Held<u8>| held.operation == operation && !held.used && held.lasting;
            prop_assert_eq!(kept.iter().filter(spare).count(), all.iter().filter(spare).count().min(KEPT));
        }
        prop_assert!(kept.iter().all(|held| held.used || held.lasting));
    }
}
