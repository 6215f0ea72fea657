//! Places of the portal and the address bar. [`portal_core::route`] reads and writes addresses; the browser holds them.
//!
//! Not leptos_router: its matching decodes paths and queries, its base is a bare prefix of text, and it writes a new
//! path into the address bar only when its own `<Routes>` has shown it.

use leptos::prelude::*;
use portal_api::OrganizationId;
use portal_core::route::{self, ReturnPath, Route};

use crate::browser::{self, history};
use crate::leaving::Leaving;

/// The current place, and the way to another.
#[derive(Clone, Copy)]
pub struct Places {
    base: StoredValue<String>,
    /// Raw path and raw query.
    address: RwSignal<(String, String)>,
    route: Memo<Route>,
    leaving: Leaving,
}

/// The places that `app.rs` provides.
///
/// # Panics
/// Outside the app, which is a mistake in the program.
pub fn use_places() -> Places {
    expect_context()
}

impl Places {
    /// Reads the address bar, and follows the person back and forward.
    pub fn start(base: &str, leaving: Leaving) -> Self {
        let base = StoredValue::new(base.to_owned());
        let address = RwSignal::new(history::address());
        let route = Memo::new(move |_| {
            address.with(|(path, search)| {
                let below = base.with_value(|base| route::strip_base(base, path).map(str::to_owned));
                below.map_or(Route::NotFound, |below| route::parse(&below, search))
            })
        });
        let places = Self { base, address, route, leaving };
        history::on_travel(move || places.travel());
        places
    }

    /// The person went back or forward. Where work would be lost they are led back, and asked.
    fn travel(self) {
        let (now, before) = (history::address(), self.address.get_untracked());
        // Another query of the same place leaves nothing.
        if now.0 == before.0 || !self.leaving.is_held() {
            self.address.set(now);
        } else {
            self.leaving.lead_back();
        }
    }

    /// Writes the address of what is shown again, as a new step of the history: the person went away from it.
    pub fn write_again(self) {
        let (path, search) = self.address.get_untracked();
        history::write(&[path, search].concat(), false);
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
        self.address.with(|(_, search)| route::organization_of(search))
    }

    /// The current address as a return path: path and query below the base.
    pub fn here(self) -> Option<ReturnPath> {
        self.address.with_untracked(|(path, search)| {
            let below = self.base.with_value(|base| route::strip_base(base, path).map(str::to_owned))?;
            ReturnPath::parse(&format!("{below}{search}"))
        })
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
        self.write(&self.href(route), false);
    }

    /// Goes to a place in the stead of this one: back does not return here.
    pub fn replace(self, route: &Route) {
        self.move_to(&self.href(route), true);
    }

    /// Goes to an address below the base in the stead of this one.
    pub fn replace_path(self, path: &ReturnPath) {
        let address = self.base.with_value(|base| route::join_base(base, path.as_str()));
        self.move_to(&address, true);
    }

    /// Writes the place into the address bar without moving the page: search and filter change in place.
    pub fn note(self, route: &Route) {
        self.write(&self.href(route), true);
    }

    /// Lets ordinary links inside the portal move without loading the page anew.
    pub fn follow_links(self) {
        let base = self.base.get_value();
        browser::on_link(base, move |address| self.leave_for(address));
    }

    /// Goes to an address, unless the person would rather stay.
    fn leave_for(self, address: String) {
        // As in `travel`.
        if address.split(['?', '#']).next() == Some(&*self.address.get_untracked().0) {
            self.move_to(&address, false);
        } else {
            self.leaving.ask(move || self.move_to(&address, false));
        }
    }

    fn move_to(self, address: &str, replace: bool) {
        self.write(address, replace);
        history::scroll_to_top();
    }

    fn write(self, address: &str, replace: bool) {
        history::write(address, replace);
        self.address.set(history::address());
    }
}
