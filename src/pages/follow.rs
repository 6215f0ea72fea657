//! Who switches the organization inside an application stays in it, where the other organization has it; else the
//! launcher says what is missing (experience.md O7).

use leptos::prelude::*;
use portal_core::route::Route;
use portal_core::text::Later;

use crate::i18n::use_i18n;
use crate::routes::Places;
use crate::session::use_session;

/// See the module.
#[derive(Clone, Copy, Debug)]
pub struct Follow {
    /// What was open last, by the name that the person knows.
    name: RwSignal<String>,
    /// Whether it is being taken along.
    along: RwSignal<bool>,
    /// The short message that is shown now, on whatever page; empty for none.
    pub message: RwSignal<String>,
    /// The name and the address of a way that the message names.
    pub way: RwSignal<Option<(String, String)>>,
}

/// What `app.rs` provides.
///
/// # Panics
/// Outside the app, which is a mistake in the program.
pub fn use_follow() -> Follow {
    expect_context()
}

impl Follow {
    /// Nothing was open yet.
    pub fn start() -> Self {
        let text = || RwSignal::new(String::new());
        Self { name: text(), along: RwSignal::new(false), message: text(), way: RwSignal::new(None) }
    }

    /// Says something, with the name and the address of a way that it speaks of.
    pub fn tell(self, text: String, way: Option<(String, String)>) {
        self.way.set(way);
        self.message.set(text);
    }

    /// What is open now.
    pub fn note(self, name: String) {
        self.name.set(name);
    }

    /// The organization is another from now on, and the address the same.
    pub fn begin(self) {
        self.along.set(true);
    }

    /// Whether the page that is drawn now was taken along; says so once.
    pub fn arrives(self) -> bool {
        let along = self.along.get_untracked();
        self.along.set(false);
        along
    }

    /// The other organization does not have it: to the launcher, with a word about it.
    pub fn gives_up(self, places: Places) {
        let stage = use_session().stage_untracked();
        let organization = stage.organization().map(|organization| organization.name.as_str());
        let values =
            [("name", &*self.name.get_untracked()), ("organization", organization.unwrap_or_default())];
        self.tell(use_i18n().fill(Later::OrganizationsLacks, &values), None);
        places.replace(&Route::launcher());
    }
}
