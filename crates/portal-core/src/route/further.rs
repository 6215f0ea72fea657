//! The screens besides launcher and applications (experience.md, "later screens").

use portal_api::ApplicationId;

use super::{Route, segment};

/// A screen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Further {
    /// `/messages`
    Messages,
    /// `/profile`
    Profile,
    /// `/assets`, and `/assets/<application id>`: the assets of an application.
    Assets {
        /// The application; `None` while none is chosen.
        application: Option<ApplicationId>,
    },
    /// `/people`
    People,
    /// `/console`
    Console,
    /// `/about`
    About,
}

impl Further {
    /// Which screen an address names, and the pairs of its query, which are the screen's own; `None` where there is no
    /// such screen.
    pub fn of(route: &Route) -> Option<(Self, &[(String, String)])> {
        let Route::Further { path, query } = route else { return None };
        let mut segments = path.strip_prefix('/')?.split('/');
        let (first, second) = (segments.next()?, segments.next());
        if segments.next().is_some() {
            return None;
        }
        let screen = match (first, second) {
            ("messages", None) => Self::Messages,
            ("profile", None) => Self::Profile,
            ("assets", None) => Self::Assets { application: None },
            ("assets", Some(raw)) => {
                Self::Assets { application: Some(ApplicationId::parse(&segment::read(raw)?)?) }
            }
            ("people", None) => Self::People,
            ("console", None) => Self::Console,
            ("about", None) => Self::About,
            _ => return None,
        };
        Some((screen, query))
    }

    /// The place of the screen with a query of its own.
    pub fn with(&self, query: Vec<(String, String)>) -> Route {
        let path = match self {
            Self::Messages => "/messages".to_owned(),
            Self::Profile => "/profile".to_owned(),
            Self::Assets { application: None } => "/assets".to_owned(),
            Self::Assets { application: Some(id) } => format!("/assets/{}", segment::write(id.as_str())),
            Self::People => "/people".to_owned(),
            Self::Console => "/console".to_owned(),
            Self::About => "/about".to_owned(),
        };
        Route::Further { path, query }
    }

    /// The place of the screen.
    pub fn route(&self) -> Route {
        self.with(Vec::new())
    }
}
