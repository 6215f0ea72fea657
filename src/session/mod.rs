//! The session as pages see it: where it stands, and a way to call the service. Pages never see a token.

mod driver;
mod entry;
pub mod keeper;
mod raw;
mod renewal;
mod tabs;
mod vault;

use std::any::Any;
use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use portal_api::{
    AccessToken, Code, Endpoint, Error, ErrorKind, Listed, Organization, Request, Response, Spec, User,
    Viewer, authentication, organization, reply,
};
use portal_core::bridge::TokenGrant;
use portal_core::session::{Began, Ended, Event, Session as Machine, Snapshot, State as Standing};

use crate::browser;
use crate::reactive::SetIfChanged;

pub use driver::{Driver, KeeperCode};
pub use entry::{SecondStep, SignedIn};
pub use keeper::Keeper;
pub use raw::{Aside, RawCall, Who};

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

/// A reply whose type its reader knows.
pub type Value = Arc<dyn Any + Send + Sync>;
/// A call that reads, under way.
pub type Reading = Pin<Box<dyn Future<Output = Result<Value, Error>>>>;

/// How long a switch of the organization waits for one in another tab, in milliseconds.
const SWITCH_WAIT_MS: u32 = 10_000;

/// The session of this tab.
#[derive(Clone, Copy)]
pub struct Session {
    driver: StoredValue<Driver, LocalStorage>,
    stage: RwSignal<Stage>,
    viewer: RwSignal<Viewer>,
    epoch: RwSignal<u64>,
    /// See [`Session::moved`].
    moved: RwSignal<Option<Organization>>,
    /// See [`Session::is_renewing`].
    renewing: RwSignal<bool>,
}

/// The session that `app.rs` provides.
///
/// # Panics
/// Outside the app, which is a mistake in the program.
pub fn use_session() -> Session {
    expect_context()
}

impl Session {
    /// Takes up the session that a reload or another tab left: `handed_over` is what boot.js found in the store. A session
    /// that was not used for too long is discarded before anything is painted.
    pub fn start(driver: Driver, handed_over: Option<&str>) -> Self {
        let unused = keeper::is_unused(driver.idle_ms);
        let session = Self {
            driver: StoredValue::new_local(driver),
            stage: RwSignal::new(Stage::SignedOut { ended: None }),
            viewer: RwSignal::new(Viewer::default()),
            epoch: RwSignal::new(0),
            moved: RwSignal::new(None),
            renewing: RwSignal::new(false),
        };
        let mut snapshot = handed_over.and_then(Snapshot::parse).unwrap_or_default();
        if let Some(stored) = snapshot.stored.take_if(|_| unused) {
            snapshot.ended = Some(Ended::Idle);
            let out = Some(browser::clock());
            browser::spawn(async move {
                let _ = vault::end(&stored.record.began.id, Ended::Idle, out).await;
            });
        }
        let machine = Machine::resume(snapshot);
        let id = machine.tokens().map(|_| machine.began().id.clone());
        vault::remember(id.as_deref());
        session.driver.update_value(|driver| driver.machine = machine);
        session.publish();
        session
    }

