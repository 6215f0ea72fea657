//! What tiles and menu entries share: the administrator's order, and numbers for names that repeat.
//!
//! Indices are sorted, not the things, so that the wasm holds one copy of the sort.

use core::cmp::Ordering;

/// The indices below `count` in the given order; equal ones stay as they were.
pub(crate) fn sorted(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut indices: Vec<usize> = (0..count).collect();
    indices.sort_by(|&a, &b| compare(a, b));
    indices
}

/// Smaller first; missing or no number last (experience.md, "Order"). Total (hostile.md 67).
pub(crate) fn by_place(a: Option<f64>, b: Option<f64>) -> Ordering {
    // Adding nought turns -0 into 0, which are one place.
    let known = |place: Option<f64>| place.filter(|place| place.is_finite()).map(|place| place + 0.0);
    match (known(a), known(b)) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

/// For each index below `count`, how often its name was there up to and with it: 1 owns the plain address, 2
/// adds `n=2` (experience.md, "Ids in addresses").
pub(crate) fn repeats<'a>(count: usize, name: &dyn Fn(usize) -> &'a str) -> Vec<u32> {
    let mut repeats = vec![1; count];
    let mut previous: Option<(&str, u32)> = None;
    for index in sorted(count, &|a, b| name(a).cmp(name(b))) {
        let nth = match previous {
            Some((known, nth)) if known == name(index) => nth + 1,
            _ => 1,
        };
        if let Some(slot) = repeats.get_mut(index) {
            *slot = nth;
        }
        previous = Some((name(index), nth));
    }
    repeats
}
