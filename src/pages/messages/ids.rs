//! The messages of one application that wait: their ids, for that is all the service gives back, in pages, and the ways to
//! say that they are dealt with (experience.md M5, M6, M9, M10).

mod paging;
mod tools;
mod update;

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use portal_api::message::GetUnresolvedMessages;
use portal_api::{ApplicationId, Endpoint, Error, ErrorKind, MessageId, Page, Paged};
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
use crate::pages::problem::problem;
use crate::query::{Ask, Query};
use crate::reactive::is_another_option;
use crate::settings::Deployment;

/// The height of a row, in px.
const ROW: usize = 48;

/// What is at work on the messages of one application.
#[derive(Clone, Copy)]
struct Work {
    desk: Desk,
    application: RwSignal<ApplicationId>,
    /// Which page of the list, from 0, and how often it was asked for.
    page: RwSignal<(u32, u32)>,
    load: Query<Paged<MessageId>>,
    /// What it has given.
    shown: Memo<Option<Arc<Shown>>>,
    /// The page that came before the one that is shown.
    before: StoredValue<Option<Arc<Shown>>>,
    /// The last page, once a service that names no sum has shown that there is none after it.
    last: RwSignal<Option<u32>>,
    marks: RwSignal<Marks>,
    chosen: RwSignal<BTreeSet<MessageId>>,
    /// How many the last change that was taken has marked.
    marked: RwSignal<Option<usize>>,
    /// How many calls that change something are under way.
    busy: RwSignal<usize>,
    /// Whether all shall be marked, which is asked about.
    asks: RwSignal<bool>,
}

impl Work {
    fn application(self) -> ApplicationId {
        self.application.get_untracked()
    }

    /// How many ids the page that is shown has.
    fn count(self) -> usize {
        self.shown.get().map_or(0, |shown| shown.ids.len())
    }
}

/// The panel.
pub(super) fn ids_panel(desk: Desk, application: ApplicationId) -> AnyView {
    let session = desk.inbox.session;
    let page = RwSignal::new((0_u32, 0_u32));
    let of = application.clone();
    let asked = move |number: u32| Page { number, ..Page::FIRST };
    // Nothing of before is shown: it may list what has been dealt with since.
    let load: Query<Paged<MessageId>> = Query::new(Box::new(move || {
        let stage = session.stage();
        let organization = stage.organization()?.id.clone();
        // Also when the same page is asked for again.
        let (number, _) = page.get();
        let call = GetUnresolvedMessages { application: of.clone(), organization, page: asked(number) };
        Some(Ask::of(&call).alone())
    }));
    let shown = Memo::new_with_compare(
        move |_| load.value().map(|reply| Arc::new(Shown::of(asked(page.get().0), &reply))),
        is_another_option,
    );
    let work = Work {
        desk,
        application: RwSignal::new(application),
        page,
        load,
        shown,
        before: StoredValue::new(None),
        last: RwSignal::new(None),
        marks: RwSignal::new(Marks::default()),
        chosen: RwSignal::new(BTreeSet::new()),
        marked: RwSignal::new(None),
        busy: RwSignal::new(0),
        asks: RwSignal::new(false),
    };
    Effect::new(move || {
        if let Some(shown) = shown.get() {
            untrack(|| work.arrived(&shown));
        }
    });
    let name = Memo::new(move |_| desk.name(&work.application()));
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
    .into_any()
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

fn body(work: Work) -> AnyView {
    let (load, i18n) = (work.load, work.desk.i18n);
    let phase = Memo::new(move |_| match (load.error(), work.shown.get()) {
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
    (move || match phase.get() {
        Phase::Loading => view! { <SkeletonRows cancel=load.canceller() /> }.into_any(),
        Phase::Failed(error) => problem(&error, Place::Application, retry),
        Phase::Closed => {
            let (title, detail) = (i18n.text(Words::ClosedTitle), Some(i18n.text(Words::ClosedDetail)));
            view! { <PageState icon=IconName::LOCK title detail tone=Tone::Warn /> }.into_any()
        }
        Phase::Empty => {
            let (title, detail) = (i18n.text(Words::EmptyTitle), Some(i18n.text(Words::EmptyDetail)));
            view! { <PageState icon=IconName::CHECK title detail /> }.into_any()
        }
        Phase::List => list(work),
    })
    .into_any()
}

/// The reply that has a sum and no ids.
fn unreadable() -> Error {
    let kind = ErrorKind::Malformed { place: "data.ids".to_owned() };
    Error { operation: GetUnresolvedMessages::SPEC.operation, kind, request_id: None }
}

fn list(work: Work) -> AnyView {
    let rows = Rows::new(ROW);
    // A list that is loaded anew is drawn anew.
    let made_of = Memo::new(move |before: Option<&(usize, usize)>| {
        (before.map_or(0, |(version, _)| version.wrapping_add(1)), work.count())
    });
    view! {
        <p class="inbox-note">{tr(Words::OnlyIds)}</p>
        {rows.draw(tr(Words::IdsTitle), made_of.into(), move |index, _| row(work, rows, index))}
    }
    .into_any()
}

fn row(work: Work, rows: Rows, index: usize) -> AnyView {
    let Some(id) = work.shown.get().and_then(|shown| shown.ids.get(index).cloned()) else {
        return ().into_any();
    };
    let i18n = work.desk.i18n;
    let (of, chosen_of) = (id.clone(), id.clone());
    let mark = Memo::new(move |_| work.marks.with(|marks| marks.of(&of)));
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
            Some(
                view! {
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
                }
                .into_any(),
            )
        }
        None => None,
        Some(mark) => {
            let word = if mark == Mark::Done { Words::Processed } else { Words::Sending };
            Some(view! { <small class="inbox-done">{tr(word)}</small> }.into_any())
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
                }.into_any(),
                Way::Closed(_) => view! { <bdi>{shown}</bdi> }.into_any(),
            }}
            {action}
        </div>
    }
    .into_any()
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
    let policy = expect_context::<Arc<Deployment>>().policy.clone();
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
fn way_to(work: Work) -> AnyView {
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
        }
        .into_any(),
        Way::Closed(reason) => {
            let text = reason.map(|(reason, scheme)| i18n.fill(reason, &[("scheme", &scheme)]));
            view! { <small class="inbox-note">{text}</small> }.into_any()
        }
    }
}
