//! The pages in the frames and the portal talk (docs/embedding.md). What is said stands in [`portal_core::bridge`]; here
//! it is heard, by whom it is said is looked at, and answers are sent (hostile.md 50 to 52).

use std::pin::Pin;

use futures::future::{Either, select};
use leptos::prelude::*;
use portal_core::bridge::{self, Call, Event, Failure, Heard, MAX_TEXT, MAX_WAITING, Theme, Trust, Welcome};

use super::Page;
use super::answer::answer;
use super::desk::Framed;
use crate::browser::{self, frames};
use crate::session::keeper;

/// A call is answered or has failed within two seconds (experience.md S13); the way back takes some of it.
const ANSWER_MS: u32 = 1_800;
/// How many failed calls are remembered, to be seen by who builds the page.
const FAILURES: usize = 5;

/// Begins to listen.
pub(super) fn listen(page: Page) {
    let longest = u32::try_from(MAX_TEXT).unwrap_or(u32::MAX);
    frames::on_posted(longest, move |posted| {
        let framed = page.desk.all().into_iter().find(|framed| {
            framed.node.try_get_untracked().flatten().is_some_and(|node| posted.is_from(&node))
        });
        let admitted = framed.and_then(|framed| Some((framed, trust(page, framed)?)));
        let admitted = admitted.filter(|(_, trust)| trust.admits(&posted.origin));
        match admitted.zip(posted.text.as_deref().and_then(bridge::read)) {
            Some(((framed, trust), heard)) => hear(page, framed, trust, heard),
            None => page.desk.ignored.update(|ignored| *ignored += 1),
        }
    });
    Effect::new(move || {
        let locale = page.i18n.locale();
        tell_all(page, Event::Locale(locale.as_str()));
    });
    frames::on_theme(move || tell_all(page, Event::Theme(theme())));
}

/// How the portal looks now.
pub(super) fn theme() -> Theme {
    if frames::is_dark() { Theme::Dark } else { Theme::Light }
}

/// Who the portal put into this frame.
fn trust(page: Page, framed: Framed) -> Option<Trust> {
    let source = page.desk.source(framed.id)?;
    Some(page.around.deployment.with_value(|deployment| Trust::of(&source.address, &deployment.policy)))
}

fn hear(page: Page, framed: Framed, trust: Trust, heard: Heard) {
    match heard {
        Heard::Greeting { takes_state, page: name } => {
            page.desk.begin(framed, takes_state, name);
            let state = page.desk.source(framed.id).and_then(|source| source.state);
            let locale = page.i18n.locale_untracked();
            let welcome = Welcome { locale: locale.as_str(), theme: theme(), state: state.as_deref() };
            post(framed, &trust, &bridge::welcome(&welcome));
        }
        // A page that nobody sees cannot be used.
        Heard::Used if page.desk.is_shown_now(framed.id) => {
            framed.used.set(true);
            keeper::note_use();
        }
        Heard::Used => {}
        Heard::Call { id, call } => take(page, framed, trust, id, call),
    }
}

/// What is answered: the whole text of the message.
pub(super) type Answer = Pin<Box<dyn Future<Output = Result<String, Failure>>>>;

fn take(page: Page, framed: Framed, trust: Trust, id: u64, call: Result<Call, Failure>) {
    let waiting = framed.waiting;
    let answer: Answer = match call {
        Ok(_) if waiting.get_value() >= MAX_WAITING => Box::pin(async { Err(Failure::Busy) }),
        Ok(call) if trust == Trust::Opaque && call.needs_origin() => {
            Box::pin(async { Err(Failure::NotAllowed) })
        }
        Ok(call) => answer(page, framed, trust.clone(), id, call),
        Err(failure) => Box::pin(async move { Err(failure) }),
    };
    waiting.update_value(|waiting| *waiting += 1);
    let speaks = move || framed.told.try_get_untracked().and_then(|told| told.page);
    let asked_by = speaks();
    browser::spawn(async move {
        let outcome = match select(answer, Box::pin(browser::sleep(ANSWER_MS))).await {
            Either::Left((outcome, _)) => outcome,
            Either::Right(_) => Err(Failure::Timeout),
        };
        waiting.update_value(|waiting| *waiting -= 1);
        framed.calls.update(|calls| match &outcome {
            Ok(_) => calls.answered += 1,
            Err(failure) => {
                calls.failed.push(failure.code());
                if calls.failed.len() > FAILURES {
                    calls.failed.remove(0);
                }
            }
        });
        // An answer to a page that is gone is none for the one that came after it.
        if asked_by.is_none() || speaks() == asked_by {
            post(framed, &trust, &outcome.unwrap_or_else(|failure| bridge::failure(id, failure)));
        }
    });
}

fn post(framed: Framed, trust: &Trust, text: &str) {
    if let Some(node) = framed.node.try_get_untracked().flatten() {
        frames::post(&node, text, trust.target());
    }
}

/// The person went to another state of a page that takes it.
pub(super) fn tell_state(page: Page, framed: Framed, state: Option<&str>) {
    if let Some(trust) = trust(page, framed) {
        post(framed, &trust, &bridge::event(Event::State(state)));
    }
}

/// Tells all pages that have greeted.
fn tell_all(page: Page, event: Event<'_>) {
    let text = bridge::event(event);
    for framed in page.desk.all() {
        if let Some(trust) = trust(page, framed).filter(|_| framed.told.with_untracked(|told| told.greeted)) {
            post(framed, &trust, &text);
        }
    }
}
