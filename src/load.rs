//! Loading from the service, once for all pages: the value, the error, another try, a way to give up, and when to try again
//! without being asked. All tries together have one budget of time. What comes too late is dropped, and old content stays
//! while it is loaded again.
//!
//! Not a Leptos resource: those suspend what is around them and keep no typed error, and the code for both would be
//! in every page's share of the download.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use futures::channel::oneshot;
use futures::future::{Either, select};
use portal_api::{Error, ErrorKind, Spec, TransportFailure};
use portal_core::patience::{BUDGET_MS, next_wait, time_left};

use crate::browser;
use crate::state::{Callback, Derived, State, effect, provided};

/// A call under way.
pub type Loading<T> = Pin<Box<dyn Future<Output = Result<T, Error>>>>;

/// Tells everything that is loaded to begin again: when the network is back, or after a long time.
#[derive(Clone, Copy, Debug)]
pub struct Pulse {
    /// A beat for all, or only for what failed for want of a network.
    all: State<bool>,
    /// How many loads show a value of before the last beat for all.
    stale: State<u32>,
}

impl Pulse {
    /// Follows the network.
    pub fn start() -> Self {
        let pulse = Self { all: State::new(false), stale: State::new(0) };
        browser::on_network("online", move || pulse.all.set(false));
        pulse
    }

    /// Loads everything anew. What is shown stays, and counts as old until then.
    pub fn renew(self) {
        self.all.set(true);
    }

    /// Whether something old is shown; changes are followed.
    pub fn is_stale(self) -> bool {
        self.stale.get() > 0
    }
}

/// Something that is loaded for a page.
pub struct Load<T: Send + Sync + 'static> {
    value: State<Option<Arc<T>>>,
    error: State<Option<Error>>,
    again: State<u32>,
    cancel: State<u32>,
}

impl<T: Send + Sync + 'static> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Send + Sync + 'static> Copy for Load<T> {}

impl<T: Send + Sync + 'static> Load<T> {
    /// Loads for a key, and anew whenever the key changes; `None` loads nothing. A value of another key is never
    /// shown. `spec`: that of the operation; only one that is repeatable is tried again without being asked.
    pub fn new<K: PartialEq + Clone + Send + Sync + 'static>(
        spec: Spec,
        key: impl Fn() -> Option<K> + Send + Sync + 'static,
        fetch: impl Fn(K) -> Loading<T> + 'static,
    ) -> Self {
        let (value, error) = (State::new(None), State::new(None));
        let load = Self { value, error, again: State::new(0), cancel: State::new(0) };
        let course = Course::new(load.error, load.again, load.cancel, spec);
        let key = Derived::new(move |_| key());
        let fetch = Rc::new(fetch);
        let mut before = None;
        // Dropped with the page and with the next turn: then the call is given up.
        let mut under_way = None;
        effect(move || {
            let key = key.get();
            let changed = before.as_ref() != Some(&key);
            if course.is_given_up() && !changed {
                drop(under_way.take());
                return course.fail(Some(course.error_of(TransportFailure::Aborted)));
            }
            if !course.begins(changed) {
                return;
            }
            if changed {
                load.value.set(None);
                before = Some(key.clone());
            }
            let fetch = Rc::clone(&fetch);
            drop(under_way.replace(course.begin(key.map(|key| -> Attempt {
                Box::new(move || {
                    let call = fetch(key.clone());
                    Box::pin(async move {
                        load.value.set(Some(Arc::new(call.await?)));
                        Ok(())
                    })
                })
            }))));
        });
        load
    }

    /// The value; changes are followed.
    pub fn value(self) -> Option<Arc<T>> {
        self.value.get()
    }

    /// Why the last try failed; changes are followed.
    pub fn error(self) -> Option<Error> {
        self.error.get()
    }

    /// Tries again.
    pub fn retry(self) {
        self.again.update(|again| *again += 1);
    }

    /// Gives up what is under way: for the person, who does not want to wait any longer.
    pub fn canceller(self) -> Callback<()> {
        Callback::new(move |()| self.cancel.update(|cancel| *cancel += 1))
    }
}

/// Makes a call, and keeps what comes.
type Attempt = Box<dyn Fn() -> Pin<Box<dyn Future<Output = Result<(), Error>>>>>;

