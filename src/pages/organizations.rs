//! The choice of an organization, after signing in and to switch. Someone with exactly one does not see it after
//! signing in (experience.md O1).

use std::rc::Rc;

use leptos::prelude::*;
use portal_api::organization::GetOrganizationList;
use portal_api::{Error, Listed, Organization};
use portal_core::notice::Place;
use portal_core::route::{ReturnPath, Route, organization_of};
use portal_core::search::{fold, matches};
use portal_core::text::{Later, Text};

use super::preferences::PreferenceBoxes;
use super::problem::problem;
use super::title::set_page_title;
use crate::browser::{self, dom};
use crate::components::{Icon, IconName, InitialsMark, PageState, SearchBox, SkeletonRows, Spinner};
use crate::i18n::{tr, use_i18n};
use crate::landing::landing;
use crate::load::Load;
use crate::routes::{Places, use_places};
use crate::session::{Session, Stage, use_session};
use crate::settings::Deployment;
use crate::state::{Callback, Derived, Signal, State, effect, provided};
use crate::view::{NodeRef, Part, view};

/// From this many on the list has a search box (experience.md O3: more than seven).
const SEARCH_FROM: usize = 8;

/// The page.
#[component]
pub fn OrganizationsPage() -> Part {
    let (session, places) = (use_session(), use_places());
    set_page_title(tr(Later::OrganizationsTitle));
    let next = move || match places.route() {
        Route::Organizations { next } => next,
        _ => None,
    };
    let named = match session.stage_untracked() {
        Stage::NoOrganization { organizations } => organizations,
        _ => None,
    };
    let organizations = Load::new(
        move || Some(()),
        move |()| {
            let named = named.clone();
            Box::pin(async move {
                match named {
                    Some(named) => Ok(named),
                    None => session.request(&GetOrganizationList).await,
                }
            })
        },
    );
    let choosing = Choosing {
        session,
        places,
        next: Signal::derive(next),
        busy: State::new(None),
        failed: State::new(None),
    };
    effect(move || {
        if let Some(only) = organizations.value().and_then(|list| choosing.without_asking(&list)) {
            choosing.choose(only);
        }
    });
    // Of its own, so that a choice that failed does not draw the list anew under the person's focus.
    let asks = Derived::new(move |_| {
        organizations.value().is_some_and(|list| choosing.without_asking(&list).is_none())
    });
    let is_empty = Derived::new(move |_| organizations.value().is_some_and(|list| list.entries.is_empty()));
    let content = move || {
        if let Some(error) = organizations.error().filter(|_| organizations.value().is_none()) {
            return problem(&error, Place::Organizations, Callback::new(move |()| organizations.retry()));
        }
        match organizations.value() {
            None => view! { <SkeletonRows /> },
            Some(_) if !asks.get() => view! { <SkeletonRows /> },
            Some(list) if list.entries.is_empty() => none(),
            Some(list) => view! { <Choice list=list.entries.clone() choosing /> },
        }
    };
    view! {
        <div class="before">
            <header class="before-head">
                <PreferenceBoxes />
            </header>
            <main class="organizations" id="main">
                {move || {
                    (!is_empty.get()).then(|| view! { <h1 tabindex="-1">{tr(Later::OrganizationsTitle)}</h1> })
                }}
                {move || {
                    let error = choosing.failed.get()?;
                    let again = Callback::new(move |()| choosing.failed.set(None));
                    Some(problem(&error, Place::Organizations, again))
                }}
                {content}
                <div class="below">
                    <button type="button" class="text-link" on:click=move |_| session.sign_out()>
                        {tr(Text::AccountSignOut)}
                    </button>
                    {move || {
                        matches!(session.stage(), Stage::Active { .. })
                            .then(|| {
                                view! {
                                    <a class="text-link" href=places.href(&Route::launcher())>
                                        {tr(Later::Cancel)}
                                    </a>
                                }
                            })
                    }}
                </div>
            </main>
        </div>
    }
}

/// A choice under way.
#[derive(Clone, Copy)]
struct Choosing {
    session: Session,
    places: Places,
    next: Signal<Option<ReturnPath>>,
    /// The id of the organization that is being opened.
    busy: State<Option<String>>,
    failed: State<Option<Error>>,
}

impl Choosing {
    fn choose(self, organization: Organization) {
        if self.busy.get_untracked().is_some() {
            return;
        }
        self.busy.set(Some(organization.id.as_str().to_owned()));
        self.failed.set(None);
        let next = self.next.get_untracked();
        browser::spawn(async move {
            let outcome = self.session.choose(organization).await;
            match outcome {
                Ok(()) => match next {
                    Some(path) => self.places.replace_path(&path),
                    None => self.places.go(&landing()),
                },
                Err(error) => {
                    self.failed.set(Some(error));
                }
            }
            self.busy.set(None);
        });
    }

