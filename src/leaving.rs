//! Unsaved work in the pages of applications: whoever would leave it is asked before (experience.md S14). The pages say
//! what they hold; everything that leads away asks here; the dialog belongs to the application screen.

use std::rc::Rc;

use crate::state::{State, Stored, provided};

/// What the person wants to do, and whether it ends all pages.
type Wish = (Rc<dyn Fn()>, bool);

/// Unsaved work, and what waits for an answer about it.
#[derive(Clone, Copy, Debug)]
pub struct Leaving {
    /// Whether the page that is shown holds unsaved work, and whether any page does.
    held: Stored<(bool, bool)>,
    wish: State<Option<Wish>>,
}

/// What `app.rs` provides.
///
/// # Panics
/// Outside the app, which is a mistake in the program.
pub fn use_leaving() -> Leaving {
    provided()
}

impl Leaving {
    /// Nothing is held yet.
    pub fn start() -> Self {
        Self { held: Stored::new((false, false)), wish: State::new(None) }
    }

    /// What is held now: by the page that is shown, and by any page.
    pub fn note(self, shown: bool, any: bool) {
        self.held.set((shown, any));
    }

    /// Whether the page that is shown holds unsaved work.
    pub fn is_held(self) -> bool {
        self.held.get().0
    }

    /// Whether any page holds unsaved work.
    pub fn is_any_held(self) -> bool {
        self.held.get().1
    }

    /// Does what leads away from the page that is shown; where that holds unsaved work, once the person agrees.
    pub fn ask(self, act: impl Fn() + 'static) {
        self.after(self.is_held(), (Rc::new(act), false));
    }

    /// Does what ends all pages; where one holds unsaved work, once the person agrees.
    pub fn ask_for_all(self, act: impl Fn() + 'static) {
        self.after(self.is_any_held(), (Rc::new(act), true));
    }

    fn after(self, held: bool, wish: Wish) {
        if held { self.wish.set(Some(wish)) } else { wish.0() }
    }

    /// What waits for an answer: whether it ends all pages. Changes are followed.
    pub fn asked(self) -> Option<bool> {
        self.wish.with(|wish| wish.as_ref().map(|wish| wish.1))
    }

    /// All pages are gone, with what they held and what was asked about it.
    pub fn end(self) {
        self.note(false, false);
        self.stay();
    }

    /// The person stays.
    pub fn stay(self) {
        self.wish.set(None);
    }

    /// The person leaves what is held, which is gone by now.
    pub fn leave(self) {
        let wish = self.wish.get_untracked();
        self.end();
        if let Some((act, _)) = wish {
            act();
        }
    }
}
