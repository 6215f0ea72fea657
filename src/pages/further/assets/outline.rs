//! The assets of an application: the tree with its search and kinds, and beside it what is known of the selected one.

use std::sync::Arc;

use leptos::prelude::*;
use portal_api::asset::{Asset, GetAssetsByApplication};
use portal_api::{ApplicationId, Listed};
use portal_core::assets::AssetTree;
use portal_core::names::pick;
use portal_core::notice::Place;
use portal_core::outline::{Node, OpenSet};
use portal_core::route::Route;
use portal_core::route::further::Further;
use portal_core::text::{Assets, Later};

use super::authorize::Authorizing;
use super::check::Checking;
use super::details::{Picked, details};
use super::told::told;
use super::{Screen, facts};
use crate::browser::{Shelf, Store, dom};
use crate::components::{Icon, IconName, PageState, SkeletonRows, Tree};
use crate::i18n::tr;
use crate::landing::{digest, user};
use crate::pages::problem::problem;
use crate::query::{Query, use_applications, use_query};
use crate::reactive::{SetIfChanged, is_another_arc, is_another_option};

/// Open branches by a digest of person, organization and application. It holds digests only, and ends with the tab.
const STORE: Store = Store::new(Shelf::Tab, "portal.outline");
/// The id of the search box.
const SEARCH_ID: &str = "asset-search";

/// The tree that is shown; `None` until it has come.
pub(super) type Known = Memo<Option<Arc<AssetTree>>>;

/// The view.
pub(super) fn outline(
    screen: Screen,
    application: ApplicationId,
    checking: Checking,
    authorizing: Authorizing,
) -> AnyView {
    let look = screen.look;
    let load = load(screen, application.clone());
    let known = known(screen, load);
    checking.know(known);
    let nodes = nodes(known);
    let selected = Memo::new(move |_| {
        let (id, nth) = look.asset()?;
        known.with(|known| known.as_ref()?.find(id.as_str(), nth))
    });
    let on_select = Callback::new(move |index: usize| {
        known.with_untracked(|known| {
            if let Some(facts) = known.as_ref().and_then(|known| known.facts(index)) {
                look.select(Some((&facts.id, facts.nth)));
            }
        });
        if dom::is_narrow() {
            request_animation_frame(|| dom::focus_id(facts::HEADING_ID));
        }
    });
    let open = open(screen, &application, nodes);
    let tree = Tree::new(nodes, open, untrack(|| look.query()), Signal::from(selected), on_select);
    Effect::new(move || look.search(&tree.sift.query()));
    // Where there is nothing to look in there is no box.
    let search = Memo::new(move |_| match phase(load, known) {
        Phase::Loading | Phase::Tree => true,
        Phase::Failed(_) | Phase::Empty => false,
    });
    let picked = Memo::new(move |_| Picked::of(look.asset(), selected.get(), known));
    view! {
        {head(screen, application)}
        <div class="assets-body">
            <section class="assets-panel" aria-label=tr(Assets::Tree)>
                {move || {
                    search
                        .get()
                        .then(|| tree.search_box(SEARCH_ID, tr(Assets::Search), tr(Assets::SearchClear)))
                }}
                {kinds(screen, known)}
                {body(screen, load, known, tree)}
            </section>
            {move || picked.get().map(|picked| details(screen, picked, tree, authorizing))}
        </div>
    }
    .into_any()
}

fn load(screen: Screen, application: ApplicationId) -> Query<Listed<Asset>> {
    let endpoint = move || {
        let (application, kinds) = (application.clone(), screen.look.kinds());
        Some(GetAssetsByApplication { application, kinds })
    };
    use_query(endpoint).retry_with(screen.fresh)
}

fn known(screen: Screen, load: Query<Listed<Asset>>) -> Known {
    Memo::new_with_compare(
        move |_| load.value().map(|assets| Arc::new(AssetTree::build(&assets, &screen.i18n.locale()))),
        is_another_option,
    )
}

fn nodes(known: Known) -> Memo<Arc<[Node]>> {
    Memo::new_with_compare(
        move |_| known.with(|known| known.as_ref().map(|known| known.nodes())).unwrap_or_default(),
        is_another_arc,
    )
}

/// Which branches are open: as before a reload, and kept for the next. `None` where nothing was kept.
fn open(screen: Screen, application: &ApplicationId, nodes: Memo<Arc<[Node]>>) -> RwSignal<Option<OpenSet>> {
    let organization = screen.organization().map(|organization| organization.id.as_str().to_owned());
    let place = [organization.unwrap_or_default().as_str(), application.as_str()].join("\0");
    let key = digest(&user(screen.session), &place);
    let open = RwSignal::new(STORE.remembered_for(&key).map(|text| OpenSet::read(&text)));
    Effect::new(move || {
        let text = nodes.with(|nodes| {
            let marks = nodes.iter().map(|node| node.mark);
            open.with(|open| open.as_ref().filter(|_| !nodes.is_empty()).map(|open| open.text(marks)))
        });
        if let Some(text) = text {
            STORE.remember_for(&key, &text);
        }
    });
    open
}

/// Whose assets these are, and ways on.
fn head(screen: Screen, application: ApplicationId) -> AnyView {
    let all = use_applications(|| true);
    let own = application.clone();
    let name = move || {
        let list = all.value()?;
        let found = list.entries.iter().find(|entry| entry.id == own)?;
        Some(pick(&found.name, &screen.i18n.locale()).unwrap_or(own.as_str()).to_owned())
    };
    let places = screen.places;
    view! {
        <div class="assets-of">
            <h2 dir="auto">{name}</h2>
            <a class="text-link" href=places.href(&Further::Assets { application: None }.route())>
                {tr(Assets::Other)}
            </a>
            <a class="text-link" href=places.href(&Route::application(application))>
                {tr(Assets::ToApplication)}
            </a>
        </div>
    }
    .into_any()
}

