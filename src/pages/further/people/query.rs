//! What of the page stands in its address: a list, a search, an order, a person.

use leptos::prelude::*;
use portal_core::people::page_size;
use portal_core::route::Route;
use portal_core::route::further::Further;
use portal_core::rows::Sorting;
use portal_core::text::People;

use crate::browser::Timer;
use crate::reactive::SetIfChanged;
use crate::routes::{Places, use_places};

/// The address follows so long after the last change.
const SETTLE_MS: u64 = 300;

/// A list of users.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Which {
    /// Get Manageable User List (contract.md 1.8).
    Manageable,
    /// Get Organization User List (contract.md 1.10).
    Organization,
    /// Get App User List (contract.md 1.11).
    Application,
}

impl Which {
    pub(super) const ALL: [Self; 3] = [Self::Manageable, Self::Organization, Self::Application];

    /// Its word in the address.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Manageable => "manageable",
            Self::Organization => "organization",
            Self::Application => "application",
        }
    }

    /// The list that a word names; the first for any other word.
    pub(super) fn of(key: Option<&str>) -> Self {
        Self::ALL.into_iter().find(|which| key == Some(which.key())).unwrap_or(Self::Manageable)
    }

    /// The name of its tab.
    pub(super) fn name(self) -> People {
        match self {
            Self::Manageable => People::ViewManageable,
            Self::Organization => People::ViewOrganization,
            Self::Application => People::ViewApplication,
        }
    }
}

/// The state of the page.
#[derive(Clone, Copy)]
pub(super) struct Query {
    places: Places,
    pub(super) which: RwSignal<Which>,
    /// What is searched for.
    pub(super) text: RwSignal<String>,
    /// How many are loaded at a time.
    pub(super) size: RwSignal<u32>,
    /// The order: by a column of the list.
    pub(super) sorting: RwSignal<Sorting>,
    /// The id of the person whose details are shown.
    pub(super) person: RwSignal<Option<String>>,
    /// The address as it was written last.
    written: StoredValue<Option<Route>>,
    timer: StoredValue<Timer>,
}

const FIRST: Sorting = Sorting { column: 0, descending: false };

impl Query {
    /// Takes what stands in the address, and follows both ways.
    pub(super) fn start() -> Self {
        let query = Self {
            places: use_places(),
            which: RwSignal::new(Which::Manageable),
            text: RwSignal::new(String::new()),
            size: RwSignal::new(1000),
            sorting: RwSignal::new(FIRST),
            person: RwSignal::new(None),
            written: StoredValue::new(None),
            timer: StoredValue::new(Timer::default()),
        };
        query.read(&query.places.route_untracked());
        Effect::new(move || {
            let route = query.places.route();
            if query.written.with_value(|written| written.as_ref() != Some(&route)) {
                query.read(&route);
            }
        });
        let mut first = true;
        Effect::new(move || {
            let route = query.route();
            if !std::mem::take(&mut first) {
                query.timer.update_value(|timer| timer.start(SETTLE_MS, move || query.write(route)));
            }
        });
        query
    }

    fn read(self, route: &Route) {
        let Some((Further::People, pairs)) = Further::of(route) else { return };
        let named = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        self.which.set_if_changed(Which::of(named("view")));
        self.text.set_if_changed(named("q").unwrap_or_default().to_owned());
        self.size.set_if_changed(page_size(named("size")));
        self.sorting.set_if_changed(named("sort").map_or(FIRST, sorting));
        self.person.set_if_changed(named("person").map(str::to_owned));
        self.written.set_value(Some(route.clone()));
    }

    /// The address for the state as it is; changes are followed.
    fn route(self) -> Route {
        let mut pairs = Vec::new();
        let mut put = |name: &str, value: String| pairs.push((name.to_owned(), value));
        if self.which.get() != Which::Manageable {
            put("view", self.which.get().key().to_owned());
        }
        if !self.text.with(String::is_empty) {
            put("q", self.text.get());
        }
        if self.size.get() != page_size(None) {
            put("size", self.size.get().to_string());
        }
        let by = self.sorting.get();
        if by != FIRST {
            put("sort", format!("{}{}", if by.descending { "-" } else { "" }, by.column));
        }
        if let Some(person) = self.person.get() {
            put("person", person);
        }
        Further::People.with(pairs)
    }

    fn write(self, route: Route) {
        // The page may be gone by now.
        let Some(known) = self.written.try_get_value() else { return };
        let here = matches!(Further::of(&self.places.route_untracked()), Some((Further::People, _)));
        if here && known.as_ref() != Some(&route) {
            self.written.set_value(Some(route.clone()));
            self.places.note(&route);
        }
    }

    /// Shows another list. A person of the one before may not be in it.
    pub(super) fn choose(self, which: Which) {
        if which != self.which.get_untracked() {
            self.person.set(None);
            self.sorting.set(FIRST);
            self.which.set(which);
        }
    }
}

/// `2`, or `-2` for the largest first.
fn sorting(text: &str) -> Sorting {
    let descending = text.starts_with('-');
    Sorting { column: text.trim_start_matches('-').parse().unwrap_or_default(), descending }
}
