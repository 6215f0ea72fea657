//! An address that names another organization (`org=`): the person is asked before the session moves, because all
//! tabs share one working organization (experience.md O5, O9).

use leptos::prelude::*;
use portal_api::organization::GetOrganizationList;
use portal_api::{Error, Organization};
use portal_core::notice::Place;
use portal_core::route::Route;
use portal_core::text::Later;

use super::banner::Banner;
use super::organizations::work_in;
use super::problem::{problem, problem_with};
use super::title::set_page_title;
use crate::browser;
use crate::components::{IconName, PageState, SkeletonRows};
use crate::i18n::{tr, use_i18n};
use crate::leaving::use_leaving;
use crate::query::use_query;
use crate::routes::use_places;
use crate::session::use_session;

/// The page.
#[component]
pub fn OtherOrganizationPage() -> impl IntoView {
    let places = use_places();
    set_page_title(tr(Later::OrganizationsTitle));
    let organizations = use_query(|| Some(GetOrganizationList));
    let failed = RwSignal::new(None::<Error>);
    let content = move || {
        if let Some(error) = failed.get() {
            let again = Callback::new(move |()| failed.set(None));
            // The switch did not happen: the organization of before is still there to work in.
            return problem_with(&error, Place::Organizations, again, stay());
        }
        match (organizations.value(), organizations.error()) {
            (Some(list), _) => {
                let named = places.organization();
                let member = list.entries.iter().find(|o| Some(&o.id) == named.as_ref()).cloned();
                match member {
                    Some(organization) => ask(organization, failed),
                    None => foreign(),
                }
            }
            (None, Some(error)) => {
                problem(&error, Place::Organizations, Callback::new(move |()| organizations.retry()))
            }
            (None, None) => view! { <SkeletonRows cancel=organizations.canceller() /> }.into_any(),
        }
    };
    view! {
        <Banner />
        <main class="page" id="main" tabindex="-1">
            {content}
        </main>
    }
}

fn ask(organization: Organization, failed: RwSignal<Option<Error>>) -> AnyView {
    let (i18n, session, leaving) = (use_i18n(), use_session(), use_leaving());
    let name = organization.name.clone();
    let current = session.stage().organization().map(|o| o.name.clone()).unwrap_or_default();
    let title = i18n.fill(Later::OrganizationAsk, &[("organization", &name)]);
    let detail = i18n.fill(Later::OrganizationAskDetail, &[("current", &current)]);
    let switch_name = i18n.fill(Later::OrganizationAskSwitch, &[("organization", &name)]);
    // The address names the organization that is then the working one: the page behind it opens by itself.
    let switch = move |_| {
        let organization = organization.clone();
        leaving.ask_for_all(move || {
            let organization = organization.clone();
            browser::spawn(async move {
                if let Err(error) = work_in(session, organization, None).await {
                    failed.set(Some(error));
                }
            });
        });
    };
    view! {
        <PageState icon=IconName::SWAP title detail=Some(detail) heading=true>
            <button type="button" class="button go" on:click=switch>
                {switch_name}
            </button>
            {stay()}
        </PageState>
    }
    .into_any()
}

/// The way to the same place in the working organization.
fn stay() -> AnyView {
    let (i18n, session, places) = (use_i18n(), use_session(), use_places());
    let current = session.stage().organization().map(|o| o.name.clone()).unwrap_or_default();
    let name = i18n.fill(Later::OrganizationAskStay, &[("organization", &current)]);
    let press = move |_| places.replace(&places.route_untracked());
    view! { <button type="button" class="button" on:click=press>{name}</button> }.into_any()
}

fn foreign() -> AnyView {
    let (i18n, places) = (use_i18n(), use_places());
    let title = i18n.text(Later::OrganizationForeign);
    let detail = Some(i18n.text(Later::OrganizationForeignDetail));
    view! {
        <PageState icon=IconName::LOCK title detail heading=true>
            <a class="button go" href=places.href(&Route::launcher())>
                {tr(Later::NotFoundHome)}
            </a>
            <a class="button" href=places.href(&Route::Organizations { next: None })>
                {tr(Later::AccountSwitchOrganization)}
            </a>
        </PageState>
    }
    .into_any()
}
