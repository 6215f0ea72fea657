//! The organization that a person chose last on this device, and whether they always start there (experience.md O4).
//! Kept as digests, without a name in it, so it survives sign-out (hostile.md 25).

use portal_api::{Listed, Organization, OrganizationId};

use crate::browser::{Shelf, Store};
use crate::landing::{digest, user};
use crate::session::Session;

/// One person a line, the newest first: a digest of the person, one of the person with the organization, and a star
/// for who always starts there.
const STORE: Store = Store::new(Shelf::Device, "portal.organizations");
/// How many people are kept.
const KEPT: usize = 20;
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
        let line = STORE.read()?;
        let line = line.lines().find_map(|line| line.strip_prefix(&digest(&user, ""))?.strip_prefix(' '))?;
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
        let person = digest(&self.user, "");
        let newest = format!("{person} {}{}", self.mark, if self.always { STAR } else { "" });
        let kept = STORE.read().unwrap_or_default();
        let others = kept.lines().filter(|line| !line.starts_with(&person)).take(KEPT - 1);
        STORE.write(&core::iter::once(newest.as_str()).chain(others).collect::<Vec<_>>().join("\n"));
    }
}

/// Remembers the organization that the person goes to work in. `always`: see [`Last::always`]; `None` leaves it.
pub(super) fn remember(session: Session, organization: &OrganizationId, always: Option<bool>) {
    let always = always.unwrap_or_else(|| Last::read(session).is_some_and(|last| last.always));
    let user = user(session);
    Last { mark: digest(&user, organization.as_str()), user, always }.write();
}
