//! Where a page stands in a list that changes while the person goes through it: what was marked is left out of the next
//! reply, so that the rest moves up (experience.md M5), and a reply may not say how many there are (contract.md §6, 16).

use portal_api::{Page, Paged};

use super::counts::Known;

/// A page of a list, as far as numbers go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// Which page was asked for, from 0.
    pub number: u32,
    /// How many entries came.
    pub count: u64,
    /// How many entries all pages have, where the reply says so.
    pub total: Option<u64>,
    /// How many entries a page has; at least 1.
    size: u64,
}

impl Sheet {
    /// What a reply says. A page may be smaller than was asked for, where the reply names its size, or longer.
    pub fn of<T>(asked: Page, reply: &Paged<T>) -> Self {
        // What could not be read is part of the list all the same.
        let count = (reply.listed.entries.len() + reply.listed.dropped) as u64;
        let asked_size = u64::from(asked.size);
        let size = reply.size.filter(|size| *size > 0).unwrap_or(asked_size).min(asked_size);
        Self { number: asked.number, count, total: reply.total, size: size.max(count).max(1) }
    }

    /// How many there are: what the reply says, or what a page tells that is not full.
    pub fn exact(self) -> Option<u64> {
        let last = self.count < self.size && (self.count > 0 || self.number == 0);
        self.total.or_else(|| last.then(|| self.least()))
    }

    /// What that tells of the application.
    pub fn known(self) -> Known {
        self.exact().map_or_else(|| Known::AtLeast(self.least()), Known::Exactly)
    }

    /// How many there are at least, going by the pages up to this one.
    pub fn least(self) -> u64 {
        u64::from(self.number).saturating_mul(self.size).saturating_add(self.count)
    }

    /// How many pages there are, where that is known; this one is among them.
    pub fn pages(self) -> Option<u64> {
        let here = u64::from(self.number) + 1;
        let all = self.exact().map(|all| if self.is_all(all) { 1 } else { all.div_ceil(self.size) });
        Some(all?.max(here))
    }

    /// Whether there may be a page after this one.
    pub fn has_next(self) -> bool {
        self.count > 0 && self.pages().is_none_or(|pages| u64::from(self.number) + 1 < pages)
    }

    /// The page that goes on where this one ends, once so many of it and of those before are gone from the list.
    pub fn next(self, gone: usize) -> u32 {
        let end = (u64::from(self.number) + 1).saturating_mul(self.size);
        u32::try_from(end.saturating_sub(gone as u64) / self.size).unwrap_or(u32::MAX)
    }

    /// Where to go from a page that has nothing, because the list became shorter: always further to the front.
    pub fn back(self) -> Option<u32> {
        let before = self.number.checked_sub(1).filter(|_| self.count == 0)?;
        let last = self.total.map_or(u64::MAX, |total| total.div_ceil(self.size).saturating_sub(1));
        Some(u32::try_from(last).unwrap_or(u32::MAX).min(before))
    }

    fn is_all(self, all: u64) -> bool {
        self.number == 0 && self.count >= all
    }
}
