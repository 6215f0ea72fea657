//! Which of many entries a page holds, and whether there are more (contract.md 0.5: 0-based, the total can be missing, and
//! the service may allow less than was asked for).

use portal_api::Paged;

/// The entries of a page, counted from 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// The first; beyond the last where the page has none.
    pub from: u64,
    /// The last.
    pub to: u64,
    /// How many there are, if the service says so.
    pub total: Option<u64>,
    /// Whether another page comes after it.
    pub more: bool,
}

impl Span {
    /// Where a page stands that was asked for by this number, with so many entries at most. What could not be read was sent
    /// nevertheless, and counts.
    pub fn of<T>(page: &Paged<T>, number: u32, asked: u32) -> Self {
        let asked = u64::from(asked);
        let full = page.size.filter(|size| *size > 0).map_or(asked, |size| size.min(asked));
        let before = u64::from(number).saturating_mul(full);
        let sent = (page.listed.entries.len() + page.listed.dropped) as u64;
        let to = before.saturating_add(sent);
        // Nothing follows a page without entries, whatever the total says.
        let more = sent > 0 && page.total.map_or(sent >= full, |total| to < total);
        Self { from: before.saturating_add(1), to, total: page.total.map(|total| total.max(to)), more }
    }
}
