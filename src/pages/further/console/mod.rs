//! `/console`: every operation of the service, to be tried.

mod confirm;
mod desk;
mod field;
mod form;
mod history;
mod kept;
mod list;
mod outgoing;
mod reply;

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use portal_core::text::Console;

use self::desk::Desk;
use super::page;
use crate::components::{IconName, PageState};
use crate::i18n::{tr, use_i18n};

/// The page.
#[component]
pub fn ConsolePage() -> impl IntoView {
    page(Console::Title, Box::new(console))
}

fn console() -> AnyView {
    let desk = Desk::new();
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.repeat() {
            event.prevent_default();
            desk.send();
        }
    };
    view! {
        <p class="console-lead">{tr(Console::Lead)}</p>
        <div class="console" on:keydown=on_key>
            {list::list(desk)}
            <div class="console-call">
                {move || (desk.form.with(Option::is_none) && desk.is_unknown()).then(unknown)}
                // Each form as new elements: what is typed in one stays out of the next.
                <For
                    each=move || desk.form.get()
                    key=|form| Arc::as_ptr(&form.first).addr()
                    children=move |form| move || form::form(desk, &form)
                />
            </div>
            <div class="console-answers">
                {reply::reply(desk)} {history::history(desk)}
            </div>
            {confirm::confirm(desk)}
        </div>
    }
    .into_any()
}

/// The address names an operation that there is not.
fn unknown() -> AnyView {
    let i18n = use_i18n();
    let (title, detail) = (i18n.text(Console::Unknown), Some(i18n.text(Console::UnknownDetail)));
    view! { <PageState icon=IconName::EMPTY title detail /> }.into_any()
}
