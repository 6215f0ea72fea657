//! `/about`.

use leptos::prelude::*;
use portal_core::text::About;

use super::page;
use crate::view::Part;

/// The page.
#[component]
pub fn AboutPage() -> Part {
    page(About::Title, Box::new(Part::empty))
}
