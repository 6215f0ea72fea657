//! Places of the portal and the address bar. leptos_router holds the address and writes it; [`portal_core::route`] is the
//! typed form, read from the raw path and the raw query: `use_query_map` decodes twice.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::Location;
use portal_api::OrganizationId;
use portal_core::route::{self, ReturnPath, Route};

use crate::browser::{self, history};
use crate::leaving::Leaving;

/// The current place, and the way to another.
#[derive(Clone, Copy)]
pub struct Places {
    base: StoredValue<String>,
    pathname: Memo<String>,
    /// Without its question mark.
    search: Memo<String>,
    route: Memo<Route>,
    leaving: Leaving,
    /// Takes an address, and whether it comes in the stead of the current one.
    navigate: Callback<(String, bool)>,
}

/// The places that `app.rs` provides.
///
/// # Panics
/// Outside the app, which is a mistake in the program.
pub fn use_places() -> Places {
    expect_context()
}

/// Sees steps and links before the router does: the router knows neither unsaved work nor where the portal ends.
#[derive(Clone, Copy)]
pub struct Gate {
    /// The path of what is shown.
    shown: StoredValue<String>,
    follow: StoredValue<Option<Callback<String>>>,
}

impl Gate {
    /// Listens from now on; the router has to begin later. Where a step back or forward would lose work, it leads the user
    /// back and asks.
    pub fn start(leaving: Leaving) -> Self {
        let gate = Self { shown: StoredValue::new(history::path()), follow: StoredValue::new(None) };
        history::on_travel(move |step| {
            // Another query of the same place leaves nothing.
            if leaving.is_held() && gate.shown.with_value(|shown| *shown != history::path()) {
                step.stop_immediate_propagation();
                leaving.lead_back();
            }
        });
        browser::on_link(browser::base(), move |address| {
            if let Some(follow) = gate.follow.get_value() {
                follow.run(address);
            }
        });
        gate
    }
}

impl Places {
    /// Reads the address, and follows links.
    ///
    /// # Panics
    /// Outside of the router, which is a mistake in the program.
    pub fn start(gate: Gate, leaving: Leaving) -> Self {
        let base = StoredValue::new(browser::base());
        let Location { pathname, search, .. } = use_location();
        let route = Memo::new(move |_| {
            let path = pathname.read();
            let below = base.with_value(|base| route::strip_base(base, &path).map(str::to_owned));
            below.map_or(Route::NotFound, |below| route::parse(&below, &search.read()))
        });
        Effect::new(move || gate.shown.set_value(pathname.get()));
        let navigate = use_navigate();
        let navigate = Callback::new(move |(address, replace): (String, bool)| {
            let before = history::address();
            // An address that is there already makes no step.
            let replace = replace || address == before;
            let how =
                NavigateOptions { resolve: false, replace, scroll: false, ..NavigateOptions::default() };
            navigate(&address, how);
            // The router makes no step where it takes the address for the one before (docs/decisions.md, "The router").
            if !replace && history::address() == before {
                history::push(&address);
            }
        });
        let places = Self { base, pathname, search, route, leaving, navigate };
        gate.follow.set_value(Some(Callback::new(move |address| places.leave_for(address))));
        places
    }

    /// A path with the raw query.
    fn with_search(self, path: &str) -> String {
        let search = self.search.read_untracked();
        if search.is_empty() { path.to_owned() } else { format!("{path}?{}", *search) }
    }

    /// Writes the address of what is shown again, as a new step of the history: the person went away from it.
    pub fn write_again(self) {
        self.write(self.with_search(&self.pathname.read_untracked()), false);
    }

    /// Where the page is; changes are followed.
    pub fn route(self) -> Route {
        self.route.get()
    }

    /// Where the page is now.
    pub fn route_untracked(self) -> Route {
        self.route.get_untracked()
    }

    /// The place as a signal.
    pub fn route_memo(self) -> Memo<Route> {
        self.route
    }

    /// The organization that the address names (`org=`); changes are followed.
    pub fn organization(self) -> Option<OrganizationId> {
        self.search.with(|search| route::organization_of(search))
    }

    /// The current address as a return path: path and query below the base.
    pub fn here(self) -> Option<ReturnPath> {
        let path = self.pathname.read_untracked();
        let below = self.base.with_value(|base| route::strip_base(base, &path).map(str::to_owned))?;
        ReturnPath::parse(&self.with_search(&below))
    }

    /// The choice of another organization. Who is in an application comes back to it (experience.md O7); changes are
    /// followed.
    pub fn choice(self) -> Route {
        let here = self.route.with(|route| match route {
            // Not the address as it stands: it may name the organization that is left.
            Route::Application { .. } => ReturnPath::parse(&route::to_address(route)),
            _ => None,
        });
        Route::Organizations { next: here }
    }

    /// The address of a place, for a link.
    pub fn href(self, route: &Route) -> String {
        self.base.with_value(|base| route::join_base(base, &route::to_address(route)))
    }

    /// The whole address of a place in an organization: for another tab, another day, another person.
    pub fn link(self, route: &Route, organization: Option<&OrganizationId>) -> String {
        let address = match organization {
            Some(organization) => route::with_organization(&self.href(route), organization),
            None => self.href(route),
        };
        format!("{}{address}", browser::origin())
    }

    /// Goes to a place.
    pub fn go(self, route: &Route) {
        self.leave_for(self.href(route));
    }

    /// Goes to a place that is part of the one that is shown: nothing is left, so nobody is asked.
    pub fn step(self, route: &Route) {
        self.write(self.href(route), false);
    }

    /// Goes to a place in the stead of this one: back does not return here.
    pub fn replace(self, route: &Route) {
        self.move_to(self.href(route), true);
    }

    /// Goes to an address below the base in the stead of this one.
    pub fn replace_path(self, path: &ReturnPath) {
        self.move_to(self.base.with_value(|base| route::join_base(base, path.as_str())), true);
    }

    /// Writes the place into the address bar without moving the page: search and filter change in place.
    pub fn note(self, route: &Route) {
        self.write(self.href(route), true);
    }

    /// Goes to an address, unless the person would rather stay.
    fn leave_for(self, address: String) {
        // As in `Gate`.
        if address.split(['?', '#']).next() == Some(&self.pathname.read_untracked()) {
            self.move_to(address, false);
        } else {
            self.leaving.ask(move || self.move_to(address.clone(), false));
        }
    }

    fn move_to(self, address: String, replace: bool) {
        self.write(address, replace);
        history::scroll_to_top();
    }

    fn write(self, address: String, replace: bool) {
        self.navigate.run((address, replace));
    }
}
