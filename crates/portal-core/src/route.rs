//! Where an address leads, and the address of a place (experience.md, "Words on screen and addresses").
//!
//! Paths are read raw: an id may hold any character, a slash too. [`parse`] and [`to_address`] undo each other.

pub mod further;
mod return_path;
mod segment;

use portal_api::{ApplicationId, OrganizationId, encoding};

pub use return_path::ReturnPath;

use crate::catalog::CategoryFilter;

/// A place in the portal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Route {
    /// `/login`
    SignIn {
        /// Where to go after signing in.
        next: Option<ReturnPath>,
    },
    /// `/login/callback`: the return from single sign-on.
    SignInCallback,
    /// `/organizations`
    Organizations {
        /// Where to go after the choice.
        next: Option<ReturnPath>,
    },
    /// `/`
    Launcher {
        /// What is searched for, as typed.
        query: String,
        /// Which category is shown.
        category: CategoryFilter,
    },
    /// `/portal/<application id>/<menu identifier>` (contract.md 4.2).
    Application {
        /// The application.
        application: ApplicationId,
        /// The menu entry by its identifier, or its id where it has none. Never empty.
        menu: Option<String>,
        /// Which of the applications with this id: 1 for the first, which owns the plain address.
        n: u32,
        /// Which of the menu entries with this identifier; 1 where no entry is named.
        menu_n: u32,
        /// What the page inside shall show, opaque (contract.md 4.2).
        state: Option<String>,
    },
    /// The screens besides launcher and applications, below the [`FURTHER`] paths. Read by [`further`], with the code of
    /// those screens.
    Further {
        /// The raw path, beginning with a slash.
        path: String,
        /// The pairs of the query, decoded, without `org`.
        query: Vec<(String, String)>,
    },
    /// Nothing is at this address.
    NotFound,
}

/// The first segment of the addresses of [`Route::Further`].
pub const FURTHER: [&str; 6] = ["messages", "profile", "assets", "people", "console", "about"];

impl Route {
    /// An application at its plain address.
    pub fn application(application: ApplicationId) -> Self {
        Self::Application { application, menu: None, n: 1, menu_n: 1, state: None }
    }

    /// The launcher without search and filter.
    pub fn launcher() -> Self {
        Self::Launcher { query: String::new(), category: CategoryFilter::All }
    }
}

/// Where a raw path below the base, such as `/portal/a%2Fb`, and a raw query lead. A query may begin with `?`; of
/// a member that repeats, the first counts; members that are not known change nothing.
pub fn parse(path: &str, search: &str) -> Route {
    let query = Query::read(search);
    let path = path.strip_prefix('/').unwrap_or(path);
    let mut segments = path.split('/');
    let (first, second, third) = (segments.next().unwrap_or_default(), segments.next(), segments.next());
    if segments.next().is_some() {
        return Route::NotFound;
    }
    match (first, second, third) {
        ("", None, None) => {
            let category = CategoryFilter::from_query(query.get("category"));
            Route::Launcher { query: query.get("q").unwrap_or_default().to_owned(), category }
        }
        ("login", None, None) => Route::SignIn { next: query.next() },
        ("login", Some("callback"), None) => Route::SignInCallback,
        ("organizations", None, None) => Route::Organizations { next: query.next() },
        ("portal", Some(application), menu) => application_route(application, menu, &query),
        (first, ..) if FURTHER.contains(&first) => {
            Route::Further { path: format!("/{path}"), query: query.without_organization() }
        }
        _ => Route::NotFound,
    }
}

fn application_route(application: &str, menu: Option<&str>, query: &Query) -> Route {
    let application = segment::read(application).and_then(|id| ApplicationId::parse(&id));
    let menu = match menu {
        Some(raw) => segment::read(raw).filter(|menu| !menu.is_empty()).map(Some),
        None => Some(None),
    };
    let (Some(application), Some(menu)) = (application, menu) else { return Route::NotFound };
    let last = query.nth("n");
    let (n, menu_n) = if menu.is_some() { (query.nth("an"), last) } else { (last, 1) };
    // The portal's links carry a state that was encoded twice; links made by hand encode it once.
    let state = query.get("state").map(|once| encoding::decode(once).unwrap_or_else(|| once.to_owned()));
    Route::Application { application, menu, n, menu_n, state }
}

