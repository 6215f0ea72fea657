//! The organization that a person chose last on this device, and whether they always start there (experience.md O4).
//! Kept as digests, without a name in it, so it survives sign-out (hostile.md 25).

use portal_api::{Listed, Organization, OrganizationId};

use crate::browser::{Shelf, Store};
use crate::landing::{digest, user};
use crate::session::Session;

/// By a digest of the person: one of the person with the organization, and a star for who always starts there.
const STORE: Store = Store::new(Shelf::Device, "portal.organizations");
const STAR: &str = " *";

/// What is known of a person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Last {
    user: String,
    mark: String,
    /// Whether the choice is skipped.
    pub(super) always: bool,
}

impl Last {
    /// Of the person that is signed in.
    pub(super) fn read(session: Session) -> Option<Self> {
        let user = user(session);
        let line = STORE.remembered_for(&digest(&user, ""))?;
        let always = line.ends_with(STAR);
        Some(Self { user, mark: line.trim_end_matches(STAR).to_owned(), always })
    }

    /// Whether it is this organization.
    pub(super) fn is(&self, organization: &OrganizationId) -> bool {
        self.mark == digest(&self.user, organization.as_str())
    }

    /// The organization, if the service still offers it.
    pub(super) fn find(&self, list: &Listed<Organization>) -> Option<Organization> {
        list.entries.iter().find(|organization| self.is(&organization.id)).cloned()
    }

    /// Skips the choice from now on, or no longer.
    pub(super) fn start_there(self, always: bool) {
        Self { always, ..self }.write();
    }

    fn write(self) {
        let star = if self.always { STAR } else { "" };
        STORE.remember_for(&digest(&self.user, ""), &format!("{}{star}", self.mark));
    }
}

/// Remembers the organization that the person goes to work in. `always`: see [`Last::always`]; `None` leaves it.
pub(super) fn remember(session: Session, organization: &OrganizationId, always: Option<bool>) {
    let always = always.unwrap_or_else(|| Last::read(session).is_some_and(|last| last.always));
    let user = user(session);
    Last { mark: digest(&user, organization.as_str()), user, always }.write();
}
