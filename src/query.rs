//! Reading from the service: [`use_query`] gives a page the value of a call, the error of the last try, another try, and a
//! way to give up. What was loaded is shared ([`Queries`]): a page shows what is known at once, and it is renewed behind.
//!
//! An effect and not a `LocalResource`: that awaits the call of before to its end, also when the key has changed and when its
//! page is gone (docs/decisions.md has the figures).

mod cache;

use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::*;
use portal_api::application::GetUserApplications;
use portal_api::{Application, Endpoint, Error, Listed, Request, Response, Spec, reply};
use portal_core::cache::FRESH_MS;

pub use self::cache::Queries;
use self::cache::{Entry, Use};
use crate::reactive::is_another_option;
use crate::session::Value;

/// A call that reads. Equal ones share an entry of the cache.
#[derive(Clone)]
pub struct Ask {
    spec: Spec,
    request: Request,
    read: fn(&Response) -> Result<Value, Error>,
    /// Whether a renewed value says the same, so that nothing is drawn again.
    same: fn(&Value, &Value) -> bool,
    /// How old a value may be that a page is content with, in milliseconds.
    fresh_ms: i64,
    /// Whether nothing of before may be shown, and no other page shows what comes.
    alone: bool,
}

impl Ask {
    /// The call of an endpoint.
    pub fn of<E: Endpoint>(endpoint: &E) -> Self
    where
        E::Reply: PartialEq + Send + Sync + 'static,
    {
        Self {
            spec: E::SPEC,
            request: Request::new(endpoint, None),
            read: |response| Ok(Arc::new(reply::<E>(response)?)),
            same: |before, now| before.downcast_ref::<E::Reply>() == now.downcast_ref(),
            fresh_ms: 0,
            alone: false,
        }
    }

    /// Shows nothing that was known before.
    pub fn alone(self) -> Self {
        Self { alone: true, ..self }
    }
}

/// What a page reads.
pub struct Query<T> {
    entry: Memo<Option<Arc<Entry>>>,
    /// Keeps the entry and its call while the page stands.
    held: RwSignal<Option<Use>>,
    queries: Queries,
    reply: PhantomData<fn() -> T>,
}

impl<T> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Query<T> {}

/// Reads an endpoint, and again when its parameters, the user or the organization change; `None` reads nothing.
pub fn use_query<E: Endpoint>(endpoint: impl Fn() -> Option<E> + Send + Sync + 'static) -> Query<E::Reply>
where
    E::Reply: PartialEq + Send + Sync + 'static,
{
    Query::new(Box::new(move || endpoint().map(|endpoint| Ask::of(&endpoint))))
}

/// The applications of the user in the organization: one list for all pages.
pub fn use_applications(here: impl Fn() -> bool + Send + Sync + 'static) -> Query<Listed<Application>> {
    let ask = move || Ask { fresh_ms: FRESH_MS, ..Ask::of(&GetUserApplications) };
    Query::new(Box::new(move || here().then(ask)))
}

impl<T: Send + Sync + 'static> Query<T> {
    /// The same for calls that are put together by hand.
    pub fn new(ask: Box<dyn Fn() -> Option<Ask> + Send + Sync>) -> Self {
        let queries = expect_context::<Queries>();
        let (entry, held) = start(queries, ask);
        Self { entry, held, queries, reply: PhantomData }
    }

    /// The value, never that of other parameters; changes are followed.
    pub fn value(self) -> Option<Arc<T>> {
        self.entry.get()?.value.get()?.downcast().ok()
    }

    /// Why the last try failed; changes are followed.
    pub fn error(self) -> Option<Error> {
        self.entry.get()?.error.get()
    }

    /// Whether a call is under way or about to begin; changes are followed.
    pub fn is_loading(self) -> bool {
        let Some(entry) = self.entry.get() else { return false };
        let begun = self.held.with(|held| held.as_ref().is_some_and(|held| Arc::ptr_eq(&held.entry, &entry)));
        !begun || entry.loading.get()
    }

    /// Tries again, also where there is a value.
    pub fn retry(self) {
        if let Some(entry) = self.entry.get_untracked() {
            self.queries.load(&entry);
        }
    }

    /// Tries again whenever this changes.
    pub fn retry_with(self, change: RwSignal<usize>) -> Self {
        let mut before = change.get_untracked();
        Effect::new(move || {
            if std::mem::replace(&mut before, change.get()) != change.get_untracked() {
                self.retry();
            }
        });
        self
    }

    /// Gives up what is under way: for the user, who does not want to wait any longer.
    pub fn canceller(self) -> Callback<()> {
        Callback::new(move |()| {
            if let Some(entry) = self.entry.get_untracked() {
                entry.give_up();
            }
        })
    }
}

type Started = (Memo<Option<Arc<Entry>>>, RwSignal<Option<Use>>);

fn start(queries: Queries, ask: Box<dyn Fn() -> Option<Ask> + Send + Sync>) -> Started {
    let find = move |_: Option<&_>| ask().map(|ask| queries.entry(ask));
    let entry = Memo::new_with_compare(find, is_another_option);
    let held = RwSignal::new(None);
    Effect::new(move || held.set(entry.get().map(|entry| queries.visit(entry))));
    (entry, held)
}
