//! The working organization: its languages, its roles and the person's among them, and where the person stands in it
//! (contract.md 1.14, 2.2).

use leptos::prelude::*;
use portal_api::role::{GetOrganizationLanguageList, GetOrganizationRoles, Role};
use portal_api::structure::GetUserStructures;
use portal_api::{Organization, OrganizationId, UserId};
use portal_core::names::{Locale, pick};
use portal_core::text::Profile;

use super::id_of;
use crate::i18n::{own_name, tr, use_i18n};
use crate::pages::further::facts::{Fact, facts};
use crate::pages::further::section::{loaded, none};
use crate::pages::further::structures::{names, roles as roles_of, tree, wire};
use crate::query::use_query;
use crate::routes::use_places;

/// Which one it is, and the way to another.
pub(super) fn organization(organization: Organization) -> AnyView {
    let (i18n, places) = (use_i18n(), use_places());
    let known = vec![
        (Profile::Organization.into(), Some(Fact::Text(organization.name))),
        (Profile::OrganizationId.into(), Some(id_of(&organization.id))),
    ];
    view! {
        {facts(i18n, known)}
        <div class="actions">
            <a class="button" href=move || places.href(&places.choice())>
                {tr(Profile::Switch)}
            </a>
        </div>
    }
    .into_any()
}

/// Get Organization Language List.
pub(super) fn languages(organization: OrganizationId) -> AnyView {
    let i18n = use_i18n();
    let load = use_query(move || Some(GetOrganizationLanguageList { organization: organization.clone() }));
    loaded(load, move |languages| {
        if languages.entries.is_empty() {
            return none(Profile::LanguagesNone);
        }
        let shown = i18n.locale();
        let language = |language: &portal_api::Locale| {
            let locale = Locale::parse(language.as_str());
            let name = locale.as_ref().map_or_else(|| language.as_str().to_owned(), own_name);
            let now = (locale.as_ref() == Some(&shown))
                .then(|| view! { <span class="badge">{tr(Profile::LanguagesCurrent)}</span> });
            view! {
                <li>
                    <bdi>{name}</bdi>
                    <code>
                        <bdi>{language.as_str().to_owned()}</bdi>
                    </code>
                    {now}
                </li>
            }
            .into_any()
        };
        let languages: Vec<AnyView> = languages.entries.iter().map(language).collect();
        view! { <ul class="names">{languages}</ul> }.into_any()
    })
}

/// Get User Roles of the person, and below them, for who wants to look, Get Organization Roles.
pub(super) fn roles(user: UserId, organization: OrganizationId) -> AnyView {
    let i18n = use_i18n();
    let own = roles_of(user, organization.clone());
    let load = use_query(move || {
        let locale = wire(&i18n.locale());
        Some(GetOrganizationRoles { organization: organization.clone(), locale })
    });
    let all = loaded(load, move |all| {
        if all.entries.is_empty() {
            return none(Profile::RolesAllNone);
        }
        let locale = i18n.locale();
        let name = |role: &Role| (pick(&role.name, &locale).unwrap_or(role.id.as_str()).to_owned(), None);
        names(all.entries.iter().map(name).collect())
    });
    view! {
        {own}
        <h3>{tr(Profile::RolesAll)}</h3>
        {all}
    }
    .into_any()
}

/// Get User Structures.
pub(super) fn structures() -> AnyView {
    let i18n = use_i18n();
    let load = use_query(|| Some(GetUserStructures));
    loaded(load, move |structures| tree(&structures.entries, i18n))
}
