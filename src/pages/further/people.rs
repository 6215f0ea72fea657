//! `/people`.

use leptos::prelude::*;
use portal_core::text::People;

use super::page;
use crate::view::Part;

/// The page.
#[component]
pub fn PeoplePage() -> Part {
    page(People::Title, Box::new(Part::empty))
}
