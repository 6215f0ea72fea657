//! Messages of applications: the bell, the numbers on tiles, and `/messages`.

use leptos::prelude::*;
use portal_core::text::Inbox;

use super::further;
use crate::view::Part;

/// What watches for messages, and draws what it says over whatever page.
pub fn watch() -> Part {
    Part::empty()
}

/// `/messages`.
#[component]
pub fn MessagesPage() -> Part {
    further::page(Inbox::Title, Box::new(Part::empty))
}
