//! One of the lists: its pages as they come, and what is said in the stead of a table.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use portal_api::people::{GetAppUserList, GetManageableUserList, GetOrganizationUserList};
use portal_api::{Code, Error, OrganizationId, Page, Paged, Person};
use portal_core::notice::{Place, notice};
use portal_core::people::{Column, PAGE_SIZES, Roster};
use portal_core::text::People;

use super::query::{Query, Which};
use super::table::{SEARCH, Sifted, columns, table, toolbar};
use crate::browser::{dom, scroll, viewport};
use crate::components::{Choice, IconName, PageState, TableSkeleton, Tone};
use crate::i18n::{I18n, tr, use_i18n};
use crate::lazy;
use crate::pages::further::section::failed;
use crate::pages::problem::{quote, trace};
use crate::query::{self, Ask};
use crate::reactive::{SetIfChanged, is_another_arc};
use crate::session::{Session, use_session};

/// What Tab leads to in the table.
const TABLE_STOP: &str = "[role=row][tabindex='0'], [role=columnheader] [tabindex='0']";

/// The list that is shown.
#[derive(Clone, Copy)]
pub(super) struct List {
    pub(super) which: Which,
    pub(super) query: Query,
    pub(super) organization: Signal<Option<OrganizationId>>,
    pub(super) roster: RwSignal<Roster>,
    /// Everybody that has come.
    pub(super) people: Memo<Arc<Vec<Person>>>,
    load: query::Query<Paged<Person>>,
    /// The page that is asked for, and the size of pages.
    wanted: RwSignal<(u32, u32)>,
    /// Whether the pages after it are asked for without another press.
    all: RwSignal<bool>,
    /// What holds the table.
    pub(super) table: NodeRef<html::Div>,
    /// What holds the ways to more.
    ways: NodeRef<html::Div>,
}

/// The columns of a list, by what its operation gives.
pub(super) fn columns_of(which: Which) -> &'static [Column] {
    match which {
        Which::Manageable => {
            &[Column::Name, Column::Email, Column::Account, Column::Phone, Column::Joined, Column::Updated]
        }
        Which::Organization => &[Column::Name, Column::Email, Column::Phone],
        Which::Application => &[Column::Name, Column::Email, Column::Phone, Column::Updated],
    }
}

/// The list, with what it is, and how it is loaded.
pub(super) fn list(which: Which, query: Query) -> AnyView {
    let (i18n, session) = (use_i18n(), use_session());
    let list = List::new(which, query, session);
    let name = Signal::derive(move || {
        session.stage().organization().map(|organization| organization.name.clone()).unwrap_or_default()
    });
    let about = move || {
        let text = match which {
            Which::Manageable => People::AboutManageable,
            Which::Organization => People::AboutOrganization,
            Which::Application => People::AboutApplication,
        };
        i18n.fill(text, &[("organization", &name.get())])
    };
    // What has come stays, whatever becomes of the next page.
    let phase = Memo::new(move |_| {
        if list.roster.with(Roster::has_begun) {
            return Phase::Table;
        }
        list.load.error().map_or(Phase::Loading, Phase::Failed)
    });
    let sifted = Sifted::new(list);
    let retry = Callback::new(move |()| list.load.retry());
    let body = move || match phase.get() {
        Phase::Loading => {
            view! { <TableSkeleton columns=columns(which) cancel=list.load.canceller() /> }.into_any()
        }
        Phase::Failed(error) if error.code() == Some(Code::Forbidden) => forbidden(i18n, which, &error),
        Phase::Failed(error) => lazy::problem(error, Place::Session, retry),
        Phase::Table => table(list, sifted),
    };
    // It stays when the list begins anew with pages of another size: that is chosen in it.
    let begun =
        Memo::new(move |before: Option<&bool>| before == Some(&true) || list.roster.with(Roster::has_begun));
    view! {
        <p class="page-about" dir="auto">
            {about}
        </p>
        {move || begun.get().then(|| toolbar(list, sifted))}
        {body}
    }
    .into_any()
}

#[derive(Clone, PartialEq)]
enum Phase {
    Loading,
    Failed(Error),
    Table,
}

impl List {
    fn new(which: Which, query: Query, session: Session) -> Self {
        let organization = Signal::derive(move || {
            session.stage().organization().map(|organization| organization.id.clone())
        });
        let size = query.size.get_untracked();
        let (wanted, roster) = (RwSignal::new((0, size)), RwSignal::new(Roster::new(size)));
        let load: query::Query<Paged<Person>> = query::Query::new(Box::new(move || {
            let (number, size) = wanted.get();
            Some(ask(which, organization.get()?, Page { number, size }))
        }));
        let people = Memo::new_with_compare(move |_| Arc::new(roster.with(Roster::people)), is_another_arc);
        let all = RwSignal::new(false);
        let (table, ways) = (NodeRef::new(), NodeRef::new());
        let list = Self { which, query, organization, roster, people, load, wanted, all, table, ways };
        Effect::new(move || {
            if let Some(page) = load.value() {
                list.take(wanted.get_untracked().0, &page);
            }
        });
        Effect::new(move || {
            let size = query.size.get();
            if wanted.get_untracked().1 != size {
                all.set(false);
                roster.set(Roster::new(size));
                wanted.set((0, size));
            }
        });
        list
    }

