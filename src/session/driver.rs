//! Carries calls through the end of an access token, and through a move of the session to another organization. Decides
//! nothing about the session itself.

use std::pin::Pin;
use std::rc::Rc;

use futures::channel::oneshot;
use leptos::prelude::*;
use portal_api::authentication::GetTokenInformation;
use portal_api::{
    Audience, Client, Code, Endpoint, Error, ErrorKind, Request, Response, Spec, TransportFailure, reply,
};
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
    /// Whether calls go over the network, where a service worker can send them.
    pub(super) over_network: bool,
    /// Gives the code that changes the machine.
    pub(super) code: KeeperCode,
    /// How long an access token lives, in seconds, where the settings tell.
    pub(super) token_lifetime: Option<u32>,
    /// How long the session may stand unused, in milliseconds, where the settings tell.
    pub(super) idle_ms: Option<i64>,
    /// The other tabs, once something is to be told them.
    pub(super) tabs: Option<Rc<Tabs>>,
    /// Calls that wait for the renewal, or for the tab to go along.
    waiting: Vec<oneshot::Sender<()>>,
    /// Why the last renewal failed, for the calls that waited for it.
    pub(super) renewal_error: Option<Error>,
    /// Operations that answered 401 although Get Token Information took the same token: their 401 says nothing about
    /// the session.
    unreliable: Vec<&'static str>,
    /// How many changes wait until they are stored; nothing is shown before.
    pub(super) unstored: u32,
}

/// Brings the code of [`Keeper`], which the first screen does without; `None` where it does not come.
pub type KeeperCode = fn() -> Pin<Box<dyn Future<Output = Option<Keeper>>>>;

impl Driver {
    /// A driver for a deployment.
    pub fn new(host: Host, settings: &Settings, code: KeeperCode) -> Self {
        Self {
            machine: Machine::default(),
            over_network: host.is_network(),
            client: Client::new(host, &settings.api_base),
            api_base: settings.api_base.clone(),
            code,
            token_lifetime: settings.access_token_lifetime,
            idle_ms: settings.idle_ms(),
            tabs: None,
            waiting: Vec::new(),
            renewal_error: None,
            unreliable: Vec::new(),
            unstored: 0,
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

    fn distrust(&mut self, spec: &Spec) {
        if !self.unreliable.contains(&spec.operation) {
            self.unreliable.push(spec.operation);
        }
    }

    /// Whether a 401 of an operation has to be confirmed before it counts. Operations for servers carry no user's token
    /// at the service; what stands before it may answer 401 for reasons of its own.
    fn must_confirm(&self, spec: &Spec) -> bool {
        spec.audience == Audience::Server || self.unreliable.contains(&spec.operation)
    }
}

/// How often a call is sent again after a 401, each time with newer tokens. Short-lived tokens can end between the
/// renewal and the replay, and a tab may sleep in between.
const MOST_REPLAYS: u32 = 3;

/// How a response is read.
pub(super) type Read = Box<dyn Fn(&Response) -> Result<(), Error>>;
/// A call under way.
pub(super) type Call = Pin<Box<dyn Future<Output = Result<(), Error>>>>;

/// Sends a call as the user: waits for a renewal under way, replays once after one, drops what comes too late.
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
    let aborted = || failure(&spec, TransportFailure::Aborted);
    let Some((client, epoch)) =
        session.driver.try_with_value(|driver| (driver.client(), driver.machine.epoch()))
    else {
        return Err(aborted());
    };
    let mut replays = 0;
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
            Err(error) if error.code() == Some(Code::OrganizationUnselected) => {
                session.report(Event::OrganizationUnselected { generation }).await;
                return Err(error);
            }
            other => return other,
        };
        let must_confirm = session.driver.try_with_value(|driver| driver.must_confirm(&spec)).unwrap_or(true);
        if replays > 0 || must_confirm {
            match second_opinion(session, &spec, generation).await {
                Opinion::Rejected | Opinion::Outdated => {}
                Opinion::Valid => {
                    session.driver.update_value(|driver| driver.distrust(&spec));
                    return Err(error);
                }
                Opinion::Unknown => return Err(error),
            }
        }
        if replays < MOST_REPLAYS && renewed(session, &spec, generation, covered).await? {
            replays += 1;
            continue;
        }
        end_session(session, &spec, generation, &error).await;
        return Err(error);
    }
}

/// After a 401: whether there are newer tokens to replay the call with.
async fn renewed(session: Session, spec: &Spec, generation: u64, covered: bool) -> Result<bool, Error> {
    if !session.report(Event::Unauthenticated { generation }).await {
        return Err(failure(spec, TransportFailure::Network));
    }
    settled(session, covered).await;
    let after = session.driver.try_with_value(|driver| {
        let machine = &driver.machine;
        let lost = machine.tokens().is_none_or(|tokens| tokens.refresh.is_none());
        (machine.generation() == generation, lost, driver.renewal_error.clone())
    });
    match after {
        // The renewal did not come through: that is the failure, not the 401 that led to it.
        Some((true, false, error)) => Err(error.unwrap_or_else(|| failure(spec, TransportFailure::Network))),
        Some((unchanged, ..)) => Ok(!unchanged),
        None => Err(failure(spec, TransportFailure::Aborted)),
    }
}

/// The refresh token is lost: whether the access token is still valid decides whether the user has to sign in now.
pub(super) async fn check(session: Session) {
    let Some(generation) = session.driver.try_with_value(|driver| driver.machine.generation()) else {
        return;
    };
    if ask_about(session, generation).await == Opinion::Rejected {
        session.report(Event::Rejected { generation, elsewhere: false }).await;
    }
}

/// There are no newer tokens: the session ends, if Get Token Information agrees.
async fn end_session(session: Session, spec: &Spec, generation: u64, error: &Error) {
    if second_opinion(session, spec, generation).await == Opinion::Rejected {
        session.report(Event::Rejected { generation, elsewhere: Session::elsewhere(error) }).await;
    }
}

/// What Get Token Information says of the token that a call was answered 401 for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opinion {
    Valid,
    Rejected,
    /// There are newer tokens by now.
    Outdated,
    /// The question was not answered, which says nothing.
    Unknown,
}

async fn second_opinion(session: Session, of: &Spec, generation: u64) -> Opinion {
    // The operation itself needs no second opinion.
    if of.operation == GetTokenInformation::SPEC.operation {
        return Opinion::Rejected;
    }
    ask_about(session, generation).await
}

async fn ask_about(session: Session, generation: u64) -> Opinion {
    let spec = GetTokenInformation::SPEC;
    let asked = session.driver.try_with_value(|driver| {
        let tokens = driver.machine.tokens().filter(|_| driver.machine.generation() == generation);
        (driver.client(), tokens.map(|tokens| tokens.access.clone()))
    });
    let Some((client, Some(token))) = asked else { return Opinion::Outdated };
    let request = Request::new(&GetTokenInformation, Some(&token));
    let response = client.exchange(&spec, request).await;
    match response.and_then(|response| reply::<GetTokenInformation>(&response)) {
        Ok(_) => Opinion::Valid,
        Err(error) if error.ends_session_of(&spec) => Opinion::Rejected,
        Err(_) => Opinion::Unknown,
    }
}

fn failure(spec: &Spec, failure: TransportFailure) -> Error {
    Error { operation: spec.operation, kind: ErrorKind::Transport(failure), request_id: None }
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
