//! Carries calls through expiry, and through a move of the session to another organization. Decides nothing.

use std::pin::Pin;
use std::rc::Rc;

use futures::channel::oneshot;
use leptos::prelude::*;
use portal_api::{Client, Error, ErrorKind, Request, Response, Spec, TransportFailure};
use portal_core::session::{Event, Session as Machine};
use portal_core::settings::Settings;

use super::Session;
use super::keeper::Keeper;
use super::tabs::Tabs;
use crate::browser::Host;

/// The machine and what it needs to act.
#[derive(Debug)]
pub struct Driver {
    pub(super) machine: Machine,
    client: Client<Host>,
    /// Where the service is; kept in the record, so that the next start can ask before it has read the settings.
    pub(super) api_base: String,
    /// Gives the code that changes the machine.
    pub(super) code: KeeperCode,
    /// How long an access token lives, in seconds, where the settings tell.
    pub(super) token_lifetime: Option<u32>,
    /// How long the session may stand unused, in milliseconds, where the settings tell.
    pub(super) idle_ms: Option<i64>,
    /// The other tabs, once something is to be told them.
    pub(super) tabs: Option<Rc<Tabs>>,
    /// Calls that wait for the refresh, or for the tab to go along.
    waiting: Vec<oneshot::Sender<()>>,
    /// Why the last refresh failed, for the calls that waited for it.
    pub(super) refresh_error: Option<Error>,
}

/// Brings the code of [`Keeper`], which the first screen does without; `None` where it does not come.
pub type KeeperCode = fn() -> Pin<Box<dyn Future<Output = Option<Keeper>>>>;

impl Driver {
    /// A driver for a deployment.
    pub fn new(host: Host, settings: &Settings, code: KeeperCode) -> Self {
        Self {
            machine: Machine::default(),
            client: Client::new(host, &settings.api_base),
            api_base: settings.api_base.clone(),
            code,
            token_lifetime: settings.access_token_lifetime,
            idle_ms: settings.idle_ms(),
            tabs: None,
            waiting: Vec::new(),
            refresh_error: None,
        }
    }

    pub(super) fn client(&self) -> Client<Host> {
        self.client.clone()
    }

    /// Lets the calls go on that wait.
    pub(super) fn wake(&mut self) {
        for call in std::mem::take(&mut self.waiting) {
            // A call that is gone does not need to be woken.
            let _ = call.send(());
        }
    }
}

/// How a response is read.
pub(super) type Read = Box<dyn Fn(&Response) -> Result<(), Error>>;
/// A call under way.
pub(super) type Call = Pin<Box<dyn Future<Output = Result<(), Error>>>>;

/// Sends a call as the user: waits for a refresh under way, replays once after one, drops what comes too late.
/// `covered`: goes out while another tab has moved the session away.
///
/// One for all operations: what is theirs alone is how a response is read.
pub(super) fn call(session: Session, spec: Spec, request: Request, read: Read, covered: bool) -> Call {
    Box::pin(exchange(session, spec, request, read, covered))
}

async fn exchange(
    session: Session,
    spec: Spec,
    request: Request,
    read: Read,
    covered: bool,
) -> Result<(), Error> {
    let fail = |kind| Error { operation: spec.operation, kind, request_id: None };
    let aborted = || fail(ErrorKind::Transport(TransportFailure::Aborted));
    let Some((client, epoch)) =
        session.driver.try_with_value(|driver| (driver.client(), driver.machine.epoch()))
    else {
        return Err(aborted());
    };
    let mut replayed = false;
    loop {
        settled(session, covered).await;
        let at_hand = session.driver.try_with_value(|driver| {
            let machine = &driver.machine;
            let token = machine.tokens().map(|tokens| tokens.access.clone());
            (machine.epoch(), machine.place(), machine.generation(), token)
        });
        let Some((now, place, generation, Some(token))) = at_hand else { return Err(aborted()) };
        if now != epoch {
            return Err(aborted());
        }
        let call = Request { token: Some(token), ..request.clone() };
        let outcome = client.exchange(&spec, call).await.and_then(|response| read(&response));
        let after = session.driver.try_with_value(|driver| (driver.machine.epoch(), driver.machine.place()));
        match after {
            Some((now, here)) if now == epoch => {
                // Another tab moved the session meanwhile: the reply may be of the other organization.
                if here != place {
                    if spec.repeatable {
                        continue;
                    }
                    return Err(aborted());
                }
            }
            _ => return Err(aborted()),
        }
        let error = match outcome {
            Err(error) if error.ends_session_of(&spec) => error,
            Err(error) if error.code() == Some(portal_api::Code::OrganizationUnselected) => {
                session.report(Event::OrganizationUnselected { generation }).await;
                return Err(error);
            }
            other => return other,
        };
        let elsewhere = Session::elsewhere(&error);
        if !session.report(Event::Unauthenticated { generation, elsewhere, replayed }).await {
            return Err(fail(ErrorKind::Transport(TransportFailure::Network)));
        }
        if replayed {
            return Err(error);
        }
        settled(session, covered).await;
        let unchanged = session.driver.try_with_value(|driver| {
            (driver.machine.generation() == generation, driver.refresh_error.clone())
        });
        if let Some((true, why)) = unchanged {
            // The refresh did not come through: that is the failure, not the 401 that led to it.
            return Err(why.unwrap_or(error));
        }
        replayed = true;
    }
}

/// Comes back when calls may go out.
async fn settled(session: Session, covered: bool) {
    loop {
        let waiting = session.driver.try_update_value(|driver| {
            let machine = &driver.machine;
            (if covered { machine.is_refreshing() } else { machine.holds_calls() }).then(|| {
                let (wake, woken) = oneshot::channel();
                driver.waiting.push(wake);
                woken
            })
        });
        match waiting {
            // Woken or dropped: either way there is something new.
            Some(Some(woken)) => drop(woken.await),
            _ => return,
        }
    }
}
