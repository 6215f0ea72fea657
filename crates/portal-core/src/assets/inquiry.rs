//! Which of many assets the person may see. The service only says whether all of a list are permitted (contract.md 1.16):
//! one call settles a good list, and the others are halved until each answer is known.

use core::ops::Range;
use std::collections::BTreeSet;

use portal_api::AssetId;

/// So many ids are taken at once: with none of them permitted it takes two calls for each.
pub const MOST_IDS: usize = 200;

/// What is known of one id.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Verdict {
    /// Nothing yet, or the service could not be asked.
    #[default]
    Open,
    /// Permitted.
    Yes,
    /// Not permitted; the service says the same of an asset that does not exist.
    No,
}

/// The ids in a text that a person wrote or pasted, each once, in its order: apart by blanks, commas, semicolons or lines.
pub fn ids(text: &str) -> Vec<AssetId> {
    let apart = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '，' | '；' | '、');
    let mut known = BTreeSet::new();
    text.split(apart).filter(|id| known.insert(*id)).filter_map(AssetId::parse).collect()
}

/// The question under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Inquiry {
    ids: Vec<AssetId>,
    verdicts: Vec<Verdict>,
    /// Parts that must be asked about, the next one last.
    open: Vec<Range<usize>>,
}

impl Inquiry {
    /// Asks about these; none beyond [`MOST_IDS`].
    pub fn new(mut ids: Vec<AssetId>) -> Self {
        ids.truncate(MOST_IDS);
        let open = if ids.is_empty() { Vec::new() } else { core::iter::once(0..ids.len()).collect() };
        Self { verdicts: vec![Verdict::Open; ids.len()], open, ids }
    }

    /// The ids to ask about next, all in one call; `None` when all is known.
    pub fn next(&self) -> Option<Vec<AssetId>> {
        self.open.last().map(|range| self.ids.get(range.clone()).unwrap_or_default().to_vec())
    }

    /// Takes the answer to [`Inquiry::next`].
    pub fn answer(&mut self, all_permitted: bool) {
        let Some(range) = self.open.pop() else { return };
        let verdict = match (all_permitted, range.len()) {
            (true, _) => Verdict::Yes,
            (false, 1) => Verdict::No,
            (false, count) => {
                let middle = range.start + count / 2;
                self.open.push(middle..range.end);
                self.open.push(range.start..middle);
                return;
            }
        };
        self.verdicts.iter_mut().take(range.end).skip(range.start).for_each(|slot| *slot = verdict);
    }

    /// What is known of the id at this place.
    pub fn verdict(&self, place: usize) -> Verdict {
        self.verdicts.get(place).copied().unwrap_or_default()
    }

    /// Each id with what is known of it, as given.
    pub fn verdicts(&self) -> impl Iterator<Item = (&AssetId, Verdict)> {
        self.ids.iter().zip(self.verdicts.iter().copied())
    }
}
