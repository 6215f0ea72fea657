//! `/profile`: the person, the sign-in, the organization, and what can be set for this browser (experience.md P1, P2, P4).
//! Each part has its own call; one that fails takes nothing else with it. No token is ever shown.

mod organization;
mod password;
mod person;

use leptos::prelude::*;
use portal_api::authentication::{GetTokenInformation, TokenInformation};
use portal_api::{OrganizationId, UserId};
use portal_core::text::{People, Profile};

use super::page;
use super::section::{loaded, none, section};
use super::structures::{by_application, permissions};
use crate::i18n::tr;
use crate::pages::preferences::PreferenceBoxes;
use crate::query::{Query, use_query};
use crate::session::{Session, use_session};

/// The page.
#[component]
pub fn ProfilePage() -> impl IntoView {
    page(Profile::Title, Box::new(sections))
}

fn sections() -> AnyView {
    let session = use_session();
    let Some(organization) = session.stage_untracked().organization().cloned() else { return ().into_any() };
    let told: Query<TokenInformation> = use_query(|| Some(GetTokenInformation));
    let id = organization.id.clone();
    let roles = {
        let id = id.clone();
        of_user(session, told, move |user| organization::roles(user, id.clone()))
    };
    let held = {
        let id = id.clone();
        of_user(session, told, move |user| permissions(user, id.clone()))
    };
    view! {
        <div class="sections">
            {section("profile-you", Profile::You, person::person())}
            {section("profile-preferences", Profile::Preferences, preferences())}
            {section("profile-session", Profile::Session, person::session(told, organization.clone()))}
            {section("profile-organization", Profile::Organization, organization::organization(organization))}
            {section("profile-languages", Profile::Languages, organization::languages(id.clone()))}
            {section("profile-roles", People::Roles, roles)}
            {section("profile-permissions", People::Permissions, held)}
            {section("profile-structures", People::Structures, organization::structures())}
            {section("profile-assigned", People::StructuresBy, by_application(id))}
            {section("profile-password", Profile::Password, password::password())}
        </div>
    }
    .into_any()
}

/// Something about the person who is signed in. Who that is, the sign-in has said, or the token tells.
fn of_user(
    session: Session,
    told: Query<TokenInformation>,
    draw: impl Fn(UserId) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let known = Memo::new(move |_| session.viewer().id);
    let draw = std::sync::Arc::new(draw);
    (move || match known.get() {
        Some(user) => draw(user),
        None => {
            let draw = std::sync::Arc::clone(&draw);
            loaded(told, move |told| match told.viewer.id.clone() {
                Some(user) => draw(user),
                None => none(Profile::Unknown),
            })
        }
    })
    .into_any()
}

fn preferences() -> AnyView {
    view! {
        <p class="section-about">{tr(Profile::PreferencesAbout)}</p>
        <div class="section-choices">
            <PreferenceBoxes />
        </div>
    }
    .into_any()
}

/// The id of an organization as a fact.
fn id_of(organization: &OrganizationId) -> super::facts::Fact {
    super::facts::Fact::Code(organization.as_str().to_owned())
}
