//! What is known of one person: all that the list says, and what the service says besides (contract.md 2.2).

use leptos::prelude::*;
use portal_api::{AccountKind, Person};
use portal_core::text::{People, Word};

use super::list::List;
use crate::i18n::use_i18n;
use crate::pages::further::facts::{Fact, facts};
use crate::pages::further::section::{none, section};
use crate::pages::further::structures::{by_application, permissions, roles};
use crate::session::use_session;

/// The details of a person.
pub(super) fn one(list: List, person: Person) -> AnyView {
    let (i18n, session) = (use_i18n(), use_session());
    let Some(organization) = list.organization.get_untracked() else { return ().into_any() };
    let is_self = session.viewer_untracked().id.as_ref() == Some(&person.id);
    let user = person.id.clone();
    let structures =
        if is_self { by_application(organization.clone()) } else { none(People::StructuresOthers) };
    view! {
        {facts(i18n, known(&person))}
        {section("details-roles", People::Roles, roles(user.clone(), organization.clone()))}
        {section("details-permissions", People::Permissions, permissions(user, organization))}
        {section("details-structures", People::Structures, structures)}
    }
    .into_any()
}

fn known(person: &Person) -> Vec<(Word, Option<Fact>)> {
    let kind = person.kind.map(|kind| match kind {
        AccountKind::Portal => People::KindPortal,
        AccountKind::Domain => People::KindDomain,
    });
    let member = person.member.map(|member| if member { People::Yes } else { People::No });
    let words = |word: Option<People>| word.map(|word| Fact::Words(word.into()));
    vec![
        (People::Nickname.into(), Fact::text(person.nickname.as_deref())),
        (People::ColumnAccount.into(), Fact::text(person.name.as_deref())),
        (People::ColumnEmail.into(), Fact::text(person.email.as_deref())),
        (People::ColumnPhone.into(), Fact::text(person.phone.as_deref())),
        (People::Description.into(), Fact::text(person.description.as_deref())),
        (People::Domain.into(), Fact::text(person.domain.as_deref())),
        (People::Kind.into(), words(kind)),
        (People::Member.into(), words(member)),
        (People::Created.into(), Fact::time(person.created.as_deref())),
        (People::ColumnJoined.into(), Fact::time(person.joined.as_deref())),
        (People::ColumnUpdated.into(), Fact::time(person.updated.as_deref())),
        (People::Id.into(), Fact::code(Some(person.id.as_str()))),
    ]
}
