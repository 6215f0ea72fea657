//! The parts of the details: id, kind, path and tags; whether the person may see it; its structure; who has access.

use std::sync::Arc;

use leptos::prelude::*;
use portal_api::asset::{CheckAssetPermission, GetAssetStructure, GetUsersWithAssetAccess};
use portal_api::structure::Structure;
use portal_api::{AssetId, Error, Listed, Person};
use portal_core::names::{Locale, pick};
use portal_core::text::{Assets, Word};

use super::Screen;
use super::details::Here;
use super::long::long;
use super::told::told;
use crate::browser;
use crate::components::{Icon, IconName};
use crate::i18n::tr;
use crate::pages::further::offered::{is_offered, not_offered};
use crate::query::{Query, use_query};

/// The id of the heading of the details.
pub(super) const HEADING_ID: &str = "asset-name";
/// What the ids of users begin with.
const USER_ID: &str = "asset-user";
/// So many nodes of a structure are shown.
const MOST: usize = 200;

/// What the tree says of it.
pub(super) fn facts(screen: Screen, here: &Here) -> AnyView {
    let i18n = screen.i18n;
    let id = here.facts.id.as_str().to_owned();
    let copied = id.clone();
    let copy = move |_| {
        let id = copied.clone();
        browser::spawn(async move {
            let text = if browser::copy(&id).await { Assets::Copied } else { Assets::NotCopied };
            screen.tell(i18n.fill(text, &[("id", &id)]));
        });
    };
    let what = move |kind: Option<String>| kind.unwrap_or_else(|| i18n.text(Assets::NoKind));
    let kind = here.facts.kind_name.clone();
    let (is_asset, below) = (here.facts.is_asset, here.below as usize);
    let kind = move || {
        if is_asset { what(kind.clone()) } else { i18n.count(Assets::NodeOne, Assets::NodeOther, below) }
    };
    let path: Vec<AnyView> =
        here.path.iter().map(|name| view! { <li><bdi>{name.clone()}</bdi></li> }.into_any()).collect();
    let tags: Vec<AnyView> = here
        .facts
        .tags
        .iter()
        .map(|tag| {
            let (key, value) = (tag.key.clone(), tag.value.clone());
            view! {
                <li class="assets-tag">
                    <bdi>{key}</bdi>
                    <b dir="auto">{value}</b>
                </li>
            }
            .into_any()
        })
        .collect();
    let row = |name: Assets, value: AnyView| {
        view! {
            <div>
                <dt>{tr(name)}</dt>
                <dd>{value}</dd>
            </div>
        }
        .into_any()
    };
    let path = (!path.is_empty())
        .then(|| row(Assets::Path, view! { <ol class="assets-path">{path}</ol> }.into_any()));
    let tags = (!tags.is_empty())
        .then(|| row(Assets::Tags, view! { <ul class="assets-tags">{tags}</ul> }.into_any()));
    let id = view! {
        <code dir="auto">{id}</code>
        <button
            type="button"
            class="icon-button"
            aria-label=tr(Assets::Copy)
            title=tr(Assets::Copy)
            on:click=copy
        >
            <Icon name=IconName::COPY class="i small" />
        </button>
    }
    .into_any();
    view! {
        <dl class="assets-facts">
            {row(Assets::Id, id)} {row(Assets::Kind, view! { <span dir="auto">{kind}</span> }.into_any())} {path} {tags}
        </dl>
    }.into_any()
}

/// A part with a heading of its own.
fn part(title: impl Into<Word>, content: AnyView) -> AnyView {
    view! {
        <section class="assets-part">
            <h3>{tr(title)}</h3>
            {content}
        </section>
    }
    .into_any()
}

/// What is loaded for a part: its words while it comes, and where it does not.
fn loaded<T: Send + Sync + 'static>(
    load: Query<T>,
    draw: impl Fn(Arc<T>) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let retry = Callback::new(move |()| load.retry());
    let state: Memo<(Option<Error>, bool)> = Memo::new(move |_| (load.error(), load.value().is_some()));
    (move || match (load.value(), state.get()) {
        (Some(value), _) => draw(value),
        (None, (Some(error), _)) => told(&error, Some(retry)),
        (None, _) => view! { <span class="bone alone w1 late" aria-hidden="true"></span> }.into_any(),
    })
    .into_any()
}