    /// The organization that needs no asking: the only one, or the one that the address names (experience.md O1,
    /// O5). Not for a person who came to switch, and not again after a refusal.
    fn without_asking(self, list: &Listed<Organization>) -> Option<Organization> {
        if !matches!(self.session.stage(), Stage::NoOrganization { .. }) || self.failed.get().is_some() {
            return None;
        }
        if let [only] = list.entries.as_slice() {
            return Some(only.clone());
        }
        let next = self.next.get()?;
        let named = organization_of(next.as_str().split_once('?')?.1)?;
        list.entries.iter().find(|organization| organization.id == named).cloned()
    }
}

/// The list, with a search box from eight on.
#[component]
fn Choice(list: Vec<Organization>, choosing: Choosing) -> Part {
    let i18n = use_i18n();
    let query = State::new(String::new());
    let searchable = list.len() >= SEARCH_FROM;
    let current =
        choosing.session.stage_untracked().organization().map(|organization| organization.id.clone());
    let list: Vec<Row> = rows(list);
    let shown = move || {
        let folded = fold(&query.get());
        let hits: Vec<Part> = list
            .iter()
            .filter(|row| matches(&row.key, &folded))
            .map(|row| row.view(choosing, current.as_ref() == Some(&row.organization.id)))
            .collect();
        if hits.is_empty() {
            let text = i18n.fill(Later::OrganizationsNoMatch, &[("query", &query.get())]);
            return view! { <p role="status">{text}</p> };
        }
        view! { <ul class="rows" aria-label=tr(Later::OrganizationsList)>{hits}</ul> }
    };
    let rows = NodeRef::<leptos::html::Div>::new();
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowDown" => dom::Step::Next,
            "ArrowUp" => dom::Step::Previous,
            _ => return,
        };
        if let Some(rows) = rows.get_untracked() {
            event.prevent_default();
            dom::focus_step(&rows, "input,.row", step);
        }
    };
    let open_first = {
        Callback::new(move |()| {
            if let Some(rows) = rows.get_untracked() {
                dom::press_first(&rows, ".row");
            }
        })
    };
    view! {
        <div node_ref=rows on:keydown=on_key>
            {searchable
                .then(|| {
                    view! {
                        <SearchBox
                            id="organization-search"
                            label=tr(Later::OrganizationsSearch)
                            clear_label=tr(Later::Clear)
                            value=query
                            on_input=Callback::new(move |text| query.set(text))
                            on_enter=open_first
                            focus=true
                        />
                    }
                })} {shown}
        </div>
    }
}

/// An organization in the list.
#[derive(Clone)]
struct Row {
    organization: Organization,
    /// What a search looks at, folded.
    key: String,
    /// Whether another one has the same name: then the id is shown (experience.md O3).
    ambiguous: bool,
}

fn rows(list: Vec<Organization>) -> Vec<Row> {
    let names: Vec<String> = list.iter().map(|organization| fold(&organization.name)).collect();
    list.iter()
        .zip(&names)
        .map(|(organization, name)| Row {
            organization: organization.clone(),
            key: format!("{name}\n{}", fold(organization.id.as_str())),
            ambiguous: names.iter().filter(|other| *other == name).count() > 1,
        })
        .collect()
}

impl Row {
    fn view(&self, choosing: Choosing, is_current: bool) -> Part {
        let Self { organization, ambiguous, .. } = self.clone();
        let (id, name) = (organization.id.as_str().to_owned(), organization.name.clone());
        let i18n = use_i18n();
        let detail =
            ambiguous.then(|| view! { <small>{i18n.fill(Later::OrganizationsId, &[("id", &id)])}</small> });
        let badge =
            is_current.then(|| view! { <span class="badge">{i18n.text(Later::OrganizationsCurrent)}</span> });
        let is_busy = {
            let id = id.clone();
            move || choosing.busy.with(|busy| busy.as_ref() == Some(&id))
        };
        let waits = move || if choosing.busy.with(Option::is_some) { "true" } else { "false" };
        let sign = move || {
            if is_busy() {
                view! { <Spinner /> }
            } else {
                view! { <Icon name=IconName::Next class="i small turns" /> }
            }
        };
        view! {
            <li>
                <button
                    type="button"
                    class="row"
                    aria-disabled=waits
                    on:click=move |_| choosing.choose(organization.clone())
                >
                    <InitialsMark key=id name=name.clone() />
                    <span class="row-text">
                        <b dir="auto">{name}</b>
                        {detail}
                    </span>
                    {badge}
                    {sign}
                </button>
            </li>
        }
    }
}

/// Experience.md O2: plain words, whom to ask, and the way out below.
fn none() -> Part {
    let i18n = use_i18n();
    let contact = provided::<Rc<Deployment>>().settings.contact.clone();
    let detail = match contact {
        Some(contact) => i18n.fill(Text::Contact, &[("contact", &contact)]),
        None => i18n.text(Later::OrganizationsNoneDetail),
    };
    let title = i18n.text(Later::OrganizationsNone);
    view! { <PageState icon=IconName::Empty title detail=Some(detail) heading=true /> }
}
