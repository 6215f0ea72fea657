//! Runs the commands of the session machine, and carries calls through expiry. Decides nothing.

use std::pin::Pin;

use futures::channel::oneshot;
use portal_api::{
    Client, Endpoint, Error, ErrorKind, RefreshToken, Request, Response, Spec, TransportFailure,
    authentication,
};
use portal_core::session::{Command, Event, Session as Machine, Tokens};

use super::{Session, vault};
use crate::browser::{self, Host, sleep};

/// The machine and what it needs to act.
#[derive(Debug)]
pub struct Driver {
    pub(super) machine: Machine,
    client: Client<Host>,
    /// Where the service is; kept in the record, so that the next start can ask before it has read the settings.
    api_base: String,
    /// Calls that met 401 and wait for the refresh.
    waiting: Vec<oneshot::Sender<()>>,
    /// Why the last refresh failed, for the calls that waited for it.
    refresh_error: Option<Error>,
}

impl Driver {
    /// A driver that calls the service at `api_base`.
    pub fn new(host: Host, api_base: &str) -> Self {
        Self {
            machine: Machine::default(),
            client: Client::new(host, api_base),
            api_base: api_base.to_owned(),
            waiting: Vec::new(),
            refresh_error: None,
        }
    }

    pub(super) fn client(&self) -> Client<Host> {
        self.client.clone()
    }
}

/// How a response is read.
pub(super) type Read = Box<dyn Fn(&Response) -> Result<(), Error>>;
/// A call under way.
pub(super) type Call = Pin<Box<dyn Future<Output = Result<(), Error>>>>;

/// Runs one command.
pub(super) fn run(session: Session, command: Command) {
    match command {
        Command::Save(record) => session.driver.with(|driver| vault::save(&record, &driver.api_base)),
        Command::Forget => vault::erase(),
        Command::Refresh(token) => browser::spawn(refresh(session, token)),
        Command::RetryIn(milliseconds) => browser::spawn(async move {
            sleep(milliseconds).await;
            session.happen(Event::RetryDue);
        }),
        Command::Wake => {
            let waiting = session.driver.update(|driver| std::mem::take(&mut driver.waiting));
            for call in waiting.unwrap_or_default() {
                // A call that is gone does not need to be woken.
                let _ = call.send(());
            }
        }
        Command::Leave(tokens) => browser::spawn(leave(session, tokens)),
    }
}

async fn refresh(session: Session, refresh_token: RefreshToken) {
    let client = session.driver.with(Driver::client);
    let outcome = client.send(&authentication::RefreshAccessToken { refresh_token }).await;
    let event = match &outcome {
        Ok(reply) => Event::Refreshed(reply.clone()),
        Err(error) if error.is_transient() => Event::RefreshFailed,
        Err(_) => Event::RefreshRefused,
    };
    session.driver.update(|driver| driver.refresh_error = outcome.err());
    session.happen(event);
}

/// Revoke first: Log Out alone is not documented to end refresh tokens (contract.md 0.4).
async fn leave(session: Session, tokens: Tokens) {
    let client = session.driver.with(Driver::client);
    let user = client.with(&tokens.access);
    let mut told = true;
    if let Some(refresh_token) = tokens.refresh {
        told &= is_told(
            user.send(&authentication::RevokeRefreshToken { refresh_token }).await,
            &authentication::RevokeRefreshToken::SPEC,
        );
    }
    told &= is_told(user.send(&authentication::LogOut).await, &authentication::LogOut::SPEC);
    if !told {
        session.happen(Event::SignOutNotTold);
    }
}

/// 31401 on the way out means signed out already (contract.md 1.4).
fn is_told(outcome: Result<(), Error>, spec: &Spec) -> bool {
    match outcome {
        Ok(()) => true,
        Err(error) => error.ends_session_of(spec) || error.kind == ErrorKind::Empty,
    }
}

/// Sends a call as the user: waits for a refresh under way, replays once after one, drops what comes too late.
///
/// One for all operations: what is theirs alone is how a response is read.
pub(super) fn call(session: Session, spec: Spec, request: Request, read: Read) -> Call {
    Box::pin(exchange(session, spec, request, read))
}

async fn exchange(session: Session, spec: Spec, request: Request, read: Read) -> Result<(), Error> {
    let fail = |kind| Error { operation: spec.operation, kind, request_id: None };
    let aborted = || fail(ErrorKind::Transport(TransportFailure::Aborted));
    let Some((client, epoch)) = session.driver.try_with(|driver| (driver.client(), driver.machine.epoch()))
    else {
        return Err(aborted());
    };
    let mut replayed = false;
    loop {
        settled(session).await;
        let at_hand = session.driver.try_with(|driver| {
            let machine = &driver.machine;
            (machine.epoch(), machine.generation(), machine.tokens().map(|tokens| tokens.access.clone()))
        });
        let Some((now, generation, Some(token))) = at_hand else { return Err(aborted()) };
        if now != epoch {
            return Err(aborted());
        }
        let call = Request { token: Some(token), ..request.clone() };
        let outcome = client.exchange(&spec, call).await.and_then(|response| read(&response));
        if session.driver.try_with(|driver| driver.machine.epoch()) != Some(epoch) {
            return Err(aborted());
        }
        let error = match outcome {
            Err(error) if error.ends_session_of(&spec) => error,
            Err(error) if error.code() == Some(portal_api::Code::OrganizationUnselected) => {
                session.happen(Event::OrganizationUnselected { generation });
                return Err(error);
            }
            other => return other,
        };
        let elsewhere = Session::elsewhere(&error);
        session.happen(Event::Unauthenticated { generation, elsewhere, replayed });
        if replayed {
            return Err(error);
        }
        settled(session).await;
        let unchanged = session
            .driver
            .try_with(|driver| (driver.machine.generation() == generation, driver.refresh_error.clone()));
        if let Some((true, why)) = unchanged {
            // The refresh did not come through: that is the failure, not the 401 that led to it.
            return Err(why.unwrap_or(error));
        }
        replayed = true;
    }
}

/// Comes back when no refresh is under way.
async fn settled(session: Session) {
    loop {
        let waiting = session.driver.update(|driver| {
            driver.machine.is_refreshing().then(|| {
                let (wake, woken) = oneshot::channel();
                driver.waiting.push(wake);
                woken
            })
        });
        match waiting {
            // Woken or dropped: either way the refresh is over.
            Some(Some(woken)) => drop(woken.await),
            _ => return,
        }
    }
}
