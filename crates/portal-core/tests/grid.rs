//! Guards experience.md, "Large lists", and the blocks of performance.md: whatever the size of list and window, each
//! tile stands in one block, all that is seen stands in the document, and the keys reach every tile.

use portal_core::grid::{BLOCK_ROWS, Layout, Measures, Sight, Step, WHOLE, Window};
use proptest::prelude::*;

const TILE: Measures = Measures { height: 108.0, min_width: 248.0, gap: 12.0 };
const STEPS: [Step; 8] =
    [Step::Next, Step::Previous, Step::Down, Step::Up, Step::PageDown, Step::PageUp, Step::First, Step::Last];

fn layouts() -> impl Strategy<Value = Layout> {
    (0_usize..12_000, 0.0..4000.0).prop_map(|(count, width)| Layout::new(count, width, TILE))
}

fn sights() -> impl Strategy<Value = Sight> {
    (-2000.0..2_000_000.0, 0.0..3000.0).prop_map(|(top, height)| Sight { top, height })
}

/// The window after as many frames as it needs.
fn settled(layout: &Layout, sight: Sight, kept: [Option<usize>; 2]) -> Window {
    let mut window = Window::default().next(layout, sight, kept);
    for _ in 0..200 {
        window = window.next(layout, sight, kept);
    }
    assert!(window.is_complete(), "the window never settles");
    window
}

/// The blocks that a person sees.
fn seen(layout: &Layout, sight: Sight) -> Vec<usize> {
    let bottom = |block| layout.block_top(block) + TILE.height * 2.0 + TILE.gap;
    let in_view =
        |block: &usize| layout.block_top(*block) < sight.top + sight.height && bottom(*block) > sight.top;
    (0..layout.blocks()).filter(in_view).collect()
}

#[test]
fn columns_are_those_of_the_style_sheet() {
    let columns = |width| Layout::new(100, width, TILE).columns();
    assert_eq!([columns(0.0), columns(320.0), columns(508.0), columns(507.9)], [1, 1, 2, 1]);
    assert_eq!([columns(1440.0), columns(f64::NAN), columns(-5.0)], [5, 1, 1]);
    assert_eq!(Layout::new(11, 508.0, TILE).height(), 6.0 * 120.0 - 12.0);
    assert_eq!(Layout::new(0, 508.0, TILE).height(), 0.0);
    assert_eq!(Layout::new(5, 508.0, Measures::default()).columns(), 508);
}

#[test]
fn steps_know_rows_and_columns() {
    // Five columns, three rows, the last with two tiles.
    let layout = Layout::new(12, 1440.0, TILE);
    let sight = Sight { top: 0.0, height: 360.0 };
    let step = |from, step| layout.step(from, step, sight);
    assert_eq!((step(4, Step::Next), step(5, Step::Previous)), (5, 4));
    assert_eq!((step(1, Step::Down), step(6, Step::Down), step(8, Step::Down)), (6, 11, 11));
    assert_eq!((step(10, Step::Down), step(11, Step::Up), step(3, Step::Up)), (10, 6, 3));
    assert_eq!((step(0, Step::PageDown), step(11, Step::PageUp)), (10, 1));
    assert_eq!((step(7, Step::First), step(7, Step::Last)), (0, 11));
}

#[test]
fn a_short_list_stands_as_a_whole() {
    let layout = Layout::new(WHOLE, 320.0, TILE);
    let window = settled(&layout, Sight { top: 5000.0, height: 600.0 }, [None, None]);
    assert_eq!(window.blocks().len(), layout.blocks());
}

#[test]
fn a_long_list_comes_in_steps() {
    let layout = Layout::new(3000, 1440.0, TILE);
    let sight = Sight { top: 20_000.0, height: 900.0 };
    let mut window = Window::default().next(&layout, sight, [None, None]);
    let mut blocks = window.blocks().len();
    assert!(blocks <= 5, "only what is seen, not {blocks}");
    while !window.is_complete() {
        window = window.next(&layout, sight, [None, None]);
        assert!(window.blocks().len() <= blocks + 2);
        blocks = window.blocks().len();
    }
    assert_eq!(blocks, 12);
}

