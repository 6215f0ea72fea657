//! Several tabs, one service that spends refresh tokens, and events in any order: the machine decides, this world only
//! carries its commands out as the browser does.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests are tests")]

use std::collections::VecDeque;

use portal_api::authentication::{LoggedIn, Refreshed};
use portal_api::organization::Chosen;
use portal_api::{AccessToken, Listed, Organization, RefreshToken, TokenPair, Viewer};
use portal_core::session::{Began, Command, Ended, Event, Marker, Record, Session, State};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

#[derive(Clone, Debug)]
enum Mail {
    Ask { from: usize, id: String },
    Event(Event),
}

#[derive(Debug, Default)]
struct Tab {
    machine: Session,
    inbox: VecDeque<Mail>,
    /// What a reload finds.
    saved: Option<Record>,
    /// The refresh token on its way to the service.
    in_flight: Option<String>,
    asks: bool,
    waits: bool,
    open: bool,
    /// The refresh token that it signed out with, and so on: what it told the service to end.
    left: usize,
}

/// The service: one session, whose refresh token is spent by its use.
#[derive(Debug, Default)]
struct Service {
    serial: u64,
    refresh: Option<String>,
    /// Access tokens written since then are good.
    good_from: u64,
    organization: &'static str,
    refreshes: usize,
}

#[derive(Debug)]
struct World {
    tabs: Vec<Tab>,
    service: Service,
    marker: Option<Marker>,
    turn: Option<usize>,
    queue: VecDeque<usize>,
    now: i64,
    /// How often all access tokens came to their end.
    ends: usize,
    out: i64,
    checks: Result<(), String>,
}

fn organization(id: &str) -> Organization {
    Organization::new(id, Some(id)).unwrap()
}

fn access_serial(token: &AccessToken) -> u64 {
    token.reveal().strip_prefix('a').and_then(|serial| serial.parse().ok()).unwrap()
}

impl Service {
    fn pair(&mut self) -> TokenPair {
        self.serial += 1;
        let refresh = format!("r{}", self.serial);
        self.refresh = Some(refresh.clone());
        TokenPair {
            access: AccessToken::parse(&format!("a{}", self.serial)),
            refresh: RefreshToken::parse(&refresh),
            refresh_expires: None,
        }
    }
}

impl World {
    fn new(tabs: usize) -> Self {
        let mut world = Self {
            tabs: (0..tabs).map(|_| Tab { open: true, ..Tab::default() }).collect(),
            service: Service::default(),
            marker: None,
            turn: None,
            queue: VecDeque::new(),
            now: 1,
            ends: 0,
            out: 0,
            checks: Ok(()),
        };
        world.sign_in(0);
        world.settle();
        world
    }

    fn happen(&mut self, tab: usize, event: Event) {
        let before = self.tabs[tab].machine.record();
        let commands = self.tabs[tab].machine.step(event);
        let after = self.tabs[tab].machine.record();
        // A session goes on, never back, and never across a sign-out.
        if let (Some(before), Some(after)) = (&before, &after)
            && before.began.id == after.began.id
            && after.tokens.pair < before.tokens.pair
        {
            self.checks = Err("an older pair came back".to_owned());
        }
        for command in commands {
            self.run(tab, command);
        }
    }

    fn post(&mut self, from: usize, mail: &Mail) {
        for (index, tab) in self.tabs.iter_mut().enumerate() {
            if index != from && tab.open {
                tab.inbox.push_back(mail.clone());
            }
        }
    }

    fn run(&mut self, tab: usize, command: Command) {
        match command {
            Command::Save(record) => self.tabs[tab].saved = Some(record),
            Command::Forget => self.tabs[tab].saved = None,
            Command::Lock => self.queue.push_back(tab),
            Command::Unlock => {
                self.queue.retain(|waiting| *waiting != tab);
                if self.turn == Some(tab) {
                    self.turn = None;
                }
            }
            Command::Ask(began) => {
                self.tabs[tab].asks = true;
                self.post(tab, &Mail::Ask { from: tab, id: began.id });
            }
            Command::Refresh(token) => {
                self.tabs[tab].in_flight = Some(token.reveal().to_owned());
                if self.tabs.iter().filter(|tab| tab.open && tab.in_flight.is_some()).count() > 1 {
                    self.checks = Err("two refreshes in flight".to_owned());
                }
            }
            Command::RetryIn(_) => self.tabs[tab].waits = true,
            Command::Wake => {}
            Command::Tell(record) => {
                self.marker = Some(self.marker.take().unwrap_or_default().with(&record));
                self.post(tab, &Mail::Event(Event::Told(record)));
            }
            Command::TellSignOut(at) => {
                let marker = self.marker.take().unwrap_or_default();
                self.marker = Some(Marker { out: at, ..marker });
                self.post(tab, &Mail::Event(Event::SignedOutInOtherTab { at, idle: false }));
            }
            Command::TellOver { id, pair } => {
                self.post(tab, &Mail::Event(Event::OverInOtherTab { id, pair }));
            }
            Command::Leave(_) => {
                self.tabs[tab].left += 1;
                self.service.refresh = None;
                self.service.good_from = self.service.serial + 1;
            }
        }
    }

