//! The wiring: settings, language, session and places are provided here, and the table of screens stands here.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::components::Router;
use portal_core::route::{ReturnPath, Route};
use portal_core::session::Ended;

use crate::browser::{self, Host};
use crate::i18n::I18n;
use crate::leaving::{Leaving, use_leaving};
use crate::pages::follow::Follow;
use crate::pages::own_tab::OwnTabs;
use crate::pages::person::Person;
use crate::pages::waiting::Waiting;
use crate::pages::{application, launcher};
use crate::query::Queries;
use crate::routes::{Gate, Places};
use crate::session::{Driver, Session, Stage, use_session};
use crate::settings::{self, Deployment};
use crate::{landing, lazy, traces};

/// Starts the portal in the page.
pub fn start() {
    std::panic::set_hook(Box::new(|info| browser::crashed(&info.to_string())));
    // Leptos has no executor until something is mounted.
    browser::spawn(async {
        let deployment = settings::read().await;
        let offered = deployment.as_ref().map(|d| d.settings.locales.clone()).unwrap_or_default();
        let i18n = I18n::start(&offered).await;
        let handed_over = browser::handed_over().await;
        mount_to_body(move || {
            provide_context(i18n);
            provide_context(Leaving::start());
            match deployment {
                Ok(deployment) => view! { <Portal deployment handed_over /> }.into_any(),
                Err(problem) => lazy::unusable(problem),
            }
        });
    });
}

#[component]
fn Portal(deployment: Deployment, handed_over: Option<String>) -> impl IntoView {
    let driver = Driver::new(Host::of_this_build(), &deployment.settings, lazy::keeper);
    let session = Session::start(driver, handed_over.as_deref());
    provide_context(Arc::new(deployment));
    provide_context(session);
    provide_context(Queries::start(session));
    provide_context(Person::start(session));
    provide_context(Waiting::start());
    provide_context(application::OpenBranches::default());
    provide_context(Follow::start());
    provide_context(OwnTabs::start());
    let gate = Gate::start(use_leaving());
    // The base ends at a slash: "/portal-admin" is not below "/portal/".
    view! {
        <Router base=browser::base()>
            <Screens gate />
        </Router>
    }
}

/// Which screen is shown. Two addresses of one screen are one value, so that the screen stays.
#[derive(Clone, PartialEq, Debug)]
enum Screen {
    SignIn,
    Organizations,
    /// The address names another organization than the working one.
    OtherOrganization,
    Launcher,
    Application,
    Further,
    NotFound,
    /// On the way to another address.
    Leaving,
}

#[component]
fn Screens(gate: Gate) -> impl IntoView {
    let session = use_session();
    let places = Places::start(gate, use_leaving());
    provide_context(places);
    if session.stage_untracked().organization().is_some() {
        landing::land(session, places, landing::to_last());
    }
    redirect(session, places);
    traces::follow(session);

    let screen = Memo::new(move |_| screen(session, places));
    let epoch = Memo::new(move |_| session.epoch());
    // Stands beside the others: what is open in it stays alive behind them.
    let in_application = Memo::new(move |_| screen.get() == Screen::Application);
    let shown = move || match screen.get() {
        Screen::SignIn => lazy::sign_in(),
        Screen::Organizations => lazy::organizations(),
        Screen::OtherOrganization => lazy::other_organization(),
        Screen::Launcher => {
            Effect::new(browser::reveal);
            view! { <launcher::LauncherPage /> }.into_any()
        }
        Screen::Further => lazy::further(),
        Screen::NotFound => lazy::not_found(),
        Screen::Application | Screen::Leaving => ().into_any(),
    };
    view! {
        // Another user or organization: all is made again, and no element of the screen before stays.
        <For
            each=move || [epoch.get()]
            key=|epoch| *epoch
            children=move |_| view! { {shown} {lazy::application(in_application)} }.into_any()
        />
        {lazy::guard()}
        {lazy::notices()}
    }
}

fn screen(session: Session, places: Places) -> Screen {
    let route = places.route();
    match (session.stage(), route) {
        (Stage::SignedOut { .. }, Route::SignIn { .. } | Route::SignInCallback) => Screen::SignIn,
        (Stage::NoOrganization { .. } | Stage::Active { .. }, Route::Organizations { .. }) => {
            Screen::Organizations
        }
        (Stage::Active { organization }, route) => {
            let foreign = places.organization().is_some_and(|named| named != organization.id);
            match route {
                Route::SignIn { .. } | Route::SignInCallback | Route::Organizations { .. } => Screen::Leaving,
                _ if foreign => Screen::OtherOrganization,
                Route::Launcher { .. } => Screen::Launcher,
                Route::Application { .. } => Screen::Application,
                Route::Further { .. } => Screen::Further,
                Route::NotFound => Screen::NotFound,
            }
        }
        _ => Screen::Leaving,
    }
}

/// Sends who is not signed in to sign-in, who has no organization to the choice, and back to where they wanted to
/// go (experience.md L12, L14).
fn redirect(session: Session, places: Places) {
    let to_last = landing::to_last();
    let land = move || places.replace(&untrack(|| landing::landing(session, to_last)));
    Effect::new(move || {
        let route = places.route();
        match session.stage() {
            Stage::SignedOut { ended } => {
                if !matches!(route, Route::SignIn { .. } | Route::SignInCallback) {
                    // Who signs out on purpose does not come back to where it was.
                    let left = ended.is_some_and(Ended::is_wanted);
                    let next = if left { None } else { wanted(places, route) };
                    places.replace(&Route::SignIn { next });
                }
            }
            Stage::NoOrganization { .. } => {
                if !matches!(route, Route::Organizations { .. }) {
                    places.replace(&Route::Organizations { next: wanted(places, route) });
                }
            }
            Stage::Active { .. } => match route {
                Route::SignIn { next: Some(path) } => places.replace_path(&path),
                Route::SignIn { next: None } | Route::SignInCallback => land(),
                _ => {}
            },
        }
    });
}

/// Where the person wanted to go: what the address says, or where they are. The launcher needs no saying.
fn wanted(places: Places, route: Route) -> Option<ReturnPath> {
    match route {
        Route::SignIn { next } | Route::Organizations { next } => next,
        Route::SignInCallback => None,
        _ => places.here().filter(|path| path.as_str() != "/"),
    }
}
