//! Unsaved work in the pages of applications: whoever would leave it is asked before (experience.md S14). The pages say
//! what they hold; everything that leads away asks here; the dialog belongs to the application screen.

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::viewport::next_frame;

/// What the person wants to do, and whether it ends all pages.
type Wish = (Arc<dyn Fn() + Send + Sync>, bool);

/// Who holds unsaved work.
#[derive(Clone, Copy, Debug, Default)]
struct Held {
    /// The page of an application that is shown.
    shown: bool,
    /// Any page of an application.
    frames: bool,
    /// A screen of the portal, which is shown.
    draft: bool,
}

/// Unsaved work, and what waits for an answer about it.
#[derive(Clone, Copy, Debug)]
pub struct Leaving {
    held: StoredValue<Held>,
    wish: RwSignal<Option<Wish>>,
    /// What undoes a step back or forward that is made already, and asks about it.
    back: StoredValue<Option<Arc<dyn Fn() + Send + Sync>>>,
}

/// What `app.rs` provides.
///
/// # Panics
/// Outside the app, which is a mistake in the program.
pub fn use_leaving() -> Leaving {
    expect_context()
}

impl Leaving {
    /// Nothing is held yet.
    pub fn start() -> Self {
        Self {
            held: StoredValue::new(Held::default()),
            wish: RwSignal::new(None),
            back: StoredValue::new(None),
        }
    }

    /// Who holds unsaved work says how the person comes back who made a step away from it.
    pub fn lead_back_by(self, act: Arc<dyn Fn() + Send + Sync>) {
        self.back.set_value(Some(act));
    }

    /// The person made a step back or forward from unsaved work: undoes it, and asks.
    pub fn lead_back(self) {
        if let Some(act) = self.back.get_value() {
            act();
        }
    }

    /// What pages of applications hold now: the one that is shown, and any.
    pub fn note(self, shown: bool, any: bool) {
        self.held.update_value(|held| (held.shown, held.frames) = (shown, any));
    }

    /// Whether the screen of the portal that is shown holds something half written.
    pub fn note_draft(self, written: bool) {
        self.held.update_value(|held| held.draft = written);
    }

    /// Whether what is shown holds unsaved work.
    pub fn is_held(self) -> bool {
        let held = self.held.get_value();
        held.shown || held.draft
    }

    /// Whether anything holds unsaved work.
    pub fn is_any_held(self) -> bool {
        let held = self.held.get_value();
        held.frames || held.draft
    }

    /// Does what leads away from the page that is shown; where that holds unsaved work, once the person agrees.
    pub fn ask(self, act: impl Fn() + Send + Sync + 'static) {
        self.after(self.is_held(), (Arc::new(act), false));
    }

    /// Does what ends all pages; where one holds unsaved work, once the person agrees.
    pub fn ask_for_all(self, act: impl Fn() + Send + Sync + 'static) {
        self.after(self.is_any_held(), (Arc::new(act), true));
    }

    fn after(self, held: bool, wish: Wish) {
        if held { self.wish.set(Some(wish)) } else { wish.0() }
    }

    /// What waits for an answer: whether it ends all pages. Changes are followed.
    pub fn asked(self) -> Option<bool> {
        self.wish.with(|wish| wish.as_ref().map(|wish| wish.1))
    }

    /// All pages of applications are gone, with what they held and what was asked about it.
    pub fn end(self) {
        self.note(false, false);
        self.stay();
    }

    /// The person stays.
    pub fn stay(self) {
        self.wish.set(None);
    }

    /// The person leaves what is half written. What pages of applications hold is asked about as well, where it would go.
    pub fn leave_draft(self) {
        let wish = self.wish.get_untracked();
        self.note_draft(false);
        self.stay();
        match wish {
            // Once this question is closed.
            Some((act, true)) if self.is_any_held() => next_frame(move || {
                self.ask_for_all(move || act());
            }),
            Some((act, _)) => act(),
            None => {}
        }
    }

    /// The person leaves what pages of applications hold, which is gone by now.
    pub fn leave(self) {
        let wish = self.wish.get_untracked();
        self.end();
        if let Some((act, _)) = wish {
            act();
        }
    }
}