    /// Asks for the next page.
    fn next(self) {
        match self.roster.with_untracked(Roster::next) {
            Some(number) => self.wanted.set_if_changed((number, self.query.size.get_untracked())),
            None => self.all.set(false),
        }
    }

    /// Whether a page is on its way.
    fn is_busy(self) -> bool {
        let (number, _) = self.wanted.get();
        self.load.error().is_none() && self.roster.with(|roster| !roster.has(number))
    }

    /// The ways to more people, and why the last page did not come.
    pub(super) fn more(self) -> AnyView {
        let retry = Callback::new(move |()| self.load.retry());
        let problem = move || self.load.error().map(|error| failed(&error, retry));
        let left = Memo::new(move |_| self.roster.with(|roster| roster.next().is_some()));
        view! {
            <div class="table-more" node_ref=self.ways>
                {problem}
                {move || left.get().then(|| self.ways())}
            </div>
        }
        .into_any()
    }

    /// The buttons. They stay while pages come, so that they keep the focus.
    fn ways(self) -> AnyView {
        let stops = Memo::new(move |_| self.all.get() && self.load.error().is_none());
        let waits = move || if self.is_busy() { "true" } else { "false" };
        let begin = move |all| {
            if untrack(|| self.is_busy()) {
                return;
            }
            self.all.set(all);
            if untrack(|| self.load.error().is_some()) {
                self.load.retry();
            }
            self.next();
        };
        let press_all = move |_| {
            if stops.get_untracked() {
                self.all.set(false);
            } else {
                begin(true);
            }
        };
        view! {
            <div class="actions">
                <button type="button" class="button" aria-disabled=waits on:click=move |_| begin(false)>
                    {tr(People::LoadMore)}
                </button>
                <button
                    type="button"
                    class="button"
                    aria-disabled=move || if stops.get() { "false" } else { waits() }
                    on:click=press_all
                >
                    {move || tr(if stops.get() { People::LoadStop } else { People::LoadAll })}
                </button>
            </div>
        }
        .into_any()
    }

    /// Puts a page to the others. With the last one the buttons go: a focus on them goes to the table.
    fn take(self, number: u32, page: &Paged<Person>) {
        let ways = self.ways.try_get_untracked().flatten();
        let had_focus = ways.is_some_and(|ways| dom::focus_is_in(&ways, "button"));
        self.roster.update(|roster| roster.take(number, page));
        if self.all.get_untracked() {
            self.next();
        }
        if had_focus && self.roster.with_untracked(|roster| roster.next().is_none()) {
            viewport::next_frame(move || self.enter());
        }
    }

    /// Puts the focus on what Tab leads to in the table; where there is none, into the search box.
    pub(super) fn enter(self) {
        if let Some(table) = self.table.try_get_untracked().flatten() {
            dom::focus_first(&table, TABLE_STOP);
        }
        if scroll::nothing_has_focus() {
            dom::focus_id(SEARCH);
        }
    }

    /// How many are loaded at a time.
    pub(super) fn sizes(self) -> AnyView {
        let options = PAGE_SIZES.map(|size| (size.to_string(), size.to_string())).to_vec();
        let choose = Callback::new(move |size: String| {
            if let Ok(size) = size.parse() {
                self.query.size.set_if_changed(size);
            }
        });
        view! {
            <Choice
                label=tr(People::PageSize)
                value=Signal::derive(move || self.query.size.get().to_string())
                options=Signal::derive(move || options.clone())
                on_change=choose
            />
        }
        .into_any()
    }
}

fn ask(which: Which, organization: OrganizationId, page: Page) -> Ask {
    match which {
        Which::Manageable => Ask::of(&GetManageableUserList { page }),
        Which::Organization => Ask::of(&GetOrganizationUserList { organization, page }),
        Which::Application => Ask::of(&GetAppUserList { page }),
    }
}

/// Who may see the list, in the words of contract.md 1.8, 1.10 and 1.11.
fn forbidden(i18n: I18n, which: Which, error: &Error) -> AnyView {
    let (title, detail) = match which {
        Which::Manageable => (People::ForbiddenManageable, People::ForbiddenManageableDetail),
        Which::Organization => (People::ForbiddenOrganization, People::ForbiddenOrganizationDetail),
        Which::Application => (People::ForbiddenApplication, People::ForbiddenApplicationDetail),
    };
    let told = notice(error, Place::Session);
    let (quote, trace) = (quote(i18n, &told), trace(i18n, &told));
    view! {
        <PageState
            icon=IconName::LOCK
            title=i18n.text(title)
            detail=Some(i18n.text(detail))
            quote
            trace
            tone=Tone::Warn
        />
    }
    .into_any()
}
