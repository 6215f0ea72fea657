//! What keeps a session: runs the commands of the machine, listens to the other tabs, and notices when nobody is
//! there. Its code comes after the first screen; what happens before waits for it ([`super::Driver`]).

use std::cell::Cell;

use portal_api::{Client, Endpoint, Error, ErrorKind, authentication};
use portal_core::session::{Command, Event, Idle, Tokens, idle};

use super::tabs::{self, Tabs};
use super::{Driver, Session, renewal, vault};
use crate::browser::{self, Host, Shelf, Store, sleep};
use crate::view::Part;

/// The code of this module, for who has to wait for it.
#[derive(Clone, Copy, Debug)]
pub struct Keeper {
    /// Tells the machine what happened.
    pub happen: fn(Session, Event),
    /// Draws what the session has to say on any screen.
    pub draw: fn() -> Part,
}

/// Tells the machine what happened, and shows what became of it.
pub fn happen(session: Session, event: Event) {
    session.happen(event);
}

/// When somebody last used the portal in any tab, milliseconds since 1970 by the browser's clock.
const LAST_USE: Store = Store::new(Shelf::Device, "portal.active");
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

/// Nobody has used the portal for too long.
pub fn idled_out(session: Session) {
    session.happen(Event::IdledOut(browser::clock()));
}

/// Begins to listen. A session that a reload took up may have been moved to another organization meanwhile.
pub fn listen(session: Session) {
    // The store may have changed since boot.js read it.
    tabs::look(session);
    if session.stage_untracked().organization().is_some() {
        start_due(session);
        browser::spawn(session.verify());
    }
    browser::on_visible(move || tabs::look(session));
    if session.driver.with(|driver| driver.over_network) {
        browser::spawn(vault::register_worker());
    }
}

/// Runs one command.
pub(super) fn run(session: Session, command: Command) {
    match command {
        Command::Save(record) => {
            let saving = session.driver.with(|driver| vault::save(&record, &driver.api_base, false));
            browser::spawn(async move {
                // Where the browser stores nothing, the session lives until the page is reloaded.
                let _ = saving.await;
            });
        }
        Command::Supersede(record) => {
            let saving = session.driver.with(|driver| vault::save(&record, &driver.api_base, true));
            browser::spawn(async move {
                if let Some(pair) = saving.await {
                    session.happen(Event::Numbered { pair });
                }
            });
        }
        Command::TokensChanged => {
            let machine_id = session.driver.with(|driver| {
                let machine = &driver.machine;
                machine.tokens().map(|_| machine.began().id.clone())
            });
            vault::remember(machine_id.as_deref());
            match machine_id {
                Some(_) => start_due(session),
                None => Tabs::of(session).due.borrow_mut().stop(),
            }
        }
        Command::End { id, why } => browser::spawn(async move {
            let _ = vault::end(&id, why, None).await;
        }),
        Command::SignOut { id, why, at, tokens } => browser::spawn(async move {
            let unsent = vault::end(&id, why, Some(at)).await;
            leave(session, tokens, unsent).await;
        }),
        Command::Renew => browser::spawn(renewal::renew(session)),
        Command::Wake => {
            session.driver.update(Driver::wake);
        }
        Command::Leave(tokens) => browser::spawn(leave(session, tokens, true)),
    }
}

/// Counts the life of the access token from its receipt, where the settings say how long it is: the API does not tell
/// it, and clocks jump.
fn start_due(session: Session) {
    let Some(seconds) = session.driver.with(|driver| driver.token_lifetime) else { return };
    let early = u64::from(seconds) * 900;
    Tabs::of(session).due.borrow_mut().start(early, move || session.happen(Event::Due));
}

/// Tells the service, and again when it could not be told. The tokens live as long as that takes and no longer.
/// `unsent`: the refresh token has not been used.
async fn leave(session: Session, tokens: Tokens, unsent: bool) {
    let mut tokens = tokens;
    let mut told = tell(session, &mut tokens, unsent).await;
    for wait in AGAIN_MS {
        if told {
            break;
        }
        session.happen(Event::SignOutTold(false));
        sleep(wait).await;
        told = tell(session, &mut tokens, false).await;
    }
    session.happen(Event::SignOutTold(told));
}

/// Revoke first: Log Out alone is not documented to end refresh tokens. With an access token that has ended both are
/// refused, and the refresh token would stay valid at the service: then it buys one more access token for this alone.
async fn tell(session: Session, tokens: &mut Tokens, unsent: bool) -> bool {
    let client = session.driver.with(Driver::client);
    let outcome = revoke(&client, tokens).await;
    let ended =
        outcome.as_ref().is_err_and(|error| error.ends_session_of(&authentication::RevokeRefreshToken::SPEC));
    if ended
        && unsent
        && let Some(refresh_token) = tokens.refresh.take()
        && let Ok(renewed) = client.send(&authentication::RefreshAccessToken { refresh_token }).await
        && let Some(access) = renewed.tokens.access
    {
        tokens.access = access;
        tokens.refresh = renewed.tokens.refresh;
        return is_told(revoke(&client, tokens).await) & log_out(&client, tokens).await;
    }
    is_told(outcome) & log_out(&client, tokens).await
}

async fn revoke(client: &Client<Host>, tokens: &Tokens) -> Result<(), Error> {
    match tokens.refresh.clone() {
        Some(refresh_token) => {
            client.with(&tokens.access).send(&authentication::RevokeRefreshToken { refresh_token }).await
        }
        None => Ok(()),
    }
}

async fn log_out(client: &Client<Host>, tokens: &Tokens) -> bool {
    is_told(client.with(&tokens.access).send(&authentication::LogOut).await)
}

/// 31401 on the way out means signed out already.
fn is_told(outcome: Result<(), Error>) -> bool {
    match outcome {
        Ok(()) => true,
        Err(error) => error.ends_session_of(&authentication::LogOut::SPEC) || error.kind == ErrorKind::Empty,
    }
}
