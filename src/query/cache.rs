//! What was loaded under this user and organization, and the calls under way. In memory only.

use std::sync::Arc;

use futures::channel::oneshot;
use futures::future::{Either, select};
use leptos::prelude::*;
use portal_api::{Code, Endpoint, Error, ErrorKind, TransportFailure};
use portal_core::cache::{Held, is_fresh, surplus};
use portal_core::patience::{BUDGET_MS, next_try};

use super::Ask;
use crate::browser;
use crate::session::{Session, Value};

/// How long a call goes on whose page is gone, in milliseconds: the next page may want the same, and its code may have to come
/// first.
const LINGER_MS: u32 = 1_000;

/// One call and what came of it.
pub(super) struct Entry {
    ask: Ask,
    /// The user and organization that it belongs to.
    epoch: u64,
    pub(super) value: ArcRwSignal<Option<Value>>,
    pub(super) error: ArcRwSignal<Option<Error>>,
    pub(super) loading: ArcRwSignal<bool>,
    /// How many loads show an old value.
    stale: RwSignal<u32>,
    state: ArcStoredValue<State>,
}

#[derive(Default)]
struct State {
    /// How many parts of the page use it.
    users: u32,
    /// When the value came.
    came: Option<i64>,
    /// Whether it is counted among what is old.
    stale: bool,
    /// Ends the call under way when it is dropped.
    call: Option<oneshot::Sender<()>>,
}

/// An entry is in use as long as this is kept.
pub(super) struct Use {
    pub(super) entry: Arc<Entry>,
    queries: Queries,
}

/// All entries. Ends with the session's epoch.
#[derive(Clone, Copy)]
pub struct Queries {
    session: Session,
    /// Those used last come last.
    entries: StoredValue<Vec<Arc<Entry>>>,
    stale: RwSignal<u32>,
}

impl Queries {
    /// Nothing is known. Follows the session and the network.
    pub fn start(session: Session) -> Self {
        let queries = Self { session, entries: StoredValue::new(Vec::new()), stale: RwSignal::new(0) };
        Effect::new(move || {
            let epoch = session.epoch();
            queries.entries.update_value(|entries| entries.retain(|entry| entry.epoch == epoch));
        });
        browser::on_network("online", move || queries.beat(false));
        queries
    }

    /// Loads everything that is shown again. It stays, and counts as old until then.
    pub fn renew(self) {
        self.beat(true);
    }

    /// Whether something old is shown that could not be renewed, or is about to be; changes are followed.
    pub fn is_stale(self) -> bool {
        self.stale.get() > 0
    }

    /// What is known of a call, without asking.
    pub fn known<E: Endpoint>(self, endpoint: &E) -> Option<Arc<E::Reply>>
    where
        E::Reply: PartialEq + Send + Sync + 'static,
    {
        let entry = self.find(&Ask::of(endpoint), self.session.epoch_untracked());
        entry?.value.get_untracked()?.downcast().ok()
    }

    fn find(self, ask: &Ask, epoch: u64) -> Option<Arc<Entry>> {
        self.entries.with_value(|all| all.iter().find(|entry| entry.is(ask, epoch)).cloned())
    }

    /// `all`: not only what failed for want of a network.
    fn beat(self, all: bool) {
        for entry in self.entries.get_value() {
            let offline = entry.error.with_untracked(|error| {
                use TransportFailure::{Network, Offline};
                let kind = error.as_ref().map(|error| &error.kind);
                matches!(kind, Some(ErrorKind::Transport(Offline | Network)))
            });
            let used = entry.state.with_value(|state| state.users > 0);
            if all {
                entry.state.update_value(|state| state.came = None);
                entry.count(used && entry.is_known());
            }
            if used && (all || offline) {
                self.load(&entry);
            }
        }
    }

    /// The entry of a call; follows user and organization.
    pub(super) fn entry(self, ask: Ask) -> Arc<Entry> {
        let epoch = self.session.epoch();
        self.find(&ask, epoch).unwrap_or_else(|| {
            let entry = Arc::new(Entry {
                ask,
                epoch,
                value: ArcRwSignal::default(),
                error: ArcRwSignal::default(),
                loading: ArcRwSignal::default(),
                stale: self.stale,
                state: ArcStoredValue::default(),
            });
            self.entries.update_value(|entries| entries.push(Arc::clone(&entry)));
            entry
        })
    }

    /// A part of the page shows an entry from now on: it is loaded where it is not known or too old, unless it is on its way.
    pub(super) fn visit(self, entry: Arc<Entry>) -> Use {
        self.entries.update_value(|entries| {
            entries.retain(|other| !Arc::ptr_eq(other, &entry));
            entries.push(Arc::clone(&entry));
        });
        entry.state.update_value(|state| state.users += 1);
        let wanted = entry.state.with_value(|state| {
            state.call.is_none() && !is_fresh(state.came, browser::clock(), entry.ask.fresh_ms)
        });
        if wanted || entry.error.with_untracked(Option::is_some) {
            self.load(&entry);
        }
        Use { entry, queries: self }
    }

