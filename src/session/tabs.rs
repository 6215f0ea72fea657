//! News of the shared store. Nothing is decided here: what the store holds goes to the machine.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::channel::oneshot;
use futures::future::select;
use portal_core::session::Event;

use super::{Session, vault};
use crate::browser::{self, Channel, Timer, sleep};

/// What `session-store.js` says on the channel after each change, in this tab and in others.
const CHANGED: &str = r#"{"k":"session"}"#;

/// The other tabs.
#[derive(Debug)]
pub(super) struct Tabs {
    /// The store is being read.
    reading: Cell<bool>,
    /// The store has changed since it was read last.
    dirty: Cell<bool>,
    waiting: RefCell<Vec<oneshot::Sender<()>>>,
    /// Renews the access token before it ends.
    pub(super) due: RefCell<Timer>,
}

impl Tabs {
    /// The tabs around a session; listens from the first time on.
    pub(super) fn of(session: Session) -> Rc<Self> {
        if let Some(Some(tabs)) = session.driver.try_with(|driver| driver.tabs.clone()) {
            return tabs;
        }
        // Open as long as the page.
        Channel::open(&browser::tabs_channel(), move |text| {
            if text == CHANGED {
                hear(session);
            }
        });
        let tabs = Rc::new(Self {
            reading: Cell::new(false),
            dirty: Cell::new(false),
            waiting: RefCell::default(),
            due: RefCell::new(Timer::default()),
        });
        session.driver.update(|driver| driver.tabs = Some(Rc::clone(&tabs)));
        tabs
    }

    /// Waits until the shared store has changed, or for this long, in milliseconds.
    pub(super) async fn changed(&self, milliseconds: u32) {
        let (wake, woken) = oneshot::channel();
        self.waiting.borrow_mut().push(wake);
        select(woken, Box::pin(sleep(milliseconds))).await;
    }
}

fn hear(session: Session) {
    for waiting in Tabs::of(session).waiting.take() {
        // One that no longer waits needs no news.
        let _ = waiting.send(());
    }
    look(session);
}

/// Tells the machine what the shared store holds now. Changes that come meanwhile are looked at afterwards, once.
pub(super) fn look(session: Session) {
    let tabs = Tabs::of(session);
    tabs.dirty.set(true);
    if tabs.reading.replace(true) {
        return;
    }
    browser::spawn(async move {
        while tabs.dirty.replace(false) {
            let id = own_id(session);
            if let Some(snapshot) = vault::snapshot(id.as_deref()).await {
                // Signed in or out meanwhile: this is about another session.
                let changed = own_id(session) != id;
                tabs.dirty.set(changed || tabs.dirty.get());
                session.happen(Event::Stored { id, snapshot });
            }
        }
        tabs.reading.set(false);
    });
}

/// The id of the session of this tab, while somebody is signed in.
fn own_id(session: Session) -> Option<String> {
    session
        .driver
        .try_with(|driver| {
            let machine = &driver.machine;
            machine.tokens().map(|_| machine.began().id.clone())
        })
        .flatten()
}
