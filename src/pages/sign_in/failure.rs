//! Why signing in failed, and what to do.

use std::rc::Rc;

use leptos::prelude::*;
use portal_api::Error;
use portal_core::notice::{Place, WayOut, notice};
use portal_core::session::Ended;
use portal_core::text::Later;

use super::{Desk, way};
use crate::components::{Notice, Tone};
use crate::i18n::{tr, use_i18n};
use crate::pages::problem::{quote, try_again};
use crate::session::Stage;
use crate::settings::Deployment;
use crate::state::{Callback, provided};
use crate::view::{Part, view};

/// Why signing in failed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Failure {
    /// Log In failed.
    Call(Error),
    /// Another place gave a code, and the service did not take it.
    SignOn {
        /// Why.
        error: Error,
        /// Whether it was the place of a domain: the form leads there again.
        domain: bool,
    },
    /// Another place did not sign the person in.
    Denied,
    /// The person did not want to sign in there.
    Unwanted,
    /// Somebody came back whom this tab did not send (hostile.md 19).
    Stranger,
    /// The browser keeps nothing for the way back.
    Unkept,
}

/// How long the service wants the person to wait, where it says so.
pub fn wait_seconds(error: &Error, place: Place) -> Option<u32> {
    notice(error, place).wait_seconds
}

/// The failure in words, spoken at once; without one, why the person is here (experience.md L15).
#[component]
pub fn FailureNotice(
    /// The page.
    desk: Desk,
    /// Sends the form again.
    again: Callback<()>,
) -> Part {
    Part::of(move || match desk.failure.get() {
        Some(Failure::Call(error)) => Some(call(&error, Place::SignIn, again)),
        Some(Failure::SignOn { error, domain }) => Some(sign_on(desk, &error, domain)),
        Some(Failure::Unwanted) => {
            Some(told(Later::SignOnDenied, Some(Later::SignOnDeniedDetail), Tone::Calm))
        }
        Some(Failure::Denied) => {
            Some(told(Later::SignOnFailed, Some(Later::SignOnFailedDetail), Tone::Alert))
        }
        Some(Failure::Stranger) => Some(told(Later::SignInCallbackRefused, None, Tone::Warn)),
        Some(Failure::Unkept) => {
            Some(told(Later::SignOnUnkept, Some(Later::SignOnUnkeptDetail), Tone::Alert))
        }
        None => reason(desk),
    })
}

fn told(title: Later, detail: Option<Later>, tone: Tone) -> Part {
    let i18n = use_i18n();
    let detail = detail.map(|detail| i18n.text(detail));
    view! { <Notice title=i18n.text(title) detail tone /> }
}

/// Why the session before this one ended.
fn reason(desk: Desk) -> Option<Part> {
    let Stage::SignedOut { ended: Some(ended) } = desk.session.stage() else { return None };
    let (text, tone) = match ended {
        Ended::SignedOut => (Later::EndedSignedOut, Tone::Calm),
        Ended::SignedOutLocally => (Later::EndedSignedOutLocally, Tone::Warn),
        Ended::Expired => (Later::EndedExpired, Tone::Warn),
        Ended::RenewalLost => (Later::EndedRenewalLost, Tone::Warn),
        Ended::Elsewhere => (Later::EndedElsewhere, Tone::Warn),
        Ended::SignedOutInOtherTab => (Later::EndedOtherTab, Tone::Calm),
        Ended::Idle => (Later::EndedIdle, Tone::Warn),
    };
    Some(told(text, None, tone))
}

/// A call that failed.
pub fn call(error: &Error, place: Place, again: Callback<()>) -> Part {
    let i18n = use_i18n();
    let told = notice(error, place);
    let (title, detail) = (i18n.text(told.title), told.detail.map(|detail| i18n.text(detail)));
    let quote = quote(i18n, &told);
    let way_out = match (told.action, place) {
        (WayOut::Retry | WayOut::Reload, _) => try_again(i18n, &told, "button", again),
        // Its own button counts.
        (WayOut::Wait, Place::SignIn | Place::SecondStep) if told.title != Later::NoticeTooManyAttempts => {
            None
        }
        // Whether the account exists or not: the lock is the same for both (experience.md L5, L8).
        (WayOut::Wait, Place::SignIn) => forgot_password("button"),
        _ => None,
    };
    view! {
        <Notice title detail quote>
            {way_out}
        </Notice>
    }
}

/// The code is spent, so that only the whole way can be gone again.
fn sign_on(desk: Desk, error: &Error, domain: bool) -> Part {
    let i18n = use_i18n();
    let told = notice(error, Place::SignOn);
    let (title, detail) = (i18n.text(told.title), told.detail.map(|detail| i18n.text(detail)));
    let quote = quote(i18n, &told);
    // To a domain leads the form, from an e-mail address.
    let way_out = desk.sign_on().provider().filter(|_| !domain).map(|_| {
        view! {
            <button type="button" class="button" on:click=move |_| way::to_provider(desk)>
                {tr(Later::SignOnAgain)}
            </button>
        }
    });
    view! {
        <Notice title detail quote>
            {way_out}
        </Notice>
    }
}

/// The way to a new password, where the deployment has one.
pub fn forgot_password(class: &'static str) -> Option<Part> {
    let address = provided::<Rc<Deployment>>().settings.forgot_password_url.clone()?;
    Some(view! {
        <a class=class href=address target="_blank" rel="noopener noreferrer">
            {tr(Later::SignInForgotPassword)}
        </a>
    })
}
