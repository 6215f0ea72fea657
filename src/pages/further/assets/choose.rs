//! Which application's assets: a list with a search.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use portal_api::Application;
use portal_core::catalog::{Catalog, CategoryFilter};
use portal_core::launch::Launch;
use portal_core::notice::Place;
use portal_core::outline::walk::Key;
use portal_core::route::further::Further;
use portal_core::text::{Assets, Text};

use super::Screen;
use crate::browser::Collator;
use crate::components::{Icon, IconName, Mark, PageState, Rows, SearchBox, SkeletonRows, marked, stable_for};
use crate::i18n::tr;
use crate::pages::problem::problem;
use crate::query::use_applications;
use crate::reactive::SetIfChanged;

/// The id of the search box.
const SEARCH_ID: &str = "application-search";
/// What the ids of the entries begin with.
const ENTRY_ID: &str = "application";

type All = Option<Arc<Catalog>>;

/// The list.
pub(super) fn choose(screen: Screen) -> AnyView {
    let load = use_applications(|| true);
    let i18n = screen.i18n;
    let all: Memo<All> = Memo::new_with_compare(
        move |_| {
            let list = load.value()?;
            let locale = i18n.locale();
            let undecided = |_: &Application| Launch::NoAddress;
            let collator = Collator::new(&locale);
            Some(Arc::new(Catalog::new(&list, &locale, &collator, &undecided, &|_| None)))
        },
        |_, _| true,
    );
    let drawn = move || match (all.get(), load.error()) {
        (Some(all), _) if all.entries().is_empty() => {
            let title = i18n.text(Text::LauncherNone);
            view! { <PageState icon=IconName::EMPTY title detail=Some(i18n.text(Text::LauncherNoneDetail)) /> }.into_any()
        }
        (Some(all), _) => list(screen, all),
        (None, Some(error)) => problem(&error, Place::Launcher, Callback::new(move |()| load.retry())),
        (None, None) => view! { <SkeletonRows count=8 cancel=load.canceller() /> }.into_any(),
    };
    drawn.into_any()
}

fn list(screen: Screen, all: Arc<Catalog>) -> AnyView {
    let (i18n, look) = (screen.i18n, screen.look);
    // Not followed: a letter that is typed changes the address, and the box stays.
    let query = RwSignal::new(untrack(|| look.query()));
    let total = all.entries().len();
    let catalog = Arc::clone(&all);
    let fits = Memo::new(move |_| query.with(|query| catalog.view(query, &CategoryFilter::All).shown));
    let serial = RwSignal::new(0_usize);
    let rows = rows(fits);
    let on_input = Callback::new(move |text: String| {
        look.search(&text);
        query.set(text);
        serial.update(|serial| *serial += 1);
        rows.active.set(0);
    });
    let into = Callback::new(move |()| {
        if fits.with_untracked(|fits| !fits.is_empty()) {
            rows.enter();
        }
    });
    let said = move || {
        let shown = fits.with(Vec::len).to_string();
        i18n.fill(Assets::ChooseShown, &[("shown", &shown), ("count", &total.to_string())])
    };
    let draw = move |place: usize| {
        let index = fits.with_untracked(|fits| fits.get(place).copied());
        let entry = index.and_then(|index| all.entries().get(index));
        let Some(entry) = entry else { return ().into_any() };
        let href = screen.places.href(&Further::Assets { application: Some(entry.id.clone()) }.route());
        let category = entry.category.as_ref().map(|category| category.as_str().to_owned());
        let words = query.get_untracked();
        let about = entry.description.clone().unwrap_or_else(|| entry.id.as_str().to_owned());
        let count = fits.with_untracked(Vec::len);
        view! {
            <div
                class="branch"
                role="listitem"
                aria-setsize=count
                aria-posinset=place + 1
                style:top=move || rows.top(place)
            >
                <a
                    class="row"
                    id=rows.row_id(place)
                    href=href
                    tabindex=move || if rows.stop.get() == place { "0" } else { "-1" }
                    on:focus=move |_| rows.active.set_if_changed(place)
                >
                    <Mark category key=entry.id.as_str().to_owned() name=entry.name.clone() />
                    <span class="row-text">
                        <b dir="auto">{marked(&entry.name, &words)}</b>
                        <small dir="auto">{about}</small>
                    </span>
                    <Icon name=IconName::NEXT class="i small turns" />
                </a>
            </div>
        }
        .into_any()
    };
    let shown = move || {
        // First, as in `Rows::shown`.
        rows.visible.track();
        let serial = serial.get();
        rows.shown().into_iter().map(|place| (serial, place)).collect()
    };
    let none = move || {
        fits.with(Vec::is_empty).then(|| {
            let title = i18n.fill(Assets::NoHit, &[("query", query.get().trim())]);
            view! { <PageState icon=IconName::SEARCH title detail=None /> }
        })
    };
    view! {
        <div class="assets-choose">
            <h2>{tr(Assets::Choose)}</h2>
            <SearchBox
                id=SEARCH_ID
                label=tr(Assets::ChooseSearch)
                clear_label=tr(Assets::SearchClear)
                value=query
                on_input
                keys=true
                on_enter=into
                on_down=into
            />
            <p class="assets-said" role="status">{said}</p>
            <div
                class="tree choices"
                role="list"
                aria-label=tr(Assets::Applications)
                data-many=move || rows.is_windowed().then_some("")
                node_ref=rows.root
                on:keydown=move |event| on_key(rows, &event)
                on:scroll=move |_| rows.on_scroll()
            >
                {move || rows.height().map(|height| view! { <div role="none" style:block-size=height></div> })}
                {stable_for(shown, move |(_, place)| draw(place))}
            </div>
            {none}
        </div>
    }.into_any()
}

/// The places of what fits; Tab reaches one of them.
fn rows(fits: Memo<Vec<usize>>) -> Rows {
    let active = RwSignal::new(0);
    let visible = Memo::new(move |_| (0..fits.with(Vec::len)).collect::<Vec<usize>>());
    let stop = Memo::new(move |_| active.get().min(fits.with(Vec::len).saturating_sub(1)));
    Rows::new(ENTRY_ID, active, visible, stop)
}

/// Arrows, Home and End lead to every entry (experience.md, "Large lists").
fn on_key(rows: Rows, event: &ev::KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let last = rows.visible.with_untracked(Vec::len).saturating_sub(1);
    let at = rows.stop.get_untracked();
    let to = match rows.key(event) {
        Some(Key::Down) => (at + 1).min(last),
        Some(Key::Up) => at.saturating_sub(1),
        Some(Key::First) => 0,
        Some(Key::Last) => last,
        Some(Key::Into | Key::Out) | None => return,
    };
    event.prevent_default();
    rows.go(to);
}