/// Whether the person may see it (contract.md 1.16).
pub(super) fn permission(screen: Screen, asset: AssetId) -> AnyView {
    let load = use_query(move || Some(CheckAssetPermission { assets: vec![asset.clone()] }));
    let load = load.retry_with(screen.fresh);
    let draw = |may: Arc<bool>| {
        let (icon, words) =
            if *may { (IconName::CHECK, Assets::MaySee) } else { (IconName::BAN, Assets::MayNotSee) };
        view! {
            <p class="assets-may" data-may=if *may { "yes" } else { "no" }>
                <Icon name=icon class="i small" />
                {tr(words)}
            </p>
        }
        .into_any()
    };
    part(Assets::Permission, loaded(load, draw))
}

/// The structures that it stands in (contract.md 1.19).
pub(super) fn structure(screen: Screen, asset: AssetId) -> AnyView {
    let load = use_query(move || Some(GetAssetStructure { asset: asset.clone() }));
    let load = load.retry_with(screen.fresh);
    let draw = move |structures: Arc<Listed<Structure>>| {
        let levels = levels(&structures.entries, &screen.i18n.locale());
        if levels.is_empty() {
            return view! { <p>{tr(Assets::StructureNone)}</p> }.into_any();
        }
        let level = |(depth, name): (usize, String)| {
            view! {
                <li style:--l=depth.to_string()>
                    <Icon name=IconName::ASSETS class="i small" />
                    <bdi>{name}</bdi>
                </li>
            }
            .into_any()
        };
        let levels: Vec<AnyView> = levels.into_iter().map(level).collect();
        view! {
            <ul class="assets-levels" aria-label=tr(Assets::Structure)>
                {levels}
            </ul>
        }
        .into_any()
    };
    part(Assets::Structure, loaded(load, draw))
}

/// The nodes with their depth, each after its parent; the first [`MOST`].
fn levels(roots: &[Structure], locale: &Locale) -> Vec<(usize, String)> {
    let mut levels = Vec::new();
    let mut ahead: Vec<(&Structure, usize)> = roots.iter().rev().map(|root| (root, 0)).collect();
    while let Some((structure, depth)) = ahead.pop().filter(|_| levels.len() < MOST) {
        levels.push((depth, pick(&structure.name, locale).unwrap_or(structure.id.as_str()).to_owned()));
        ahead.extend(structure.children.iter().rev().map(|child| (child, depth + 1)));
    }
    levels
}

/// Who has access (contract.md 1.21).
pub(super) fn users(screen: Screen, asset: AssetId) -> AnyView {
    if !is_offered::<GetUsersWithAssetAccess>() {
        return part(Assets::Users, not_offered::<GetUsersWithAssetAccess>());
    }
    let organization = screen.organization().map(|organization| organization.id);
    let endpoint = move || {
        let (asset, organization) = (asset.clone(), organization.clone()?);
        Some(GetUsersWithAssetAccess { asset, organization })
    };
    let load = use_query(endpoint).retry_with(screen.fresh);
    let i18n = screen.i18n;
    let draw = move |users: Arc<Listed<Person>>| {
        let count = users.entries.len();
        if count == 0 {
            return view! { <p>{tr(Assets::UsersNone)}</p> }.into_any();
        }
        let list = Memo::new(move |_| (0, count));
        view! {
            <p class="assets-said">{i18n.count(Assets::UserOne, Assets::UserOther, count)}</p>
            {long("assets-users", Some(tr(Assets::Users)), list, USER_ID, move |place| user(&users, place))}
        }
        .into_any()
    };
    part(Assets::Users, loaded(load, draw))
}

fn user(users: &Listed<Person>, place: usize) -> AnyView {
    let Some(person) = users.entries.get(place) else { return ().into_any() };
    let name = person.nickname.clone().or_else(|| person.name.clone());
    let name = name.unwrap_or_else(|| person.id.as_str().to_owned());
    view! {
        <li id=format!("{USER_ID}-{place}") tabindex="-1">
            <b dir="auto">{name}</b>
            <code dir="auto">{person.id.as_str().to_owned()}</code>
            {person.description.clone().map(|text| view! { <small dir="auto">{text}</small> })}
        </li>
    }
    .into_any()
}
