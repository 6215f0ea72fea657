//! Several tabs, the store that they share, and a service that ends the whole session when a refresh token is used
//! twice. The machine and `next_step` decide; this world only carries their decisions out, one action at a time, in
//! orders that a browser might choose: reloads in the middle of a renewal, senders that vanish, replies that come late.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests are tests")]

use std::collections::{BTreeMap, VecDeque};

use portal_api::authentication::{LoggedIn, Refreshed};
use portal_api::organization::Chosen;
use portal_api::{AccessToken, Listed, Organization, RefreshToken, Response, TokenPair, Viewer};
use portal_core::session::{
    Began, Command, Ended, Event, Phase, Record, SEND_BUDGET_MS, Session, Snapshot, State, Step, Stored,
    Verdict, judge, next_step,
};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

/// One entry of the shared store, as `session-store.js` keeps it.
#[derive(Clone, Debug)]
struct Entry {
    record: Record,
    phase: Phase,
}

/// The shared store: every method is one transaction.
#[derive(Debug, Default)]
struct Store {
    entries: BTreeMap<String, Entry>,
    ended: BTreeMap<String, Ended>,
    out: i64,
}

impl Store {
    fn is_over(&self, began: &Began) -> bool {
        began.since <= self.out || self.ended.contains_key(&began.id)
    }

    fn snapshot(&self, id: Option<&str>) -> Snapshot {
        let living = self.entries.values().filter(|entry| !self.is_over(&entry.record.began));
        let entry = match id {
            Some(id) => living.clone().find(|entry| entry.record.began.id == id),
            None => living.max_by_key(|entry| entry.record.began.since),
        };
        Snapshot {
            out: self.out,
            ended: id.and_then(|id| self.ended.get(id)).map(|ended| Ended::from_name(ended.name()).unwrap()),
            stored: entry.map(|entry| Stored { record: entry.record.clone(), phase: entry.phase.clone() }),
        }
    }

    fn save(&mut self, mut record: Record, supersede: bool) -> u64 {
        let pair = record.tokens.pair;
        if self.is_over(&record.began) {
            return pair;
        }
        let held = self.entries.get(&record.began.id);
        let number = match held {
            Some(held) if supersede => pair.max(held.record.tokens.pair + 2),
            _ => pair,
        };
        if held.is_some_and(|held| held.record.tokens.pair > number) {
            return held.unwrap().record.tokens.pair;
        }
        let same = held.filter(|held| held.record.tokens.pair == number);
        let phase = same.map_or(Phase::Ready, |held| held.phase.clone());
        record.tokens.pair = number;
        record.tokens.lost = false;
        self.entries.insert(record.began.id.clone(), Entry { record, phase });
        number
    }

    fn change(&mut self, id: &str, pair: u64, from: impl Fn(&Phase) -> bool, to: Phase) -> bool {
        let over = self.entries.get(id).is_some_and(|entry| self.is_over(&entry.record.began));
        match self.entries.get_mut(id) {
            Some(entry) if entry.record.tokens.pair == pair && from(&entry.phase) && !over => {
                entry.phase = to;
                true
            }
            _ => false,
        }
    }

    fn end(&mut self, id: String, why: Ended, out: Option<i64>) {
        self.entries.remove(&id);
        self.ended.insert(id, why);
        if let Some(out) = out {
            self.out = self.out.max(out);
            self.entries.retain(|_, entry| entry.record.began.since > out);
        }
    }
}

/// A refresh token on its way to the service, and who waits for the reply.
#[derive(Clone, Debug)]
struct Sending {
    id: String,
    pair: u64,
    token: String,
    /// The tab that sends; `None`: the service worker.
    tab: Option<usize>,
    reply: Option<Response>,
}

#[derive(Debug, Default)]
struct Tab {
    machine: Session,
    /// Commands and messages that have not been carried out.
    saves: VecDeque<Command>,
    news: bool,
    /// The renewal under way: the record that it is for.
    renewal: Option<Record>,
    left: usize,
    marker: Option<String>,
}

