//! What the session has to say on any screen: another tab has moved it to another organization, or nobody seems to be
//! there any more. Listens to the other tabs from the moment that it is drawn.

use std::sync::Arc;

use leptos::prelude::*;
use portal_api::{Error, Organization};
use portal_core::notice::Place;
use portal_core::session::{Idle, idle};
use portal_core::text::{Later, Text};

use super::person;
use super::problem::problem;
use crate::browser;
use crate::components::{Dialog, Spinner};
use crate::i18n::use_i18n;
use crate::leaving::use_leaving;
use crate::reactive::SetIfChanged;
use crate::session::{Session, Stage, keeper, use_session};
use crate::settings::Deployment;

/// How often it is looked whether somebody is there, in milliseconds. A press in a frame is known for some seconds.
const LOOK_MS: u32 = 2_000;
/// So often while the person is being asked.
const COUNT_MS: u32 = 500;
/// A use is noted again after so many milliseconds.
const NOTE_MS: i64 = 2_000;
/// How often the seconds left are spoken, in seconds (experience.md P6).
const SPOKEN_EVERY: i64 = 15;

/// The guard.
pub fn guard() -> AnyView {
    let session = use_session();
    keeper::listen(session);
    person::ask();
    let limit = expect_context::<Arc<Deployment>>().settings.idle_ms();
    (cover(session), limit.map(|limit| still_there(session, limit))).into_any()
}

/// Nothing of an organization that the session has left may be seen or used: a modal dialog before a closed curtain.
fn cover(session: Session) -> AnyView {
    let (i18n, leaving) = (use_i18n(), use_leaving());
    let moved = Memo::new(move |_| session.moved());
    let open = Signal::derive(move || moved.get().is_some());
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<Error>);
    Effect::new(move || {
        // Another move is another question.
        let _ = moved.get();
        failed.set(None);
    });
    let name = move || moved.get().map(|organization| organization.name).unwrap_or_default();
    let current = move || here(session).map(|organization| organization.name).unwrap_or_default();
    let title = Signal::derive(move || i18n.fill(Later::MovedTitle, &[("organization", &name())]));
    let back = move |_| {
        let Some(organization) = here(session).filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        failed.set(None);
        browser::spawn(async move {
            let outcome = session.choose(organization).await;
            busy.set(false);
            failed.set(outcome.err());
        });
    };
    let children = move || {
        let detail = move || i18n.fill(Later::MovedDetail, &[("current", &current())]);
        let follow = move || i18n.fill(Later::MovedFollow, &[("organization", &name())]);
        let back_name = move || {
            if busy.get() {
                i18n.text(Later::MovedBackBusy)
            } else {
                i18n.fill(Later::MovedBack, &[("current", &current())])
            }
        };
        let problem = move || {
            let error = failed.get()?;
            Some(problem(&error, Place::Organizations, Callback::new(move |()| failed.set(None))))
        };
        view! {
            <p class="dialog-body">{detail}</p>
            {problem}
            <div class="actions">
                <button type="button" class="button go" on:click=move |_| leaving.ask_for_all(move || session.follow())>
                    {follow}
                </button>
                <button
                    type="button"
                    class="button"
                    aria-disabled=move || if busy.get() { "true" } else { "false" }
                    on:click=back
                >
                    {move || busy.get().then(|| view! { <Spinner /> })}
                    {back_name}
                </button>
            </div>
        }.into_any()
    };
    // There is no third way: Escape closes nothing.
    let on_close = Callback::new(|()| {});
    view! {
        <Dialog open id="moved-title" title class="dialog curtain" on_close stays=true children=Arc::new(children) />
    }.into_any()
}

/// The organization that this tab shows.
fn here(session: Session) -> Option<Organization> {
    session.stage().organization().cloned()
}

/// Ends a session that nobody uses, and asks a minute before (experience.md P6, hostile.md 47).
fn still_there(session: Session, limit: i64) -> AnyView {
    let i18n = use_i18n();
    let left = RwSignal::new(None::<i64>);
    let signed_in = move || !matches!(session.stage_untracked(), Stage::SignedOut { .. });
    let look = move || {
        if !signed_in() {
            left.set_if_changed(None);
            return;
        }
        if left.get_untracked().is_none() && browser::is_in_use() {
            note();
        }
        let last = keeper::last_use().unwrap_or_else(keeper::note_use);
        match idle(browser::clock(), last, limit) {
            Idle::Awake(_) => left.set_if_changed(None),
            Idle::Warn(seconds) => left.set_if_changed(Some(seconds)),
            Idle::Over => {
                left.set_if_changed(None);
                keeper::idled_out(session);
            }
        }
    };
    browser::on_use(move || {
        // Who is being asked answers by the button; a mouse that is pushed is no answer.
        if signed_in() && left.try_get_untracked() == Some(None) {
            note();
        }
    });
    browser::on_visible(look);
    browser::spawn(async move {
        while let Some(counting) = left.try_get_untracked() {
            look();
            browser::sleep(if counting.is_some() { COUNT_MS } else { LOOK_MS }).await;
        }
    });
    let stay = move || {
        keeper::note_use();
        left.set(None);
    };
    let seconds = move || left.get().unwrap_or_default();
    let words = move |seconds: i64| {
        let count = usize::try_from(seconds).unwrap_or_default();
        i18n.count(Later::IdleDetailOne, Later::IdleDetailOther, count)
    };
    let children = move || {
        let spoken = Memo::new(move |_| (seconds() + SPOKEN_EVERY - 1) / SPOKEN_EVERY * SPOKEN_EVERY);
        view! {
            <p class="dialog-body" aria-hidden="true">{move || words(seconds())}</p>
            <p class="hidden-text" role="timer" aria-live="assertive">
                {move || words(spoken.get())}
            </p>
            <div class="actions">
                <button type="button" class="button go" on:click=move |_| stay()>
                    {move || i18n.text(Later::IdleStay)}
                </button>
                <button type="button" class="button" on:click=move |_| session.sign_out()>
                    {move || i18n.text(Text::AccountSignOut)}
                </button>
            </div>
        }
        .into_any()
    };
    let open = Signal::derive(move || left.get().is_some());
    let title = Signal::derive(move || i18n.text(Later::IdleTitle));
    let on_close = Callback::new(move |()| stay());
    view! { <Dialog open id="idle-title" title on_close children=Arc::new(children) /> }.into_any()
}

/// Notes a use, not each of them.
fn note() {
    let noted = keeper::last_use().unwrap_or(0);
    // A clock that was set back is no reason to wait.
    if !(0..NOTE_MS).contains(&(browser::clock() - noted)) {
        keeper::note_use();
    }
}
