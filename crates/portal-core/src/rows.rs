//! Rows of a table of data: their order, which of them are searched for, where a key leads, and which of them stand in
//! the document (experience.md, "Large lists"). Indices count from 0, lengths are CSS pixels.

use core::cmp::Ordering;
use core::ops::Range;

use crate::catalog::order;
use crate::search::{fold, matches};

/// Up to so many rows all stand in the document (experience.md, "Large lists").
pub const WHOLE: usize = 200;

/// Rows in the document before and after those that are seen; the window moves in steps of as many, so that scrolling
/// changes it seldom.
const SPARE: usize = 12;

/// By which column, and which way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sorting {
    /// The column.
    pub column: usize,
    /// The largest first.
    pub descending: bool,
}

impl Sorting {
    /// After a press on the head of a column: another column begins with the smallest, the same one turns round.
    #[must_use]
    pub fn pressed(self, column: usize) -> Self {
        Self { column, descending: self.column == column && !self.descending }
    }
}

/// The rows below `count` in order. Rows in which nothing stands come last whichever way the others go; equal ones stay
/// as they were sent.
pub fn sorted(
    count: usize,
    descending: bool,
    is_missing: &dyn Fn(usize) -> bool,
    compare: &dyn Fn(usize, usize) -> Ordering,
) -> Vec<usize> {
    order::sorted(count, &|a, b| match (is_missing(a), is_missing(b)) {
        (false, false) if descending => compare(b, a),
        (false, false) => compare(a, b),
        (a, b) => a.cmp(&b),
    })
}

/// The rows of an order that a text is found in; `key` is what a row is searched by, folded.
pub fn found<'a>(order: &[usize], query: &str, key: &dyn Fn(usize) -> &'a str) -> Vec<usize> {
    let query = fold(query);
    order.iter().copied().filter(|row| matches(key(*row), &query)).collect()
}

/// Where the focus is in a table, which has one tab stop.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spot {
    /// On the head of a column.
    Head(usize),
    /// On a row.
    Row(usize),
}

/// A key, left and right already turned to the direction of reading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Key {
    /// A row down, from the heads to the first row.
    Down,
    /// A row up, from the first row to the heads.
    Up,
    /// To the next head.
    Next,
    /// To the head before.
    Previous,
    /// To the first row or head.
    First,
    /// To the last row or head.
    Last,
    /// As many rows down as are seen.
    PageDown,
    /// As many rows up as are seen.
    PageUp,
}

/// Where a key leads (ARIA grid pattern, with rows in the place of cells). `heads`: the columns whose head takes the
/// focus, ascending. `page`: how many rows are seen.
pub fn step(from: Spot, key: Key, heads: &[usize], rows: usize, page: usize) -> Spot {
    match from {
        Spot::Row(row) => step_row(row.min(rows.saturating_sub(1)), key, heads, rows, page.max(1)),
        Spot::Head(head) => step_head(head, key, heads, rows),
    }
}

fn step_row(row: usize, key: Key, heads: &[usize], rows: usize, page: usize) -> Spot {
    let last = rows.saturating_sub(1);
    match key {
        Key::Up if row == 0 => heads.first().map_or(Spot::Row(0), |head| Spot::Head(*head)),
        Key::Up => Spot::Row(row - 1),
        Key::Down => Spot::Row((row + 1).min(last)),
        Key::PageDown => Spot::Row(row.saturating_add(page).min(last)),
        Key::PageUp => Spot::Row(row.saturating_sub(page)),
        Key::First => Spot::Row(0),
        Key::Last => Spot::Row(last),
        Key::Next | Key::Previous => Spot::Row(row),
    }
}

fn step_head(head: usize, key: Key, heads: &[usize], rows: usize) -> Spot {
    let place = heads.partition_point(|other| *other < head);
    let to = match key {
        Key::Down | Key::PageDown if rows > 0 => return Spot::Row(0),
        Key::Next => heads.get(place + 1),
        Key::Previous => place.checked_sub(1).and_then(|before| heads.get(before)),
        Key::First => heads.first(),
        Key::Last => heads.last(),
        _ => None,
    };
    Spot::Head(to.copied().unwrap_or(head))
}

/// The rows near the view: of a long table only these stand in the document. `top`: how far it is scrolled; `seen`: how
/// much of it is seen; `height`: that of a row.
pub fn near(count: usize, top: usize, seen: usize, height: usize) -> Range<usize> {
    if count <= WHOLE {
        return 0..count;
    }
    let height = height.max(1);
    let first = (top / height).saturating_sub(SPARE) / SPARE * SPARE;
    let last = (top.saturating_add(seen) / height).saturating_add(2 * SPARE) / SPARE * SPARE;
    first.min(count)..last.min(count)
}

/// The rows in the document, ascending: those near the view, and the one that Tab leads to, wherever it is.
pub fn standing(near: &Range<usize>, stop: usize, count: usize) -> Vec<usize> {
    let mut rows: Vec<usize> = (near.start..near.end.min(count)).collect();
    if stop < count
        && let Err(place) = rows.binary_search(&stop)
    {
        rows.insert(place, stop);
    }
    rows
}

/// The row that something stands in now, by its key; `None` where it is gone.
pub fn place_of(key: Option<u64>, count: usize, key_of: &dyn Fn(usize) -> Option<u64>) -> Option<usize> {
    key.and_then(|key| (0..count).find(|row| key_of(*row) == Some(key)))
}