    /// A session that begins now. It must count as later than the last sign-out, whatever the clock says.
    fn began(self, keep: bool) -> Began {
        keeper::note_use();
        let out = self.driver.with_value(|driver| driver.machine.last_out());
        let id = format!("{:x}{:x}", browser::number(), browser::number());
        Began { id, since: browser::clock().max(out.saturating_add(1)), keep }
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

    /// The same now.
    pub fn epoch_untracked(self) -> u64 {
        self.epoch.get_untracked()
    }

    /// The organization that another tab moved the session to; changes are followed. Until this tab goes along, it calls
    /// nothing and must show nothing.
    pub fn moved(self) -> Option<Organization> {
        self.moved.get()
    }

    /// Whether the tokens are being renewed, so that calls wait; changes are followed.
    pub fn is_renewing(self) -> bool {
        self.renewing.get()
    }

    /// Gives the renewal up: the user signs in again and comes back here.
    pub fn sign_in_again(self) {
        let generation = self.driver.with_value(|driver| driver.machine.generation());
        self.happen(Event::Rejected { generation, elsewhere: false });
    }

    /// Goes along to the organization that another tab moved to.
    pub fn follow(self) {
        self.happen(Event::Follow);
    }

    /// Goes to work in an organization, the first time or another.
    ///
    /// # Errors
    /// The service refused, or could not be asked.
    pub async fn choose(self, organization: Organization) -> Result<(), Error> {
        // One tab after the other: the last reply here must be the last word at the service.
        let _turn = browser::turn("portal.switch", SWITCH_WAIT_MS).await;
        let endpoint = organization::ChooseOrganization { organization: organization.id.clone() };
        let reply = self.exchange(&endpoint, true).await?;
        self.show_once_stored(Event::Chosen { asked: organization, reply }).await;
        self.publish();
        Ok(())
    }

    /// Asks the service which organization it works in; another tab, or a call whose reply was lost, may have switched.
    pub async fn verify(self) {
        // A failure shows in the calls that the page makes anyway.
        if let Ok(information) = self.request(&authentication::GetTokenInformation).await {
            self.happen(Event::Informed(information));
        }
    }

    /// Signs out: here at once, at the service as well as can be.
    pub fn sign_out(self) {
        self.happen(Event::SignOut(browser::clock()));
    }

    /// Signs out before the code for it has come: the tabs hear of it, the service does not.
    pub fn leave_anyway(self) {
        let id = self.driver.with_value(|driver| driver.machine.began().id.clone());
        vault::remember(None);
        let out = Some(browser::clock());
        browser::spawn(async move {
            let _ = vault::end(&id, Ended::SignedOut, out).await;
        });
        self.driver.update_value(|driver| driver.machine.abandon());
        self.publish();
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
        self.exchange(endpoint, false).await
    }

    /// Calls an operation that is meant for servers: what stands before the service signs it, and knows by the user's
    /// token for whom (docs/deployment.md). Otherwise as [`Session::request`].
    ///
    /// # Errors
    /// The service refused, or could not be asked; where nothing stands before it, it always refuses.
    pub async fn request_by_server<E: Endpoint>(self, endpoint: &E) -> Result<E::Reply, Error>
    where
        E::Reply: 'static,
    {
        self.exchange(endpoint, false).await
    }

    /// The same for a call that was put together before; one for all operations, `read` is what is theirs alone.
    pub fn read(self, spec: Spec, request: Request, read: fn(&Response) -> Result<Value, Error>) -> Reading {
        let value = Rc::new(RefCell::new(None));
        let kept = Rc::clone(&value);
        let read = move |response: &Response| {
            kept.replace(Some(read(response)?));
            Ok(())
        };
        let call = driver::call(self, spec, request, Box::new(read), false);
        Box::pin(async move {
            call.await?;
            let value = value.take();
            value.ok_or(Error { operation: spec.operation, kind: ErrorKind::Empty, request_id: None })
        })
    }

    /// The same; `covered` also while another tab has moved the session away, for the call that moves it back.
    async fn exchange<E: Endpoint>(self, endpoint: &E, covered: bool) -> Result<E::Reply, Error>
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
        driver::call(self, E::SPEC, Request::new(endpoint, None), Box::new(read), covered).await?;
        let value = value.take();
        value.ok_or(Error { operation: E::SPEC.operation, kind: ErrorKind::Empty, request_id: None })
    }

    /// Lends the access token to who writes an answer for a page that may have it (hostile.md 52), and to nobody else. Not
    /// while another tab has moved the session to another organization.
    pub fn lend<R>(self, _: &TokenGrant, write: impl FnOnce(&AccessToken) -> R) -> Option<R> {
        self.driver.with_value(|driver| {
            let here = driver.machine.moved().is_none();
            driver.machine.tokens().filter(|_| here).map(|tokens| write(&tokens.access))
        })
    }

    fn happen(self, event: Event) {
        self.happen_quietly(event);
        self.publish();
    }

    /// Steps the machine and runs its commands, but shows nothing yet.
    fn happen_quietly(self, event: Event) {
        let commands = self.driver.try_update_value(|driver| driver.machine.step(event)).unwrap_or_default();
        for command in commands {
            keeper::run(self, command);
        }
    }

    /// Steps the machine, and waits until what came of it is stored: what the user sees is there after a reload, too.
    async fn show_once_stored(self, event: Event) {
        self.driver.update_value(|driver| driver.unstored += 1);
        self.happen_quietly(event);
        vault::flush().await;
        self.driver.update_value(|driver| driver.unstored = driver.unstored.saturating_sub(1));
    }

    /// Shows where the machine stands.
    fn publish(self) {
        if self.driver.try_with_value(|driver| driver.unstored > 0) == Some(true) {
            return;
        }
        let Some((stage, viewer, epoch, moved, renewing)) = self.driver.try_with_value(|driver| {
            let machine = &driver.machine;
            let viewer = match machine.state() {
                Standing::SignedOut { .. } => Viewer::default(),
                Standing::NoOrganization { viewer, .. } | Standing::Active { viewer, .. } => viewer.clone(),
            };
            (
                Stage::of(machine.state()),
                viewer,
                machine.epoch(),
                machine.moved().cloned(),
                machine.is_refreshing(),
            )
        }) else {
            return;
        };
        self.renewing.set_if_changed(renewing);
        self.viewer.set_if_changed(viewer);
        self.moved.set_if_changed(moved);
        // The stage before the epoch: who follows the epoch asks under the new stage.
        self.stage.set_if_changed(stage);
        self.epoch.set_if_changed(epoch);
    }

    /// Tells the machine from a place that does without its code: that comes first. Gives false where it does not come.
    async fn report(self, event: Event) -> bool {
        let Some(code) = self.driver.try_with_value(|driver| driver.code) else { return false };
        let Some(Keeper { happen, .. }) = code().await else { return false };
        happen(self, event);
        true
    }

    /// The code of an error that ends a session and that says so about another place.
    fn elsewhere(error: &Error) -> bool {
        error.code() == Some(Code::Conflict)
    }
}
