//! The way to a sign-in at another place and back (hostile.md 19, 20): what the tab keeps meanwhile, and what is done with
//! what comes back. The rules stand in [`portal_core::sign_on`].

use leptos::prelude::*;
use portal_core::route::{ReturnPath, Route};
use portal_core::sign_on::{Provider, Transaction, Verdict, judge};

use super::failure::Failure;
use super::{Desk, Step};
use crate::browser::{self, Shelf, Store, sign_on};
use crate::session::{SignedIn, Stage};

/// The sign-in that this tab has begun. Of this tab alone: a code that another one asked for is a stranger's.
const STORE: Store = Store::new(Shelf::Tab, "portal.signOn");

/// What the page does first: take up who comes back, or send on who need not choose.
pub fn arrive(desk: Desk) {
    sign_on::on_shown_again(move || {
        if matches!(desk.step.get_untracked(), Step::Going(_)) {
            desk.step.set(Step::Choices);
        }
    });
    if desk.places.route_untracked() == Route::SignInCallback {
        return come_back(desk);
    }
    let ended = matches!(desk.session.stage_untracked(), Stage::SignedOut { ended: Some(_) });
    // Who signed out, or was thrown out, reads why first; else they would be signed in again before they know.
    if !ended && !desk.has_form() {
        to_provider(desk);
    }
}

/// Leaves for the provider of the settings.
pub fn to_provider(desk: Desk) {
    let sign_on = desk.sign_on();
    if let Some(provider) = sign_on.provider() {
        go(desk, &provider, sign_on.name, false);
    }
}

/// Leaves for another place.
pub fn go(desk: Desk, provider: &Provider, name: Option<String>, domain: bool) {
    let Some(state) = sign_on::random_state() else { return desk.failure.set(Some(Failure::Unkept)) };
    let redirect = format!("{}{}", browser::origin(), desk.places.href(&Route::SignInCallback));
    let departure = provider.departure(&redirect, &state);
    let next = match desk.places.route_untracked() {
        Route::SignIn { next } => next,
        _ => None,
    };
    // Without it the return could not be told from a stranger's.
    if !STORE.write(&Transaction { state, started: browser::clock(), domain, next }.write()) {
        return desk.failure.set(Some(Failure::Unkept));
    }
    desk.failure.set(None);
    desk.step.set(Step::Going(name));
    // Where the page sends people on by itself, back must not lead to it.
    sign_on::leave(&departure, !desk.has_form());
}

/// Takes what came back. Whatever it is, it is used up.
fn come_back(desk: Desk) {
    let kept = STORE.read();
    STORE.erase();
    let returned = sign_on::take_return().unwrap_or_default();
    let next = match judge(&returned, kept.as_deref(), browser::clock()) {
        Verdict::Exchange(code, Transaction { domain, next, .. }) => {
            desk.step.set(Step::SigningIn);
            let channel = desk.sign_on().channel;
            browser::spawn(async move {
                match desk.session.log_in_via_code(code, channel, desk.keeps()).await {
                    Ok(SignedIn::Yes) => {}
                    Ok(SignedIn::NeedsSecondStep(step)) => desk.step.set(Step::Second(step)),
                    Err(error) => {
                        desk.failure.set(Some(Failure::SignOn { error, domain }));
                        desk.step.set(Step::Choices);
                    }
                }
            });
            next
        }
        Verdict::Denied(unwanted, Transaction { next, .. }) => {
            desk.failure.set(Some(if unwanted { Failure::Unwanted } else { Failure::Denied }));
            next
        }
        Verdict::Refused => {
            desk.failure.set(Some(Failure::Stranger));
            None
        }
    };
    to_sign_in(desk, next);
}

/// From the address of the return to that of the page, which says where to go afterwards: the session's own way there
/// begins at that address.
fn to_sign_in(desk: Desk, next: Option<ReturnPath>) {
    Effect::new(move || {
        if desk.places.route() == Route::SignInCallback {
            desk.places.replace(&Route::SignIn { next: next.clone() });
        }
    });
}
