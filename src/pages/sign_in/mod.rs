//! Sign-in: by account and password, at another place, and the second step. What is typed stays in the fields: it is read
//! when the form is sent and kept nowhere else (hostile.md 28).

pub mod choices;
pub mod domain;
pub mod failure;
pub mod field;
pub mod form;
pub mod keep;
pub mod remember;
pub mod second_step;
pub mod way;

use std::sync::Arc;

use leptos::prelude::*;
use portal_core::settings::SignOn;
use portal_core::sign_on::wants_form;
use portal_core::text::Later;

use self::choices::Choices;
use self::failure::Failure;
use self::second_step::{CodeByMail, OtherKind};
use super::preferences::PreferenceBoxes;
use super::title::{product, set_page_title};
use crate::browser::history;
use crate::components::{Art, Spinner};
use crate::i18n::{tr, use_i18n};
use crate::routes::{Places, use_places};
use crate::session::{SecondStep, Session, use_session};
use crate::settings::Deployment;

/// What the page shows.
#[derive(Clone, PartialEq, Debug)]
pub enum Step {
    /// The ways to sign in.
    Choices,
    /// The page is about to be left for another place, by its name.
    Going(Option<String>),
    /// The code of another place is on its way to the service.
    SigningIn,
    /// The second step.
    Second(SecondStep),
}

/// The page as its parts see it.
#[derive(Clone, Copy)]
pub struct Desk {
    /// Here for what happens after the page is drawn, when nothing is provided any more.
    deployment: StoredValue<Arc<Deployment>>,
    session: Session,
    places: Places,
    step: RwSignal<Step>,
    failure: RwSignal<Option<Failure>>,
    /// What was typed before the second step, for whoever comes back from it.
    account: RwSignal<String>,
}

/// The page.
#[component]
pub fn SignInPage() -> impl IntoView {
    set_page_title(tr(Later::SignInTitle));
    let desk = Desk {
        deployment: StoredValue::new(expect_context()),
        session: use_session(),
        places: use_places(),
        step: RwSignal::new(Step::Choices),
        failure: RwSignal::new(None),
        account: RwSignal::new(String::new()),
    };
    way::arrive(desk);
    view! {
        <div class="sign-in">
            <Art title=product() sentence=tr(Later::SignInTagline) />
            <div class="sign-in-side">
                <header>
                    <PreferenceBoxes />
                </header>
                <main id="main">
                    {move || match desk.step.get() {
                        Step::Choices => view! { <Choices desk /> }.into_any(),
                        Step::Going(name) => busy(move || going(name.as_deref())),
                        Step::SigningIn => busy(|| use_i18n().text(Later::SignInBusy)),
                        Step::Second(step) if step.is_email_code() => view! { <CodeByMail desk step /> }.into_any(),
                        Step::Second(step) => view! { <OtherKind desk step /> }.into_any(),
                    }}
                </main>
                <footer>
                    <Links />
                </footer>
            </div>
        </div>
    }
}

impl Desk {
    /// What the settings say of another place.
    fn sign_on(self) -> SignOn {
        self.deployment.with_value(|deployment| deployment.settings.sign_on.clone())
    }

    /// Whether there is a form for account and password.
    fn has_form(self) -> bool {
        let allowed = self.deployment.with_value(|deployment| deployment.settings.password_sign_in);
        allowed || wants_form(&history::search())
    }
}

/// Nothing to do but wait.
fn busy(words: impl Fn() -> String + Send + Sync + 'static) -> AnyView {
    view! {
        <h1>{tr(Later::SignInTitle)}</h1>
        <p class="lead waiting" role="status">
            <Spinner />
            {words}
        </p>
    }
    .into_any()
}

fn going(name: Option<&str>) -> String {
    let i18n = use_i18n();
    match name {
        Some(name) => i18n.fill(Later::SignOnGoingNamed, &[("name", name)]),
        None => i18n.text(Later::SignOnGoing),
    }
}

#[component]
fn Links() -> impl IntoView {
    let settings = &expect_context::<Arc<Deployment>>().settings;
    let link = |address: Option<String>, name: Later| {
        address.map(|address| {
            view! { <a href=address target="_blank" rel="noopener noreferrer">{tr(name)}</a> }
        })
    };
    let (help, privacy) = (settings.help_url.clone(), settings.privacy_url.clone());
    (link(help, Later::Help), link(privacy, Later::Privacy))
}
