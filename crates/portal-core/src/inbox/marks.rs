//! What the person marked as processed: shown at once, sent in batches, and taken back where it is refused
//! (experience.md M6). Marking twice sends once.

use std::collections::BTreeMap;

use portal_api::MessageId;
use portal_api::message::MOST_UPDATES;

/// How far a message is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// It counts as processed, and the service is being told.
    Sending,
    /// The service has taken it.
    Done,
}

/// The marks of one application.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Marks(BTreeMap<MessageId, Mark>);

impl Marks {
    /// How far a message is; `None` for one that waits.
    pub fn of(&self, id: &MessageId) -> Option<Mark> {
        self.0.get(id).copied()
    }

    /// How many are marked.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is marked.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Marks these, and gives those of them that have to be sent: not those that are on their way or done.
    pub fn begin(&mut self, ids: impl IntoIterator<Item = MessageId>) -> Vec<MessageId> {
        let mut fresh = Vec::new();
        for id in ids {
            if !self.0.contains_key(&id) {
                self.0.insert(id.clone(), Mark::Sending);
                fresh.push(id);
            }
        }
        fresh
    }

    /// The service has taken these.
    pub fn done(&mut self, ids: &[MessageId]) {
        for id in ids {
            self.0.insert(id.clone(), Mark::Done);
        }
    }

    /// The service did not take these: they wait as before.
    pub fn refused(&mut self, ids: &[MessageId]) {
        for id in ids {
            if self.of(id) == Some(Mark::Sending) {
                self.0.remove(id);
            }
        }
    }
}

/// The calls that so many messages need: at most [`MOST_UPDATES`] each (contract.md 1.27).
pub fn batches(ids: &[MessageId]) -> impl Iterator<Item = &[MessageId]> {
    ids.chunks(MOST_UPDATES)
}