#[derive(Debug, Default)]
struct Service {
    serial: u64,
    refresh: Option<String>,
    used: Vec<String>,
    reused: usize,
    good_from: u64,
    organization: &'static str,
    refreshes: usize,
}

#[derive(Debug)]
struct World {
    tabs: Vec<Tab>,
    store: Store,
    service: Service,
    sending: Vec<Sending>,
    has_worker: bool,
    now: i64,
    ends: usize,
    checks: Result<(), String>,
}

fn organization(id: &str) -> Organization {
    Organization::new(id, Some(id)).unwrap()
}

fn access_serial(token: &AccessToken) -> u64 {
    token.reveal().strip_prefix('a').and_then(|serial| serial.parse().ok()).unwrap()
}

fn json(status: u16, body: &str) -> Response {
    Response { status, headers: Vec::new(), body: body.as_bytes().to_vec() }
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

    /// Answers Refresh Access Token. A token that is used twice ends everything, as real services do.
    fn refresh(&mut self, token: &str) -> Response {
        if self.used.iter().any(|used| used == token) {
            self.reused += 1;
            self.refresh = None;
            self.good_from = self.serial + 1;
        }
        if self.refresh.as_deref() != Some(token) {
            return json(200, r#"{"code":31401,"message":"Please login first"}"#);
        }
        self.used.push(token.to_owned());
        self.refreshes += 1;
        let organization = self.organization;
        let TokenPair { access, refresh, .. } = self.pair();
        let (access, refresh) = (access.unwrap(), refresh.unwrap());
        json(
            200,
            &format!(
                r#"{{"code":0,"data":{{"accessToken":"{}","refreshToken":"{}","workingOrganizationId":"{organization}","workingOrganizationName":"{organization}"}}}}"#,
                access.reveal(),
                refresh.reveal()
            ),
        )
    }
}

impl World {
    fn new(tabs: usize, has_worker: bool) -> Self {
        let mut world = Self {
            tabs: (0..tabs).map(|_| Tab::default()).collect(),
            store: Store::default(),
            service: Service::default(),
            sending: Vec::new(),
            has_worker,
            now: 1,
            ends: 0,
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
        // A session goes on, never back.
        if let (Some(before), Some(after)) = (&before, &after)
            && before.began.id == after.began.id
            && after.tokens.pair < before.tokens.pair
        {
            self.checks = Err("an older pair came back".to_owned());
        }
        for command in commands {
            match command {
                // The browser carries these out in their order, but not at once.
                Command::Save(_) | Command::Supersede(_) | Command::End { .. } | Command::SignOut { .. } => {
                    self.tabs[tab].saves.push_back(command);
                }
                Command::Renew => self.tabs[tab].renewal = self.tabs[tab].machine.record(),
                Command::TokensChanged => {
                    let machine = &self.tabs[tab].machine;
                    self.tabs[tab].marker = machine.tokens().map(|_| machine.began().id.clone());
                }
                Command::Wake => {}
                Command::Leave(_) => self.leave(tab),
            }
        }
    }

    fn leave(&mut self, tab: usize) {
        self.tabs[tab].left += 1;
        self.service.refresh = None;
        self.service.good_from = self.service.serial + 1;
    }

    fn announce(&mut self) {
        for tab in &mut self.tabs {
            tab.news = true;
        }
    }

    /// One write of a tab reaches the store.
    fn write(&mut self, tab: usize) {
        let Some(command) = self.tabs[tab].saves.pop_front() else { return };
        match command {
            Command::Save(record) => {
                self.tabs[tab].marker = Some(record.began.id.clone());
                self.store.save(record, false);
            }
            Command::Supersede(record) => {
                let pair = self.store.save(record, true);
                self.happen(tab, Event::Numbered { pair });
            }
            Command::End { id, why } => self.store.end(id, why, None),
            Command::SignOut { id, why, at, .. } => {
                self.store.end(id, why, Some(at));
                self.leave(tab);
            }
            _ => {}
        }
        self.announce();
    }

    /// A tab looks at the store because it was told of a change.
    fn look(&mut self, tab: usize) {
        if std::mem::take(&mut self.tabs[tab].news) {
            let machine = &self.tabs[tab].machine;
            let id = machine.tokens().map(|_| machine.began().id.clone());
            let snapshot = self.store.snapshot(id.as_deref());
            self.happen(tab, Event::Stored { id, snapshot });
        }
    }

    /// One step of a renewal, as the runtime takes it.
    fn renew(&mut self, tab: usize) {
        let Some(record) = self.tabs[tab].renewal.clone() else { return };
        if self.sending.iter().any(|sending| sending.tab == Some(tab)) {
            return;
        }
        let (id, pair) = (record.began.id.clone(), record.tokens.pair);
        let snapshot = self.store.snapshot(Some(&id));
        let event = match next_step(&snapshot, pair, false, self.now) {
            Step::Gone if snapshot.ended.is_some() || snapshot.out >= record.began.since => {
                Some(Event::Stored { id: Some(id), snapshot })
            }
            Step::Newer => Some(Event::Stored { id: Some(id), snapshot }),
            Step::Gone | Step::Save => {
                // The tab's own writes come first, as in the queue of the store.
                while !self.tabs[tab].saves.is_empty() {
                    self.write(tab);
                }
                self.store.save(record, false);
                None
            }
            Step::Send => {
                let until = self.now + i64::from(SEND_BUDGET_MS);
                self.store.change(&id, pair, |phase| *phase == Phase::Ready, Phase::Sent { until });
                let token = record.tokens.refresh.as_ref().unwrap().reveal().to_owned();
                let sender = if self.has_worker { None } else { Some(tab) };
                self.sending.push(Sending { id, pair, token, tab: sender, reply: None });
                self.announce();
                None
            }
            Step::Wait => None,
            Step::GiveUp => {
                self.store.change(&id, pair, |phase| matches!(phase, Phase::Sent { .. }), Phase::Lost);
                self.announce();
                None
            }
            Step::Read(response) => match judge(&response) {
                Verdict::Renewed(reply) => Some(Event::Renewed { pair, reply }),
                Verdict::Refused => Some(Event::RenewalRefused { pair }),
                other => {
                    self.checks = Err(format!("the service does not answer like this: {other:?}"));
                    None
                }
            },
            Step::Lost => Some(Event::RenewalLost { pair }),
        };
        if let Some(event) = event {
            self.tabs[tab].renewal = None;
            self.happen(tab, event);
        }
    }

    /// The service answers one refresh; the reply is on its way back.
    fn answer(&mut self, index: usize) {
        let waiting: Vec<usize> =
            (0..self.sending.len()).filter(|index| self.sending[*index].reply.is_none()).collect();
        if waiting.is_empty() {
            return;
        }
        let index = waiting[index % waiting.len()];
        let token = self.sending[index].token.clone();
        self.sending[index].reply = Some(self.service.refresh(&token));
    }

    /// A reply arrives where it was sent from.
    fn arrive(&mut self) {
        let Some(index) = self.sending.iter().position(|sending| sending.reply.is_some()) else { return };
        let Sending { id, pair, tab, reply, .. } = self.sending.remove(index);
        let reply = reply.unwrap();
        let stored = self.store.change(
            &id,
            pair,
            |phase| matches!(phase, Phase::Sent { .. }),
            Phase::Replied(reply.clone()),
        );
        if stored {
            self.announce();
        } else if let (Some(tab), Verdict::Renewed(reply)) = (tab, judge(&reply)) {
            // Another tab may have signed out, which this one learns first.
            let snapshot = self.store.snapshot(Some(&id));
            self.happen(tab, Event::Stored { id: Some(id), snapshot });
            self.happen(tab, Event::Renewed { pair, reply });
        }
    }

    fn sign_in(&mut self, tab: usize) {
        if self.tabs[tab].machine.tokens().is_some() {
            return;
        }
        let since = self.now.max(self.tabs[tab].machine.last_out() + 1);
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

    /// A switch of the organization waits for a renewal of its own tab, as the runtime does.
    fn choose(&mut self, tab: usize, id: &'static str) {
        let machine = &self.tabs[tab].machine;
        let Some(tokens) = machine.tokens().filter(|_| !machine.is_refreshing()) else { return };
        if access_serial(&tokens.access) < self.service.good_from && access_serial(&tokens.access) > 0 {
            return;
        }
        self.service.organization = id;
        let tokens = self.service.pair();
        let reply = Chosen { tokens, viewer: Viewer::default(), organization: Some(organization(id)) };
        self.happen(tab, Event::Chosen { asked: organization(id), reply });
        // The runtime writes at once; a switch in another tab waits for this one (a lock of the browser).
        while !self.tabs[tab].saves.is_empty() {
            self.write(tab);
        }
    }

    /// The page calls the service with the token that it has.
    fn call(&mut self, tab: usize) {
        let machine = &self.tabs[tab].machine;
        let Some(tokens) = machine.tokens().filter(|_| !machine.holds_calls()) else { return };
        let (serial, lost) = (access_serial(&tokens.access), tokens.lost);
        let generation = machine.generation();
        if serial < self.service.good_from {
            if lost {
                // Get Token Information agrees.
                self.happen(tab, Event::Rejected { generation, elsewhere: false });
            } else {
                self.happen(tab, Event::Unauthenticated { generation });
            }
        }
    }

    fn sign_out(&mut self, tab: usize) {
        self.happen(tab, Event::SignOut(self.now));
    }

    /// The page goes away in the middle of whatever it did, and comes back with what the store holds.
    fn reload(&mut self, tab: usize) {
        // The sending page takes the reply with it; the service worker does not.
        self.sending.retain(|sending| sending.tab != Some(tab));
        self.tabs[tab]
            .saves
            .retain(|command| matches!(command, Command::End { .. } | Command::SignOut { .. }));
        while !self.tabs[tab].saves.is_empty() {
            self.write(tab);
        }
        self.tabs[tab].renewal = None;
        let marker = self.tabs[tab].marker.clone();
        let own = self.store.snapshot(marker.as_deref());
        let newest = self.store.snapshot(None);
        let snapshot = if own.stored.is_some() || newest.stored.is_none() { own } else { newest };
        self.tabs[tab].machine = Session::resume(snapshot);
        self.tabs[tab].news = true;
    }

    /// Everything that is under way comes to its end.
    fn settle(&mut self) {
        for round in 0..60 {
            for tab in 0..self.tabs.len() {
                self.write(tab);
                self.look(tab);
                self.renew(tab);
            }
            self.answer(0);
            self.arrive();
            if round == 40 {
                // Whoever waits for a sender that is gone.
                self.now += 2 * i64::from(SEND_BUDGET_MS);
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
            4..=5 => self.look(tab),
            6 => self.write(tab),
            7..=9 => self.renew(tab),
            10 => self.answer(tab),
            11 => self.arrive(),
            12 => self.choose(tab, if self.now % 2 == 0 { "a" } else { "b" }),
            13 => self.happen(tab, Event::Follow),
            14 => self.happen(tab, Event::Due),
            15..=16 => self.reload(tab),
            17 => {
                for tab in 0..self.tabs.len() {
                    self.call(tab);
                }
            }
            18 if wild => self.sign_out(tab),
            19 if wild => self.sign_in(tab),
            20 if wild => self.now += i64::from(SEND_BUDGET_MS) / 2,
            _ => {}
        }
    }
}

fn actions() -> impl Strategy<Value = Vec<(u8, usize)>> {
    proptest::collection::vec((0_u8..21, 0_usize..5), 0..150)
}

fn check(world: &World) -> Result<(), TestCaseError> {
    prop_assert_eq!(world.service.reused, 0, "a refresh token was used twice");
    world.checks.clone().map_err(TestCaseError::fail)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    // While nobody signs out and the service ends nothing, nobody is signed out, in whatever order tabs, messages and
    // replies come and whichever page is reloaded in the middle of what.
    #[test]
    fn nobody_is_signed_out_by_accident(actions in actions(), tabs in 1_usize..6) {
        let mut world = World::new(tabs, true);
        for (action, tab) in actions {
            world.act(action, tab, false);
            check(&world)?;
            for tab in &world.tabs {
                prop_assert!(tab.machine.tokens().is_some(), "signed out: {:?}", tab.machine.state());
            }
        }
        world.settle();
        check(&world)?;
        // In the end all tabs agree, on the pair and on where the session works.
        for tab in 0..world.tabs.len() {
            world.happen(tab, Event::Follow);
            world.call(tab);
        }
        world.settle();
        world.settle();
        check(&world)?;
        let records: Vec<Record> = world.tabs.iter().map(|tab| tab.machine.record().unwrap()).collect();
        for (tab, record) in world.tabs.iter().zip(&records) {
            prop_assert_eq!(record, &records[0]);
            prop_assert_eq!(record.organization.as_ref().unwrap().id.as_str(), world.service.organization);
            prop_assert!(!tab.machine.holds_calls());
            prop_assert!(access_serial(&record.tokens.access) >= world.service.good_from);
        }
    }

    // Without a service worker a reload may take the reply with it. Then the pair counts as used: nobody sends it again,
    // and the session lives as long as its access token.
    #[test]
    fn a_lost_reply_never_leads_to_a_reused_token(actions in actions(), tabs in 1_usize..6) {
        let mut world = World::new(tabs, false);
        for (action, tab) in actions {
            world.act(action, tab, true);
            check(&world)?;
        }
        world.settle();
        check(&world)?;
        for tab in &world.tabs {
            if let State::SignedOut { ended: Some(ended) } = tab.machine.state() {
                let known = [Ended::RenewalLost, Ended::SignedOut, Ended::SignedOutInOtherTab, Ended::Expired];
                prop_assert!(known.contains(ended), "{ended:?}");
            }
            prop_assert!(!tab.machine.is_refreshing(), "calls wait forever");
        }
    }

    // Everything may happen: what was signed out stays signed out, here at once and in all tabs when they hear of it, and
    // nothing is left to take up.
    #[test]
    fn nothing_is_reachable_after_a_sign_out(actions in actions(), tabs in 1_usize..6, worker: bool) {
        let mut world = World::new(tabs, worker);
        for (action, tab) in actions {
            world.act(action, tab, true);
            check(&world)?;
        }
        world.settle();
        for tab in 0..world.tabs.len() {
            world.now += 1;
            world.sign_out(tab);
            prop_assert!(world.tabs[tab].machine.tokens().is_none());
        }
        world.settle();
        prop_assert!(world.store.entries.is_empty());
        let refreshes = world.service.refreshes;
        for tab in 0..world.tabs.len() {
            world.reload(tab);
            prop_assert!(world.tabs[tab].machine.tokens().is_none() && !world.tabs[tab].machine.holds_calls());
        }
        world.settle();
        prop_assert_eq!(world.service.refreshes, refreshes, "calls went on");
    }

    #[test]
    fn a_record_older_than_the_last_sign_out_is_not_taken_up(since in 0_i64..1_000, out in 0_i64..1_000) {
        let world = World::new(1, true);
        let mut record = world.tabs[0].machine.record().unwrap();
        record.began.since = since;
        let stored = Some(Stored { record, phase: Phase::Ready });
        let snapshot = Snapshot { out, ended: None, stored };
        prop_assert_eq!(Session::resume(snapshot.clone()).tokens().is_some(), since > out);
        let mut late = Session::default();
        late.step(Event::Stored { id: None, snapshot });
        prop_assert_eq!(late.tokens().is_some(), since > out);
    }
}

/// Tabs of one session whose access token has just ended.
fn expired(tabs: usize, worker: bool) -> World {
    let mut world = World::new(tabs, worker);
    world.service.good_from = world.service.serial + 1;
    for tab in 0..tabs {
        world.call(tab);
    }
    world
}

#[test]
fn eight_tabs_make_one_refresh() {
    for worker in [true, false] {
        let mut world = expired(8, worker);
        world.settle();
        assert_eq!((world.service.refreshes, world.service.reused), (1, 0));
        for tab in &world.tabs {
            assert_eq!(tab.machine.record(), world.tabs[0].machine.record());
        }
    }
}

// A reload in the middle of a refresh: the service worker has sent it, and the page that comes back finds the reply.
#[test]
fn a_reload_during_a_refresh_keeps_the_session() {
    let mut world = expired(1, true);
    world.renew(0);
    assert_eq!(world.sending.len(), 1);
    world.answer(0);
    world.reload(0);
    world.reload(0);
    world.arrive();
    world.reload(0);
    world.settle();
    world.call(0);
    world.settle();
    assert_eq!((world.service.refreshes, world.service.reused), (1, 0));
    assert_eq!(access_serial(&world.tabs[0].machine.tokens().unwrap().access), world.service.serial);
}

// Without a service worker the reply is lost: one sign-in, with the reason, in all tabs.
#[test]
fn a_lost_reply_costs_one_sign_in_with_its_reason() {
    let mut world = expired(2, false);
    world.renew(0);
    world.answer(0);
    world.reload(0);
    world.settle();
    for tab in 0..2 {
        world.call(tab);
        world.settle();
    }
    for tab in &world.tabs {
        assert_eq!(tab.machine.state(), &State::SignedOut { ended: Some(Ended::RenewalLost) });
    }
    assert_eq!(world.service.reused, 0);
}

// The access token is still valid: the lost reply costs nothing until it ends.
#[test]
fn a_lost_reply_keeps_the_access_token_until_it_ends() {
    let mut world = World::new(2, false);
    world.happen(0, Event::Due);
    world.renew(0);
    world.reload(0);
    world.happen(1, Event::Due);
    world.settle();
    for tab in 0..2 {
        let tokens = world.tabs[tab].machine.tokens().unwrap();
        assert!(tokens.lost && tokens.refresh.is_none());
        assert!(!world.tabs[tab].machine.holds_calls());
    }
}

// A reply that takes longer than anybody likes to wait: the second tab waits for it.
#[test]
fn a_slow_reply_is_waited_for() {
    let mut world = expired(2, true);
    world.renew(0);
    for _ in 0..10 {
        world.now += 2_500;
        world.renew(1);
    }
    assert_eq!(world.sending.len(), 1);
    world.answer(0);
    world.arrive();
    world.settle();
    assert_eq!((world.service.refreshes, world.service.reused), (1, 0));
    assert!(world.tabs.iter().all(|tab| tab.machine.tokens().is_some()));
}

#[test]
fn a_revoked_session_ends_everywhere_at_once() {
    let mut world = expired(3, true);
    world.service.refresh = None;
    world.settle();
    for tab in &world.tabs {
        assert_eq!(tab.machine.state(), &State::SignedOut { ended: Some(Ended::Expired) });
    }
    assert!(world.store.entries.is_empty());
}

// The user signs out while a refresh is on its way: the new pair is given back to the service.
#[test]
fn a_sign_out_during_a_refresh_ends_the_new_pair_too() {
    let mut world = expired(1, false);
    world.renew(0);
    world.answer(0);
    world.sign_out(0);
    world.write(0);
    assert_eq!(world.tabs[0].left, 1);
    world.arrive();
    assert_eq!(world.tabs[0].left, 2);
    assert!(world.tabs[0].machine.tokens().is_none());
}

// The service has one working organization per session: a switch covers the other tab, which shows and asks nothing
// until it goes along, or everything is switched back.
#[test]
fn a_switch_moves_every_tab() {
    let mut world = World::new(2, true);
    let (epoch, place) = (world.tabs[1].machine.epoch(), world.tabs[1].machine.place());
    world.choose(0, "b");
    world.settle();
    let machine = &world.tabs[1].machine;
    assert_eq!(machine.moved(), Some(&organization("b")));
    assert!(machine.holds_calls() && machine.epoch() == epoch && machine.place() > place);
    world.choose(1, "a");
    world.settle();
    assert_eq!(world.tabs[1].machine.epoch(), epoch);
    assert!(!world.tabs[1].machine.holds_calls());
    assert_eq!(world.tabs[0].machine.moved(), Some(&organization("a")));
    world.happen(0, Event::Follow);
    world.settle();
    assert_eq!(world.tabs[0].machine.moved(), None);
    assert_eq!(world.tabs[0].machine.record(), world.tabs[1].machine.record());
}

// A switch while another tab's refresh is on its way: the pair of the switch wins, and the late reply changes nothing.
#[test]
fn a_switch_wins_over_a_refresh_that_is_under_way() {
    let mut world = World::new(2, true);
    world.happen(1, Event::Due);
    world.renew(1);
    world.choose(0, "b");
    world.answer(0);
    world.arrive();
    world.settle();
    let tokens = world.tabs[0].machine.tokens().unwrap().clone();
    assert_eq!(world.tabs[0].machine.record().unwrap().organization, Some(organization("b")));
    assert_eq!(world.tabs[1].machine.tokens(), Some(&tokens));
    assert!(!world.tabs[1].machine.is_refreshing());
}

#[test]
fn two_sessions_do_not_mix() {
    let mut world = World::new(2, true);
    let mut other = world.tabs[1].machine.record().unwrap();
    other.began.id = "another".to_owned();
    other.tokens.pair = 99;
    let before = world.tabs[1].machine.record();
    let stored = Some(Stored { record: other, phase: Phase::Ready });
    let snapshot = Snapshot { out: 0, ended: Some(Ended::Expired), stored };
    world.happen(1, Event::Stored { id: Some("another".to_owned()), snapshot });
    assert_eq!(world.tabs[1].machine.record(), before);
}

// The browser has removed what it stored, for want of room: a tab that is open goes on and stores it again.
#[test]
fn an_evicted_record_is_stored_again() {
    let mut world = World::new(1, true);
    world.store.entries.clear();
    world.announce();
    world.settle();
    assert!(world.tabs[0].machine.tokens().is_some());
    assert_eq!(world.store.entries.len(), 1);
}

// Where the settings say how long an access token lives, it is renewed before it ends, once.
#[test]
fn a_token_about_to_end_is_renewed_once() {
    let mut world = World::new(2, true);
    world.happen(0, Event::Due);
    world.happen(0, Event::Due);
    world.happen(1, Event::Due);
    world.settle();
    assert_eq!(world.service.refreshes, 1);
    assert_eq!(world.tabs[0].machine.record(), world.tabs[1].machine.record());
}

// The reply of a service that does not rotate leaves the refresh token as it is; it may be used again then.
#[test]
fn a_service_that_keeps_its_refresh_token_is_served() {
    let mut world = World::new(1, true);
    let tokens = TokenPair { access: AccessToken::parse("a9"), refresh: None, refresh_expires: None };
    let pair = world.tabs[0].machine.tokens().unwrap().pair;
    let before = world.tabs[0].machine.tokens().unwrap().refresh.clone();
    let reply = Refreshed { tokens, viewer: Viewer::default(), organization: None };
    world.happen(0, Event::Renewed { pair, reply });
    assert_eq!(world.tabs[0].machine.tokens().unwrap().refresh, before);
}
