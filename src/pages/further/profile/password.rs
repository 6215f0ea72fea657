//! Confirm Password (contract.md 2.1). What is typed stays in the box until it is sent, and is then cleared (hostile.md
//! 28). A wrong one is counted by the service, so that nothing is tried again by itself.

use std::rc::Rc;

use leptos::html;
use portal_api::password::ConfirmPassword;
use portal_api::verification::Outcome;
use portal_api::{Code, Error, Password};
use portal_core::notice::{Place, notice};
use portal_core::text::Profile;

use crate::browser::{self, dom};
use crate::components::{Countdown, Notice, Spinner, Tone};
use crate::i18n::{I18n, tr, use_i18n};
use crate::pages::problem::{quote, reload};
use crate::pages::sign_in::field::PasswordField;
use crate::session::{Session, use_session};
use crate::settings::Deployment;
use crate::state::{State, provided};
use crate::view::{NodeRef, Part, view};

/// The form and what became of it.
#[derive(Clone, Copy)]
struct Form {
    session: Session,
    input: NodeRef<html::Input>,
    missing: State<bool>,
    busy: State<bool>,
    outcome: State<Option<Result<Outcome, Error>>>,
    /// Seconds until the service takes another try, where it told.
    wait: Countdown,
}

/// The form.
pub(super) fn password() -> Part {
    let i18n = use_i18n();
    let form = Form {
        session: use_session(),
        input: NodeRef::new(),
        missing: State::new(false),
        busy: State::new(false),
        outcome: State::new(None),
        wait: Countdown::new(0),
    };
    let waits = move || if form.busy.get() || form.wait.runs() { "true" } else { "false" };
    let usual =
        move || i18n.text(if form.busy.get() { Profile::PasswordBusy } else { Profile::PasswordConfirm });
    let name = move || form.wait.text(i18n).unwrap_or_else(usual);
    let change = provided::<Rc<Deployment>>().settings.forgot_password_url.clone().map(|address| {
        view! {
            <a class="text-link" href=address target="_blank" rel="noopener noreferrer">
                {tr(Profile::PasswordElsewhere)}
            </a>
        }
    });
    view! {
        <p class="section-about">{tr(Profile::PasswordAbout)}</p>
        {move || form.outcome.get().map(|outcome| told(i18n, outcome))}
        <form
            method="post"
            novalidate=true
            on:submit=move |event| {
                event.prevent_default();
                form.submit();
            }
        >
            <PasswordField input=form.input missing=form.missing />
            <div class="actions">
                <button class="button" type="submit" aria-disabled=waits>
                    {move || form.busy.get().then(|| view! { <Spinner /> })}
                    {name}
                </button>
                {change}
            </div>
        </form>
    }
}

impl Form {
    fn submit(self) {
        let Some(input) = self.input.get_untracked() else { return };
        if self.busy.get_untracked() || self.wait.runs_untracked() {
            return;
        }
        let typed = input.value();
        self.missing.set(typed.is_empty());
        if typed.is_empty() {
            return dom::focus(&input);
        }
        let password = Password::new(&typed);
        input.set_value("");
        self.busy.set(true);
        self.outcome.set(None);
        browser::spawn(async move {
            let outcome = self.session.request(&ConfirmPassword { password }).await;
            self.busy.set(false);
            if let Err(error) = &outcome {
                self.wait.start(notice(error, Place::Session).wait_seconds.unwrap_or_default());
            }
            self.outcome.set(Some(outcome));
            if let Some(input) = self.input.get_untracked().filter(|_| browser::scroll::nothing_has_focus()) {
                dom::focus(&input);
            }
        });
    }
}

fn told(i18n: I18n, outcome: Result<Outcome, Error>) -> Part {
    let error = match outcome {
        Ok(Outcome::Done) => {
            return view! { <Notice title=i18n.text(Profile::PasswordRight) tone=Tone::Calm /> };
        }
        Ok(Outcome::NotDone) => return view! { <Notice title=i18n.text(Profile::PasswordWrong) /> },
        Err(error) => error,
    };
    let told = notice(&error, Place::Session);
    let quote = quote(i18n, &told);
    let detail = if error.code() == Some(Code::TooManyAttempts) {
        Some(i18n.text(Profile::PasswordLocked))
    } else {
        told.detail.map(|detail| i18n.text(detail))
    };
    let reload = reload(i18n, &told);
    view! {
        <Notice title=i18n.text(told.title) detail quote>
            {reload}
        </Notice>
    }
}
