//! The choice of an organization, after signing in and to switch. Someone with exactly one does not see it after
//! signing in (experience.md O1).

mod choosing;
mod last;
mod list;

use std::sync::Arc;

use leptos::prelude::*;
use portal_api::organization::GetOrganizationList;
use portal_core::notice::Place;
use portal_core::route::Route;
use portal_core::text::{Later, Text};

use self::choosing::Choosing;
use self::last::Last;
use self::list::{always, choice};
use super::follow::use_follow;
use super::preferences::PreferenceBoxes;
use super::problem::problem;
use super::title::{product, set_page_title};
use crate::browser::viewport;
use crate::components::{Icon, IconName, PageState, SkeletonRows};
use crate::i18n::{tr, use_i18n};
use crate::landing;
use crate::leaving::use_leaving;
use crate::query::use_query;
use crate::routes::use_places;
use crate::session::{Stage, use_session};
use crate::settings::Deployment;

pub use choosing::work_in;

/// The id of the heading.
const HEADING: &str = "organizations-title";

/// The page.
#[component]
pub fn OrganizationsPage() -> impl IntoView {
    let (session, places) = (use_session(), use_places());
    set_page_title(tr(Later::OrganizationsTitle));
    let next = move || match places.route() {
        Route::Organizations { next } => next,
        _ => None,
    };
    let named = match session.stage_untracked() {
        Stage::NoOrganization { organizations } => organizations,
        _ => None,
    };
    let choosing = Choosing {
        session,
        places,
        next: Signal::derive(next),
        follow: use_follow(),
        leaving: use_leaving(),
        busy: RwSignal::new(None),
        failed: RwSignal::new(None),
        always: RwSignal::new(Last::read(session).is_some_and(|last| last.always)),
        to_last: landing::to_last(),
        automatic: named.is_some() || viewport::is_first_screen(),
    };
    // Those that Log In named are not asked for.
    let is_named = named.is_some();
    let named = StoredValue::new(named.map(Arc::new));
    let load = use_query(move || (!is_named).then_some(GetOrganizationList));
    let organizations = Signal::derive(move || named.get_value().or_else(|| load.value()));
    Effect::new(move || {
        if let Some(only) = organizations.get().and_then(|list| choosing.without_asking(&list)) {
            choosing.choose(only);
        }
    });
    // Of its own, so that a choice that failed does not draw the list anew under the person's focus.
    let asks =
        Memo::new(move |_| organizations.get().is_some_and(|list| choosing.without_asking(&list).is_none()));
    let is_empty = Memo::new(move |_| organizations.get().is_some_and(|list| list.entries.is_empty()));
    let content = move || {
        if let Some(error) = load.error().filter(|_| organizations.get().is_none()) {
            return problem(&error, Place::Organizations, Callback::new(move |()| load.retry()));
        }
        match organizations.get() {
            None => view! { <SkeletonRows cancel=load.canceller() /> }.into_any(),
            Some(_) if !asks.get() => view! { <SkeletonRows /> }.into_any(),
            Some(list) if list.entries.is_empty() => none(),
            Some(list) => view! {
                {choice(list.entries.clone(), choosing)}
                {(list.entries.len() > 1).then(|| always(&list, choosing))}
            }
            .into_any(),
        }
    };
    view! {
        <div class="before">
            <Head />
            <main class="organizations" id="main">
                {move || {
                    (!is_empty.get())
                        .then(|| view! { <h1 id=HEADING tabindex="-1">{tr(Later::OrganizationsTitle)}</h1> })
                }}
                {move || choosing.told(organizations.get().as_deref().filter(|_| asks.get()))}
                {content}
                <div class="below">
                    <button type="button" class="text-link" on:click=move |_| session.sign_out()>
                        {tr(Text::AccountSignOut)}
                    </button>
                    <Cancel choosing />
                </div>
            </main>
        </div>
    }
}

/// The product, and for who came to switch the organization that they still work in (experience.md O6).
#[component]
fn Head() -> impl IntoView {
    let (i18n, session, places) = (use_i18n(), use_session(), use_places());
    let organization = move || {
        let stage = session.stage();
        let name = &stage.organization()?.name;
        let label = i18n.fill(Text::BannerOrganization, &[("organization", name)]);
        Some(view! { <span class="org"><bdi>{label}</bdi></span> }.into_any())
    };
    view! {
        <header class="before-head">
            <a class="brand" href=places.href(&Route::launcher())>
                <Icon name=IconName::LOGO />
                <span>{product()}</span>
            </a>
            {organization}
            <PreferenceBoxes />
        </header>
    }
}

/// Back to where the person came from to switch.
#[component]
fn Cancel(choosing: Choosing) -> impl IntoView {
    move || {
        let stays = choosing.session.stage().organization().is_some();
        let back = choosing.next.get().map_or_else(Route::launcher, |next| next.route());
        let href = choosing.places.href(&back);
        stays.then(|| view! { <a class="text-link" href=href>{tr(Later::Cancel)}</a> })
    }
}

/// Experience.md O2: plain words, whom to ask, and the way out below.
fn none() -> AnyView {
    let i18n = use_i18n();
    let contact = expect_context::<Arc<Deployment>>().settings.contact.clone();
    let detail = match contact {
        Some(contact) => i18n.fill(Text::Contact, &[("contact", &contact)]),
        None => i18n.text(Later::OrganizationsNoneDetail),
    };
    let title = i18n.text(Later::OrganizationsNone);
    view! { <PageState icon=IconName::EMPTY title detail=Some(detail) heading=true /> }.into_any()
}
