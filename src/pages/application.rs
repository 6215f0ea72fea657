//! Under construction.
use leptos::prelude::*;

/// Under construction.
#[component]
pub fn ApplicationPage() -> impl IntoView {
    view! { <p>"ApplicationPage"</p> }
}
