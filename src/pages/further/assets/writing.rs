//! A call that changes the service, asked for in a dialog. It goes on when the dialog is left: its outcome is told at the
//! edge of the page then, and never in another opening of the dialog.

use portal_api::{Endpoint, Error};
use portal_core::notice::{Place, notice};
use portal_core::text::{Assets, Later};

use super::Screen;
use super::told::told;
use crate::browser;
use crate::components::{Countdown, Spinner};
use crate::i18n::{tr, use_i18n};
use crate::state::{State, Stored};
use crate::view::{Part, view};

/// The dialog's state.
#[derive(Clone, Copy)]
pub(super) struct Writing {
    /// Whether the dialog is open.
    pub(super) open: State<bool>,
    error: State<Option<Error>>,
    busy: State<bool>,
    /// Until the service takes another call, where it told.
    wait: Countdown,
    /// Which opening of the dialog it is.
    serial: Stored<usize>,
    /// What is done, for a failure that is told outside the dialog.
    title: Assets,
}

impl Writing {
    pub(super) fn new(title: Assets) -> Self {
        Self {
            open: State::new(false),
            error: State::new(None),
            busy: State::new(false),
            wait: Countdown::new(0),
            serial: Stored::new(0),
            title,
        }
    }

    /// Opens the dialog; what an earlier opening sent is not its own.
    pub(super) fn ask(self) {
        self.part();
        self.open.set(true);
    }

    /// Closes the dialog.
    pub(super) fn close(self) {
        self.part();
        self.open.set(false);
    }

    /// "Cancel" was pressed: what was sent cannot be called back, and the word would promise it.
    fn cancel(self) {
        if !self.busy.get_untracked() {
            self.close();
        }
    }

    fn part(self) {
        self.serial.update(|serial| *serial += 1);
        self.error.set(None);
        self.busy.set(false);
        self.wait.start(0);
    }

    /// The buttons: "Cancel", and the one that says what is done, which does nothing while that is under way.
    pub(super) fn actions(self, verb: impl Fn() -> String + 'static, go: impl Fn() + 'static) -> Part {
        let i18n = use_i18n();
        let waits = move || self.busy.get().then_some("true");
        let cannot = move || waits().or_else(|| self.wait.runs().then_some("true"));
        let press = move |_| {
            if !self.busy.get_untracked() && !self.wait.runs_untracked() {
                go();
            }
        };
        let verb = move || self.wait.text(i18n).unwrap_or_else(&verb);
        view! {
            <div class="actions">
                <button type="button" class="button" aria-disabled=waits on:click=move |_| self.cancel()>
                    {tr(Later::Cancel)}
                </button>
                <button type="button" class="button go" aria-disabled=cannot aria-busy=waits on:click=press>
                    {move || waits().map(|_| view! { <Spinner /> })}
                    {verb}
                </button>
            </div>
        }
    }

    /// Why it failed; changes are followed.
    pub(super) fn problem(self) -> Option<Part> {
        self.error.get().map(|error| told(&error, None))
    }

    /// Does it, once. `done` says so in words.
    pub(super) fn run<E>(self, screen: Screen, endpoint: E, done: impl FnOnce() -> String + 'static)
    where
        E: Endpoint + 'static,
        E::Reply: 'static,
    {
        self.busy.set(true);
        self.error.set(None);
        let serial = self.serial.get();
        browser::spawn(async move {
            let outcome = screen.session.request_by_server(&endpoint).await;
            let is_here = self.serial.try_get() == Some(serial);
            match outcome {
                Ok(_) => {
                    if is_here {
                        self.close();
                    }
                    screen.fresh.update(|fresh| *fresh += 1);
                    screen.tell(done());
                }
                Err(error) if is_here => {
                    self.busy.set(false);
                    self.wait.start(notice(&error, Place::Assets).wait_seconds.unwrap_or_default());
                    self.error.set(Some(error));
                }
                Err(error) => {
                    let (what, problem) =
                        (screen.i18n.text(self.title), screen.i18n.text(notice(&error, Place::Assets).title));
                    let words = [("what", what.as_str()), ("problem", problem.as_str())];
                    screen.tell(screen.i18n.fill(Assets::Failed, &words));
                }
            }
        });
    }
}
