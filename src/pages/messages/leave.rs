//! Asks before a message is left that is half written (experience.md S14).

use std::sync::Arc;

use leptos::prelude::*;
use portal_core::inbox::Draft;
use portal_core::text::{Inbox as Words, Later};

use super::page::Desk;
use crate::browser::frames;
use crate::components::Dialog;
use crate::i18n::tr;
use crate::leaving::use_leaving;
use crate::pages::way_back;
use crate::routes::use_places;

/// The question.
pub(super) fn question(desk: Desk) -> AnyView {
    let leaving = use_leaving();
    let draft = desk.inbox.draft;
    let written = Memo::new(move |_| draft.with(Draft::is_written));
    way_back::follow(use_places(), leaving);
    Effect::new(move || leaving.note_draft(written.get()));
    leptos::prelude::on_cleanup(move || leaving.note_draft(false));
    frames::on_unload(move || draft.with_untracked(Draft::is_written));
    let open = Signal::derive(move || leaving.asked().is_some() && written.get());
    let children = move || {
        let leave = move |_| {
            draft.set(Draft::default());
            leaving.leave_draft();
        };
        view! {
            <p class="dialog-body">{tr(Words::LeaveDetail)}</p>
            <div class="actions">
                <button type="button" class="button go" on:click=move |_| leaving.stay()>
                    {tr(Later::UnsavedStay)}
                </button>
                <button type="button" class="button" on:click=leave>
                    {tr(Words::LeaveAnyway)}
                </button>
            </div>
        }
        .into_any()
    };
    let on_close = Callback::new(move |()| leaving.stay());
    view! {
        <Dialog open id="draft-title" title=tr(Words::LeaveTitle) on_close children=Arc::new(children) />
    }
    .into_any()
}