    fn sign_in(&mut self, tab: usize) {
        if self.tabs[tab].machine.tokens().is_some() {
            return;
        }
        let since = self.now.max(self.marker.as_ref().map_or(0, |marker| marker.out) + 1);
        let began = Began { id: format!("s{}", self.now), since, keep: false };
        let reply = LoggedIn {
            token: AccessToken::parse("a0").unwrap(),
            viewer: Viewer::default(),
            organizations: Listed { entries: vec![organization("a"), organization("b")], dropped: 0 },
            second_factor: None,
        };
        self.happen(tab, Event::LoggedIn { reply, began });
        self.choose(tab, "a");
    }

    fn choose(&mut self, tab: usize, id: &'static str) {
        if self.tabs[tab].machine.tokens().is_none() {
            return;
        }
        self.service.organization = id;
        let tokens = self.service.pair();
        let reply = Chosen { tokens, viewer: Viewer::default(), organization: Some(organization(id)) };
        self.happen(tab, Event::Chosen { asked: organization(id), reply, marker: self.marker.clone() });
    }

    /// The page calls the service with the token that it has.
    fn call(&mut self, tab: usize) {
        let machine = &self.tabs[tab].machine;
        let Some(tokens) = machine.tokens().filter(|_| !machine.holds_calls()) else { return };
        let serial = access_serial(&tokens.access);
        let generation = machine.generation();
        if serial < self.service.good_from {
            self.happen(tab, Event::Unauthenticated { generation, elsewhere: false, replayed: false });
        }
    }

    fn grant(&mut self) {
        if self.turn.is_none()
            && let Some(tab) = self.queue.pop_front()
        {
            self.turn = Some(tab);
            let marker = self.marker.clone();
            self.happen(tab, Event::Locked(marker));
        }
    }

    fn reply(&mut self, tab: usize, fails: bool) {
        let Some(token) = self.tabs[tab].in_flight.take() else { return };
        if fails {
            return self.happen(tab, Event::RefreshFailed);
        }
        if self.service.refresh.as_deref() != Some(token.as_str()) {
            let marker = self.marker.clone();
            return self.happen(tab, Event::RefreshRefused(marker));
        }
        self.service.refreshes += 1;
        let tokens = self.service.pair();
        let organization = Some(organization(self.service.organization));
        let reply = Refreshed { tokens, viewer: Viewer::default(), organization };
        self.happen(tab, Event::Refreshed { reply, marker: self.marker.clone() });
    }

    fn deliver(&mut self, tab: usize) {
        match self.tabs[tab].inbox.pop_front() {
            None => {}
            Some(Mail::Event(event)) => self.happen(tab, event),
            Some(Mail::Ask { from, id }) => {
                let record = self.tabs[tab].machine.record().filter(|record| record.began.id == id);
                if let Some(record) = record {
                    self.tabs[from].inbox.push_back(Mail::Event(Event::Told(record)));
                }
            }
        }
    }

    fn time_out(&mut self, tab: usize) {
        if std::mem::take(&mut self.tabs[tab].asks) {
            self.happen(tab, Event::Unanswered);
        }
    }

    fn sign_out(&mut self, tab: usize) {
        if self.tabs[tab].machine.tokens().is_some() {
            self.out = self.now.max(self.out);
            self.happen(tab, Event::SignOut(self.now));
        }
    }

    fn reload(&mut self, tab: usize) {
        if self.tabs[tab].in_flight.is_some() {
            return;
        }
        self.run(tab, Command::Unlock);
        let saved = self.tabs[tab].saved.clone();
        self.tabs[tab].machine = Session::resume(saved, self.marker.as_ref());
        if self.tabs[tab].machine.tokens().is_none() {
            self.tabs[tab].saved = None;
        }
        self.tabs[tab].asks = false;
        self.tabs[tab].waits = false;
    }

    /// Everything that is under way comes to its end.
    fn settle(&mut self) {
        for _ in 0..200 {
            for tab in 0..self.tabs.len() {
                while !self.tabs[tab].inbox.is_empty() {
                    self.deliver(tab);
                }
                self.grant();
                self.reply(tab, false);
            }
            let quiet = self.tabs.iter().all(|tab| tab.inbox.is_empty());
            if quiet {
                for tab in 0..self.tabs.len() {
                    self.time_out(tab);
                    if std::mem::take(&mut self.tabs[tab].waits) {
                        self.happen(tab, Event::RetryDue);
                    }
                }
            }
        }
    }

