//! Loading from the service, once for all pages: the value, the error, and another try. What comes too
//! late is dropped, and old content stays while it is loaded again.
//!
//! Not a Leptos resource: those suspend what is around them and keep no typed error, and the code for both would be
//! in every page's share of the download.

use std::pin::Pin;
use std::sync::Arc;

use portal_api::{Error, ErrorKind, TransportFailure};

use crate::browser;
use crate::state::{Derived, State, Stored, effect};

/// A call under way.
pub type Loading<T> = Pin<Box<dyn Future<Output = Result<T, Error>>>>;

/// Something that is loaded for a page.
pub struct Load<T: Send + Sync + 'static> {
    value: State<Option<Arc<T>>>,
    error: State<Option<Error>>,
    again: State<u32>,
}

impl<T: Send + Sync + 'static> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Send + Sync + 'static> Copy for Load<T> {}

impl<T: Send + Sync + 'static> Load<T> {
    /// Loads for a key, and anew whenever the key changes; `None` loads nothing. A value of another key is never
    /// shown.
    pub fn new<K: PartialEq + Clone + Send + Sync + 'static>(
        key: impl Fn() -> Option<K> + Send + Sync + 'static,
        fetch: impl Fn(K) -> Loading<T> + 'static,
    ) -> Self {
        let load = Self { value: State::new(None), error: State::new(None), again: State::new(0) };
        let key = Derived::new(move |_| key());
        let turn = Stored::new(0_u64);
        let mut before = None;
        effect(move || {
            load.again.track();
            let key = key.get();
            if before.replace(key.clone()).is_some_and(|before| before != key) {
                load.value.set(None);
            }
            load.error.set(None);
            let mine = turn.get() + 1;
            turn.set(mine);
            if let Some(key) = key {
                let call = fetch(key);
                browser::spawn(async move {
                    let outcome = call.await;
                    if turn.try_get() == Some(mine) {
                        load.settle(outcome);
                    }
                });
            }
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

    fn settle(self, outcome: Result<T, Error>) {
        match outcome {
            Ok(value) => self.value.set(Some(Arc::new(value))),
            // Given up by the page itself: a change of the session loads anew, or takes the page away.
            Err(Error { kind: ErrorKind::Transport(TransportFailure::Aborted), .. }) => {}
            Err(error) => self.error.set(Some(error)),
        }
    }
}
