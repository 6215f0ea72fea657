//! Who switches the organization inside an application stays in it, where the other organization has it; else the
//! launcher says what is missing (experience.md O7).

use portal_core::route::Route;
use portal_core::text::Later;

use crate::components::ToastText;
use crate::i18n::use_i18n;
use crate::routes::Places;
use crate::session::use_session;
use crate::state::{State, Stored, provided};

/// The short message that is shown now, on whatever page.
#[derive(Clone, Copy)]
pub struct Message(pub State<Option<ToastText>>);

/// What was open, and whether it is being taken along.
#[derive(Clone, Copy, Debug)]
pub struct Follow {
    name: Stored<String>,
    under_way: Stored<bool>,
}

/// What `app.rs` provides.
///
/// # Panics
/// Outside the app, which is a mistake in the program.
pub fn use_follow() -> Follow {
    provided()
}

impl Follow {
    /// Nothing was open yet.
    pub fn new() -> Self {
        Self { name: Stored::new(String::new()), under_way: Stored::new(false) }
    }

    /// What is open now, by the name that the person knows.
    pub fn note(self, name: String) {
        self.name.set(name);
    }

    /// The organization is another from now on, and the address the same.
    pub fn begin(self) {
        self.under_way.set(true);
    }

    /// Whether the page that is drawn now was taken along; says so once.
    pub fn arrives(self) -> bool {
        self.under_way.update(|under_way| core::mem::take(under_way)).unwrap_or_default()
    }

    /// The other organization does not have it: to the launcher, with a word about it.
    pub fn gives_up(self, places: Places) {
        let stage = use_session().stage_untracked();
        let organization = stage.organization().map(|organization| organization.name.as_str());
        let values = [("name", &*self.name.get()), ("organization", organization.unwrap_or_default())];
        let text = use_i18n().fill(Later::OrganizationsLacks, &values);
        let Message(message) = provided();
        message.set(Some(ToastText { text, action: None }));
        places.replace(&Route::launcher());
    }
}
