//! What stands in a form before anything is typed.

use portal_api::describe::{Kind, Parameter};

/// What the page knows of who uses it. Never a token.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Known {
    /// The working organization.
    pub organization: Option<String>,
    /// An application that the person may use.
    pub application: Option<String>,
    /// Who is signed in.
    pub user: Option<String>,
    /// The language of the page, as `en_US`.
    pub locale: Option<String>,
}

impl Known {
    pub(super) fn of(&self, name: &str) -> Option<&str> {
        let found = match name {
            "orgId" => &self.organization,
            "accessKey" | "appId" | "linkedAppId" => &self.application,
            "userId" => &self.user,
            "locale" => &self.locale,
            _ => &None,
        };
        found.as_deref()
    }

    /// What to begin with: what is known; an example of what is written as JSON, with what is known in it; the only
    /// choice that there is. Everything else is empty.
    pub fn first(&self, parameter: &Parameter) -> String {
        if parameter.secret {
            return String::new();
        }
        if let Some(known) = self.of(parameter.name) {
            return known.to_owned();
        }
        match parameter.kind {
            Kind::Json => super::pretty::filled(parameter.example, self),
            Kind::Choice([only]) => (*only).to_owned(),
            _ => String::new(),
        }
    }
}
