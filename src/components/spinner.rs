//! A turning ring for a button that is busy. It says nothing; the button's own state does.

use leptos::prelude::*;

/// The ring.
#[component]
pub fn Spinner() -> impl IntoView {
    view! { <span class="spinner" aria-hidden="true"></span> }
}
