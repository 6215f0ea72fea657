//! Account and password.

use leptos::html;
use leptos::prelude::*;
use portal_api::{Error, Password};
use portal_core::notice::Place;
use portal_core::text::Later;

use super::domain::Domains;
use super::failure::{self, Failure, forgot_password};
use super::field::{AccountField, PasswordField};
use super::keep::Keep;
use super::remember::{Remember, keep, remembered};
use super::{Desk, Step};
use crate::browser::{self, dom};
use crate::components::{Countdown, Spinner};
use crate::i18n::use_i18n;
use crate::session::SignedIn;
use crate::state::{Callback, State};
use crate::view::{NodeRef, Part, view};

/// The form and what became of it.
#[derive(Clone, Copy)]
pub struct Form {
    desk: Desk,
    domains: Domains,
    account: NodeRef<html::Input>,
    password: NodeRef<html::Input>,
    remember: NodeRef<html::Input>,
    busy: State<bool>,
    account_missing: State<bool>,
    password_missing: State<bool>,
    /// Seconds until the service takes another try, where it told (experience.md L5).
    wait: Countdown,
}

/// The form.
#[component]
pub fn AccountForm(
    /// What it is made of.
    form: Form,
) -> Part {
    let disabled = move || if form.busy.get() || form.wait.runs() { "true" } else { "false" };
    view! {
        <form
            method="post"
            novalidate=true
            on:submit=move |event| {
                event.prevent_default();
                form.submit();
            }
        >
            <AccountField
                input=form.account
                missing=form.account_missing
                first=form.desk.account.get_untracked()
                typed=Callback::new(move |text: String| form.domains.typed(&text))
                settled=Callback::new(move |text: String| form.domains.settled(&text))
                next=form.password
            />
            <PasswordField input=form.password missing=form.password_missing />
            <div class="beside">
                <Keep desk=form.desk />
                <Remember input=form.remember forgotten=Callback::new(move |()| form.forget()) />
                {forgot_password("text-link")}
            </div>
            <button class="button go wide" type="submit" aria-disabled=disabled>
                {move || form.busy.get().then(|| view! { <Spinner /> })}
                {move || form.button_text()}
            </button>
        </form>
    }
}

impl Form {
    /// An empty form, or one with the account that is known.
    pub fn new(desk: Desk, domains: Domains) -> Self {
        let known = remembered().filter(|_| desk.account.with_untracked(String::is_empty));
        if let Some(account) = known {
            domains.settled(&account);
            desk.account.set(account);
        }
        Self {
            desk,
            domains,
            account: NodeRef::new(),
            password: NodeRef::new(),
            remember: NodeRef::new(),
            busy: State::new(false),
            account_missing: State::new(false),
            password_missing: State::new(false),
            wait: Countdown::new(0),
        }
    }

    /// Signs in with what stands in the boxes.
    pub fn submit(self) {
        if self.busy.get_untracked() || self.wait.runs_untracked() {
            return;
        }
        let (Some(account), Some(password)) = (self.account.get_untracked(), self.password.get_untracked())
        else {
            return;
        };
        let (name, secret) = (account.value().trim().to_owned(), password.value());
        self.account_missing.set(name.is_empty());
        self.password_missing.set(secret.is_empty());
        if name.is_empty() {
            return dom::focus(&account);
        }
        if secret.is_empty() {
            return dom::focus(&password);
        }
        self.busy.set(true);
        self.desk.failure.set(None);
        let secret = Password::new(&secret);
        let remember = self.remember.get_untracked().is_some_and(|input| input.checked());
        browser::spawn(async move {
            let outcome = self.desk.session.log_in(name.clone(), secret, self.desk.keeps()).await;
            if outcome.is_ok() {
                keep(&name, remember);
            }
            // Signed in: the page may be gone already.
            self.busy.set(false);
            match outcome {
                Ok(SignedIn::Yes) => {}
                Ok(SignedIn::NeedsSecondStep(step)) => {
                    self.desk.account.set(name);
                    self.desk.step.set(Step::Second(step));
                }
                Err(error) => self.fail(error),
            }
        });
    }

    /// A password that was refused is cleared and asked for again; after a failure of the network what was typed
    /// survives (experience.md L4, L6).
    fn fail(self, error: Error) {
        if let Some(seconds) = failure::wait_seconds(&error, Place::SignIn) {
            self.wait.start(seconds);
        }
        let survives = error.is_transient();
        self.desk.failure.set(Some(Failure::Call(error)));
        if let Some(password) = self.password.get_untracked().filter(|_| !survives) {
            password.set_value("");
            dom::focus(&password);
        }
    }

    /// The account is forgotten on this device: it does not stay in the box either.
    fn forget(self) {
        self.desk.account.set(String::new());
        self.domains.typed("");
        if let Some(account) = self.account.get_untracked() {
            account.set_value("");
            dom::focus(&account);
        }
    }

    fn button_text(self) -> String {
        let i18n = use_i18n();
        let usual = move || i18n.text(if self.busy.get() { Later::SignInBusy } else { Later::SignInButton });
        self.wait.text(i18n).unwrap_or_else(usual)
    }
}
