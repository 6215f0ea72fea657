//! The messages of one application that wait: their ids, for that is all the service gives back, in pages, and the ways to
//! say that they are dealt with (experience.md M5, M6, M9, M10).

mod paging;
mod tools;
mod update;

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::untrack;
use portal_api::message::GetUnresolvedMessages;
use portal_api::{ApplicationId, Endpoint, Error, ErrorKind, MessageId, Page};
use portal_core::inbox::{Failure, Mark, Marks};
use portal_core::launch::{Launch, application_launch};
use portal_core::notice::Place;
use portal_core::route::Route;
use portal_core::text::{Inbox as Words, Word};

use self::paging::Shown;
pub(super) use self::tools::Refusal;
use self::tools::tools;
use super::page::{Desk, PANEL_ID};
use super::rows::Rows;
use crate::browser::BrowserAddresses;
use crate::components::{Icon, IconName, PageState, SkeletonRows, Tone};
use crate::i18n::tr;
use crate::load::Load;
use crate::pages::problem::problem;
use crate::settings::Deployment;
use crate::state::{Callback, Derived, Signal, State, Stored, effect, provided};
use crate::view::{Part, view};

/// The height of a row, in px.
const ROW: usize = 48;

/// What is at work on the messages of one application.
#[derive(Clone, Copy)]
struct Work {
    desk: Desk,
    application: State<ApplicationId>,
    /// Which page of the list, from 0, and how often it was asked for.
    page: State<(u32, u32)>,
    load: Load<Shown>,
    /// The page that came before the one that is shown.
    before: Stored<Option<Arc<Shown>>>,
    /// The last page, once a service that names no sum has shown that there is none after it.
    last: State<Option<u32>>,
    marks: State<Marks>,
    chosen: State<BTreeSet<MessageId>>,
    /// How many the last change that was taken has marked.
    marked: State<Option<usize>>,
    /// How many calls that change something are under way.
    busy: State<usize>,
    /// Whether all shall be marked, which is asked about.
    asks: State<bool>,
}

impl Work {
    fn application(self) -> ApplicationId {
        self.application.get_untracked()
    }

    /// How many ids the page that is shown has.
    fn count(self) -> usize {
        self.load.value().map_or(0, |shown| shown.ids.len())
    }
}

/// The panel.
pub(super) fn ids_panel(desk: Desk, application: ApplicationId) -> Part {
    let session = desk.inbox.session;
    let page = State::new((0_u32, 0_u32));
    let of = application.clone();
    let load = Load::new(
        GetUnresolvedMessages::SPEC,
        move || {
            let stage = session.stage();
            let organization = stage.organization()?.id.clone();
            Some((session.epoch(), page.get(), organization))
        },
        move |(_, (number, _), organization)| {
            let application = of.clone();
            Box::pin(async move {
                let page = Page { number, ..Page::FIRST };
                let call = GetUnresolvedMessages { application, organization, page };
                Ok(Shown::of(page, session.request_by_server(&call).await?))
            })
        },
    );
    let work = Work {
        desk,
        application: State::new(application),
        page,
        load,
        before: Stored::new(None),
        last: State::new(None),
        marks: State::new(Marks::default()),
        chosen: State::new(BTreeSet::new()),
        marked: State::new(None),
        busy: State::new(0),
        asks: State::new(false),
    };
    effect(move || {
        if let Some(shown) = load.value() {
            untrack(|| work.arrived(&shown));
        }
    });
    let name = Derived::new(move |_| desk.name(&work.application()));
    view! {
        <div class="inbox-head">
            <h2 id=PANEL_ID tabindex="-1">
                <bdi>{name}</bdi>
            </h2>
            {move || way_to(work)}
        </div>
        {tools(work)}
        {body(work)}
        {update::question(work)}
    }
}

/// What stands where the list would be.
#[derive(Clone, PartialEq)]
enum Phase {
    Loading,
    Failed(Error),
    /// The person may not see it, or not any more.
    Closed,
    Empty,
    List,
}

fn body(work: Work) -> Part {
    let (load, i18n) = (work.load, work.desk.i18n);
    let phase = Derived::new(move |_| match (load.error(), load.value()) {
        (Some(error), _) if Failure::of(&error) == Failure::Closed => Phase::Closed,
        (Some(error), None) => Phase::Failed(error),
        (_, None) => Phase::Loading,
        (_, Some(shown)) if !shown.ids.is_empty() => Phase::List,
        // Another page is on its way.
        (_, Some(shown)) if shown.sheet.back().is_some() => Phase::Loading,
        (_, Some(shown)) if shown.sheet.exact() == Some(0) => Phase::Empty,
        // Messages wait, and the service gives none of them.
        (_, Some(_)) => Phase::Failed(unreadable()),
    });
    let retry = Callback::new(move |()| load.retry());
    Part::of(move || match phase.get() {
        Phase::Loading => view! { <SkeletonRows cancel=load.canceller() /> },
        Phase::Failed(error) => problem(&error, Place::Application, retry),
        Phase::Closed => {
            let (title, detail) = (i18n.text(Words::ClosedTitle), Some(i18n.text(Words::ClosedDetail)));
            view! { <PageState icon=IconName::LOCK title detail tone=Tone::Warn /> }
        }
        Phase::Empty => {
            let (title, detail) = (i18n.text(Words::EmptyTitle), Some(i18n.text(Words::EmptyDetail)));
            view! { <PageState icon=IconName::CHECK title detail /> }
        }
        Phase::List => list(work),
    })
}

