//! Asks before unsaved work is left (experience.md S14).

use std::sync::Arc;

use leptos::prelude::*;
use portal_core::text::Later;

use super::Page;
use crate::components::Dialog;
use crate::i18n::tr;
use crate::leaving::use_leaving;

/// The question.
pub(super) fn question(page: Page) -> AnyView {
    let leaving = use_leaving();
    let asked = Memo::new(move |_| leaving.asked());
    // Another screen that holds something asks by itself.
    let open = Signal::derive(move || asked.get().is_some() && (page.here.get() || !leaving.is_held()));
    let children = move || {
        let detail = move || page.i18n.fill(Later::UnsavedDetail, &[("name", &page.name())]);
        let of_all = move || asked.get() == Some(true);
        let leave = move |_| page.desk.leave(page, asked.with_untracked(|asked| *asked == Some(true)));
        view! {
            <p class="dialog-body">
                {move || if of_all() { page.i18n.text(Later::UnsavedDetailAll) } else { detail() }}
            </p>
            <div class="actions">
                <button type="button" class="button go" on:click=move |_| leaving.stay()>
                    {tr(Later::UnsavedStay)}
                </button>
                <button type="button" class="button" on:click=leave>
                    {tr(Later::UnsavedLeave)}
                </button>
            </div>
        }
        .into_any()
    };
    let on_close = Callback::new(move |()| leaving.stay());
    view! {
        <Dialog open id="unsaved-title" title=tr(Later::UnsavedTitle) on_close children=Arc::new(children) />
    }
    .into_any()
}
