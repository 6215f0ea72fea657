//! A part of a page that has its own call: it loads, fails and is tried again by itself, and takes nothing else with it.

use std::sync::Arc;

use leptos::prelude::*;
use portal_api::Error;
use portal_core::notice::{Place, notice};
use portal_core::text::Word;

use crate::components::slow::slow;
use crate::components::{Notice, Tone};
use crate::i18n::{tr, use_i18n};
use crate::pages::problem::{quote, trace, try_again};
use crate::query::Query;

/// A part of the page with a heading.
pub fn section(id: &'static str, title: impl Into<Word>, inside: AnyView) -> AnyView {
    view! {
        <section class="section" aria-labelledby=id>
            <h2 id=id>{tr(title)}</h2>
            {inside}
        </section>
    }
    .into_any()
}

/// What a call gives: bones while it is on its way, the failure, or what is drawn of it.
pub fn loaded<T: Send + Sync + 'static>(
    load: Query<T>,
    draw: impl Fn(Arc<T>) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let retry = Callback::new(move |()| load.retry());
    // Where there is a value nothing else is looked at: what is drawn stays when it could not be loaded anew.
    (move || match load.value() {
        Some(value) => draw(value),
        None => load.error().map_or_else(|| bones(load.canceller()), |error| failed(&error, retry)),
    })
    .into_any()
}

/// The failure of a part, with another try where that can help.
pub fn failed(error: &Error, retry: Callback<()>) -> AnyView {
    let i18n = use_i18n();
    let told = notice(error, Place::Session);
    let (title, detail) = (i18n.text(told.title), told.detail.map(|detail| i18n.text(detail)));
    let (quote, trace) = (quote(i18n, &told), trace(i18n, &told));
    let again = try_again(i18n, &told, "button", retry);
    view! {
        <div class="section-failed">
            <Notice title detail quote tone=Tone::Warn>
                {again}
            </Notice>
            {trace.map(|trace| view! { <p class="trace">{trace}</p> })}
        </div>
    }
    .into_any()
}

fn bones(cancel: Callback<()>) -> AnyView {
    view! {
        <div class="section-bones skeleton late" aria-hidden="true">
            <span class="bone w1"></span>
            <span class="bone w2"></span>
            <span class="bone w1"></span>
        </div>
        {slow(Some(cancel))}
    }
    .into_any()
}

/// A sentence of our own where there is nothing to list.
pub fn none(text: impl Into<Word>) -> AnyView {
    view! { <p class="section-none">{tr(text)}</p> }.into_any()
}
