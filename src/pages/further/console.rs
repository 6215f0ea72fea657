//! `/console`.

use leptos::prelude::*;
use portal_core::text::Console;

use super::page;
use crate::view::Part;

/// The page.
#[component]
pub fn ConsolePage() -> Part {
    page(Console::Title, Box::new(Part::empty))
}
