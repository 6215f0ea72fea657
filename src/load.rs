//! Loading from the service, once for all pages: the value, the error, another try, and when to try again without being
//! asked. What comes too late is dropped, and old content stays while it is loaded again.
//!
//! Not a Leptos resource: those suspend what is around them and keep no typed error, and the code for both would be
//! in every page's share of the download.

use std::pin::Pin;
use std::sync::Arc;

use futures::channel::oneshot;
use futures::future::select;
use portal_api::{Error, ErrorKind, TransportFailure};
use portal_core::patience::next_wait;

use crate::browser;
use crate::state::{Derived, State, Stored, effect, provided};

/// A call under way.
pub type Loading<T> = Pin<Box<dyn Future<Output = Result<T, Error>>>>;

/// Tells everything that is loaded to begin again: when the network is back, or after a long time.
#[derive(Clone, Copy, Debug)]
pub struct Pulse {
    beat: State<Beat>,
    /// How many loads show a value of before the last beat for all.
    stale: State<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Beat {
    /// Or only what failed for want of a network.
    all: bool,
}

impl Pulse {
    /// Follows the network.
    pub fn start() -> Self {
        let pulse = Self { beat: State::new(Beat { all: false }), stale: State::new(0) };
        browser::on_network(move |online| {
            if online {
                pulse.beat.set(Beat { all: false });
            }
        });
        pulse
    }

    /// Loads everything anew. What is shown stays, and counts as old until then.
    pub fn renew(self) {
        self.beat.set(Beat { all: true });
    }

    /// Whether something old is shown; changes are followed.
    pub fn is_stale(self) -> bool {
        self.stale.get() > 0
    }
}

/// Counts as long as it lives.
struct Stale(State<u32>);

impl Stale {
    fn new(count: State<u32>) -> Self {
        count.update(|count| *count += 1);
        Self(count)
    }
}

impl Drop for Stale {
    fn drop(&mut self) {
        self.0.update(|count| *count -= 1);
    }
}

/// Something that is loaded for a page.
pub struct Load<T: Send + Sync + 'static> {
    value: State<Option<Arc<T>>>,
    course: Course,
}

impl<T: Send + Sync + 'static> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Send + Sync + 'static> Copy for Load<T> {}

/// What is the same for everything that is loaded.
#[derive(Clone, Copy)]
struct Course {
    error: State<Option<Error>>,
    again: State<u32>,
    /// Whether the operation may be sent again (`Spec::repeatable`).
    repeatable: bool,
    /// Dropped with the page and with the next turn: then the call is given up.
    under_way: Stored<Option<oneshot::Sender<()>>>,
    stale: Stored<Option<Stale>>,
}

/// Makes a call, and keeps what comes.
type Attempt = Box<dyn Fn() -> Pin<Box<dyn Future<Output = Option<Error>>>>>;

impl<T: Send + Sync + 'static> Load<T> {
    /// Loads for a key, and anew whenever the key changes; `None` loads nothing. A value of another key is never
    /// shown. `repeatable`: that of the operation's `SPEC`; only then is it tried again without being asked.
    pub fn new<K: PartialEq + Clone + Send + Sync + 'static>(
        repeatable: bool,
        key: impl Fn() -> Option<K> + Send + Sync + 'static,
        fetch: impl Fn(K) -> Loading<T> + 'static,
    ) -> Self {
        let value = State::new(None);
        let load = Self { value, course: Course::new(repeatable) };
        let pulse = provided::<Pulse>();
        let key = Derived::new(move |_| key());
        let fetch = Arc::new(fetch);
        let mut before = None;
        effect(move || {
            let beat = pulse.beat.get();
            let now = (key.get(), load.course.again.get());
            if before.as_ref() == Some(&now) {
                let shown = value.with_untracked(Option::is_some);
                if !load.course.follows(beat, shown, pulse) {
                    return;
                }
            }
            if before.replace(now.clone()).is_some_and(|before| before.0 != now.0) {
                value.set(None);
            }
            let (fetch, key) = (Arc::clone(&fetch), now.0);
            let attempt = key.map(|key| -> Attempt {
                Box::new(move || {
                    let call = fetch(key.clone());
                    Box::pin(async move {
                        match call.await {
                            Ok(came) => value.set(Some(Arc::new(came))),
                            Err(error) => return Some(error),
                        }
                        None
                    })
                })
            });
            load.course.begin(attempt);
        });
        load
    }

    /// The value; changes are followed.
    pub fn value(self) -> Option<Arc<T>> {
        self.value.get()
    }

    /// Why the last try failed; changes are followed.
    pub fn error(self) -> Option<Error> {
        self.course.error.get()
    }

    /// Tries again.
    pub fn retry(self) {
        self.course.again.update(|again| *again += 1);
    }
}

impl Course {
    fn new(repeatable: bool) -> Self {
        Self {
            error: State::new(None),
            again: State::new(0),
            repeatable,
            under_way: Stored::new(None),
            stale: Stored::new(None),
        }
    }

    /// Whether a beat is meant for this one.
    fn follows(self, beat: Beat, shown: bool, pulse: Pulse) -> bool {
        if beat.all && shown && self.stale.with(Option::is_none) {
            self.stale.set(Some(Stale::new(pulse.stale)));
        }
        let wants_network = |error: &Error| {
            use TransportFailure::{Network, Offline};
            matches!(error.kind, ErrorKind::Transport(Offline | Network))
        };
        beat.all || self.error.with_untracked(|error| error.as_ref().is_some_and(wants_network))
    }

    /// Gives up what is under way and begins anew.
    fn begin(self, attempt: Option<Attempt>) {
        if self.error.with_untracked(Option::is_some) {
            self.error.set(None);
        }
        let (going_on, gone) = oneshot::channel();
        self.under_way.set(attempt.is_some().then_some(going_on));
        let Some(attempt) = attempt else { return self.stale.set(None) };
        browser::spawn(async move {
            // In this order: what has come too late is not looked at.
            select(gone, Box::pin(self.run(attempt))).await;
        });
    }

    /// Calls until it comes, or until another try is not worth it.
    async fn run(self, attempt: Attempt) {
        let mut attempts = 0;
        while let Some(error) = attempt().await {
            attempts += 1;
            match next_wait(attempts, &error, self.repeatable, browser::random()) {
                Some(wait) => browser::sleep(wait).await,
                None => return self.fail(error),
            }
        }
        self.stale.set(None);
    }

    fn fail(self, error: Error) {
        // Given up by the page itself: a change of the session loads anew, or takes the page away.
        if error.kind != ErrorKind::Transport(TransportFailure::Aborted) {
            self.error.set(Some(error));
        }
    }
}
