//! Places of the portal and the address bar. [`portal_core::route`] reads and writes addresses; leptos_router only
//! holds the current one and its history: its own matching decodes paths, and ids here may hold any character.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use portal_api::OrganizationId;
use portal_core::route::{self, ReturnPath, Route};

use crate::browser;

/// The current place, and the way to another.
#[derive(Clone, Copy)]
pub struct Places {
    base: StoredValue<String>,
    path: Memo<String>,
    search: Memo<String>,
    route: Memo<Route>,
    navigate: StoredValue<Navigate, LocalStorage>,
}

type Navigate = Box<dyn Fn(&str, NavigateOptions)>;

/// The places that `app.rs` provides.
///
/// # Panics
/// Outside the app, which is a mistake in the program.
pub fn use_places() -> Places {
    expect_context()
}

impl Places {
    /// Reads the address bar. Only inside the router.
    pub fn start(base: &str) -> Self {
        let location = use_location();
        let (path, search) = (location.pathname, location.search);
        let base = StoredValue::new(base.to_owned());
        let route = Memo::new(move |_| {
            let path = path.get();
            let below = base.with_value(|base| route::strip_base(base, &path).map(str::to_owned));
            below.map_or(Route::NotFound, |below| search.with(|search| route::parse(&below, search)))
        });
        let navigate: Navigate = Box::new(use_navigate());
        Self { base, path, search, route, navigate: StoredValue::new_local(navigate) }
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
        let path = self.path.get_untracked();
        let search = self.search.get_untracked();
        let below = self.base.with_value(|base| route::strip_base(base, &path).map(str::to_owned))?;
        let query = if search.is_empty() { String::new() } else { format!("?{search}") };
        ReturnPath::parse(&format!("{below}{query}"))
    }

    /// The address of a place, for a link.
    pub fn href(self, route: &Route) -> String {
        self.base.with_value(|base| route::join_base(base, &route::to_address(route)))
    }

    /// Goes to a place.
    pub fn go(self, route: &Route) {
        self.navigate(&self.href(route), NavigateOptions { resolve: false, ..Default::default() });
    }

    /// Goes to a place in the stead of this one: back does not return here.
    pub fn replace(self, route: &Route) {
        self.replace_address(&self.href(route));
    }

    /// Goes to an address below the base in the stead of this one.
    pub fn replace_path(self, path: &ReturnPath) {
        let address = self.base.with_value(|base| route::join_base(base, path.as_str()));
        self.replace_address(&address);
    }

    /// Writes the place into the address bar without moving the page: search and filter change in place.
    pub fn note(self, route: &Route) {
        let options = NavigateOptions { resolve: false, replace: true, scroll: false, ..Default::default() };
        self.navigate(&self.href(route), options);
    }

    /// Lets ordinary links inside the portal move without loading the page anew.
    pub fn follow_links(self) {
        let base = self.base.get_value();
        browser::on_link(base, move |address| {
            self.navigate(&address, NavigateOptions { resolve: false, ..Default::default() });
        });
    }

    fn replace_address(self, address: &str) {
        self.navigate(address, NavigateOptions { resolve: false, replace: true, ..Default::default() });
    }

    fn navigate(self, address: &str, options: NavigateOptions) {
        self.navigate.with_value(|navigate| navigate(address, options));
    }
}