    /// Calls, or calls again what is under way.
    pub(super) fn load(self, entry: &Arc<Entry>) {
        let (going_on, gone) = oneshot::channel();
        entry.change(Some(going_on), None);
        let run = Box::pin(run(self.session, Arc::clone(entry)));
        // In this order: what has come too late is not looked at.
        browser::spawn(async move { drop(select(gone, run).await) });
    }

    /// A part of the page is gone. Without another one its call ends, and only the last entries of an operation are kept.
    fn leave(self, entry: &Arc<Entry>) {
        entry.state.update_value(|state| state.users = state.users.saturating_sub(1));
        if entry.state.with_value(|state| state.users > 0) {
            return;
        }
        entry.change(None, None);
        entry.count(false);
        self.entries.update_value(|entries| {
            let held: Vec<_> = entries.iter().map(|entry| entry.held()).collect();
            let mut surplus = surplus(&held).into_iter();
            entries.retain(|_| surplus.next() != Some(true));
        });
    }
}

impl Drop for Use {
    fn drop(&mut self) {
        let (queries, entry) = (self.queries, Arc::clone(&self.entry));
        browser::spawn(async move {
            browser::sleep(LINGER_MS).await;
            queries.leave(&entry);
        });
    }
}

impl Entry {
    fn is(&self, ask: &Ask, epoch: u64) -> bool {
        let other = &self.ask;
        self.epoch == epoch
            && !(ask.alone || other.alone)
            && other.spec.operation == ask.spec.operation
            && other.request == ask.request
    }

    fn is_known(&self) -> bool {
        self.value.with_untracked(Option::is_some)
    }

    fn held(&self) -> Held<&'static str> {
        Held {
            operation: self.ask.spec.operation,
            used: self.state.with_value(|state| state.users > 0),
            lasting: !self.ask.alone && self.is_known(),
        }
    }

    /// Gives up the call under way, for the user.
    pub(super) fn give_up(&self) {
        if self.loading.get_untracked() {
            self.change(None, Some(self.error_of(TransportFailure::Aborted)));
        }
    }

    fn error_of(&self, failure: TransportFailure) -> Error {
        let kind = ErrorKind::Transport(failure);
        Error { operation: self.ask.spec.operation, kind, request_id: None }
    }

    /// Ends the call under way in favour of this one, or of none.
    fn change(&self, call: Option<oneshot::Sender<()>>, error: Option<Error>) {
        let loading = call.is_some();
        self.state.update_value(|state| state.call = call);
        if error.is_some() || self.error.with_untracked(Option::is_some) {
            self.error.set(error);
        }
        self.loading.set(loading);
    }

    /// Counts itself among what is old, or no longer.
    fn count(&self, stale: bool) {
        let before = self.state.try_update_value(|state| std::mem::replace(&mut state.stale, stale));
        if before != Some(stale) {
            let step = if stale { 1 } else { u32::MAX };
            self.stale.update(|count| *count = count.wrapping_add(step));
        }
    }

    fn settle(&self, outcome: Result<Value, Error>) {
        match outcome {
            Ok(value) => {
                self.state.update_value(|state| state.came = Some(browser::clock()));
                let same =
                    |held: &Option<Value>| held.as_ref().is_some_and(|held| (self.ask.same)(held, &value));
                if !self.value.with_untracked(same) {
                    self.value.set(Some(value));
                }
                self.count(false);
                self.change(None, None);
            }
            // Given up by the page itself: a change of the session loads again, or takes the page away.
            Err(error) if error.kind == ErrorKind::Transport(TransportFailure::Aborted) => {
                self.change(None, None)
            }
            Err(error) => {
                // What the user may not see any more is taken away; after any other failure it stays, and is old.
                if error.code() == Some(Code::Forbidden) {
                    self.value.set(None);
                }
                self.count(self.is_known());
                self.change(None, Some(error));
            }
        }
    }
}

/// Calls until it comes, or until another try is not worth it.
async fn run(session: Session, entry: Arc<Entry>) {
    let begun = browser::now();
    let (mut attempts, mut left) = (0, BUDGET_MS);
    let outcome = loop {
        let ask = &entry.ask;
        let call = session.read(ask.spec, ask.request.clone(), ask.read);
        let error = match select(call, Box::pin(browser::sleep(left))).await {
            Either::Left((Ok(value), _)) => break Ok(value),
            Either::Left((Err(error), _)) => error,
            Either::Right(_) => entry.error_of(TransportFailure::Timeout),
        };
        attempts += 1;
        let elapsed = browser::now() - begun;
        match next_try(attempts, &error, ask.spec.repeatable, browser::random(), elapsed) {
            Some((wait, rest)) => {
                browser::sleep(wait).await;
                left = rest;
            }
            None => break Err(error),
        }
    };
    entry.settle(outcome);
}
