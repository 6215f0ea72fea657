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

use leptos::ev;
use leptos::prelude::*;
use portal_core::text::Console;

use self::desk::Desk;
use super::page;
use crate::components::{IconName, PageState};
use crate::i18n::{tr, use_i18n};
use crate::view::{Part, view};

/// The page.
#[component]
pub fn ConsolePage() -> Part {
    page(Console::Title, Box::new(console))
}

fn console() -> Part {
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
                {move || match desk.form.get() {
                    Some(form) => form::form(desk, &form),
                    None if desk.is_unknown() => unknown(),
                    None => Part::empty(),
                }}
            </div>
            <div class="console-answers">
                {reply::reply(desk)} {history::history(desk)}
            </div>
            {confirm::confirm(desk)}
        </div>
    }
}

/// The address names an operation that there is not.
fn unknown() -> Part {
    let i18n = use_i18n();
    let (title, detail) = (i18n.text(Console::Unknown), Some(i18n.text(Console::UnknownDetail)));
    view! { <PageState icon=IconName::EMPTY title detail /> }
}
