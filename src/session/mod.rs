//! The session as pages see it: where it stands, and a way to call the service. Pages never see a token.

mod driver;
mod entry;
mod vault;

use std::cell::RefCell;
use std::rc::Rc;

use portal_api::{
    Code, Endpoint, Error, ErrorKind, Listed, Organization, Request, Response, User, Viewer, authentication,
    organization, reply,
};
use portal_core::session::{Ended, Event, State as Standing};

use crate::state::{State, Stored, provided};

pub use driver::Driver;
pub use entry::{SecondStep, SignedIn};

/// Where the session stands.
#[derive(Clone, PartialEq, Debug)]
pub enum Stage {
    /// Nobody is signed in.
    SignedOut {
        /// Why, when there was a session before.
        ended: Option<Ended>,
    },
    /// Signed in, no organization chosen.
    NoOrganization {
        /// The organizations that Log In named; `None` after a reload.
        organizations: Option<Listed<Organization>>,
    },
    /// At work in an organization.
    Active {
        /// The working organization.
        organization: Organization,
    },
}

impl Stage {
    fn of(state: &Standing) -> Self {
        match state {
            Standing::SignedOut { ended } => Self::SignedOut { ended: *ended },
            Standing::NoOrganization { organizations, .. } => {
                Self::NoOrganization { organizations: organizations.clone() }
            }
            Standing::Active { organization, .. } => Self::Active { organization: organization.clone() },
        }
    }

    /// The working organization.
    pub fn organization(&self) -> Option<&Organization> {
        match self {
            Self::Active { organization } => Some(organization),
            _ => None,
        }
    }
}

/// The session of this tab.
#[derive(Clone, Copy)]
pub struct Session {
    driver: Stored<Driver>,
    stage: State<Stage>,
    viewer: State<Viewer>,
    epoch: State<u64>,
}

/// The session that `app.rs` provides.
///
/// # Panics
/// Outside the app, which is a mistake in the program.
pub fn use_session() -> Session {
    provided()
}

impl Session {
    /// Takes up the session of this tab, if a reload left one.
    pub fn start(driver: Driver) -> Self {
        let session = Self {
            driver: Stored::new(driver),
            stage: State::new(Stage::SignedOut { ended: None }),
            viewer: State::new(Viewer::default()),
            epoch: State::new(0),
        };
        if let Some(record) = vault::load() {
            session.happen(Event::Restored(record));
        }
        session
    }

    /// Where the session stands; changes are followed.
    pub fn stage(self) -> Stage {
        self.stage.get()
    }

    /// Where the session stands now.
    pub fn stage_untracked(self) -> Stage {
        self.stage.get_untracked()
    }

    /// Who is signed in; changes are followed.
    pub fn viewer(self) -> Viewer {
        self.viewer.get()
    }

    /// Who is signed in now.
    pub fn viewer_untracked(self) -> Viewer {
        self.viewer.get_untracked()
    }

    /// Changes with user and organization: what was loaded under another epoch is stale.
    pub fn epoch(self) -> u64 {
        self.epoch.get()
    }

    /// Goes to work in an organization, the first time or another.
    ///
    /// # Errors
    /// The service refused, or could not be asked.
    pub async fn choose(self, organization: Organization) -> Result<(), Error> {
        let endpoint = organization::ChooseOrganization { organization: organization.id.clone() };
        let reply = self.request(&endpoint).await?;
        self.happen(Event::Chosen { asked: organization, reply });
        Ok(())
    }

    /// Asks the service which organization it works in; another tab may have switched.
    pub async fn verify(self) {
        // A failure shows in the calls that the page makes anyway.
        if let Ok(information) = self.request(&authentication::GetTokenInformation).await {
            self.happen(Event::Informed(information));
        }
    }

    /// Signs out: here at once, at the service as well as can be.
    pub fn sign_out(self) {
        self.happen(Event::SignOut);
    }

    /// Calls the service as the user. A call that meets 401 waits for the one refresh and is replayed once; a
    /// reply that comes after user or organization changed is an error of kind aborted.
    ///
    /// # Errors
    /// The service refused, or could not be asked.
    pub async fn request<E: Endpoint<Access = User>>(self, endpoint: &E) -> Result<E::Reply, Error>
    where
        E::Reply: 'static,
    {
        let value = Rc::new(RefCell::new(None));
        let read = {
            let value = Rc::clone(&value);
            move |response: &Response| {
                value.replace(Some(reply::<E>(response)?));
                Ok(())
            }
        };
        driver::call(self, E::SPEC, Request::new(endpoint, None), Box::new(read)).await?;
        let value = value.take();
        value.ok_or(Error { operation: E::SPEC.operation, kind: ErrorKind::Empty, request_id: None })
    }

    fn happen(self, event: Event) {
        self.happen_quietly(event);
        self.publish();
    }

    /// Steps the machine and runs its commands, but shows nothing yet.
    fn happen_quietly(self, event: Event) {
        let commands = self.driver.update(|driver| driver.machine.step(event)).unwrap_or_default();
        for command in commands {
            driver::run(self, command);
        }
    }

    /// Shows where the machine stands.
    fn publish(self) {
        let Some((stage, viewer, epoch)) = self.driver.try_with(|driver| {
            let machine = &driver.machine;
            let viewer = match machine.state() {
                Standing::SignedOut { .. } => Viewer::default(),
                Standing::NoOrganization { viewer, .. } | Standing::Active { viewer, .. } => viewer.clone(),
            };
            (Stage::of(machine.state()), viewer, machine.epoch())
        }) else {
            return;
        };
        self.viewer.set_if_changed(viewer);
        // The stage before the epoch: who follows the epoch asks under the new stage.
        self.stage.set_if_changed(stage);
        self.epoch.set_if_changed(epoch);
    }

    /// The code of an error that ends a session and that says so about another place.
    fn elsewhere(error: &Error) -> bool {
        error.code() == Some(Code::Conflict)
    }
}
