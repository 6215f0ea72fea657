//! The question before something is done with messages: what will happen, and the verb of it on the button.

use std::sync::Arc;

use leptos::prelude::*;
use portal_core::text::{Inbox as Words, Later};

use crate::components::Dialog;
use crate::i18n::tr;

/// The words of a question.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    /// The id of the title.
    pub(super) id: &'static str,
    pub(super) title: Words,
    /// The verb on the button.
    pub(super) verb: Words,
}

/// The dialog. `detail` says what will happen, `agree` closes it and does that.
pub(super) fn confirm(
    open: Signal<bool>,
    asked: Asked,
    detail: impl Fn() -> Option<String> + Copy + Send + Sync + 'static,
    close: impl Fn() + Copy + Send + Sync + 'static,
    agree: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    let children = move || {
        view! {
            <p class="dialog-body">{detail}</p>
            <div class="actions">
                <button type="button" class="button go" on:click=move |_| agree()>
                    {tr(asked.verb)}
                </button>
                <button type="button" class="button" on:click=move |_| close()>
                    {tr(Later::Cancel)}
                </button>
            </div>
        }
        .into_any()
    };
    let on_close = Callback::new(move |()| close());
    view! { <Dialog open id=asked.id title=tr(asked.title) on_close children=Arc::new(children) /> }
        .into_any()
}
