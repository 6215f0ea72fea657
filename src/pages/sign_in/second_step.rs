//! The second step: a code by e-mail (contract.md 2.1), or one of a kind that there are no calls for (experience.md L13).

use leptos::html;
use leptos::prelude::*;
use portal_api::verification::Outcome;
use portal_api::{Code, Error, VerificationCode};
use portal_core::notice::{Place, service_text};
use portal_core::sign_on::masked_email;
use portal_core::text::Later;

use super::choices::SignOnButton;
use super::failure::{self, wait_seconds};
use super::field::CodeField;
use super::{Desk, Step};
use crate::browser::{self, dom};
use crate::components::{Countdown, Notice, Spinner, Tone};
use crate::i18n::{I18n, tr, use_i18n};
use crate::session::SecondStep;
use crate::state::{Callback, State, Stored};
use crate::view::{NodeRef, Part, view};

/// How long a mail takes to come, in seconds: before that nobody needs another one.
const PAUSE: u32 = 30;
/// How long to wait after too many codes, where the service does not say.
const LONG_PAUSE: u32 = 60;

/// What is being done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Busy {
    No,
    Sending,
    Verifying,
}

/// What went wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Problem {
    Sending(Error),
    Verifying(Error),
    /// The service says "no" under a code of success.
    NotSent,
    NotTaken,
}

#[derive(Clone, Copy)]
struct Mail {
    desk: Desk,
    i18n: I18n,
    step: Stored<SecondStep>,
    code: NodeRef<html::Input>,
    missing: State<bool>,
    busy: State<Busy>,
    sent: State<bool>,
    problem: State<Option<Problem>>,
    /// Seconds until another code may be sent.
    pause: Countdown,
    /// Seconds until another code may be tried.
    wait: Countdown,
}

/// The code by e-mail. One is sent at once: who comes here wants it.
#[component]
pub fn CodeByMail(
    /// The page.
    desk: Desk,
    /// What waits for the code.
    step: SecondStep,
) -> Part {
    let mail = Mail {
        desk,
        i18n: use_i18n(),
        step: Stored::new(step),
        code: NodeRef::new(),
        missing: State::new(false),
        busy: State::new(Busy::No),
        sent: State::new(false),
        problem: State::new(None),
        pause: Countdown::new(0),
        wait: Countdown::new(0),
    };
    mail.send();
    let busy = move || mail.busy.get() == Busy::Verifying;
    let off = |off: bool| if off { "true" } else { "false" };
    view! {
        <h1>{tr(Later::SecondStepTitle)}</h1>
        <p class="lead" role="status">
            {move || mail.lead()}
        </p>
        {move || mail.problem.get().map(|problem| mail.told(&problem))}
        <form
            method="post"
            novalidate=true
            on:submit=move |event| {
                event.prevent_default();
                mail.verify();
            }
        >
            <CodeField input=mail.code missing=mail.missing />
            <button
                class="button go wide"
                type="submit"
                aria-disabled=move || off(busy() || mail.wait.runs())
            >
                {move || busy().then(|| view! { <Spinner /> })}
                {move || mail.verify_text()}
            </button>
        </form>
        <div class="below">
            <button
                type="button"
                class="text-link"
                aria-disabled=move || off(mail.busy.get() != Busy::No || mail.pause.runs())
                on:click=move |_| mail.send()
            >
                {move || mail.send_text()}
            </button>
            <BackButton desk step=mail.step />
        </div>
    }
}

impl Mail {
    fn send(self) {
        if self.busy.get_untracked() != Busy::No || self.pause.runs_untracked() {
            return;
        }
        self.begin(Busy::Sending);
        let (step, locale) = (self.step.get(), self.i18n.locale_untracked());
        browser::spawn(async move {
            let outcome = self.desk.session.send_code(&step, &locale).await;
            self.busy.set(Busy::No);
            match outcome {
                Ok(Outcome::Done) => {
                    self.sent.set(true);
                    self.pause.start(PAUSE);
                }
                Ok(Outcome::NotDone) => self.problem.set(Some(Problem::NotSent)),
                Err(error) => {
                    if error.code() == Some(Code::TooManyAttempts) {
                        self.pause.start(wait_seconds(&error, Place::SecondStep).unwrap_or(LONG_PAUSE));
                    }
                    self.problem.set(Some(Problem::Sending(error)));
                }
            }
        });
    }

