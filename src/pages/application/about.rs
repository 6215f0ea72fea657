//! What is known of the page that is shown: for who sees nothing in it, and for who builds it.

use std::rc::Rc;
use std::sync::Arc;

use portal_core::launch::{permissions, sandbox};
use portal_core::text::{Later, Text};

use super::Page;
use super::desk::Framed;
use crate::components::Dialog;
use crate::i18n::tr;
use crate::pages::own_tab::{Look, tab_way};
use crate::settings::Deployment;
use crate::state::{Callback, Signal, State, effect, provided};
use crate::view::{Part, view};

/// Whether it is shown.
#[derive(Clone, Copy)]
pub(super) struct About {
    pub(super) open: State<bool>,
}

impl About {
    pub(super) fn new() -> Self {
        Self { open: State::new(false) }
    }
}

/// A refused, a dead and a good page of another origin look alike to the portal. Until this one has said a word, or the
/// person has been in it, a quiet question stands here (hostile.md 55).
pub(super) fn doubt(page: Page, about: About) -> Part {
    let doubtful = move || {
        let framed = page.desk.current()?;
        let known = framed.used.get() || framed.told.with(|told| told.greeted);
        (framed.loaded.get() && !known && framed.hindered.get().is_none()).then(|| {
            view! {
                <button type="button" class="text-link doubt" on:click=move |_| about.open.set(true)>
                    {tr(Later::ShellDoubt)}
                </button>
            }
        })
    };
    Part::of(doubtful)
}

/// The dialog.
pub(super) fn dialog(page: Page, about: About) -> Part {
    let children = move || {
        let facts = move || page.desk.current().map(|framed| facts(page, framed));
        let address = move || page.desk.current().and_then(|framed| page.desk.source(framed.id));
        let open = move || {
            address().map(|source| tab_way(&source.address, Text::TileOpenNewTab, Look::Words("button go")))
        };
        view! {
            <p class="dialog-body">{tr(Later::AboutDetail)}</p>
            {facts}
            <div class="actions">
                {open}
                <button type="button" class="button" on:click=move |_| about.open.set(false)>
                    {tr(Later::Close)}
                </button>
            </div>
        }
    };
    // It speaks of one page. It stands outside of what is hidden with the applications, and back leads away below it.
    effect(move || {
        page.desk.shown.track();
        about.open.set(false);
    });
    let open = Signal::derive(move || about.open.get());
    let on_close = Callback::new(move |()| about.open.set(false));
    view! {
        <Dialog open id="about-title" title=tr(Later::ShellAbout) on_close children=Arc::new(children) />
    }
}

fn facts(page: Page, framed: Framed) -> Option<Part> {
    let source = page.desk.source(framed.id)?;
    let policy = provided::<Rc<Deployment>>().policy.clone();
    let calls = framed.calls.get();
    let state = if framed.told.with(|told| told.greeted) {
        Later::AboutSpeaks
    } else if framed.loaded.get() {
        Later::AboutSilent
    } else {
        Later::AboutLoading
    };
    let rights = [sandbox(&source.address, &policy), permissions(&source.address, &policy)].join(" · ");
    let row = |name: Later, value: String| {
        view! {
            <div>
                <dt>{tr(name)}</dt>
                <dd dir="auto">{value}</dd>
            </div>
        }
    };
    let failed = (!calls.failed.is_empty()).then(|| row(Later::AboutFailed, calls.failed.join(", ")));
    Some(view! {
        <dl class="about">
            {row(Later::AboutFrom, source.address.origin().unwrap_or_default().to_owned())}
            {row(Later::AboutBridge, page.i18n.text(state))}
            {row(Later::AboutAnswered, calls.answered.to_string())}
            {failed}
            {row(Later::AboutIgnored, page.desk.ignored.get().to_string())}
            {row(Later::AboutRights, rights)}
        </dl>
    })
}
