//! What keeps a session: runs the commands of the machine, listens to the other tabs, and notices when nobody is
//! there. Its code comes after the first screen; what happens before waits for it ([`super::Driver`]).

use std::cell::Cell;

use leptos::prelude::*;
use portal_api::{Endpoint, Error, ErrorKind, RefreshToken, Spec, authentication};
use portal_core::session::{Command, Event, Idle, Message, Tokens, idle};

use super::tabs::{self, Tabs};
use super::{Driver, Session, Stage, vault};
use crate::browser::{self, Shelf, Store, sleep};

/// The code of this module, for who has to wait for it.
#[derive(Clone, Copy, Debug)]
pub struct Keeper {
    /// Tells the machine what happened.
    pub happen: fn(Session, Event),
    /// Draws what the session has to say on any screen.
    pub draw: fn() -> AnyView,
}

/// Tells the machine what happened, and shows what became of it.
pub fn happen(session: Session, event: Event) {
    session.happen(event);
}

/// When somebody last used the portal in any tab, milliseconds since 1970 by the browser's clock.
const LAST_USE: Store = Store::new(Shelf::Device, "portal.active");
/// How long an answer of another tab is waited for, in milliseconds.
const ANSWER_MS: u32 = 1_000;
/// A sign-out that the service could not be told is told again after so many milliseconds.
const AGAIN_MS: [u32; 2] = [3_000, 10_000];

thread_local! {
    /// For a browser without storage.
    static LAST_HEARD: Cell<i64> = const { Cell::new(0) };
}

/// When somebody last used the portal; `None` where that is not known.
pub fn last_use() -> Option<i64> {
    let stored = LAST_USE.read().and_then(|text| text.parse().ok()).unwrap_or(0);
    Some(LAST_HEARD.get().max(stored)).filter(|at| *at > 0)
}

/// Whether nobody has used the portal for longer than this, in milliseconds.
pub(super) fn is_unused(limit: Option<i64>) -> bool {
    limit.zip(last_use()).is_some_and(|(limit, last)| idle(browser::clock(), last, limit) == Idle::Over)
}

/// Somebody uses the portal now.
pub fn note_use() -> i64 {
    let now = browser::clock();
    LAST_HEARD.set(now);
    LAST_USE.write(&now.to_string());
    now
}

/// Somebody used the portal in another tab.
pub(super) fn hear_use(at: i64) {
    LAST_HEARD.set(LAST_HEARD.get().max(at));
}

/// Nobody has used the portal for too long.
pub fn idled_out(session: Session) {
    session.happen(Event::IdledOut(browser::clock()));
}

/// Begins to listen. A session that a reload took up may have been moved to another organization meanwhile.
pub fn listen(session: Session) {
    let tabs = Tabs::of(session);
    if session.stage_untracked() == (Stage::SignedOut { ended: None }) {
        // boot.js has asked already, but waits only for a moment.
        tabs.post(&Message::Ask(None));
    }
    browser::on_stored(vault::MARKER_KEY, move || tabs::hear_marker(session));
    if session.stage_untracked().organization().is_some() {
        start_due(session);
        browser::spawn(session.verify());
    }
}

/// Runs one command.
pub(super) fn run(session: Session, command: Command) {
    let tabs = Tabs::of(session);
    match command {
        Command::Save(record) => {
            session.driver.with_value(|driver| vault::save(&record, &driver.api_base));
            start_due(session);
        }
        Command::Forget => {
            tabs.due.borrow_mut().stop();
            vault::erase();
        }
        Command::Lock => browser::spawn(async move {
            tabs.wait().await;
            session.happen(Event::Locked(vault::marker()));
        }),
        Command::Unlock => tabs.free(),
        Command::Ask(began) => {
            if let Some(record) = vault::kept().filter(|record| record.began.id == began.id) {
                session.happen(Event::Told(record));
            }
            tabs.post(&Message::Ask(Some(began.id)));
            let generation = session.driver.with_value(|driver| driver.machine.generation());
            browser::spawn(async move {
                sleep(ANSWER_MS).await;
                if session.driver.try_with_value(|driver| driver.machine.generation()) == Some(generation) {
                    session.happen(Event::Unanswered);
                }
            });
        }
        Command::Refresh(token) => browser::spawn(refresh(session, token)),
        Command::RetryIn(milliseconds) => browser::spawn(async move {
            sleep(milliseconds).await;
            session.happen(Event::RetryDue);
        }),
        Command::Wake => {
            session.driver.update_value(Driver::wake);
        }
        Command::Tell(record) => {
            vault::mark(&vault::marker().unwrap_or_default().with(&record));
            tabs.post(&Message::Told(record));
        }
        Command::TellSignOut(at) => {
            let mut marker = vault::marker().unwrap_or_default();
            marker.out = at;
            vault::mark(&marker);
            tabs.post(&Message::SignedOut(at));
        }
        Command::TellOver { id, pair } => tabs.post(&Message::Over { id, pair }),
        Command::Leave(tokens) => browser::spawn(leave(session, tokens)),
    }
}

/// Counts the life of the access token from its receipt, where the settings say how long it is: the API does not tell
/// it, and clocks jump.
fn start_due(session: Session) {
    let Some(seconds) = session.driver.with_value(|driver| driver.token_lifetime) else { return };
    let early = u64::from(seconds) * 900;
    Tabs::of(session).due.borrow_mut().start(early, move || session.happen(Event::Due));
}

async fn refresh(session: Session, refresh_token: RefreshToken) {
    let client = session.driver.with_value(Driver::client);
    let outcome = client.send(&authentication::RefreshAccessToken { refresh_token }).await;
    let marker = vault::marker();
    let event = match &outcome {
        Ok(reply) => Event::Refreshed { reply: reply.clone(), marker },
        Err(error) if error.is_transient() => Event::RefreshFailed,
        Err(_) => Event::RefreshRefused(marker),
    };
    session.driver.update_value(|driver| driver.refresh_error = outcome.err());
    session.happen(event);
}

/// Tells the service, and again when it could not be told. The tokens live as long as that takes and no longer.
async fn leave(session: Session, tokens: Tokens) {
    let mut told = tell(session, &tokens).await;
    for wait in AGAIN_MS {
        if told {
            break;
        }
        session.happen(Event::SignOutTold(false));
        sleep(wait).await;
        told = tell(session, &tokens).await;
    }
    session.happen(Event::SignOutTold(told));
}

/// Revoke first: Log Out alone is not documented to end refresh tokens (contract.md 0.4).
async fn tell(session: Session, tokens: &Tokens) -> bool {
    let client = session.driver.with_value(Driver::client);
    let user = client.with(&tokens.access);
    let mut told = true;
    if let Some(refresh_token) = tokens.refresh.clone() {
        told &= is_told(
            user.send(&authentication::RevokeRefreshToken { refresh_token }).await,
            &authentication::RevokeRefreshToken::SPEC,
        );
    }
    told & is_told(user.send(&authentication::LogOut).await, &authentication::LogOut::SPEC)
}

/// 31401 on the way out means signed out already (contract.md 1.4).
fn is_told(outcome: Result<(), Error>, spec: &Spec) -> bool {
    match outcome {
        Ok(()) => true,
        Err(error) => error.ends_session_of(spec) || error.kind == ErrorKind::Empty,
    }
}
