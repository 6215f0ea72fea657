//! Under construction.
use leptos::prelude::*;

/// Under construction.
#[component]
pub fn LauncherPage() -> impl IntoView {
    view! { <p>"LauncherPage"</p> }
}