/// The kinds of the assets, to show some alone.
fn kinds(screen: Screen, known: Known) -> AnyView {
    let look = screen.look;
    // Who shows one kind alone must still find the others.
    let first = untrack(|| look.kinds()).into_iter().map(|kind| (kind.clone(), kind)).collect();
    let seen: RwSignal<Vec<(String, String)>> = RwSignal::new(first);
    Effect::new(move || {
        let here = known.with(|known| known.as_ref().map(|known| known.kinds())).unwrap_or_default();
        let mut all = here.clone();
        let others = seen.get_untracked();
        all.extend(others.into_iter().filter(|(kind, _)| here.iter().all(|(other, _)| other != kind)));
        all.sort_by(|a, b| a.1.cmp(&b.1));
        seen.set_if_changed(all);
    });
    let press = move |kind: Option<&String>| {
        let mut kinds = untrack(|| look.kinds());
        match kind {
            None => kinds.clear(),
            Some(kind) if kinds.contains(kind) => kinds.retain(|other| other != kind),
            Some(kind) => kinds.push(kind.clone()),
        }
        look.show_kinds(&kinds);
    };
    let pressed = |on: bool| if on { "true" } else { "false" };
    (move || {
        let seen = seen.get();
        (!seen.is_empty()).then(|| {
            let chip = |(kind, name): (String, String)| {
                let own = kind.clone();
                view! {
                    <button
                        type="button"
                        class="chip"
                        aria-pressed=move || pressed(look.kinds().contains(&own))
                        on:click=move |_| press(Some(&kind))
                    >
                        <bdi>{name}</bdi>
                    </button>
                }
                .into_any()
            };
            let chips: Vec<AnyView> = seen.into_iter().map(chip).collect();
            view! {
                <div class="chips" role="group" aria-label=tr(Assets::Kinds)>
                    <button
                        type="button"
                        class="chip"
                        aria-pressed=move || pressed(look.kinds().is_empty())
                        on:click=move |_| press(None)
                    >
                        {tr(Assets::AllKinds)}
                    </button>
                    {chips}
                </div>
            }
        })
    })
    .into_any()
}

/// What stands where the tree does.
#[derive(Clone, PartialEq)]
enum Phase {
    Loading,
    Failed(portal_api::Error),
    Empty,
    Tree,
}

fn phase(load: Query<Listed<Asset>>, known: Known) -> Phase {
    match known.with(|known| known.as_ref().map(|known| known.count())) {
        Some(0) => Phase::Empty,
        Some(_) => Phase::Tree,
        None => load.error().map_or(Phase::Loading, Phase::Failed),
    }
}

fn body(screen: Screen, load: Query<Listed<Asset>>, known: Known, tree: Tree) -> AnyView {
    let i18n = screen.i18n;
    let phase = Memo::new(move |_| phase(load, known));
    let retry = Callback::new(move |()| load.retry());
    let face = move |index: usize| {
        let is_asset = known.with_untracked(|known| known.as_ref()?.facts(index).map(|facts| facts.is_asset));
        let icon = if is_asset == Some(true) { IconName::ASSET } else { IconName::ASSETS };
        view! { <Icon name=icon class="i small" /> }.into_any()
    };
    (move || match phase.get() {
        Phase::Loading => view! { <SkeletonRows count=10 cancel=load.canceller() /> }.into_any(),
        Phase::Failed(error) => problem(&error, Place::Assets, retry),
        Phase::Empty => {
            let all = screen.look.kinds().is_empty();
            let title = i18n.text(if all { Assets::Empty } else { Assets::EmptyKinds });
            let detail = all.then(|| i18n.text(Assets::EmptyDetail));
            view! { <PageState icon=IconName::EMPTY title detail /> }.into_any()
        }
        Phase::Tree => view! {
            {said(screen, known, tree)}
            // What is shown is older than it should be.
            {move || load.error().map(|error| told(&error, Some(retry)))}
            {tree.view(tr(Assets::Tree), face)}
            {no_hit(screen, tree)}
        }
        .into_any(),
    })
    .into_any()
}

/// How many there are, or how many the search finds; what could not be read.
fn said(screen: Screen, known: Known, tree: Tree) -> AnyView {
    let i18n = screen.i18n;
    let count = move || match tree.sift.found() {
        Some(found) => i18n.count(Assets::FoundOne, Assets::FoundOther, found.hits()),
        None => {
            let count = known.with(|known| known.as_ref().map_or(0, |known| known.count()));
            i18n.count(Assets::CountOne, Assets::CountOther, count)
        }
    };
    let dropped = move || {
        let dropped = known.with(|known| known.as_ref().map_or(0, |known| known.dropped()));
        (dropped > 0).then(|| i18n.count(Later::MenuDroppedOne, Later::MenuDroppedOther, dropped))
    };
    view! {
        <p class="assets-said">
            <span role="status">{count}</span>
            <span class="assets-dropped">{dropped}</span>
        </p>
    }
    .into_any()
}

fn no_hit(screen: Screen, tree: Tree) -> AnyView {
    let none = Memo::new(move |_| tree.sift.is_in_vain());
    let clear = move |_| {
        tree.sift.type_in(String::new());
        dom::focus_id(SEARCH_ID);
    };
    (move || {
        none.get().then(|| {
            let query = tree.sift.query();
            view! {
                <div class="sift-none">
                    <p>{screen.i18n.fill(Assets::NoHit, &[("query", query.trim())])}</p>
                    <button type="button" class="button" on:click=clear>
                        {tr(Later::Clear)}
                    </button>
                </div>
            }
        })
    })
    .into_any()
}
