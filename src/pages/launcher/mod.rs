//! The launcher: every application of the organization as a tile, to be found by category and by typing.

mod applications;
mod categories;
pub mod details;
mod filter;
mod grid;
mod keys;
pub mod menu;
mod roaming;
mod tile;

use std::sync::Arc;

use leptos::prelude::*;
use portal_core::notice::Place;
use portal_core::text::Text;

use self::applications::{Applications, applications};
use self::categories::categories;
use self::filter::Filter;
use self::grid::{Shown, grid};
use self::roaming::Roaming;
use super::banner::Banner;
use super::title::set_page_title;
use crate::browser::{dom, scroll, viewport};
use crate::components::{Icon, IconName, PageState, SearchBox, SkeletonTiles};
use crate::i18n::{tr, use_i18n};
use crate::lazy;
use crate::query::{Query, use_applications};
use crate::settings::Deployment;

/// The id of the search box.
const SEARCH_ID: &str = "search";
/// The id of the heading.
const HEADING_ID: &str = "title";

type List = Query<portal_api::Listed<portal_api::Application>>;

/// The page at `/`.
#[component]
pub fn LauncherPage() -> impl IntoView {
    set_page_title(tr(Text::LauncherTitle));
    let load = use_applications(|| true);
    let applications = applications(load);
    let filter = Filter::new();
    let view = Memo::new(move |_| {
        let applications = applications.get()?;
        let view =
            |query: &String| filter.category.with(|category| applications.catalog.view(query, category));
        Some(Arc::new(filter.query.with(view)))
    });
    let count = Signal::derive(move || view.with(|view| view.as_ref().map_or(0, |view| view.shown.len())));
    let roaming = Roaming::new(count);
    filter.start(roaming);
    take_focus();

    let on_enter = Callback::new(move |()| {
        if !filter.query.with_untracked(|query| query.trim().is_empty()) {
            filter.note();
            roaming.open_first();
        }
    });
    let shown = Shown { applications, view, query: filter.query };
    view! {
        <Banner>
            <SearchBox
                id=SEARCH_ID
                label=tr(Text::LauncherSearch)
                clear_label=tr(Text::LauncherSearchClear)
                value=filter.query
                on_input=filter.on_input()
                keys=true
                on_enter
                on_down=Callback::new(move |()| {
                    if count.get_untracked() > 0 {
                        roaming.go(0);
                    }
                })
            />
        </Banner>
        <main class="page" id="main" tabindex="-1">
            {categories(load, view, filter)}
            <div class="page-head">
                <h1 id=HEADING_ID tabindex="-1">
                    {tr(Text::LauncherTitle)}
                </h1>
                <Count applications count />
                <Dropped applications />
            </div>
            <Body load shown filter roaming count />
        </main>
    }
}

/// Who comes from another page finds the focus on the heading, for what had it is gone (experience.md S16). A page
/// that is loaded at this address leaves the focus to the browser.
fn take_focus() {
    if viewport::is_first_screen() {
        return;
    }
    // Not a frame later: the focus scrolls, and by then the page may be back where it was left.
    Effect::new(|| {
        if scroll::nothing_has_focus() {
            dom::focus_id(HEADING_ID);
        }
    });
}

/// How many are shown, spoken when it changes.
#[component]
fn Count(applications: Memo<Option<Arc<Applications>>>, count: Signal<usize>) -> impl IntoView {
    let i18n = use_i18n();
    let text = move || {
        let total = applications.with(|all| all.as_ref().map(|all| all.catalog.entries().len()))?;
        let count = count.get();
        Some(if count == total {
            i18n.count(Text::LauncherShownOne, Text::LauncherShownOther, count)
        } else {
            let text = if total == 1 { Text::LauncherShownOfOne } else { Text::LauncherShownOfOther };
            i18n.fill(text, &[("shown", &count.to_string()), ("count", &total.to_string())])
        })
    };
    view! { <span role="status">{text}</span> }
}

/// That some entries of the reply could not be read, in a quiet way.
#[component]
fn Dropped(applications: Memo<Option<Arc<Applications>>>) -> impl IntoView {
    let i18n = use_i18n();
    let dropped =
        Memo::new(move |_| applications.with(|all| all.as_ref().map_or(0, |all| all.catalog.dropped())));
    move || {
        let dropped = dropped.get();
        (dropped > 0).then(|| {
            let text = i18n.count(Text::LauncherDroppedOne, Text::LauncherDroppedOther, dropped);
            view! {
                <span class="page-note">
                    <Icon name=IconName::ALERT class="i small" />
                    {text}
                </span>
            }
        })
    }
}

/// What stands below the heading.
#[derive(Clone, PartialEq)]
enum Phase {
    Loading,
    Failed(portal_api::Error),
    /// The organization has no application for the person.
    Empty,
    Tiles,
}

#[component]
fn Body(load: List, shown: Shown, filter: Filter, roaming: Roaming, count: Signal<usize>) -> impl IntoView {
    let phase = Memo::new(move |_| {
        if let Some(empty) =
            shown.applications.with(|all| all.as_ref().map(|all| all.catalog.entries().is_empty()))
        {
            return if empty { Phase::Empty } else { Phase::Tiles };
        }
        load.error().map_or(Phase::Loading, Phase::Failed)
    });
    let retry = Callback::new(move |()| load.retry());
    move || match phase.get() {
        Phase::Loading => view! { <SkeletonTiles cancel=load.canceller() /> }.into_any(),
        Phase::Failed(error) => lazy::problem(error, Place::Launcher, retry),
        Phase::Empty => view! { <Empty /> }.into_any(),
        Phase::Tiles => view! {
            {grid(shown, roaming, filter.on_settled())}
            <NoMatch filter count />
        }
        .into_any(),
    }
}

#[component]
fn Empty() -> impl IntoView {
    let i18n = use_i18n();
    let contact = expect_context::<Arc<Deployment>>().settings.contact.clone();
    let detail = move || {
        let detail = i18n.text(Text::LauncherNoneDetail);
        let contact = contact.as_deref().map(|contact| i18n.fill(Text::Contact, &[("contact", contact)]));
        [Some(detail), contact].into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    move || {
        view! { <PageState icon=IconName::EMPTY title=i18n.text(Text::LauncherNone) detail=Some(detail()) /> }
            .into_any()
    }
}

/// No application matches: another thing than having none, and a way back (experience.md A4).
#[component]
fn NoMatch(filter: Filter, count: Signal<usize>) -> impl IntoView {
    let i18n = use_i18n();
    let none = Memo::new(move |_| count.get() == 0);
    let show_all = move |_| {
        filter.show_all();
        // The button that was pressed goes away.
        dom::focus_id(SEARCH_ID);
    };
    move || {
        none.get().then(|| {
            let title = filter.query.with(|query| match query.trim() {
                "" => i18n.text(Text::LauncherNoMatch),
                query => i18n.fill(Text::LauncherNoMatchFor, &[("query", query)]),
            });
            let label = i18n.text(Text::LauncherShowAll);
            view! {
                <PageState icon=IconName::SEARCH title detail=Some(i18n.text(Text::LauncherNoMatchDetail))>
                    <button type="button" class="button go" on:click=show_all>
                        {label}
                    </button>
                </PageState>
            }
        })
    }
}
