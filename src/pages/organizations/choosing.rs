//! A choice: made by the person, or without asking, and what is told when the service refuses it.

use portal_api::{Error, ErrorKind, Listed, Organization, TransportFailure};
use portal_core::notice::{Place, notice};
use portal_core::route::{ReturnPath, Route, organization_of};
use portal_core::text::Later;

use super::last::{Last, remember};
use crate::browser;
use crate::components::{Notice, Tone};
use crate::i18n::use_i18n;
use crate::landing::landing;
use crate::leaving::Leaving;
use crate::pages::follow::Follow;
use crate::pages::problem::{quote, try_again};
use crate::routes::Places;
use crate::session::{Session, Stage};
use crate::state::{Callback, Signal, State};
use crate::view::{Part, view};

/// Goes to work in an organization and remembers it. `always`: see [`Last::always`]; `None` leaves it as it is.
///
/// # Errors
/// The service refused, or could not be asked. The session stays where it was.
pub async fn work_in(
    session: Session,
    organization: Organization,
    always: Option<bool>,
) -> Result<(), Error> {
    let outcome = session.choose(organization.clone()).await;
    match &outcome {
        Ok(()) => remember(session, &organization.id, always),
        // The service may have moved all the same, and only its reply was lost: then the session follows it.
        Err(error) if error.is_transient() && !is_offline(error) => {
            browser::spawn(session.verify());
        }
        Err(_) => {}
    }
    outcome
}

fn is_offline(error: &Error) -> bool {
    error.kind == ErrorKind::Transport(TransportFailure::Offline)
}

/// A choice under way.
#[derive(Clone, Copy)]
pub(super) struct Choosing {
    pub(super) session: Session,
    pub(super) places: Places,
    pub(super) next: Signal<Option<ReturnPath>>,
    /// What is open is taken along to another organization.
    pub(super) follow: Follow,
    /// The id of the organization that is being opened.
    pub(super) busy: State<Option<String>>,
    pub(super) failed: State<Option<(Organization, Error)>>,
    /// The box "Always start here".
    pub(super) always: State<bool>,
    /// Whether a choice may be made without asking. Not for who comes back because the service says that none is
    /// chosen: chosen again without asking, it might say so for ever.
    pub(super) automatic: bool,
    pub(super) leaving: Leaving,
}

impl Choosing {
    /// Works in an organization from now on. Pages that are open end with the one before.
    pub(super) fn choose(self, organization: Organization) {
        self.leaving.ask_for_all(move || self.take(organization.clone()));
    }

    fn take(self, organization: Organization) {
        if self.busy.get_untracked().is_some() {
            return;
        }
        self.busy.set(Some(organization.id.as_str().to_owned()));
        self.failed.set(None);
        let (next, always) = (self.next.get_untracked(), self.always.get_untracked());
        let switching = self.session.stage_untracked().organization().is_some();
        browser::spawn(async move {
            let outcome = work_in(self.session, organization.clone(), Some(always)).await;
            match outcome {
                Ok(()) => self.go_on(next, switching),
                Err(error) => self.failed.set(Some((organization, error))),
            }
            self.busy.set(None);
        });
    }

    /// Who switches stays in the application and the menu entry, where the other organization has them (experience.md
    /// O7). The rest of the address speaks of the old organization.
    fn go_on(self, next: Option<ReturnPath>, switching: bool) {
        match next {
            Some(path) if switching => {
                let route = match path.route() {
                    Route::Application { application, menu, .. } => {
                        self.follow.begin();
                        Route::Application { application, menu, n: 1, menu_n: 1, state: None }
                    }
                    route => route,
                };
                self.places.replace(&route);
            }
            Some(path) => self.places.replace_path(&path),
            None if switching => self.places.go(&landing()),
            // The choice after signing in is no step to come back to.
            None => self.places.replace(&landing()),
        }
    }

    /// The organization that needs no asking: the only one, the one that the address names, or the one that the person
    /// always starts in (experience.md O1, O4, O5). Not for a person who came to switch, and not again after a refusal.
    pub(super) fn without_asking(self, list: &Listed<Organization>) -> Option<Organization> {
        if !self.automatic || !self.starts() || self.failed.with(Option::is_some) {
            return None;
        }
        if let [only] = list.entries.as_slice() {
            return Some(only.clone());
        }
        let named = self.next.get().and_then(|next| organization_of(next.as_str().split_once('?')?.1));
        let named = named.and_then(|id| list.entries.iter().find(|one| one.id == id).cloned());
        named.or_else(|| Last::read(self.session).filter(|last| last.always)?.find(list))
    }

    /// Whether no organization is chosen yet; changes are followed.
    pub(super) fn starts(self) -> bool {
        matches!(self.session.stage(), Stage::NoOrganization { .. })
    }

    /// Why the person is asked although they need not have been, or that the choice failed.
    pub(super) fn told(self, list: Option<&Listed<Organization>>) -> Option<Part> {
        if let Some((organization, error)) = self.failed.get() {
            return Some(self.failure(organization, &error));
        }
        let i18n = use_i18n();
        let list = list.filter(|list| !list.entries.is_empty() && self.starts())?;
        if !self.automatic {
            let detail = Some(i18n.text(Later::NoticeNoOrganizationDetail));
            let title = i18n.text(Later::NoticeNoOrganization);
            return Some(view! { <Notice title detail tone=Tone::Warn /> });
        }
        let gone = Last::read(self.session).is_some_and(|last| last.always && last.find(list).is_none());
        gone.then(|| {
            let title = i18n.text(Later::OrganizationsGone);
            view! { <Notice title tone=Tone::Warn /> }
        })
    }

    /// A choice that failed: what happened, where the person still is, and another try.
    fn failure(self, organization: Organization, error: &Error) -> Part {
        let i18n = use_i18n();
        let told = notice(error, Place::Organizations);
        let title = i18n.fill(Later::OrganizationsFailed, &[("organization", &organization.name)]);
        let current = self.session.stage().organization().map(|current| current.name.clone());
        let stays = current.map(|current| i18n.fill(Later::OrganizationsStay, &[("organization", &current)]));
        let detail = [Some(i18n.text(told.title)), told.detail.map(|detail| i18n.text(detail)), stays];
        let detail = Some(detail.into_iter().flatten().collect::<Vec<_>>().join(" "));
        let quote = quote(i18n, &told);
        let retry = Callback::new(move |()| self.choose(organization.clone()));
        let again = try_again(i18n, &told, "button", retry);
        match again {
            Some(again) => view! { <Notice title detail quote>{again}</Notice> },
            None => view! { <Notice title detail quote /> },
        }
    }
}
