//! Who the person is, and what the service says of the sign-in (contract.md 1.3, 1.12).

use leptos::prelude::*;
use portal_api::authentication::TokenInformation;
use portal_api::organization::{GetUserInformation, UserInformation};
use portal_api::{AccountKind, Organization};
use portal_core::text::{People, Profile, Word};

use super::id_of;
use crate::components::{InitialsMark, Notice, Tone};
use crate::i18n::{tr, use_i18n};
use crate::pages::further::facts::{Fact, facts};
use crate::pages::further::section::loaded;
use crate::query::{Query, use_query};

/// Get User Information.
pub(super) fn person() -> AnyView {
    let i18n = use_i18n();
    let load = use_query(|| Some(GetUserInformation));
    loaded(load, move |told| {
        let name = told.shown_name().unwrap_or_default().to_owned();
        let key = told.id.as_ref().map_or_else(|| name.clone(), |id| id.as_str().to_owned());
        view! {
            <div class="section-person">
                <InitialsMark key=key name=name.clone() />
                <b dir="auto">{name}</b>
            </div>
            {facts(i18n, known(&told))}
        }
        .into_any()
    })
}

fn known(told: &UserInformation) -> Vec<(Word, Option<Fact>)> {
    let kind = told.kind.map(|kind| match kind {
        AccountKind::Portal => People::KindPortal,
        AccountKind::Domain => People::KindDomain,
    });
    vec![
        (People::Nickname.into(), Fact::text(told.nickname.as_deref())),
        (People::ColumnAccount.into(), Fact::text(told.name.as_deref())),
        (People::ColumnEmail.into(), Fact::text(told.email.as_deref())),
        (People::ColumnPhone.into(), Fact::text(told.phone.as_deref())),
        (People::Company.into(), Fact::text(told.company.as_deref())),
        (People::Department.into(), Fact::text(told.department.as_deref())),
        (People::Position.into(), Fact::text(told.position.as_deref())),
        (People::Description.into(), Fact::text(told.description.as_deref())),
        (People::Domain.into(), Fact::text(told.domain.as_deref())),
        (People::Kind.into(), kind.map(|kind| Fact::Words(kind.into()))),
        (People::Created.into(), Fact::time(told.created.as_deref())),
        (People::ColumnJoined.into(), Fact::time(told.joined.as_deref())),
        (People::ColumnUpdated.into(), Fact::time(told.updated.as_deref())),
        (Profile::UserId.into(), Fact::code(told.id.as_ref().map(portal_api::UserId::as_str))),
    ]
}

/// Get Token Information. Another organization than that of the page means that another place has switched.
pub(super) fn session(load: Query<TokenInformation>, here: Organization) -> AnyView {
    let i18n = use_i18n();
    let told = loaded(load, move |told| {
        let organization = told.organization.as_ref();
        let elsewhere = organization.is_some_and(|organization| organization.id != here.id);
        let known = vec![
            (Profile::User.into(), Fact::text(Some(&told.viewer.name))),
            (Profile::UserId.into(), Fact::code(told.viewer.id.as_ref().map(portal_api::UserId::as_str))),
            (Profile::Organization.into(), Fact::text(organization.map(|it| it.name.as_str()))),
            (Profile::OrganizationId.into(), organization.map(|organization| id_of(&organization.id))),
        ];
        view! {
            {elsewhere.then(|| view! { <Notice title=i18n.text(Profile::SessionElsewhere) tone=Tone::Warn /> })}
            {facts(i18n, known)}
        }.into_any()
    });
    view! {
        <p class="section-about">{tr(Profile::SessionAbout)}</p>
        {told}
    }
    .into_any()
}
