//! The assets that a user may see in the organization, in pages (contract.md 1.18 and 0.5).

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use portal_api::asset::{GetAssetsByOrganization, ListedAsset};
use portal_api::{Page, Paged, UserId};
use portal_core::assets::Span;
use portal_core::names::pick;
use portal_core::notice::Place;
use portal_core::text::Assets;

use super::Screen;
use super::field::{Field, Wrong};
use crate::browser::dom;
use crate::components::{Icon, IconName, PageState, SkeletonRows};
use crate::i18n::tr;
use crate::pages::problem::problem;
use crate::query::use_query;

/// So many assets make a page.
const SIZE: u32 = 50;
/// The id of the heading of the list.
const HEADING_ID: &str = "assets-of-user";

/// The view.
pub(super) fn of_user(screen: Screen) -> AnyView {
    let look = screen.look;
    let viewer = screen.session.viewer_untracked().id.map(|id| id.as_str().to_owned());
    let first = untrack(|| look.user()).map(|(user, _)| user).or(viewer);
    let field = Field::new(first.unwrap_or_default());
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let user = field.text.with_untracked(|text| UserId::parse(text.trim()));
        match user {
            Some(user) => look.show_page(user.as_str(), 0),
            None => field.wrong.set(Some(Wrong::Missing)),
        }
    };
    view! {
        <form class="assets-user" on:submit=send>
            {field.user("user-id", Assets::UserId, Assets::UserMissing)}
            <button type="submit" class="button go">
                {tr(Assets::UserGo)}
            </button>
        </form>
        {list(screen)}
    }
    .into_any()
}

fn list(screen: Screen) -> AnyView {
    let look = screen.look;
    let organization = screen.organization().map(|organization| organization.id);
    let endpoint = move || {
        let (user, number) = look.user()?;
        let (user, organization) = (UserId::parse(&user)?, organization.clone()?);
        let page = Page { number, size: SIZE };
        Some(GetAssetsByOrganization { user, organization, kinds: Vec::new(), page })
    };
    let load = use_query(endpoint).retry_with(screen.fresh);
    let asked = Memo::new(move |_| look.user());
    let whose = Memo::new(move |_| asked.get().map(|(user, _)| user).unwrap_or_default());
    // Stays while the pages below it come and go: it has the focus then.
    let heading = move || {
        whose.with(|user| (!user.is_empty()).then(|| screen.i18n.fill(Assets::UserAssets, &[("user", user)])))
    };
    let drawn = move || {
        let Some((user, number)) = asked.get() else {
            return view! { <p class="assets-said">{tr(Assets::UserAsk)}</p> }.into_any();
        };
        match (load.value(), load.error()) {
            (Some(page), _) => paged(screen, &user, number, &page),
            (None, Some(error)) => problem(&error, Place::Assets, Callback::new(move |()| load.retry())),
            (None, None) => view! { <SkeletonRows count=8 cancel=load.canceller() /> }.into_any(),
        }
    };
    view! {
        <h2 id=HEADING_ID tabindex="-1" dir="auto">
            {heading}
        </h2>
        {drawn}
    }
    .into_any()
}

fn paged(screen: Screen, user: &str, number: u32, page: &Arc<Paged<ListedAsset>>) -> AnyView {
    let (i18n, look) = (screen.i18n, screen.look);
    let span = Span::of(page, number, SIZE);
    if span.to == 0 {
        let title = i18n.fill(Assets::UserNone, &[("user", user)]);
        return view! { <PageState icon=IconName::EMPTY title detail=None /> }.into_any();
    }
    let said = said(screen, span);
    let dropped = page.listed.dropped;
    let dropped = (dropped > 0).then(|| i18n.count(Assets::DroppedOne, Assets::DroppedOther, dropped));
    let locale = i18n.locale();
    let row = |asset: &ListedAsset| {
        let name = pick(&asset.name, &locale).unwrap_or(asset.id.as_str()).to_owned();
        let kind = pick(&asset.kind_name, &locale).map(str::to_owned).or_else(|| asset.kind.clone());
        view! {
            <li>
                <b dir="auto">{name}</b>
                <code dir="auto">{asset.id.as_str().to_owned()}</code>
                {kind.map(|kind| view! { <small dir="auto">{kind}</small> })}
            </li>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = page.listed.entries.iter().map(row).collect();
    let step = move |label: Assets, to: Option<u32>, user: String, icon: IconName| {
        let go = move |_| {
            if let Some(to) = to {
                dom::focus_id(HEADING_ID);
                look.show_page(&user, to);
            }
        };
        view! {
            <button
                type="button"
                class="button"
                aria-disabled=to.is_none().then_some("true")
                on:click=go
            >
                <Icon name=icon class="i small turns" />
                {tr(label)}
            </button>
        }
        .into_any()
    };
    let previous = step(Assets::Previous, number.checked_sub(1), user.to_owned(), IconName::BACK);
    let next =
        step(Assets::Next, span.more.then(|| number.saturating_add(1)), user.to_owned(), IconName::NEXT);
    view! {
        <p class="assets-said">
            <span role="status">{said}</span>
            <span class="assets-dropped">{dropped}</span>
        </p>
        <ul class="assets-list" aria-label=tr(Assets::Tree)>
            {rows}
        </ul>
        <nav class="actions assets-pages" aria-label=tr(Assets::Pages)>
            {previous} {next}
        </nav>
    }
    .into_any()
}

/// Which of them are shown, and of how many where the service says so.
fn said(screen: Screen, span: Span) -> String {
    let (from, to) = (span.from.to_string(), span.to.to_string());
    if span.from > span.to {
        return screen.i18n.text(Assets::PageNone);
    }
    let (from, to) = (("from", from.as_str()), ("to", to.as_str()));
    match span.total.map(|total| total.to_string()) {
        Some(total) => screen.i18n.fill(Assets::PageOf, &[from, to, ("count", &total)]),
        None => screen.i18n.fill(Assets::PageOnly, &[from, to]),
    }
}
