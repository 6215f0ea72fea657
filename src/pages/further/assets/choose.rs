//! Which application's assets: a list with a search.

use std::sync::Arc;

use portal_api::application::GetUserApplications;
use portal_api::{Application, Endpoint, Listed};
use portal_core::catalog::{Catalog, CategoryFilter};
use portal_core::launch::Launch;
use portal_core::notice::Place;
use portal_core::route::further::Further;
use portal_core::text::{Assets, Text};

use super::Screen;
use super::long::long;
use crate::browser::Collator;
use crate::components::{Icon, IconName, Mark, PageState, SearchBox, SkeletonRows, marked};
use crate::i18n::tr;
use crate::load::Load;
use crate::pages::problem::problem;
use crate::state::{Callback, Derived, Signal, State};
use crate::view::{Part, view};

/// The id of the search box.
const SEARCH_ID: &str = "application-search";
/// What the ids of the entries begin with.
const ENTRY_ID: &str = "application";

type All = Option<Arc<Catalog>>;

/// The list.
pub(super) fn choose(screen: Screen) -> Part {
    let session = screen.session;
    let load: Load<Listed<Application>> = Load::new(
        GetUserApplications::SPEC.repeatable,
        move || Some(session.epoch()),
        move |_| Box::pin(async move { session.request(&GetUserApplications).await }),
    );
    let i18n = screen.i18n;
    let all: Derived<All> = Derived::new_with_compare(
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
            view! { <PageState icon=IconName::EMPTY title detail=Some(i18n.text(Text::LauncherNoneDetail)) /> }
        }
        (Some(all), _) => list(screen, all),
        (None, Some(error)) => problem(&error, Place::Launcher, Callback::new(move |()| load.retry())),
        (None, None) => view! { <SkeletonRows count=8 /> },
    };
    Part::of(drawn)
}

fn list(screen: Screen, all: Arc<Catalog>) -> Part {
    let (i18n, look) = (screen.i18n, screen.look);
    let query = State::new(look.query());
    let total = all.entries().len();
    let catalog = Arc::clone(&all);
    let fits = Derived::new(move |_| query.with(|query| catalog.view(query, &CategoryFilter::All).shown));
    let serial = State::new(0_usize);
    let count = Derived::new(move |_| (serial.get(), fits.with(Vec::len)));
    let on_input = Callback::new(move |text: String| {
        look.search(&text);
        query.set(text);
        serial.update(|serial| *serial += 1);
    });
    let said = move || {
        let shown = fits.with(Vec::len).to_string();
        i18n.fill(Assets::ChooseShown, &[("shown", &shown), ("count", &total.to_string())])
    };
    let draw = move |place: usize| {
        let index = fits.with_untracked(|fits| fits.get(place).copied());
        let entry = index.and_then(|index| all.entries().get(index));
        let Some(entry) = entry else { return Part::empty() };
        let href = screen.places.href(&Further::Assets { application: Some(entry.id.clone()) }.route());
        let category = entry.category.as_ref().map(|category| category.as_str().to_owned());
        let words = query.get_untracked();
        let about = entry.description.clone().unwrap_or_else(|| entry.id.as_str().to_owned());
        view! {
            <li>
                <a class="row" id=format!("{ENTRY_ID}-{place}") href=href>
                    <Mark category key=entry.id.as_str().to_owned() name=entry.name.clone() />
                    <span class="row-text">
                        <b dir="auto">{marked(&entry.name, &words)}</b>
                        <small dir="auto">{about}</small>
                    </span>
                    <Icon name=IconName::NEXT class="i small turns" />
                </a>
            </li>
        }
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
                value=Signal::from(query)
                on_input
                keys=true
            />
            <p class="assets-said" role="status">{said}</p>
            {long("rows", Some(tr(Assets::Applications)), count, ENTRY_ID, draw)}
            {none}
        </div>
    }
}
