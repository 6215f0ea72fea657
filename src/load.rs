//! Loading from the service, once for all pages: the value, the error, another try, and when to try again without being
//! asked. What comes too late is dropped, and old content stays while it is loaded again.
//!
//! Not a Leptos resource: those suspend what is around them and keep no typed error, and the code for both would be
//! in every page's share of the download.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use futures::channel::oneshot;
use futures::future::select;
use leptos::prelude::*;
use portal_api::{Error, ErrorKind, TransportFailure};
use portal_core::patience::next_wait;

use crate::browser;

/// A call under way.
pub type Loading<T> = Pin<Box<dyn Future<Output = Result<T, Error>>>>;

/// Tells everything that is loaded to begin again: when the network is back, or after a long time.
#[derive(Clone, Copy, Debug)]
pub struct Pulse {
    /// A beat for all, or only for what failed for want of a network.
    all: RwSignal<bool>,
    /// How many loads show a value of before the last beat for all.
    stale: RwSignal<u32>,
}

impl Pulse {
    /// Follows the network.
    pub fn start() -> Self {
        let pulse = Self { all: RwSignal::new(false), stale: RwSignal::new(0) };
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
    value: RwSignal<Option<Arc<T>>>,
    error: RwSignal<Option<Error>>,
    again: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Send + Sync + 'static> Copy for Load<T> {}

impl<T: Send + Sync + 'static> Load<T> {
    /// Loads for a key, and anew whenever the key changes; `None` loads nothing. A value of another key is never
    /// shown. `repeatable`: that of the operation's `SPEC`; only then is it tried again without being asked.
    pub fn new<K: PartialEq + Clone + Send + Sync + 'static>(
        repeatable: bool,
        key: impl Fn() -> Option<K> + Send + Sync + 'static,
        fetch: impl Fn(K) -> Loading<T> + 'static,
    ) -> Self {
        let load = Self { value: RwSignal::new(None), error: RwSignal::new(None), again: RwSignal::new(0) };
        let course = Course::new(load.error, load.again, repeatable);
        let key = Memo::new(move |_| key());
        let fetch = Rc::new(fetch);
        let mut before = None;
        // Dropped with the page and with the next turn: then the call is given up.
        let mut under_way = None;
        Effect::new(move || {
            let key = key.get();
            let changed = before.as_ref() != Some(&key);
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
}

/// Makes a call, and keeps what comes.
type Attempt = Box<dyn Fn() -> Pin<Box<dyn Future<Output = Result<(), Error>>>>>;

/// What is the same for everything that is loaded.
struct Course {
    error: RwSignal<Option<Error>>,
    again: RwSignal<u32>,
    pulse: Pulse,
    repeatable: bool,
    /// The count of `again` that was followed last.
    followed: Cell<u32>,
    /// Whether a value is shown.
    shown: Cell<bool>,
    /// Whether that is older than the last beat for all.
    stale: Cell<bool>,
}

impl Course {
    fn new(error: RwSignal<Option<Error>>, again: RwSignal<u32>, repeatable: bool) -> Rc<Self> {
        let pulse = expect_context();
        let (followed, shown, stale) = (Cell::new(0), Cell::new(false), Cell::new(false));
        Rc::new(Self { error, again, pulse, repeatable, followed, shown, stale })
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
        if let Some(attempt) = attempt {
            let run = Box::pin(Rc::clone(self).run(attempt));
            // In this order: what has come too late is not looked at.
            browser::spawn(async move { drop(select(gone, run).await) });
        }
        going_on
    }

    /// Calls until it comes, or until another try is not worth it.
    async fn run(self: Rc<Self>, attempt: Attempt) {
        let mut attempts = 0;
        while let Err(error) = attempt().await {
            attempts += 1;
            match next_wait(attempts, &error, self.repeatable, browser::random()) {
                Some(wait) => browser::sleep(wait).await,
                // Given up by the page itself: a change of the session loads anew, or takes the page away.
                None if matches!(error.kind, ErrorKind::Transport(TransportFailure::Aborted)) => return,
                None => return self.fail(Some(error)),
            }
        }
        self.shown.set(true);
        self.count(false);
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
