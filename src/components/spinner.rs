//! A turning ring for a button that is busy. It says nothing; the button's own state does.

use leptos::prelude::*;

use crate::view::{Part, view};

/// The ring.
#[component]
pub fn Spinner() -> Part {
    view! { <span class="spinner" aria-hidden="true"></span> }
}
