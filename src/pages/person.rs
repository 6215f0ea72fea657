//! Who is signed in, as the banner and the account menu name them.

use leptos::prelude::*;
use portal_api::organization::GetUserInformation;

use crate::query::use_query;
use crate::session::{Session, use_session};

/// Who is signed in. Until the service has told more it is what the sign-in said.
#[derive(Clone, Copy)]
pub struct Person {
    session: Session,
    /// The shown name and the e-mail address.
    told: RwSignal<(Option<String>, Option<String>)>,
}

/// The person that `app.rs` provides.
///
/// # Panics
/// Outside the app, which is a mistake in the program.
pub fn use_person() -> Person {
    expect_context()
}

impl Person {
    /// Nothing is told yet.
    pub fn start(session: Session) -> Self {
        Self { session, told: RwSignal::new((None, None)) }
    }

    /// The shown name. The sign-in reply knows the account's name only; a failure of the call leaves that (contract.md
    /// 1.12).
    pub fn name(self) -> String {
        self.told.with(|(name, _)| name.clone()).unwrap_or_else(|| self.session.viewer().name)
    }

    /// The e-mail address, or else the account's name.
    pub fn detail(self) -> String {
        let viewer = self.session.viewer();
        self.told.with(|(_, email)| email.clone()).or(viewer.email).unwrap_or(viewer.name)
    }
}

/// Asks the service, now and whenever somebody else is signed in. Called with code that comes after the first screen: the
/// button does with the account's name until then.
pub fn ask() {
    let (session, person) = (use_session(), use_person());
    let load = use_query(move || session.stage().organization().map(|_| GetUserInformation));
    Effect::new(move || {
        let told = load.value();
        person.told.set(
            told.map_or((None, None), |told| (told.shown_name().map(str::to_owned), told.email.clone())),
        );
    });
}
