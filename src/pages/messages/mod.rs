//! Messages of applications: the bell, the numbers on tiles, and `/messages`.

mod asking;
mod bell;
mod confirm;
mod create;
mod field;
mod ids;
mod inbox;
mod leave;
mod list;
mod looking;
mod news;
mod others;
mod page;
mod rows;
mod settings;
mod wishes;

use leptos::prelude::*;

pub use bell::watch;

/// `/messages`.
#[component]
pub fn MessagesPage() -> impl IntoView {
    page::messages_page()
}
