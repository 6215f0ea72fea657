//! A part of a page that has its own call: it loads, fails and is tried again by itself, and takes nothing else with it.

use std::sync::Arc;

use portal_api::{Endpoint, Error};
use portal_core::notice::{Place, notice};
use portal_core::text::Word;

use crate::components::slow::slow;
use crate::components::{Notice, Tone};
use crate::i18n::{tr, use_i18n};
use crate::load::Load;
use crate::pages::problem::{quote, trace, try_again};
use crate::session::use_session;
use crate::state::Callback;
use crate::view::{Part, view};

/// Calls an operation, and again when its parameters change; `None` calls nothing.
pub fn ask<E>(endpoint: impl Fn() -> Option<E> + Send + Sync + 'static) -> Load<E::Reply>
where
    E: Endpoint + Clone + PartialEq + Send + Sync + 'static,
    E::Reply: Send + Sync + 'static,
{
    let session = use_session();
    let call = move |endpoint: E| -> crate::load::Loading<E::Reply> {
        Box::pin(async move { session.request_by_server(&endpoint).await })
    };
    Load::new(E::SPEC, endpoint, call)
}

/// A part of the page with a heading.
pub fn section(id: &'static str, title: impl Into<Word>, inside: Part) -> Part {
    view! {
        <section class="section" aria-labelledby=id>
            <h2 id=id>{tr(title)}</h2>
            {inside}
        </section>
    }
}

/// What a call gives: bones while it is on its way, the failure, or what is drawn of it.
pub fn loaded<T: Send + Sync + 'static>(load: Load<T>, draw: impl Fn(Arc<T>) -> Part + 'static) -> Part {
    let retry = Callback::new(move |()| load.retry());
    // Where there is a value nothing else is looked at: what is drawn stays when it could not be loaded anew.
    Part::of(move || match load.value() {
        Some(value) => draw(value),
        None => load.error().map_or_else(|| bones(load.canceller()), |error| failed(&error, retry)),
    })
}

/// The failure of a part, with another try where that can help.
pub fn failed(error: &Error, retry: Callback<()>) -> Part {
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
}

fn bones(cancel: Callback<()>) -> Part {
    view! {
        <div class="section-bones skeleton late" aria-hidden="true">
            <span class="bone w1"></span>
            <span class="bone w2"></span>
            <span class="bone w1"></span>
        </div>
        {slow(Some(cancel))}
    }
}

/// A sentence of our own where there is nothing to list.
pub fn none(text: impl Into<Word>) -> Part {
    view! { <p class="section-none">{tr(text)}</p> }
}
