//! The table of people: what is searched for, in which order, and whose details stand beside it.

use std::sync::Arc;

use leptos::prelude::*;
use portal_core::outline::mark;
use portal_core::people::{Column as What, Roster, search_key, shown_name, sorted};
use portal_core::rows::found;
use portal_core::text::People;

use super::list::{List, columns_of};
use super::one;
use super::query::Which;
use crate::browser::{Collator, dom, scroll, viewport};
use crate::components::{
    Column, DETAILS_TITLE, Data, Details, Icon, IconName, PageState, RowKey, SearchBox, Table, marked,
};
use crate::i18n::{I18n, tr, use_i18n};
use crate::pages::further::facts::day;
use crate::reactive::is_another_arc;

/// What the ids of the rows begin with.
const ROWS: &str = "people";
/// The id of the search box.
pub(super) const SEARCH: &str = "people-search";

/// The columns as the table draws them.
pub(super) fn columns(which: Which) -> Vec<Column> {
    let column = |what: &What| {
        let (name, track, narrow) = match what {
            What::Name => (People::ColumnName, "minmax(120px, 2fr)", "at-lead"),
            What::Email => (People::ColumnEmail, "minmax(130px, 2.4fr)", "at-sub"),
            What::Account => (People::ColumnAccount, "minmax(80px, 1.4fr)", ""),
            What::Phone => (People::ColumnPhone, "minmax(90px, 1.4fr)", ""),
            What::Joined => (People::ColumnJoined, "minmax(96px, 1fr)", ""),
            What::Updated => (People::ColumnUpdated, "minmax(112px, 1fr)", ""),
        };
        Column { name: tr(name), sorts: true, track, narrow }
    };
    columns_of(which).iter().map(column).collect()
}

/// The indices of people, in an order.
type Rows = Memo<Arc<Vec<usize>>>;

fn rows(compute: impl Fn() -> Vec<usize> + Send + Sync + 'static) -> Rows {
    Memo::new(move |_| Arc::new(compute()))
}

/// Who of a list is shown, in which order.
#[derive(Clone, Copy)]
pub(super) struct Sifted {
    shown: Rows,
    count: Signal<usize>,
}

impl Sifted {
    /// Follows the order and the search.
    pub(super) fn new(list: List) -> Self {
        let (i18n, query) = (use_i18n(), list.query);
        let what = columns_of(list.which);
        let keys = Memo::new_with_compare(
            move |_| Arc::new(list.people.with(|people| people.iter().map(search_key).collect::<Vec<_>>())),
            is_another_arc,
        );
        let order = rows(move || {
            let collator = Collator::new(&i18n.locale());
            let by = query.sorting.get();
            list.people.with(|people| sorted(people, what, by, &collator))
        });
        // The order once, and not with each letter that is typed.
        let shown = rows(move || {
            let (keys, text) = (keys.get(), query.text.get());
            order.with(|order| found(order, &text, &|row| keys.get(row).map_or("", String::as_str)))
        });
        Self { shown, count: Signal::derive(move || shown.with(|shown| shown.len())) }
    }
}

/// The search, the size of pages, and how many are shown.
pub(super) fn toolbar(list: List, sifted: Sifted) -> AnyView {
    let (i18n, query) = (use_i18n(), list.query);
    // Nothing is said of a list that begins anew.
    let said = move || list.roster.with(Roster::has_begun).then(|| told(i18n, list, sifted.count.get()));
    view! {
        <div class="toolbar">
            <SearchBox
                id=SEARCH
                label=tr(People::Search)
                clear_label=tr(People::SearchClear)
                value=query.text
                on_input=Callback::new(move |text| query.text.set(text))
                keys=true
                on_down=Callback::new(move |()| dom::focus_id("people-row-0"))
            />
            {list.sizes()}
            <span class="toolbar-count" role="status">
                {said}
            </span>
            {move || dropped(i18n, list)}
        </div>
    }
    .into_any()
}

/// The table, and the ways to more.
pub(super) fn table(list: List, sifted: Sifted) -> AnyView {
    let Sifted { shown, count } = sifted;
    let none = Memo::new(move |_| count.get() == 0);
    let body = move || {
        if none.get() { nobody(list) } else { rows_and_details(list, shown, count) }
    };
    view! {
        {body}
        {list.more()}
    }
    .into_any()
}

/// How many are shown, and of how many: a search looks only at those who are loaded.
fn told(i18n: I18n, list: List, shown: usize) -> String {
    let loaded = list.people.with(|people| people.len());
    let searches = !list.query.text.with(|text| text.trim().is_empty());
    let (more, total) = list.roster.with(|roster| (roster.next().is_some(), roster.total()));
    let numbers = [("shown", shown.to_string()), ("count", loaded.to_string())];
    let numbers = numbers.each_ref().map(|(name, number)| (*name, number.as_str()));
    match (more, searches) {
        (false, false) => i18n.count(People::ShownOne, People::ShownOther, loaded),
        (false, true) if loaded == 1 => i18n.fill(People::ShownOfOne, &numbers),
        (false, true) => i18n.fill(People::ShownOfOther, &numbers),
        (true, true) => i18n.fill(People::LoadedFound, &numbers),
        (true, false) => match total {
            Some(total) => {
                i18n.fill(People::Loaded, &[("count", &loaded.to_string()), ("total", &total.to_string())])
            }
            None => i18n.fill(People::LoadedMore, &numbers),
        },
    }
}

