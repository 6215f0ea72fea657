//! `/assets` and `/assets/<application id>`.

use leptos::prelude::*;
use portal_api::ApplicationId;
use portal_core::text::Assets;

use super::page;
use crate::view::Part;

/// The page.
#[component]
pub fn AssetsPage(
    /// Of which application; `None` asks.
    application: Option<ApplicationId>,
) -> Part {
    let _ = application;
    page(Assets::Title, Box::new(Part::empty))
}