    fn verify(self) {
        let Some(input) = self.code.get_untracked() else { return };
        if self.busy.get_untracked() != Busy::No || self.wait.runs_untracked() {
            return;
        }
        let Some(code) = VerificationCode::parse(&input.value()) else {
            self.missing.set(true);
            return dom::focus(&input);
        };
        self.begin(Busy::Verifying);
        let step = self.step.get();
        browser::spawn(async move {
            let outcome = self.desk.session.verify_code(&step, code).await;
            // Verified: the page may be gone already.
            self.busy.set(Busy::No);
            match outcome {
                Ok(Outcome::Done) => {}
                Ok(Outcome::NotDone) => {
                    self.problem.set(Some(Problem::NotTaken));
                    dom::focus_and_select(&input);
                }
                Err(error) => self.fail(error, &input),
            }
        });
    }

    /// What was typed stays, ready to be typed over, unless it can never be right again.
    fn fail(self, error: Error, input: &dom::Input) {
        self.wait.start(wait_seconds(&error, Place::SecondStep).unwrap_or_default());
        match error.code() {
            Some(Code::Expired) => {
                input.set_value("");
                self.pause.start(0);
                dom::focus(input);
            }
            Some(Code::TooManyAttempts) => {}
            _ if error.is_transient() => {}
            _ => dom::focus_and_select(input),
        }
        self.problem.set(Some(Problem::Verifying(error)));
    }

    fn begin(self, what: Busy) {
        self.busy.set(what);
        self.problem.set(None);
        self.missing.set(false);
    }

    fn lead(self) -> String {
        let i18n = self.i18n;
        if self.busy.get() == Busy::Sending {
            return i18n.text(Later::SecondStepSending);
        }
        if !self.sent.get() {
            return i18n.text(Later::SecondStepNotSent);
        }
        match self.step.with(|step| step.email().and_then(masked_email)) {
            Some(email) => i18n.fill(Later::SecondStepSentTo, &[("email", &email)]),
            None => i18n.text(Later::SecondStepSent),
        }
    }

    fn verify_text(self) -> String {
        let usual = move || {
            let verifying = self.busy.get() == Busy::Verifying;
            self.i18n.text(if verifying { Later::SecondStepVerifying } else { Later::SecondStepVerify })
        };
        self.wait.text(self.i18n).unwrap_or_else(usual)
    }

    fn send_text(self) -> String {
        if self.pause.runs() {
            let (one, other) = (Later::SecondStepSendInOne, Later::SecondStepSendInOther);
            return self.i18n.count(one, other, self.pause.seconds());
        }
        self.i18n.text(Later::SecondStepSend)
    }

    fn told(self, problem: &Problem) -> Part {
        let title = match problem {
            Problem::Sending(error) => {
                return failure::call(error, Place::SecondStep, Callback::new(move |()| self.send()));
            }
            Problem::Verifying(error) => {
                return failure::call(error, Place::SecondStep, Callback::new(move |()| self.verify()));
            }
            Problem::NotSent => Later::SecondStepSendFailed,
            Problem::NotTaken => Later::SecondStepNotTaken,
        };
        view! { <Notice title=self.i18n.text(title) /> }
    }
}

/// Another kind: what the service wants, whom to ask, and the other ways in.
#[component]
pub fn OtherKind(
    /// The page.
    desk: Desk,
    /// What waits.
    step: SecondStep,
) -> Part {
    let i18n = use_i18n();
    let kind = service_text(step.kind());
    let contact = desk.deployment.with(|deployment| deployment.settings.contact.clone());
    let told = move || {
        let title = i18n.text(Later::SecondStepOtherDetail);
        let quote = kind.as_ref().map(|kind| i18n.fill(Later::SecondStepKind, &[("kind", kind)]));
        let contact = contact.clone().map(|contact| view! { <bdi>{contact}</bdi> });
        view! {
            <Notice title quote tone=Tone::Warn>
                {contact}
            </Notice>
        }
    };
    view! {
        <h1>{tr(Later::SecondStepOtherTitle)}</h1>
        <p class="lead">{tr(Later::SecondStepOther)}</p>
        {told}
        <SignOnButton desk first=true />
        <div class="below">
            <BackButton desk step=Stored::new(step) />
        </div>
    }
}

/// Back to the ways to sign in. What waited for the second step is given up.
#[component]
fn BackButton(desk: Desk, step: Stored<SecondStep>) -> Part {
    let back = move |_| {
        desk.session.give_up(step.get());
        desk.failure.set(None);
        desk.step.set(Step::Choices);
    };
    view! {
        <button type="button" class="text-link" on:click=back>
            {tr(Later::SignInBack)}
        </button>
    }
}