    fn act(&mut self, action: u8, tab: usize, wild: bool) {
        self.now += 1;
        let tab = tab % self.tabs.len();
        match action {
            0..=2 => self.call(tab),
            3 => {
                self.ends += 1;
                self.service.good_from = self.service.serial + 1;
            }
            4..=6 => self.deliver(tab),
            7 => self.grant(),
            8 => self.reply(tab, false),
            9 => self.reply(tab, true),
            10 if std::mem::take(&mut self.tabs[tab].waits) => self.happen(tab, Event::RetryDue),
            11 => self.choose(tab, if self.now % 2 == 0 { "a" } else { "b" }),
            12 => self.happen(tab, Event::Follow),
            13 => self.reload(tab),
            14 => {
                for tab in 0..self.tabs.len() {
                    self.call(tab);
                }
            }
            15 if wild => self.sign_out(tab),
            16 if wild => self.sign_in(tab),
            17 if wild => self.time_out(tab),
            // The bounded wait for a turn is over while another tab still has it.
            18 if wild && self.queue.contains(&tab) => {
                self.queue.retain(|waiting| *waiting != tab);
                let marker = self.marker.clone();
                self.happen(tab, Event::Locked(marker));
            }
            _ => {}
        }
    }
}

fn actions() -> impl Strategy<Value = Vec<(u8, usize)>> {
    proptest::collection::vec((0_u8..19, 0_usize..5), 0..120)
}

fn check(world: &World) -> Result<(), TestCaseError> {
    world.checks.clone().map_err(TestCaseError::fail)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    // "Logged out by accident" is the complaint that users of every portal share. While nobody signs out and the
    // service ends nothing, nobody ever is, in whatever order tabs, messages and replies come; one refresh is under way
    // at a time, and each end of the access tokens costs one (hostile.md 35, 39, 40).
    #[test]
    fn nobody_is_signed_out_by_accident(actions in actions(), tabs in 1_usize..6) {
        let mut world = World::new(tabs);
        for (action, tab) in actions {
            world.act(action, tab, false);
            check(&world)?;
            for tab in &world.tabs {
                prop_assert!(tab.machine.tokens().is_some(), "signed out: {:?}", tab.machine.state());
            }
        }
        prop_assert!(world.service.refreshes <= world.ends);
        world.settle();
        check(&world)?;
        // In the end all tabs agree, on the pair and on where the session works.
        for tab in 0..world.tabs.len() {
            world.happen(tab, Event::Follow);
            world.call(tab);
        }
        world.settle();
        let records: Vec<Record> = world.tabs.iter().map(|tab| tab.machine.record().unwrap()).collect();
        for (tab, record) in world.tabs.iter().zip(&records) {
            prop_assert_eq!(record, &records[0]);
            prop_assert_eq!(record.organization.as_ref().unwrap().id.as_str(), world.service.organization);
            prop_assert!(!tab.machine.holds_calls());
            prop_assert!(access_serial(&record.tokens.access) >= world.service.good_from);
        }
        prop_assert!(world.service.refreshes <= world.ends);
    }

    // Everything may happen, sign-outs, waits that were too short, tabs that answer too late: what was signed out stays
    // signed out, here at once and in all tabs when they hear of it, and nothing is left to take up (hostile.md 42, 45).
    #[test]
    fn nothing_is_reachable_after_a_sign_out(actions in actions(), tabs in 1_usize..6) {
        let mut world = World::new(tabs);
        for (action, tab) in actions {
            world.act(action, tab, true);
            if world.checks == Err("two refreshes in flight".to_owned()) {
                // A turn that was waited for too long is taken; then there may be two.
                world.checks = Ok(());
            }
            check(&world)?;
        }
        world.settle();
        let refreshes = world.service.refreshes;
        for tab in 0..world.tabs.len() {
            world.now += 1;
            world.sign_out(tab);
            prop_assert!(world.tabs[tab].machine.tokens().is_none());
            prop_assert_eq!(&world.tabs[tab].saved, &None);
        }
        world.settle();
        for tab in 0..world.tabs.len() {
            world.reload(tab);
            prop_assert!(world.tabs[tab].machine.tokens().is_none() && !world.tabs[tab].machine.holds_calls());
            prop_assert_eq!(&world.tabs[tab].saved, &None);
        }
        prop_assert!(world.service.refreshes <= refreshes + 1, "calls went on");
    }

    // A frozen tab hears nothing; what it finds when it wakes is the marker (hostile.md 45).
    #[test]
    fn a_record_older_than_the_last_sign_out_is_not_taken_up(since in 0_i64..1_000, out in 0_i64..1_000) {
        let mut world = World::new(1);
        let mut record = world.tabs[0].machine.record().unwrap();
        record.began.since = since;
        let marker = Marker { out, ..Marker::default() };
        let resumed = Session::resume(Some(record.clone()), Some(&marker));
        prop_assert_eq!(resumed.tokens().is_some(), since > out);
        world.tabs[0].machine = Session::default();
        world.happen(0, Event::SignedOutInOtherTab { at: out, idle: false });
        world.happen(0, Event::Told(record));
        prop_assert_eq!(world.tabs[0].machine.tokens().is_some(), since > out);
    }
}