proptest! {
    #[test]
    fn each_tile_stands_in_one_block(layout in layouts()) {
        let mut next = 0;
        for block in 0..layout.blocks() {
            let tiles = layout.tiles(block);
            prop_assert_eq!(tiles.start, next);
            prop_assert!(!tiles.is_empty() && tiles.len() <= layout.columns() * BLOCK_ROWS);
            prop_assert!(tiles.clone().all(|tile| layout.block_of(tile) == block));
            let below = |tile| layout.row_top(tile) - layout.block_top(block);
            prop_assert!(tiles.clone().all(|tile| below(tile) < 2.0 * (TILE.height + TILE.gap)));
            prop_assert_eq!(layout.rows_of(block), BLOCK_ROWS.min(layout.rows() - block * BLOCK_ROWS));
            next = tiles.end;
        }
        prop_assert_eq!(next, layout.count());
        prop_assert!(layout.tiles(layout.blocks()).is_empty());
        prop_assert!(layout.tiles(usize::MAX).is_empty());
    }

    #[test]
    fn what_is_seen_stands_at_once(
        layout in layouts(), first in sights(), then in sights(), kept in [0_usize..12_000, 0_usize..12_000],
    ) {
        let kept = kept.map(Some);
        let before = settled(&layout, first, kept);
        let window = before.next(&layout, then, kept);
        let blocks = window.blocks();
        prop_assert!(blocks.is_sorted_by(|a, b| a < b));
        prop_assert!(blocks.iter().all(|block| *block < layout.blocks()));
        for block in seen(&layout, then) {
            prop_assert!(blocks.contains(&block), "{block} of {blocks:?}");
        }
        for tile in kept.into_iter().flatten().filter(|tile| *tile < layout.count()) {
            prop_assert!(blocks.contains(&layout.block_of(tile)));
        }
        // However far it scrolls, what is made and kept stays small.
        if layout.count() > WHOLE {
            let most = (then.height + 2.0 * 900.0) / 240.0 + 4.0 + 2.0;
            prop_assert!((blocks.len() as f64) <= most, "{}", blocks.len());
        }
    }

    #[test]
    fn a_window_settles(layout in layouts(), sight in sights()) {
        let window = settled(&layout, sight, [None, None]);
        prop_assert_eq!(window.next(&layout, sight, [None, None]), window);
    }

    #[test]
    fn a_step_stays_in_the_list(layout in layouts(), from in 0_usize..20_000, sight in sights()) {
        for step in STEPS {
            let to = layout.step(from, step, sight);
            prop_assert!(to < layout.count().max(1));
            let from = from.min(layout.count().saturating_sub(1));
            match step {
                Step::Next | Step::Down | Step::PageDown | Step::Last => prop_assert!(to >= from),
                _ => prop_assert!(to <= from),
            }
            if matches!(step, Step::Up | Step::PageUp) {
                prop_assert_eq!(to % layout.columns(), from % layout.columns());
            }
        }
    }

    // Down and down again reaches the last row from everywhere, and so does a page.
    #[test]
    fn steps_come_to_an_end(count in 1_usize..400, width in 0.0..2000.0, from in 0_usize..400) {
        let layout = Layout::new(count, width, TILE);
        let sight = Sight { top: 0.0, height: 700.0 };
        for (step, back) in [(Step::Down, Step::Up), (Step::PageDown, Step::PageUp), (Step::Next, Step::Previous)] {
            let run = |step| (0..=count).fold(from.min(count - 1), |at, _| layout.step(at, step, sight));
            prop_assert!(run(step) / layout.columns() == (count - 1) / layout.columns());
            prop_assert!(run(back) < layout.columns());
        }
    }
}
