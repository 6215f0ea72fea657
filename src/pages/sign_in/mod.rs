//! Sign-in by account and password. What is typed stays in the fields: it is read when the form is sent and kept
//! nowhere else (hostile.md 28).

pub mod failure;
pub mod field;

use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use portal_api::{Error, Password};
use portal_core::session::Ended;
use portal_core::text::Later;

use self::failure::{Failure, FailureNotice};
use self::field::{AccountField, PasswordField};
use super::preferences::PreferenceBoxes;
use super::title::{product, set_page_title};
use crate::browser::{self, dom};
use crate::components::{Art, Notice, Spinner, Tone};
use crate::i18n::{tr, use_i18n};
use crate::session::{Session, SignedIn, Stage, use_session};
use crate::settings::Deployment;
use crate::state::{Callback, State, effect, provided};
use crate::view::{NodeRef, Part, view};

/// Whether the person comes with a sign-in code that this tab did not ask for (hostile.md 19).
#[derive(Clone, Copy, Debug)]
pub struct ForeignCode(pub State<bool>);

/// The page.
#[component]
pub fn SignInPage() -> Part {
    let session = use_session();
    set_page_title(tr(Later::SignInTitle));
    let form = Form {
        session,
        account: NodeRef::new(),
        password: NodeRef::new(),
        busy: State::new(false),
        failure: State::new(None),
        account_missing: State::new(false),
        password_missing: State::new(false),
        wait: State::new(0),
    };
    form.count_down();
    let disabled = move || if form.busy.get() || form.wait.get() > 0 { "true" } else { "false" };
    view! {
        <div class="sign-in">
            <Art title=product() sentence=tr(Later::SignInTagline) />
            <div class="sign-in-side">
                <header>
                    <PreferenceBoxes />
                </header>
                <main id="main">
                    <h1>{tr(Later::SignInTitle)}</h1>
                    <p class="lead">{tr(Later::SignInLead)}</p>
                    <ReasonNotice form />
                    <FailureNotice failure=form.failure again=Callback::new(move |()| form.submit()) />
                    <form
                        method="post"
                        novalidate=true
                        on:submit=move |event| {
                            event.prevent_default();
                            form.submit();
                        }
                    >
                        <AccountField input=form.account missing=form.account_missing />
                        <PasswordField input=form.password missing=form.password_missing />
                        <button class="button go wide" type="submit" aria-disabled=disabled>
                            {move || form.busy.get().then(|| view! { <Spinner /> })}
                            {move || form.button_text()}
                        </button>
                    </form>
                </main>
                <footer>
                    <Links />
                </footer>
            </div>
        </div>
    }
}

/// The form and what became of it.
#[derive(Clone, Copy)]
struct Form {
    session: Session,
    account: NodeRef<html::Input>,
    password: NodeRef<html::Input>,
    busy: State<bool>,
    failure: State<Option<Failure>>,
    account_missing: State<bool>,
    password_missing: State<bool>,
    /// Seconds until the service takes another try, where it told (experience.md L5).
    wait: State<u32>,
}

impl Form {
    fn submit(self) {
        if self.busy.get_untracked() || self.wait.get_untracked() > 0 {
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
        self.failure.set(None);
        let secret = Password::new(&secret);
        browser::spawn(async move {
            let outcome = self.session.log_in(name, secret).await;
            // Signed in: the page may be gone already.
            self.busy.set(false);
            match outcome {
                Ok(SignedIn::Yes) => {}
                Ok(SignedIn::NeedsSecondFactor(_)) => self.clear_password(Failure::SecondFactor),
                Err(error) => self.fail(error),
            }
        });
    }

    /// A password that was refused is cleared and asked for again; after a failure of the network what was typed
    /// survives (experience.md L4, L6).
    fn fail(self, error: Error) {
        if let Some(seconds) = failure::wait_seconds(&error) {
            self.wait.set(seconds);
        }
        if error.is_transient() {
            self.failure.set(Some(Failure::Call(error)));
        } else {
            self.clear_password(Failure::Call(error));
        }
    }

    fn clear_password(self, failure: Failure) {
        self.failure.set(Some(failure));
        if let Some(password) = self.password.get_untracked() {
            password.set_value("");
            dom::focus(&password);
        }
    }

    fn button_text(self) -> String {
        let i18n = use_i18n();
        let seconds = self.wait.get();
        if seconds > 0 {
            let count = usize::try_from(seconds).unwrap_or(usize::MAX);
            return i18n.count(Later::NoticeTryAgainInOne, Later::NoticeTryAgainInOther, count);
        }
        i18n.text(if self.busy.get() { Later::SignInBusy } else { Later::SignInButton })
    }

    fn count_down(self) {
        effect(move || {
            if self.wait.get() > 0 {
                set_timeout(
                    move || {
                        self.wait.update(|seconds| *seconds = seconds.saturating_sub(1));
                    },
                    std::time::Duration::from_secs(1),
                );
            }
        });
    }
}

/// Why the person is here, when a session ended (experience.md L15).
#[component]
fn ReasonNotice(form: Form) -> Part {
    let i18n = use_i18n();
    let ForeignCode(foreign_code) = provided();
    Part::of(move || {
        if form.failure.get().is_some() {
            return None;
        }
        if foreign_code.get() {
            return Some(view! { <Notice title=i18n.text(Later::SignInCallbackRefused) tone=Tone::Warn /> });
        }
        let Stage::SignedOut { ended: Some(ended) } = form.session.stage() else { return None };
        let (text, tone) = match ended {
            Ended::SignedOut => (Later::EndedSignedOut, Tone::Calm),
            Ended::SignedOutLocally => (Later::EndedSignedOutLocally, Tone::Warn),
            Ended::Expired => (Later::EndedExpired, Tone::Warn),
            Ended::Elsewhere => (Later::EndedElsewhere, Tone::Warn),
            Ended::SignedOutInOtherTab => (Later::EndedOtherTab, Tone::Calm),
            Ended::Idle => (Later::EndedIdle, Tone::Warn),
        };
        Some(view! { <Notice title=i18n.text(text) tone /> })
    })
}

#[component]
fn Links() -> Part {
    let settings = &provided::<Rc<Deployment>>().settings;
    let link = |address: Option<String>, name: Later| {
        address.map(|address| {
            view! { <a href=address target="_blank" rel="noopener noreferrer">{tr(name)}</a> }
        })
    };
    let (help, privacy) = (settings.help_url.clone(), settings.privacy_url.clone());
    Part::of((link(help, Later::Help), link(privacy, Later::Privacy)))
}
