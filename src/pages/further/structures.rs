//! Structures, roles and permissions as lists: of a person, or of an organization (contract.md 1.14, 2.2).

use leptos::html;
use leptos::prelude::*;
use portal_api::role::{GetUserPermissions, GetUserRoles};
use portal_api::structure::{GetStructureByUser, Structure};
use portal_api::{ApplicationId, OrganizationId, UserId};
use portal_core::catalog::shown_name;
use portal_core::names::{Locale, pick};
use portal_core::structures::{Node, walk};
use portal_core::text::People;

use super::section::{loaded, none};
use crate::browser::{dom, viewport};
use crate::components::Choice;
use crate::i18n::{I18n, tr, use_i18n};
use crate::query::{use_applications, use_query};

/// So many entries are listed at first, and more at each press.
const LISTED: usize = 200;
/// The entry that takes the focus.
const FRESH: &str = "li[tabindex]";

/// The language of a page, for a parameter of the service.
pub fn wire(locale: &Locale) -> Option<portal_api::Locale> {
    portal_api::Locale::parse(locale.as_str())
}

/// A list that begins with its first entries. `draw` draws the entries below a number; the one with the second number, the
/// first that is new, takes the focus from the button.
fn growing(count: usize, draw: impl Fn(usize, Option<usize>) -> AnyView + Send + Sync + 'static) -> AnyView {
    let i18n = use_i18n();
    let listed = RwSignal::new(LISTED);
    let root = NodeRef::<html::Div>::new();
    let more = move || {
        let left = count.saturating_sub(listed.get());
        (left > 0).then(|| {
            let text = i18n.count(People::AndMoreOne, People::AndMoreOther, left);
            let show = move |_| {
                listed.update(|listed| *listed += LISTED);
                viewport::next_frame(move || {
                    if let Some(root) = root.try_get_untracked().flatten() {
                        dom::focus_first(&root, FRESH);
                    }
                });
            };
            view! { <button type="button" class="text-link" on:click=show>{text}</button> }
        })
    };
    let drawn = move || {
        let listed = listed.get();
        draw(listed.min(count), listed.checked_sub(LISTED).filter(|fresh| *fresh > 0))
    };
    view! {
        <div class="growing" node_ref=root>
            {drawn}
            {more}
        </div>
    }
    .into_any()
}

/// What lets an entry take the focus.
fn focusable(entry: usize, fresh: Option<usize>) -> Option<&'static str> {
    (Some(entry) == fresh).then_some("-1")
}

/// Names, each with what stands behind it: an id, or a word.
pub fn names(entries: Vec<(String, Option<String>)>) -> AnyView {
    growing(entries.len(), move |listed, fresh| {
        let entry = |(place, (name, behind)): (usize, &(String, Option<String>))| {
            let behind = behind.clone().map(|behind| {
                view! {
                    <code>
                        <bdi>{behind}</bdi>
                    </code>
                }
            });
            view! {
                <li tabindex=focusable(place, fresh)>
                    <bdi>{name.clone()}</bdi>
                    {behind}
                </li>
            }
            .into_any()
        };
        let entries: Vec<AnyView> = entries.iter().take(listed).enumerate().map(entry).collect();
        view! { <ul class="names">{entries}</ul> }.into_any()
    })
}

/// The roles of a person.
pub fn roles(user: UserId, organization: OrganizationId) -> AnyView {
    let i18n = use_i18n();
    let load = use_query(move || {
        let locale = wire(&i18n.locale());
        Some(GetUserRoles { user: user.clone(), organization: organization.clone(), locale })
    });
    loaded(load, move |roles| {
        if roles.entries.is_empty() {
            return none(People::RolesNone);
        }
        let locale = i18n.locale();
        let name = |role: &portal_api::role::Role| {
            (pick(&role.name, &locale).unwrap_or(role.id.as_str()).to_owned(), None)
        };
        names(roles.entries.iter().map(name).collect())
    })
}

/// The permissions of a person.
pub fn permissions(user: UserId, organization: OrganizationId) -> AnyView {
    let i18n = use_i18n();
    let load = use_query(move || {
        let locale = wire(&i18n.locale());
        Some(GetUserPermissions { user: user.clone(), organization: organization.clone(), locale })
    });
    loaded(load, move |permissions| {
        if permissions.entries.is_empty() {
            return none(People::PermissionsNone);
        }
        let locale = i18n.locale();
        let name = |permission: &portal_api::Permission| {
            let code = permission.identifier.clone();
            let name = pick(&permission.name, &locale).map(str::to_owned);
            (name.or_else(|| code.clone()).unwrap_or_default(), code)
        };
        names(permissions.entries.iter().map(name).collect())
    })
}

/// A tree of structures, open as a whole.
pub fn tree(structures: &[Structure], i18n: I18n) -> AnyView {
    if structures.is_empty() {
        return none(People::StructuresNone);
    }
    let nodes = walk(structures, &i18n.locale());
    growing(nodes.len(), move |listed, fresh| {
        let mut rest = nodes.get(..listed).unwrap_or_default();
        // Counted from the end, as what is left tells.
        branch(&mut rest, 0, fresh.map(|fresh| listed - fresh))
    })
}

/// The nodes at a depth, and in each what stands below it. `fresh`: with so many left comes the first new one.
fn branch(rest: &mut &[Node], depth: usize, fresh: Option<usize>) -> AnyView {
    let mut entries = Vec::new();
    while let Some((node, after)) = rest.split_first().filter(|(node, _)| node.depth >= depth) {
        let fresh_here = focusable(rest.len(), fresh);
        *rest = after;
        let below =
            rest.first().is_some_and(|next| next.depth > depth).then(|| branch(rest, depth + 1, fresh));
        let about = node.about.clone().map(|about| view! { <small dir="auto">{about}</small> });
        entries.push(
            view! {
                <li tabindex=fresh_here>
                    <bdi>{node.name.clone()}</bdi>
                    {about}
                    {below}
                </li>
            }
            .into_any(),
        );
    }
    view! { <ul class="branches">{entries}</ul> }.into_any()
}

/// The structures that an application was assigned for the person who is signed in; asks which application.
pub fn by_application(organization: OrganizationId) -> AnyView {
    let i18n = use_i18n();
    let chosen = RwSignal::new(String::new());
    let applications = use_applications(|| true);
    let load = use_query(move || {
        let application = ApplicationId::parse(&chosen.get())?;
        let locale = wire(&i18n.locale());
        Some(GetStructureByUser { application, organization: organization.clone(), locale })
    });
    let structures = move || {
        let is_chosen = !chosen.with(String::is_empty);
        is_chosen.then(|| loaded(load, move |found| tree(&found.entries, i18n)))
    };
    let choice = loaded(applications, move |list| {
        let options = Signal::derive(move || {
            let locale = i18n.locale();
            let named = |application: &portal_api::Application| {
                (application.id.as_str().to_owned(), shown_name(application, &locale).to_owned())
            };
            let mut options = vec![(String::new(), i18n.text(People::ApplicationChoose))];
            options.extend(list.entries.iter().map(named));
            options
        });
        let on_change = Callback::new(move |application| chosen.set(application));
        view! { <Choice label=tr(People::Application) value=chosen options on_change /> }.into_any()
    });
    view! {
        <p class="section-about">{tr(People::StructuresByAbout)}</p>
        {choice}
        {structures}
    }
    .into_any()
}