/// What is the same for everything that is loaded.
struct Course {
    error: State<Option<Error>>,
    again: State<u32>,
    cancel: State<u32>,
    pulse: Pulse,
    spec: Spec,
    /// The count of `again` that was followed last.
    followed: Cell<u32>,
    /// The same of `cancel`.
    cancelled: Cell<u32>,
    /// Whether a call is under way.
    calls: Cell<bool>,
    /// Whether a value is shown.
    shown: Cell<bool>,
    /// Whether that is older than the last beat for all.
    stale: Cell<bool>,
}

impl Course {
    fn new(error: State<Option<Error>>, again: State<u32>, cancel: State<u32>, spec: Spec) -> Rc<Self> {
        Rc::new(Self {
            error,
            again,
            cancel,
            pulse: provided(),
            spec,
            followed: Cell::new(0),
            cancelled: Cell::new(0),
            calls: Cell::new(false),
            shown: Cell::new(false),
            stale: Cell::new(false),
        })
    }

    /// Whether the person has given up what is under way.
    fn is_given_up(&self) -> bool {
        let cancel = self.cancel.get();
        // Followed here as well: the turn may end here.
        let _ = (self.again.get(), self.pulse.all.get());
        self.cancelled.replace(cancel) != cancel && self.calls.take()
    }

    fn error_of(&self, failure: TransportFailure) -> Error {
        let kind = ErrorKind::Transport(failure);
        Error { operation: self.spec.operation, kind, request_id: None }
    }

    /// Whether to load now: for another key, because the person asks, or because a beat is meant for this one.
    fn begins(&self, changed: bool) -> bool {
        let (again, all) = (self.again.get(), self.pulse.all.get());
        let asked = self.followed.replace(again) != again;
        if changed {
            self.shown.set(false);
        }
        if changed || asked {
            return true;
        }
        if all && self.shown.get() {
            self.count(true);
        }
        all || self.error.with_untracked(|error| {
            use TransportFailure::{Network, Offline};
            let kind = error.as_ref().map(|error| &error.kind);
            matches!(kind, Some(ErrorKind::Transport(Offline | Network)))
        })
    }

    /// Counts itself among what is old, or no longer.
    fn count(&self, stale: bool) {
        if self.stale.replace(stale) != stale {
            let step = if stale { 1 } else { u32::MAX };
            self.pulse.stale.update(|count| *count = count.wrapping_add(step));
        }
    }

    /// Gives up what is under way, which ends with what is given here, and begins anew.
    fn begin(self: &Rc<Self>, attempt: Option<Attempt>) -> oneshot::Sender<()> {
        self.fail(None);
        let (going_on, gone) = oneshot::channel();
        self.calls.set(attempt.is_some());
        if let Some(attempt) = attempt {
            let run = Box::pin(Rc::clone(self).run(attempt));
            // In this order: what has come too late is not looked at.
            browser::spawn(async move { drop(select(gone, run).await) });
        }
        going_on
    }

    /// Calls until it comes, or until another try is not worth it.
    async fn run(self: Rc<Self>, attempt: Attempt) {
        let begun = browser::now();
        let (mut attempts, mut left) = (0, BUDGET_MS);
        while let Err(error) = self.within(left, &attempt).await {
            attempts += 1;
            let wait = next_wait(attempts, &error, self.spec.repeatable, browser::random());
            let in_time =
                wait.and_then(|wait| Some((wait, time_left(browser::now() - begun + f64::from(wait))?)));
            let Some((wait, after)) = in_time else {
                self.calls.set(false);
                // Given up by the page itself: a change of the session loads anew, or takes the page away.
                if error.kind != ErrorKind::Transport(TransportFailure::Aborted) {
                    self.fail(Some(error));
                }
                return;
            };
            browser::sleep(wait).await;
            left = after;
        }
        self.calls.set(false);
        self.shown.set(true);
        self.count(false);
    }

    /// Makes the call, for so many milliseconds at most.
    async fn within(&self, milliseconds: u32, attempt: &Attempt) -> Result<(), Error> {
        match select(attempt(), Box::pin(browser::sleep(milliseconds))).await {
            Either::Left((outcome, _)) => outcome,
            Either::Right(_) => Err(self.error_of(TransportFailure::Timeout)),
        }
    }

    fn fail(&self, error: Option<Error>) {
        if error.is_some() || self.error.with_untracked(Option::is_some) {
            self.error.set(error);
        }
    }
}

impl Drop for Course {
    fn drop(&mut self) {
        self.count(false);
    }
}
