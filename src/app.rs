//! The wiring: settings, language, session and places are provided here, and the table of screens stands here.

use std::rc::Rc;

use leptos::prelude::*;
use portal_core::route::{ReturnPath, Route};
use portal_core::session::Ended;

use crate::browser::{self, Host};
use crate::i18n::I18n;
use crate::landing;
use crate::lazy;
use crate::leaving::{Leaving, use_leaving};
use crate::load::Pulse;
use crate::pages::follow::Follow;
use crate::pages::own_tab::OwnTabs;
use crate::pages::person::Person;
use crate::pages::waiting::Waiting;
use crate::pages::{application, launcher};
use crate::routes::Places;
use crate::session::{Driver, Session, Stage, use_session};
use crate::settings::{self, Deployment};
use crate::state::{Derived, effect, provide};
use crate::traces;
use crate::view::{self, Part, view};

/// Starts the portal in the page.
pub fn start() {
    std::panic::set_hook(Box::new(|info| browser::crashed(&info.to_string())));
    // Leptos has no executor until something is mounted.
    browser::spawn(async {
        let deployment = settings::read().await;
        let offered = deployment.as_ref().map(|d| d.settings.locales.clone()).unwrap_or_default();
        let i18n = I18n::start(&offered).await;
        let handed_over = browser::handed_over().await;
        view::mount(move || {
            provide(i18n);
            provide(Leaving::start());
            match deployment {
                Ok(deployment) => view! { <Portal deployment handed_over /> },
                Err(problem) => lazy::unusable(problem),
            }
        });
    });
}

#[component]
fn Portal(deployment: Deployment, handed_over: Option<String>) -> Part {
    let driver = Driver::new(Host::of_this_build(), &deployment.settings, lazy::keeper);
    let session = Session::start(driver, handed_over.as_deref());
    provide(Rc::new(deployment));
    provide(session);
    provide(Person::start(session));
    provide(Waiting::start());
    provide(application::OpenBranches::default());
    provide(Follow::start());
    provide(OwnTabs::start());
    provide(Pulse::start());
    view! { <Screens /> }
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
fn Screens() -> Part {
    let session = use_session();
    let places = Places::start(&browser::base(), use_leaving());
    provide(places);
    places.follow_links();
    if session.stage_untracked().organization().is_some() {
        landing::land(places);
    }
    redirect(session, places);
    traces::follow(session);

    let screen = Derived::new(move |_| screen(session, places));
    let epoch = Derived::new(move |_| session.epoch());
    // Stands beside the others: what is open in it stays alive behind them.
    let in_application = Derived::new(move |_| screen.get() == Screen::Application);
    let applications = move || {
        let _ = epoch.get();
        lazy::application(in_application)
    };
    let shown = move || {
        // Another user or organization: nothing of the screen before stays.
        let _ = epoch.get();
        match screen.get() {
            Screen::SignIn => lazy::sign_in(),
            Screen::Organizations => lazy::organizations(),
            Screen::OtherOrganization => lazy::other_organization(),
            Screen::Launcher => {
                effect(browser::reveal);
                view! { <launcher::LauncherPage /> }
            }
            Screen::Further => lazy::further(),
            Screen::NotFound => lazy::not_found(),
            Screen::Application | Screen::Leaving => Part::empty(),
        }
    };
    view! {
        {shown}
        {applications}
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
    effect(move || {
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
                Route::SignIn { next } => go_on(places, next),
                Route::SignInCallback => places.replace(&untrack(landing::landing)),
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

fn go_on(places: Places, next: Option<ReturnPath>) {
    match next {
        Some(path) => places.replace_path(&path),
        None => places.replace(&untrack(landing::landing)),
    }
}
