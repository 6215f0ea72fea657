//! What is searched for and which category is shown, here and in the address (experience.md, "Words on screen").
//!
//! While the page stands, its own signals are the truth: what is typed shows at once, and the address follows. An
//! address that the page did not write itself, such as one of the history, is taken over.

use leptos::prelude::*;
use portal_core::catalog::CategoryFilter;
use portal_core::route::Route;

use super::roaming::Roaming;
use crate::browser::{self, Shelf, Store, Timer, viewport};
use crate::routes::{Places, use_places};

/// How long nothing is typed or pressed until the address is written: browsers refuse to write it more often (ms).
const PAUSE: u32 = 300;

/// Where the person was when they left, to come back to: height, tab stop and address, one a line.
const LEFT: Store = Store::new(Shelf::Tab, "portal.launcher");

/// The filter of the launcher.
#[derive(Clone, Copy)]
pub(super) struct Filter {
    /// What is searched for, as typed.
    pub(super) query: RwSignal<String>,
    /// Which category is shown.
    pub(super) category: RwSignal<CategoryFilter>,
    places: Places,
    /// The place that the address bar was last seen or made to hold.
    noted: StoredValue<Route>,
    timer: StoredValue<Timer>,
    /// When a category was pressed last, in milliseconds.
    pressed: StoredValue<f64>,
    roaming: StoredValue<Option<Roaming>>,
}

impl Filter {
    /// As the address says.
    pub(super) fn new() -> Self {
        let places = use_places();
        let route = places.route_memo().get_untracked();
        let (query, category) = match &route {
            Route::Launcher { query, category } => (query.clone(), category.clone()),
            _ => Default::default(),
        };
        Self {
            query: RwSignal::new(query),
            category: RwSignal::new(category),
            places,
            noted: StoredValue::new(route),
            timer: StoredValue::new(Timer::default()),
            pressed: StoredValue::new(f64::MIN),
            roaming: StoredValue::new(None),
        }
    }

    /// Follows the address, and keeps the place in the grid for coming back.
    pub(super) fn start(self, roaming: Roaming) {
        self.roaming.set_value(Some(roaming));
        Effect::new(move || {
            let route = self.places.route();
            if self.noted.with_value(|noted| *noted == route) {
                return;
            }
            if let Route::Launcher { query, category } = &route {
                self.timer.update_value(Timer::stop);
                self.set(query.clone(), category.clone());
                self.noted.set_value(route);
            }
        });
        on_cleanup(move || self.leave(roaming));
    }

    /// For the search box.
    pub(super) fn on_input(self) -> Callback<String> {
        Callback::new(move |query: String| {
            let category = self.category.get_untracked();
            self.set(query, category);
            self.note_later();
        })
    }

    /// For the buttons: the active one shows all again.
    pub(super) fn on_press(self) -> Callback<String> {
        Callback::new(move |key: String| {
            let pressed = CategoryFilter::from_query(Some(&key));
            let category =
                if pressed == self.category.get_untracked() { CategoryFilter::All } else { pressed };
            self.set(self.query.get_untracked(), category);
            let now = browser::now();
            // A single press is written at once; of a key that is held, the first and the last.
            if self.pressed.try_update_value(|at| now - std::mem::replace(at, now) > f64::from(PAUSE))
                == Some(true)
            {
                self.note();
            } else {
                self.note_later();
            }
        })
    }

    /// Without search and category.
    pub(super) fn show_all(self) {
        self.set(String::new(), CategoryFilter::All);
        self.note();
    }

    /// Writes the address once nothing has changed for a moment.
    fn note_later(self) {
        self.timer.update_value(|timer| timer.start(PAUSE.into(), move || self.note()));
    }

    /// Writes the address now. Does nothing once the page is left, for the address is another's then.
    pub(super) fn note(self) {
        self.timer.update_value(Timer::stop);
        if !matches!(self.places.route_memo().get_untracked(), Route::Launcher { .. }) {
            return;
        }
        let route = self.route();
        if self.noted.with_value(|noted| *noted != route) {
            self.noted.set_value(route.clone());
            self.places.note(&route);
        }
    }

    /// Takes the person back to where they were on this page with this filter.
    pub(super) fn on_settled(self) -> Callback<()> {
        Callback::new(move |()| {
            let left = LEFT.read();
            LEFT.erase();
            let here = self.places.href(&self.route());
            let mut lines = left.as_deref().unwrap_or_default().splitn(3, '\n');
            let (top, stop) = (lines.next().and_then(viewport::length), lines.next());
            if let (Some(top), Some(stop)) = (top, stop.and_then(|stop| stop.parse().ok()))
                && lines.next() == Some(here.as_str())
                && let Some(roaming) = self.roaming.get_value()
            {
                roaming.restore(top, stop);
            }
        })
    }

    fn leave(self, roaming: Roaming) {
        self.timer.update_value(Timer::stop);
        let (top, stop) = roaming.place();
        if top > 0.0 || stop > 0 {
            #[expect(clippy::cast_possible_truncation, reason = "rounded; a height of the page")]
            let top = top.round() as i32;
            LEFT.write(&format!("{top}\n{stop}\n{}", self.places.href(&self.route())));
        }
    }

    fn set(self, query: String, category: CategoryFilter) {
        if let Some(roaming) = self.roaming.get_value() {
            roaming.reset();
        }
        self.query.set(query);
        if self.category.with_untracked(|old| *old != category) {
            self.category.set(category);
        }
    }

    fn route(self) -> Route {
        Route::Launcher { query: self.query.get_untracked(), category: self.category.get_untracked() }
    }
}