/// The address of a place, below the base and beginning with one slash. An address for [`Route::NotFound`] does
/// not exist; it gives the launcher's.
pub fn to_address(route: &Route) -> String {
    let mut query: Vec<(&str, String)> = Vec::new();
    let path = match route {
        Route::SignIn { next } => {
            query.extend(next.as_ref().map(|next| ("next", next.as_str().to_owned())));
            "/login".to_owned()
        }
        Route::SignInCallback => "/login/callback".to_owned(),
        Route::Organizations { next } => {
            query.extend(next.as_ref().map(|next| ("next", next.as_str().to_owned())));
            "/organizations".to_owned()
        }
        Route::Launcher { query: typed, category } => {
            query.extend(Some(typed).filter(|typed| !typed.is_empty()).map(|typed| ("q", typed.clone())));
            query.extend(category.to_query().map(|category| ("category", category)));
            "/".to_owned()
        }
        Route::Application { application, menu, n, menu_n, state } => {
            query.extend(state.as_ref().map(|state| ("state", encoding::encode(state))));
            let menu = menu.as_deref().filter(|menu| !menu.is_empty());
            let (last, application_n) = if menu.is_some() { (*menu_n, *n) } else { (*n, 1) };
            query.extend((last > 1).then(|| ("n", last.to_string())));
            query.extend((application_n > 1).then(|| ("an", application_n.to_string())));
            let mut path = String::from("/portal/");
            path.push_str(&segment::write(application.as_str()));
            if let Some(menu) = menu {
                path.push('/');
                path.push_str(&segment::write(menu));
            }
            path
        }
        Route::Further { path, query: pairs } => {
            query.extend(pairs.iter().map(|(key, value)| (key.as_str(), value.clone())));
            path.clone()
        }
        Route::NotFound => "/".to_owned(),
    };
    if query.is_empty() {
        return path;
    }
    let query = encoding::write_query(query.iter().map(|(key, value)| (*key, value.as_str())));
    format!("{path}?{query}")
}

/// The organization that an address names (`org=`; any address may).
pub fn organization_of(search: &str) -> Option<OrganizationId> {
    Query::read(search).get("org").and_then(OrganizationId::parse)
}

/// An address of [`to_address`] with the organization named: for copied links and new windows.
pub fn with_organization(address: &str, organization: &OrganizationId) -> String {
    let separator = if address.contains('?') { '&' } else { '?' };
    format!("{address}{separator}org={}", encoding::encode(organization.as_str()))
}

/// The path below the portal's base, beginning with a slash; `None` for a path beside it. A base ends at a slash:
/// `/portal-admin` is not below `/portal/`.
pub fn strip_base<'a>(base: &str, path: &'a str) -> Option<&'a str> {
    let rest = path.strip_prefix(base.trim_end_matches('/'))?;
    match rest {
        "" => Some("/"),
        rest => rest.starts_with('/').then_some(rest),
    }
}

/// An address below the base made one of the whole site; undoes [`strip_base`].
pub fn join_base(base: &str, address: &str) -> String {
    format!("{}{address}", base.trim_end_matches('/'))
}

/// A raw query, decoded once. The router of the page decodes twice, so it is not asked.
struct Query(Vec<(String, String)>);

impl Query {
    fn read(search: &str) -> Self {
        Self(encoding::parse_query(search.strip_prefix('?').unwrap_or(search)))
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    fn next(&self) -> Option<ReturnPath> {
        self.get("next").and_then(ReturnPath::parse)
    }

    fn without_organization(mut self) -> Vec<(String, String)> {
        self.0.retain(|(key, _)| key != "org");
        self.0
    }

    /// A count from 1; 1 for everything else.
    fn nth(&self, key: &str) -> u32 {
        self.get(key).and_then(|value| value.parse().ok()).filter(|n| *n > 0).unwrap_or(1)
    }
}
