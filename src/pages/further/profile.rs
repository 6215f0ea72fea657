//! `/profile`.

use leptos::prelude::*;
use portal_core::text::Profile;

use super::page;
use crate::view::Part;

/// The page.
#[component]
pub fn ProfilePage() -> Part {
    page(Profile::Title, Box::new(Part::empty))
}