/// Two tabs of one session; the first has just lost the race: its pair is spent, the second has the newer one.
fn race() -> World {
    let mut world = World::new(2);
    world.service.good_from = world.service.serial + 1;
    for tab in [0, 1] {
        world.call(tab);
    }
    world
}

// hostile.md 39: two tabs refresh at once: one request, and the second adopts the new pair.
#[test]
fn two_tabs_make_one_refresh() {
    let mut world = race();
    world.settle();
    assert_eq!(world.service.refreshes, 1);
    assert_eq!(world.tabs[0].machine.record(), world.tabs[1].machine.record());
    assert_eq!(world.checks, Ok(()));
}

// hostile.md 40: the pair was refused, but the marker has moved on: ask, adopt, never clear.
#[test]
fn a_lost_race_is_no_end() {
    let mut world = World::new(2);
    let old = world.tabs[1].machine.record().unwrap();
    world.service.good_from = world.service.serial + 1;
    world.call(1);
    world.grant();
    // Meanwhile the first tab gets a new pair, and the second does not hear of it.
    let tokens = world.service.pair();
    world.tabs[0].machine = Session::resume(Some(old), None);
    let reply = Chosen { tokens, viewer: Viewer::default(), organization: Some(organization("a")) };
    world.happen(0, Event::Chosen { asked: organization("a"), reply, marker: None });
    world.tabs[1].inbox.clear();
    world.reply(1, false);
    assert!(world.tabs[1].machine.tokens().is_some() && world.tabs[1].machine.holds_calls());
    world.settle();
    assert_eq!(world.tabs[0].machine.record(), world.tabs[1].machine.record());
}

// hostile.md 41: the service ends the whole session: all tabs go to sign-in, and only one asked.
#[test]
fn a_revoked_session_ends_everywhere_at_once() {
    let mut world = race();
    world.service.refresh = None;
    world.settle();
    for tab in &world.tabs {
        assert_eq!(tab.machine.state(), &State::SignedOut { ended: Some(Ended::Expired) });
        assert_eq!(tab.saved, None);
    }
    assert_eq!(world.service.refreshes, 0);
}

// experience.md O9: a switch covers the other tab, which shows and asks nothing until it goes along, or everything is
// switched back; then it goes on with what it had.
#[test]
fn a_switch_moves_every_tab() {
    let mut world = World::new(2);
    let (epoch, place) = (world.tabs[1].machine.epoch(), world.tabs[1].machine.place());
    world.choose(0, "b");
    world.settle();
    let machine = &world.tabs[1].machine;
    assert_eq!(machine.moved(), Some(&organization("b")));
    assert!(machine.holds_calls() && machine.epoch() == epoch && machine.place() > place);
    assert_eq!(world.tabs[1].saved, world.tabs[0].saved, "a reload follows");
    // Back: the tab that never left goes on, the one that left is covered in its turn.
    world.choose(1, "a");
    world.settle();
    assert_eq!(world.tabs[1].machine.epoch(), epoch);
    assert!(!world.tabs[1].machine.holds_calls());
    assert_eq!(world.tabs[0].machine.moved(), Some(&organization("a")));
    world.happen(0, Event::Follow);
    assert_eq!(world.tabs[0].machine.moved(), None);
    assert_eq!(world.tabs[0].machine.record(), world.tabs[1].machine.record());
}

// hostile.md 48: two tabs that signed in each for itself both stay usable.
#[test]
fn two_sessions_do_not_mix() {
    let mut world = World::new(2);
    let mut other = world.tabs[1].machine.record().unwrap();
    other.began.id = "another".to_owned();
    other.tokens.pair = 99;
    let before = world.tabs[1].machine.record();
    world.happen(1, Event::Told(other));
    assert_eq!(world.tabs[1].machine.record(), before);
    let over = Event::OverInOtherTab { id: "another".to_owned(), pair: 99 };
    world.happen(1, over);
    assert_eq!(world.tabs[1].machine.record(), before);
}

// Where the settings say how long an access token lives, it is renewed before it ends, once.
#[test]
fn a_token_about_to_end_is_renewed_once() {
    let mut world = World::new(2);
    world.happen(0, Event::Due);
    world.happen(0, Event::Due);
    world.settle();
    assert_eq!(world.service.refreshes, 1);
    assert_eq!(world.tabs[0].machine.record(), world.tabs[1].machine.record());
}