/// The reply that has a sum and no ids.
fn unreadable() -> Error {
    let kind = ErrorKind::Malformed { place: "data.ids".to_owned() };
    Error { operation: GetUnresolvedMessages::SPEC.operation, kind, request_id: None }
}

fn list(work: Work) -> Part {
    let rows = Rows::new(ROW);
    // A list that is loaded anew is drawn anew.
    let made_of = Derived::new(move |before: Option<&(usize, usize)>| {
        (before.map_or(0, |(version, _)| version.wrapping_add(1)), work.count())
    });
    view! {
        <p class="inbox-note">{tr(Words::OnlyIds)}</p>
        {rows.draw(tr(Words::IdsTitle), made_of.into(), move |index, _| row(work, rows, index))}
    }
}

fn row(work: Work, rows: Rows, index: usize) -> Part {
    let Some(id) = work.load.value().and_then(|shown| shown.ids.get(index).cloned()) else {
        return Part::empty();
    };
    let i18n = work.desk.i18n;
    let (of, chosen_of) = (id.clone(), id.clone());
    let mark = Derived::new(move |_| work.marks.with(|marks| marks.of(&of)));
    let is_chosen = move || work.chosen.with(|chosen| chosen.contains(&chosen_of));
    let text = id.as_str().to_owned();
    let named = move |word: Words| {
        let text = text.clone();
        Signal::derive(move || i18n.fill(word, &[("id", &text)]))
    };
    let (toggled, sent) = (id.clone(), id.clone());
    let done = move || mark.get().is_some();
    // Not disabled: what takes the focus of a row must stay.
    let hold = move |event: leptos::ev::MouseEvent| {
        if mark.get_untracked().is_some() {
            event.prevent_default();
        }
    };
    let toggle = move |_| {
        work.chosen.update(|chosen| {
            if !chosen.remove(&toggled) {
                chosen.insert(toggled.clone());
            }
        });
    };
    let stop = rows.tab_stop(index);
    let label = named(Words::MarkOne);
    let action = move || match mark.get() {
        None if update::is_possible() => {
            let sent = sent.clone();
            Some(view! {
                <button
                    type="button"
                    class="button small"
                    aria-label=label
                    tabindex=stop
                    on:click=move |_| {
                        work.mark(vec![sent.clone()]);
                        work.go_on(rows, index);
                    }
                >
                    <Icon name=IconName::CHECK class="i small" />
                    <span>{tr(Words::Mark)}</span>
                </button>
            })
        }
        None => None,
        Some(mark) => {
            let word = if mark == Mark::Done { Words::Processed } else { Words::Sending };
            Some(view! { <small class="inbox-done">{tr(word)}</small> })
        }
    };
    let (way, shown) = (way(work), id.as_str().to_owned());
    view! {
        <div class="inbox-id" data-done=done>
            <input
                type="checkbox"
                class="stop"
                aria-label=named(Words::Choose)
                tabindex=stop
                prop:checked=is_chosen
                aria-disabled=move || done().then_some("true")
                on:click=hold
                on:change=toggle
            />
            {match way {
                Way::Leads { href, new_tab } => view! {
                    <a
                        class="text-link"
                        href=href
                        title=named(Words::OpenFor)
                        tabindex=stop
                        target=new_tab.then_some("_blank")
                        rel=new_tab.then_some("noopener noreferrer")
                    >
                        <bdi>{shown}</bdi>
                    </a>
                },
                Way::Closed(_) => view! { <bdi>{shown}</bdi> },
            }}
            {action}
        </div>
    }
}

/// How the application is opened.
enum Way {
    Leads { href: String, new_tab: bool },
    Closed(Option<(Word, String)>),
}

/// The same as a press on its tile.
fn way(work: Work) -> Way {
    let id = work.application();
    let found = work.desk.applications.with_untracked(|all| Some(all.as_ref()?.find(&id)?.1.clone()));
    let Some(application) = found else { return Way::Closed(None) };
    let policy = provided::<Rc<Deployment>>().policy.clone();
    let launch = application_launch(&policy, &BrowserAddresses, &application);
    match &launch {
        Launch::Frame(_) | Launch::NoAddress => {
            let route = Route::Application { application: id, menu: None, n: 1, menu_n: 1, state: None };
            Way::Leads { href: work.desk.inbox.places.href(&route), new_tab: false }
        }
        Launch::NewTab(address, _) => Way::Leads { href: address.as_str().to_owned(), new_tab: true },
        Launch::Refused(_) | Launch::Disabled => {
            let scheme = launch.scheme().unwrap_or_default().to_owned();
            Way::Closed(launch.reason().map(|reason| (reason.into(), scheme)))
        }
    }
}

/// The link to the application, or why it cannot be opened.
fn way_to(work: Work) -> Part {
    let i18n = work.desk.i18n;
    match way(work) {
        Way::Leads { href, new_tab } => view! {
            <a
                class="button go"
                href=href
                target=new_tab.then_some("_blank")
                rel=new_tab.then_some("noopener noreferrer")
            >
                {i18n.text(Words::Open)}
            </a>
        },
        Way::Closed(reason) => {
            let text = reason.map(|(reason, scheme)| i18n.fill(reason, &[("scheme", &scheme)]));
            view! { <small class="inbox-note">{text}</small> }
        }
    }
}