/// That some entries of the reply could not be read.
fn dropped(i18n: I18n, list: List) -> Option<AnyView> {
    let dropped = list.roster.with(Roster::dropped);
    (dropped > 0).then(|| {
        let text = i18n.count(People::DroppedOne, People::DroppedOther, dropped);
        view! {
            <span class="page-note">
                <Icon name=IconName::ALERT class="i small" />
                {text}
            </span>
        }
        .into_any()
    })
}

/// Nobody at all, or nobody that is searched for: two things, and a way back from the second.
fn nobody(list: List) -> AnyView {
    let i18n = use_i18n();
    let query = list.query;
    (move || {
        if list.people.with(|people| people.is_empty()) {
            let detail = Some(i18n.text(People::NoneDetail));
            return view! { <PageState icon=IconName::EMPTY title=i18n.text(People::None) detail /> }
                .into_any();
        }
        let text = query.text.get();
        let show_all = move |_| {
            query.text.set(String::new());
            // The button that was pressed goes away.
            dom::focus_id(SEARCH);
        };
        view! {
            <PageState icon=IconName::SEARCH title=i18n.fill(People::NoMatch, &[("query", text.trim())])>
                <button type="button" class="button go" on:click=show_all>
                    {tr(People::ShowAll)}
                </button>
            </PageState>
        }
        .into_any()
    })
    .into_any()
}

fn rows_and_details(list: List, shown: Rows, count: Signal<usize>) -> AnyView {
    let query = list.query;
    let version = counter(move || {
        shown.track();
        list.people.track();
        query.text.track();
    });
    let first = counter(move || {
        query.sorting.track();
        query.text.track();
    });
    let selected = Memo::new(move |_| {
        let id = query.person.get()?;
        let (people, shown) = (list.people.get(), shown.get());
        shown.iter().position(|row| people.get(*row).is_some_and(|person| person.id.as_str() == id))
    });
    let open = move |row: usize| {
        let (people, shown) = (list.people.get_untracked(), shown.get_untracked());
        let Some(person) = shown.get(row).and_then(|row| people.get(*row)) else { return };
        query.person.set(Some(person.id.as_str().to_owned()));
        viewport::next_frame(|| dom::focus_id(DETAILS_TITLE));
    };
    let close = move |()| {
        let row = selected.get_untracked();
        query.person.set(None);
        viewport::next_frame(move || {
            if let Some(row) = row {
                dom::focus_id(&format!("{ROWS}-row-{row}"));
            }
            // Whoever it was is not among those that are found, or away from the view.
            if scroll::nothing_has_focus() {
                list.enter();
            }
        });
    };
    let data = Data {
        columns: columns(list.which),
        count,
        version,
        turn: first,
        cell: cell(list, shown),
        key: key(list, shown),
        sorting: Signal::derive(move || Some(query.sorting.get())),
        on_sort: Callback::new(move |column| {
            query.sorting.set(query.sorting.get_untracked().pressed(column))
        }),
        selected: selected.into(),
        on_open: Callback::new(open),
    };
    // Who is not in this list, or not loaded, has no details.
    let person = Memo::new(move |_| {
        let id = query.person.get()?;
        list.people.with(|people| people.iter().find(|person| person.id.as_str() == id).cloned())
    });
    let of = Signal::derive(move || {
        person.with(|person| person.as_ref().map(|person| person.id.as_str().to_owned()))
    });
    let title = Signal::derive(move || {
        person.with(|person| person.as_ref().map(|person| shown_name(person).to_owned())).unwrap_or_default()
    });
    let is_open = move || if of.with(Option::is_some) { "with-details is-open" } else { "with-details" };
    view! {
        <div class=is_open node_ref=list.table>
            <Table id=ROWS label=tr(People::Table) data />
            <Details
                of
                title
                label=tr(People::Details)
                close_label=tr(People::DetailsClose)
                on_close=Callback::new(close)
            >
                {person.get_untracked().map(|person| one::one(list, person))}
            </Details>
        </div>
    }
    .into_any()
}

/// A number that is another one after each change of what is tracked.
fn counter(track: impl Fn() + Send + Sync + 'static) -> Signal<usize> {
    let count = Memo::new(move |before: Option<&usize>| {
        track();
        before.map_or(0, |before| before.wrapping_add(1))
    });
    count.into()
}

/// Each person by the id.
fn key(list: List, shown: Rows) -> RowKey {
    Arc::new(move |row| {
        let (people, shown) = (list.people.get_untracked(), shown.get_untracked());
        shown.get(row).and_then(|row| people.get(*row)).map(|person| mark(person.id.as_str(), 1))
    })
}

fn cell(list: List, shown: Rows) -> Arc<dyn Fn(usize, usize) -> AnyView + Send + Sync> {
    let (i18n, what) = (use_i18n(), columns_of(list.which));
    Arc::new(move |row, column| {
        let (people, shown) = (list.people.get_untracked(), shown.get_untracked());
        let person = shown.get(row).and_then(|row| people.get(*row));
        let (Some(person), Some(what)) = (person, what.get(column)) else { return ().into_any() };
        let Some(text) = what.text(person) else { return ().into_any() };
        if what.is_time() {
            return day(i18n, text.to_owned());
        }
        let query = list.query.text.get_untracked();
        view! { <bdi>{marked(text, &query)}</bdi> }.into_any()
    })
}
