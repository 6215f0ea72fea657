//! What this tab tells the others and hears from them. Nothing is decided here: what is heard goes to the machine.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use portal_core::session::{Claims, Event, Heard, Message, Record};

use super::{Session, keeper, vault};
use crate::browser::{self, Channel, Timer, Turn, Waited, sleep};

/// The name of the channel; boot.js asks over it, too.
const CHANNEL: &str = "portal";
/// How long a turn is waited for, in milliseconds. A tab that has it for longer has been stopped by the browser.
const TURN_MS: u32 = 10_000;
/// How long other tabs have to object to a claim, and until it is made again, in milliseconds.
const CLAIM_MS: u32 = 150;

/// The other tabs.
#[derive(Debug)]
pub(super) struct Tabs {
    channel: Channel,
    api_base: String,
    claims: Cell<Claims>,
    turn: RefCell<Option<Turn>>,
    /// Renews the access token before it ends.
    pub(super) due: RefCell<Timer>,
}

impl Tabs {
    /// The tabs around a session; listens from the first time on.
    pub(super) fn of(session: Session) -> Rc<Self> {
        if let Some(Some(tabs)) = session.driver.try_with_value(|driver| driver.tabs.clone()) {
            return tabs;
        }
        let tabs = Rc::new(Self {
            channel: Channel::open(CHANNEL, move |text| {
                if let Some(message) = Message::parse(&text) {
                    hear(session, message);
                }
            }),
            api_base: session.driver.try_with_value(|driver| driver.api_base.clone()).unwrap_or_default(),
            claims: Cell::new(Claims::new(browser::number())),
            turn: RefCell::new(None),
            due: RefCell::new(Timer::default()),
        });
        session.driver.update_value(|driver| driver.tabs = Some(Rc::clone(&tabs)));
        tabs
    }

    pub(super) fn post(&self, message: &Message) {
        self.channel.post(&message.to_text(&self.api_base));
    }

    /// Waits for this tab's turn to refresh, by the browser's locks or else by claims.
    pub(super) async fn wait(&self) {
        match browser::turn("portal.refresh", TURN_MS).await {
            Waited::Mine(turn) => drop(self.turn.replace(Some(turn))),
            Waited::TooLong => {}
            Waited::NoLocks => {
                for _ in 0..TURN_MS / (2 * CLAIM_MS) {
                    let claim = self.with_claims(Claims::claim);
                    self.post(&claim);
                    sleep(CLAIM_MS).await;
                    if self.with_claims(Claims::settle) {
                        return;
                    }
                    sleep(CLAIM_MS).await;
                }
                self.with_claims(Claims::take);
            }
        }
    }

    /// The turn is over.
    pub(super) fn free(&self) {
        drop(self.turn.take());
        self.with_claims(Claims::free);
    }

    fn with_claims<T>(&self, change: impl FnOnce(&mut Claims) -> T) -> T {
        let mut claims = self.claims.get();
        let outcome = change(&mut claims);
        self.claims.set(claims);
        outcome
    }
}

fn hear(session: Session, message: Message) {
    match message {
        Message::Ask(id) => {
            let record = session.driver.try_with_value(|driver| driver.machine.record()).flatten();
            let is_it = |record: &Record| id.is_none_or(|id| id == record.began.id);
            if let Some(record) = record.filter(is_it) {
                Tabs::of(session).post(&Message::Told(record));
            }
        }
        Message::Told(record) => session.happen(Event::Told(record)),
        Message::SignedOut(at) => hear_sign_out(session, at),
        Message::Over { id, pair } => session.happen(Event::OverInOtherTab { id, pair }),
        Message::Claim(other) => {
            let tabs = Tabs::of(session);
            match tabs.with_claims(|claims| claims.hear_claim(other)) {
                Heard::Silence => {}
                Heard::Held => tabs.post(&Message::Held),
                Heard::Claim => {
                    let claim = tabs.with_claims(Claims::claim);
                    tabs.post(&claim);
                }
            }
        }
        Message::Held => Tabs::of(session).with_claims(Claims::hear_held),
        Message::Active(at) => keeper::hear_use(at),
    }
}

/// Another tab has changed the marker. The channel tells the same, but storage is heard by tabs that were frozen.
pub(super) fn hear_marker(session: Session) {
    if let Some(marker) = vault::marker() {
        hear_sign_out(session, marker.out);
    }
}

fn hear_sign_out(session: Session, at: i64) {
    let limit = session.driver.try_with_value(|driver| driver.idle_ms).flatten();
    session.happen(Event::SignedOutInOtherTab { at, idle: keeper::is_unused(limit) });
}
