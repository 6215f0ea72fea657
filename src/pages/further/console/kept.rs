//! What the console keeps while the person looks at other screens: its own session, and what was sent. In memory only, and
//! never longer than user and organization stay the same.

use std::sync::Arc;

use leptos::prelude::*;
use portal_api::Error;
use portal_api::describe::Description;
use portal_core::console::{Answer, Caller};

use crate::reactive::lasting_context;
use crate::session::{Aside, Session};

/// At most so many calls are kept.
const MOST: usize = 50;
/// At most so many bytes of replies, but always the newest.
const MOST_BYTES: usize = 16 << 20;

/// A call that was made.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Counts the calls of the tab.
    pub number: u32,
    /// Of which operation.
    pub description: &'static Description,
    /// What stood in the form; nothing where it is secret.
    pub texts: Vec<String>,
    /// As whom it was sent.
    pub caller: Caller,
    /// What came back.
    pub outcome: Result<Answer, Error>,
    /// How long it took, in milliseconds.
    pub milliseconds: u32,
}

impl Entry {
    fn bytes(&self) -> usize {
        self.outcome.as_ref().map_or(0, |answer| answer.text.len())
    }
}

/// What is kept.
#[derive(Clone, Copy)]
pub(super) struct Kept {
    /// The console's own session.
    pub aside: Aside,
    /// The calls, the newest last.
    pub entries: RwSignal<Vec<Arc<Entry>>>,
}

impl Kept {
    /// What is kept, made when it is first asked for.
    pub(super) fn of(session: Session) -> Self {
        lasting_context(|| {
            let kept = Self { aside: Aside::none(), entries: RwSignal::new(Vec::new()) };
            let mut before = None;
            Effect::new(move || {
                let epoch = session.epoch();
                if before.replace(epoch).is_some_and(|before| before != epoch) {
                    kept.aside.end(session);
                    kept.entries.set(Vec::new());
                }
            });
            kept
        })
    }

    /// Keeps a call.
    pub(super) fn add(self, entry: Arc<Entry>) {
        self.entries.update(|entries| {
            entries.push(entry);
            let mut bytes: usize = entries.iter().map(|entry| entry.bytes()).sum();
            while entries.len() > MOST || (entries.len() > 1 && bytes > MOST_BYTES) {
                bytes -= entries.remove(0).bytes();
            }
        });
    }
}
