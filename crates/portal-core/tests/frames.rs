//! Guards experience.md S11: the last pages stay alive up to a cap, frames never change their order (a frame that is
//! moved loads again), and unsaved work is never thrown away to make room.

use std::collections::BTreeSet;

use portal_core::frames::Frames;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    /// Shows the page, in its frame or in a new one.
    Visit(u8),
    Hold(u8, bool),
    Renew(u8),
    Close(u8),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let page = 0_u8..12;
    let step = prop_oneof![
        6 => page.clone().prop_map(Step::Visit),
        2 => (page.clone(), any::<bool>()).prop_map(|(page, held)| Step::Hold(page, held)),
        1 => page.clone().prop_map(Step::Renew),
        1 => page.prop_map(Step::Close),
    ];
    prop::collection::vec(step, 0..60)
}

fn of(frames: &Frames<u8>, page: u8) -> Option<usize> {
    frames.find(|_, source| *source == page)
}

fn visit(frames: &mut Frames<u8>, page: u8) -> usize {
    match of(frames, page) {
        Some(id) => {
            frames.show(id);
            id
        }
        None => frames.open(page),
    }
}

#[test]
fn the_last_pages_stay_and_the_oldest_makes_room() {
    let mut frames = Frames::new(3);
    for page in [1, 2, 3, 1, 4] {
        visit(&mut frames, page);
    }
    let pages: Vec<u8> = frames.ids().filter_map(|id| frames.source(id).copied()).collect();
    assert_eq!(pages, [1, 3, 4]);
}

#[test]
fn unsaved_work_is_not_thrown_away_for_room() {
    let mut frames = Frames::new(2);
    let form = visit(&mut frames, 1);
    frames.hold(form, true);
    for page in [2, 3, 4] {
        visit(&mut frames, page);
    }
    assert_eq!(of(&frames, 1), Some(form));
    frames.hold(form, false);
    visit(&mut frames, 5);
    assert_eq!(of(&frames, 1), None);
}

#[test]
fn a_page_that_moved_by_itself_is_found_where_it_is() {
    let mut frames = Frames::new(2);
    let id = visit(&mut frames, 1);
    frames.moved(id, 7);
    assert_eq!((of(&frames, 1), of(&frames, 7)), (None, Some(id)));
}

proptest! {
    #[test]
    fn whatever_is_opened_and_closed(cap in 0_usize..6, steps in steps()) {
        let mut frames = Frames::new(cap);
        let mut ever = BTreeSet::new();
        for step in steps {
            let before: Vec<usize> = frames.ids().collect();
            let held: BTreeSet<usize> = frames.held().collect();
            match step {
                Step::Visit(page) => {
                    let id = visit(&mut frames, page);
                    prop_assert_eq!(frames.source(id), Some(&page));
                    prop_assert!(held.iter().all(|id| frames.source(*id).is_some()));
                    prop_assert!(frames.ids().count() <= cap.max(1).max(held.len() + 1));
                }
                Step::Hold(page, is_held) => {
                    if let Some(id) = of(&frames, page) {
                        frames.hold(id, is_held);
                        prop_assert_eq!(frames.held().any(|held| held == id), is_held);
                    }
                }
                Step::Renew(page) => {
                    if let Some(id) = of(&frames, page) {
                        let fresh = frames.renew(id);
                        prop_assert!(fresh.is_some_and(|fresh| fresh > id && frames.source(fresh) == Some(&page)));
                        prop_assert_eq!(frames.source(id), None);
                    }
                }
                Step::Close(page) => {
                    if let Some(id) = of(&frames, page) {
                        frames.close(id);
                        prop_assert_eq!(of(&frames, page), None);
                    }
                }
            }
            let after: Vec<usize> = frames.ids().collect();
            prop_assert!(after.is_sorted());
            // What is new was never there, and what stays keeps its place.
            for id in after.iter().filter(|id| !before.contains(id)) {
                prop_assert!(ever.insert(*id));
            }
        }
    }
}
