//! Asks before something is changed at the service.

use leptos::prelude::*;
use portal_core::console::shown;
use portal_core::text::{Console, Later};

use super::desk::{Desk, Form};
use crate::components::Dialog;
use crate::i18n::tr;

/// The dialog.
pub(super) fn confirm(desk: Desk) -> AnyView {
    let operation = move || desk.form.with(|form| form.as_ref().map(|form| form.description.spec.operation));
    let named = move |text| {
        Signal::derive(move || desk.i18n.fill(text, &[("operation", operation().unwrap_or_default())]))
    };
    let address = move || {
        let form = desk.form.get()?;
        let call = desk.outgoing(form.description);
        Some(format!("{} {}", call.method, shown(&call.address)))
    };
    let press = move |_| {
        if let Some(Form { description, .. }) = desk.form.get_untracked() {
            desk.send_now(description);
        }
    };
    view! {
        <Dialog
            open=desk.asked
            id="console-confirm"
            title=named(Console::ConfirmTitle)
            on_close=Callback::new(move |()| desk.asked.set(false))
        >
            <div class="dialog-body">
                <p>{tr(Console::ConfirmDetail)}</p>
                <p class="console-address" dir="ltr">
                    {address}
                </p>
            </div>
            <div class="actions">
                <button type="button" class="button" on:click=move |_| desk.asked.set(false)>
                    {tr(Later::Cancel)}
                </button>
                <button type="button" class="button danger" on:click=press>
                    {named(Console::ConfirmSend)}
                </button>
            </div>
        </Dialog>
    }
    .into_any()
}
