//! Where messages that wait are shown on screens that know nothing of messages: the bell of the banner, and the numbers
//! on tiles. What draws them comes later ([`super::messages`]).

use leptos::prelude::*;
use portal_api::ApplicationId;

/// The places.
#[derive(Clone, Copy)]
pub struct Waiting {
    drawn: RwSignal<Option<Drawn>>,
}

/// What is drawn there.
#[derive(Clone, Copy, Debug)]
pub struct Drawn {
    /// The bell.
    pub bell: fn() -> AnyView,
    /// The number of an application, on its tile. Drawn while the tile stands in the document.
    pub badge: fn(ApplicationId) -> AnyView,
}

/// The places that `app.rs` provides.
///
/// # Panics
/// Outside the app, which is a mistake in the program.
pub fn use_waiting() -> Waiting {
    expect_context()
}

impl Waiting {
    /// Nothing is drawn yet.
    pub fn start() -> Self {
        Self { drawn: RwSignal::new(None) }
    }

    /// From now on this is drawn.
    pub fn draw(self, drawn: Drawn) {
        self.drawn.set(Some(drawn));
    }

    /// The place of the bell.
    pub fn bell(self) -> AnyView {
        (move || self.drawn.get().map(|drawn| (drawn.bell)())).into_any()
    }

    /// The place of a number.
    pub fn badge(self, application: ApplicationId) -> AnyView {
        (move || self.drawn.get().map(|drawn| (drawn.badge)(application.clone()))).into_any()
    }
}
