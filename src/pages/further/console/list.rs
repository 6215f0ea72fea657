//! The list of operations, in the families of the documentation; on a phone one box to choose from.

use leptos::prelude::*;
use portal_api::describe::{self, Description};
use portal_api::{Audience, Family};
use portal_core::console::matches;
use portal_core::search::fold;
use portal_core::text::{Console, Later};

use super::desk::Desk;
use crate::components::{Choice, SearchBox};
use crate::i18n::tr;

/// The families with their names, in the order of the documentation.
const FAMILIES: [(Family, Console); 4] = [
    (Family::Authentication, Console::FamilyAuthentication),
    (Family::UserAndOrganization, Console::FamilyUser),
    (Family::Asset, Console::FamilyAsset),
    (Family::Application, Console::FamilyApplication),
];

/// The name of a family.
pub(super) fn family_name(family: Family) -> Console {
    FAMILIES.iter().find(|(known, _)| *known == family).map_or(Console::FamilyApplication, |(_, name)| *name)
}

fn of(family: Family) -> impl Iterator<Item = &'static Description> {
    describe::all().filter(move |description| description.spec.family == family)
}

/// The list.
pub(super) fn list(desk: Desk) -> AnyView {
    let query = RwSignal::new(String::new());
    let options = Signal::derive(|| {
        let all = FAMILIES.iter().flat_map(|(family, _)| of(*family));
        all.map(|operation| (operation.slug(), operation.spec.operation.to_owned())).collect()
    });
    let shown = move || {
        let folded = query.with(|query| fold(query));
        let groups: Vec<AnyView> =
            FAMILIES.iter().filter_map(|(family, name)| group(desk, *family, *name, &folded)).collect();
        if groups.is_empty() {
            let text = desk.i18n.fill(Console::NoMatch, &[("query", &query.get())]);
            return view! { <p class="console-none" role="status">{text}</p> }.into_any();
        }
        groups.into_any()
    };
    view! {
        <div class="console-choice">
            <Choice
                label=tr(Console::Operation)
                value=Signal::derive(move || desk.slug())
                options=options
                on_change=Callback::new(move |slug: String| desk.choose(&slug))
            />
        </div>
        <nav class="console-list" aria-label=tr(Console::Operations)>
            <SearchBox
                id="console-search"
                label=tr(Console::Search)
                clear_label=tr(Later::Clear)
                value=query
                on_input=Callback::new(move |text| query.set(text))
            />
            {shown}
        </nav>
    }
    .into_any()
}

fn group(desk: Desk, family: Family, name: Console, query: &str) -> Option<AnyView> {
    let entries: Vec<AnyView> = of(family)
        .filter(|operation| matches(operation, query))
        .map(|operation| entry(desk, operation))
        .collect();
    (!entries.is_empty()).then(|| {
        view! {
            <h2>{tr(name)}</h2>
            <ul>{entries}</ul>
        }
        .into_any()
    })
}

fn entry(desk: Desk, description: &'static Description) -> AnyView {
    let slug = description.slug();
    view! {
        <li>
            <a
                href=desk.href(description)
                aria-current=move || (desk.slug() == slug).then_some("page")
            >
                <span lang="en">{description.spec.operation}</span>
                {marks(desk, description)}
            </a>
        </li>
    }
    .into_any()
}

/// What is special about an operation, in a few words.
pub(super) fn marks(desk: Desk, description: &Description) -> AnyView {
    let mut words = Vec::new();
    if let Some(version) = description.since {
        words.push(desk.i18n.fill(Console::Newer, &[("version", version)]));
    }
    match description.spec.audience {
        Audience::Server => words.push(desk.i18n.text(Console::ForServers)),
        Audience::Administrator => words.push(desk.i18n.text(Console::ForAdministrators)),
        Audience::Browser => {}
    }
    if description.writes {
        words.push(desk.i18n.text(Console::Writes));
    }
    if words.is_empty() {
        return ().into_any();
    }
    let words = words.join(" · ");
    view! { <small>{words}</small> }.into_any()
}
