//! Rows of a table: their order, search, keys, and which of them stand in the document.
#![expect(clippy::indexing_slicing, reason = "a test that cannot find its data fails")]

use portal_core::rows::{Key, Sorting, Spot, WHOLE, found, near, place_of, sorted, standing, step};
use portal_core::search::fold;
use proptest::prelude::*;

const KEYS: [Key; 8] =
    [Key::Down, Key::Up, Key::Next, Key::Previous, Key::First, Key::Last, Key::PageDown, Key::PageUp];

// The focus stays on the same thing when rows are put in before it.
#[test]
fn a_row_is_found_again_by_its_key() {
    let keys = [Some(7), None, Some(9), Some(7)];
    let key_of = |row: usize| keys[row];
    assert_eq!(place_of(Some(9), keys.len(), &key_of), Some(2));
    assert_eq!(place_of(Some(7), keys.len(), &key_of), Some(0));
    assert_eq!(place_of(Some(9), 2, &key_of), None);
    assert_eq!(place_of(None, keys.len(), &key_of), None);
}

fn order(values: &[Option<u8>], descending: bool) -> Vec<usize> {
    let missing = |row: usize| values[row].is_none();
    sorted(values.len(), descending, &missing, &|a, b| values[a].cmp(&values[b]))
}

#[test]
fn a_press_turns_the_order_round_and_another_column_begins_with_the_smallest() {
    let first = Sorting { column: 2, descending: false };
    let turned = first.pressed(2);
    assert_eq!(turned, Sorting { column: 2, descending: true });
    assert_eq!(turned.pressed(2), first);
    assert_eq!(turned.pressed(0), Sorting { column: 0, descending: false });
}

#[test]
fn a_search_keeps_the_order_and_takes_words_in_any_form() {
    let keys = ["Ada Ångström", "Bob", "adele"].map(fold);
    let find = |query: &str| found(&[2, 1, 0], query, &|row| keys[row].as_str());
    assert_eq!(find(""), [2, 1, 0]);
    assert_eq!(find("AD"), [2, 0]);
    assert_eq!(find("angstrom  ada"), [0]);
    assert_eq!(find("nobody"), Vec::<usize>::new());
}

#[test]
fn keys_lead_from_the_heads_to_the_rows_and_back() {
    let heads = [0, 2, 3];
    let go = |from, key| step(from, key, &heads, 5_000, 10);
    assert_eq!(go(Spot::Row(0), Key::Up), Spot::Head(0));
    assert_eq!(go(Spot::Head(0), Key::Next), Spot::Head(2));
    assert_eq!(go(Spot::Head(2), Key::Previous), Spot::Head(0));
    assert_eq!(go(Spot::Head(0), Key::Previous), Spot::Head(0));
    assert_eq!(go(Spot::Head(0), Key::Last), Spot::Head(3));
    assert_eq!(go(Spot::Head(3), Key::Next), Spot::Head(3));
    assert_eq!(go(Spot::Head(3), Key::Down), Spot::Row(0));
    assert_eq!(go(Spot::Row(0), Key::Last), Spot::Row(4_999));
    assert_eq!(go(Spot::Row(4_999), Key::Down), Spot::Row(4_999));
    assert_eq!(go(Spot::Row(4_995), Key::PageDown), Spot::Row(4_999));
    assert_eq!(go(Spot::Row(3), Key::PageUp), Spot::Row(0));
    // Nothing to go to: the focus stays where it is.
    assert_eq!(step(Spot::Head(0), Key::Down, &heads, 0, 10), Spot::Head(0));
    assert_eq!(step(Spot::Row(0), Key::Up, &[], 3, 10), Spot::Row(0));
}

proptest! {
    // Whatever the values: every row once, what is missing last, equal ones as they were sent.
    #[test]
    fn an_order_holds_every_row_once_with_the_missing_last(
        values in prop::collection::vec(prop::option::of(0_u8..6), 0..60),
        descending: bool,
    ) {
        let order = order(&values, descending);
        let mut rows = order.clone();
        rows.sort_unstable();
        prop_assert_eq!(rows, (0..values.len()).collect::<Vec<_>>());
        for pair in order.windows(2) {
            let (a, b) = (values[pair[0]], values[pair[1]]);
            prop_assert!(a.is_some() || b.is_none(), "what is missing stands last");
            if a == b {
                prop_assert!(pair[0] < pair[1], "equal rows stay as they were");
            } else if let (Some(a), Some(b)) = (a, b) {
                prop_assert_eq!(a < b, !descending);
            }
        }
    }

    // No key leads out of the table.
    #[test]
    fn a_key_leads_to_a_row_or_head_that_is_there(
        row in 0_usize..400,
        rows in 1_usize..300,
        key in prop::sample::select(KEYS.to_vec()),
        page in 0_usize..50,
        on_head: bool,
    ) {
        let heads = [1, 4];
        let from = if on_head { Spot::Head(4) } else { Spot::Row(row) };
        match step(from, key, &heads, rows, page) {
            Spot::Row(row) => prop_assert!(row < rows),
            Spot::Head(head) => prop_assert!(heads.contains(&head)),
        }
    }

    // What is seen always stands, and no more than a screen around it.
    #[test]
    fn what_is_seen_stands_in_the_document_and_little_more(
        count in 0_usize..20_000,
        height in 1_usize..90,
        top in 0_usize..1_000_000,
        seen in 0_usize..2_000,
        stop in 0_usize..20_000,
    ) {
        let top = top.min((count * height).saturating_sub(seen));
        let rows = standing(&near(count, top, seen, height), stop, count);
        prop_assert!(rows.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(rows.iter().all(|row| *row < count));
        if stop < count {
            prop_assert!(rows.contains(&stop));
        }
        for row in (top / height)..count.min((top + seen).div_ceil(height)) {
            prop_assert!(rows.contains(&row), "row {} is seen", row);
        }
        if count > WHOLE {
            prop_assert!(rows.len() <= seen / height + 52, "{} rows", rows.len());
        }
    }
}
