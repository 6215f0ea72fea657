//! The numbers of messages that wait, for all screens: what is looked at, what is known of it, and what is new. One tab of
//! the browser asks for all ([`super::asking`]).

use std::collections::BTreeMap;

use leptos::prelude::untrack;
use portal_api::{ApplicationId, OrganizationId};
use portal_core::inbox::{Between, Burst, Counts, Draft, News, Preferences, Sum, Wants};
use portal_core::route::Route;

use super::asking::Lead;
use crate::browser::{self, Channel, Shelf, Store, Timer};
use crate::landing::{digest, user};
use crate::routes::{Places, use_places};
use crate::session::{Session, use_session};
use crate::state::{State, Stored, effect, provided_or};

/// The preferences of this device; they name nobody.
pub(super) const STORE: Store = Store::new(Shelf::Device, "portal.messages");
/// The name of the channel between the tabs.
const CHANNEL: &str = "portal.messages";
/// How long something must be looked at before it is asked for, in milliseconds: what scrolls by is not.
const LOOK_MS: u64 = 300;
/// How often a tab repeats what it looks at, in milliseconds.
const REPEAT_MS: u64 = 30_000;
/// Of what is to be asked once, so much is looked at at a time: there may be thousands.
const SWEEP: usize = 50;
/// After so long without use nothing is asked, in milliseconds: calls could keep a session alive that nobody uses.
const IDLE_MS: i64 = 15 * 60_000;
/// What was told so lately is not asked again when the tab comes back, in milliseconds.
const YOUNG_MS: i64 = 5_000;

/// See the module. It lasts as long as the page.
#[derive(Clone, Copy)]
pub(super) struct Inbox {
    pub(super) session: Session,
    pub(super) places: Places,
    pub(super) counts: State<Counts>,
    /// How many applications there are, once a screen that shows all has said so.
    listed: State<Option<usize>>,
    /// What is new, until it is put away.
    pub(super) news: State<Option<News>>,
    /// What the person wants of sounds and the like.
    pub(super) preferences: State<Preferences>,
    /// The browser did not let a tone sound.
    pub(super) is_mute: State<bool>,
    /// The message that the person writes.
    pub(super) draft: State<Draft>,
    burst: Stored<Burst>,
    /// What stands on screen, and how often.
    seen: Stored<BTreeMap<ApplicationId, usize>>,
    /// What the person wants to be asked once.
    sweep: Stored<Vec<ApplicationId>>,
    /// By what name the person knows them.
    names: Stored<BTreeMap<ApplicationId, String>>,
    pub(super) others: Stored<Wants>,
    pub(super) lead: Stored<Lead>,
    channel: Stored<Option<Channel>>,
    tab: i64,
    /// When the person last used this tab.
    used: Stored<i64>,
    pub(super) next: Stored<Timer>,
    settling: Stored<Timer>,
    saying: Stored<Timer>,
}

/// The one of this page.
pub(super) fn use_inbox() -> Inbox {
    provided_or(Inbox::start)
}

impl Inbox {
    fn start() -> Self {
        let (session, places) = (use_session(), use_places());
        let timer = || Stored::new(Timer::default());
        let inbox = Self {
            session,
            places,
            counts: State::new(Counts::default()),
            listed: State::new(None),
            news: State::new(None),
            preferences: State::new(STORE.read().as_deref().map(Preferences::parse).unwrap_or_default()),
            is_mute: State::new(false),
            draft: State::new(Draft::default()),
            burst: Stored::new(Burst::default()),
            seen: Stored::new(BTreeMap::new()),
            sweep: Stored::new(Vec::new()),
            names: Stored::new(BTreeMap::new()),
            others: Stored::new(Wants::default()),
            lead: Stored::new(Lead::default()),
            channel: Stored::new(None),
            tab: browser::number(),
            used: Stored::new(browser::clock()),
            next: timer(),
            settling: timer(),
            saying: timer(),
        };
        inbox.channel.set(Some(Channel::open(CHANNEL, move |text| inbox.hear(&text))));
        inbox.follow();
        inbox
    }

    fn follow(self) {
        let mut before = None;
        effect(move || {
            let epoch = self.session.epoch();
            if before.replace(epoch).is_some_and(|before| before != epoch) {
                self.forget();
            }
        });
        effect(move || {
            if self.session.moved().is_some() {
                self.rest();
            } else {
                self.settle();
            }
        });
        effect(move || {
            self.places.route_memo().track();
            self.settle();
        });
        browser::on_seen(move |seen| {
            if seen {
                self.counts.update(|counts| counts.wake(browser::clock(), YOUNG_MS));
                self.settle();
            } else {
                self.rest();
            }
        });
        browser::on_network("online", move || {
            self.counts.update(|counts| counts.wake(browser::clock(), YOUNG_MS));
            self.settle();
        });
        browser::on_use(move || {
            let was_idle = self.is_idle();
            self.used.set(browser::clock());
            if was_idle {
                self.settle();
            }
        });
        browser::on_stored("portal.messages", move || {
            let kept = STORE.read().as_deref().map(Preferences::parse).unwrap_or_default();
            self.preferences.set_if_changed(kept);
        });
    }

    /// Another person or organization: nothing of the one before stays.
    fn forget(self) {
        self.rest();
        self.counts.set(Counts::default());
        self.listed.set(None);
        self.news.set(None);
        self.draft.set(Draft::default());
        self.burst.set(Burst::default());
        self.sweep.set(Vec::new());
        self.names.set(BTreeMap::new());
        self.others.set(Wants::default());
        self.settle();
    }

    /// Asks no more, so that another tab can.
    fn rest(self) {
        self.next.update(Timer::stop);
        self.settling.update(Timer::stop);
        self.lead.set(Lead::No);
        self.post(&Between::Wants { tab: self.tab, applications: Vec::new() });
    }

    /// Nobody looks at this tab or uses it any more: another one leads.
    pub(super) fn give_up(self) {
        if self.lead.with(Lead::leads) {
            self.rest();
            self.look_again();
        }
    }

    /// Use in a frame, and the end of use, are found out by looking again.
    fn look_again(self) {
        if !browser::is_hidden() {
            self.settling.update(|timer| timer.start(REPEAT_MS, move || self.settled()));
        }
    }

    fn is_idle(self) -> bool {
        (browser::clock() - self.used.get()).abs() >= IDLE_MS
    }

    /// The organization to ask for; `None` while nobody looks at this tab or uses it, or another tab has moved the session
    /// away.
    pub(super) fn organization(self) -> Option<OrganizationId> {
        // Also in a frame, where this page sees no keys.
        if browser::is_in_use() {
            self.used.set(browser::clock());
        }
        let here = !browser::is_hidden() && !self.is_idle() && untrack(|| self.session.moved()).is_none();
        let stage = self.session.stage_untracked();
        stage.organization().filter(|_| here).map(|organization| organization.id.clone())
    }

    /// An application is on screen from now on, or no longer.
    pub(super) fn look(self, application: &ApplicationId, seen: bool) {
        self.seen.update(|all| {
            let count = all.entry(application.clone()).or_default();
            *count = if seen { *count + 1 } else { count.saturating_sub(1) };
            if *count == 0 {
                all.remove(application);
            }
        });
        self.settle();
    }

    /// The person wants to know the numbers of all of these.
    pub(super) fn look_once(self, applications: Vec<ApplicationId>) {
        self.sweep.update(|sweep| sweep.extend(applications));
        self.settle();
    }

    /// So many applications there are, as far as a screen shows.
    pub(super) fn note_listed(self, count: usize) {
        let known = self.listed.with_untracked(|listed| listed.unwrap_or_default());
        self.listed.set_if_changed(Some(known.max(count)));
    }

    /// What the person calls an application.
    pub(super) fn note_name(self, application: &ApplicationId, name: String) {
        self.names.update(|names| names.insert(application.clone(), name));
    }

    /// What the person calls an application, if a screen has shown it.
    pub(super) fn name(self, application: &ApplicationId) -> Option<String> {
        self.names.with(|names| names.get(application).cloned())
    }

    /// What the bell says; changes are followed.
    pub(super) fn sum(self) -> Sum {
        let listed = self.listed.get();
        self.counts.with(|counts| counts.sum(listed))
    }

    /// What this tab looks at.
    pub(super) fn wanted(self) -> Vec<ApplicationId> {
        if self.organization().is_none() {
            return Vec::new();
        }
        let mut wanted: Vec<_> = self.seen.with(|seen| seen.keys().cloned().collect());
        if let Route::Application { application, .. } = self.places.route_untracked()
            && !wanted.contains(&application)
        {
            wanted.push(application);
        }
        self.counts.with_untracked(|counts| {
            self.sweep.update(|sweep| sweep.retain(|application| counts.is_due(application)));
        });
        let unseen = |application: &&ApplicationId| !self.seen.with(|seen| seen.contains_key(*application));
        self.sweep.with(|sweep| wanted.extend(sweep.iter().filter(unseen).take(SWEEP).cloned()));
        wanted
    }

    /// Says what this tab looks at, and asks, once the view has come to rest.
    pub(super) fn settle(self) {
        self.settling.update(|timer| timer.start(LOOK_MS, move || self.settled()));
    }

    fn settled(self) {
        if self.is_idle() {
            // Another tab may be in use.
            self.rest();
        }
        let applications = self.wanted();
        if !self.is_idle() && !applications.is_empty() {
            self.post(&Between::Wants { tab: self.tab, applications });
        }
        // Also where this tab wants nothing: it may lead for others.
        self.look_again();
        self.turn();
    }

    /// Tells the other tabs.
    pub(super) fn post(self, said: &Between) {
        let scope = self.scope();
        self.channel.with(|channel| {
            if let Some(channel) = channel {
                channel.post(&said.to_text(&scope));
            }
        });
    }

    fn scope(self) -> String {
        let stage = self.session.stage_untracked();
        let organization = stage.organization().map(|organization| organization.id.as_str());
        digest(&user(self.session), organization.unwrap_or_default())
    }

    fn hear(self, text: &str) {
        match Between::parse(text, &self.scope()) {
            Some(Between::Wants { tab, applications }) => {
                // Numbers that are no longer asked for would count as new.
                if self.lead.with(Lead::leads) && self.organization().is_some() {
                    self.answer(&applications);
                }
                self.others.update(|others| others.hear(tab, applications, browser::clock()));
                self.turn();
            }
            Some(Between::Changed(application)) => self.hurry(application, false),
            Some(Between::Told(numbers)) => {
                for (application, number) in numbers {
                    self.learn(&application, number);
                }
                if !self.sweep.with(Vec::is_empty) {
                    // The next part of it.
                    self.settle();
                }
            }
            None => {}
        }
    }

    /// What is known already, for a tab that has just been opened.
    fn answer(self, applications: &[ApplicationId]) {
        let known = self.counts.with_untracked(|counts| {
            let known = applications.iter().filter(|application| !counts.is_unknown(application));
            known.map(|application| (application.clone(), counts.number(application))).collect::<Vec<_>>()
        });
        if !known.is_empty() {
            self.post(&Between::Told(known));
        }
    }

    /// A number that somebody was told.
    pub(super) fn learn(self, application: &ApplicationId, number: Option<u64>) {
        let now = browser::clock();
        let mut grown = 0;
        self.counts.update(|counts| grown = counts.learn(application, number, now));
        self.note_growth(application, grown);
    }

    /// There are so many at least: no more is known.
    pub(super) fn learn_least(self, application: &ApplicationId, least: u64) {
        let now = browser::clock();
        self.counts.update(|counts| {
            counts.learn(application, Some(least), now);
            counts.guess(application);
        });
    }

    /// The person made messages, or changed them: their number is asked for at once.
    pub(super) fn changed(self, application: &ApplicationId, own: bool) {
        self.post(&Between::Changed(application.clone()));
        self.hurry(application.clone(), own);
    }

    /// Asks at once, once, whether it is on screen or not.
    fn hurry(self, application: ApplicationId, own: bool) {
        self.counts.update(|counts| counts.hurry(&application, own));
        self.sweep.update(|sweep| sweep.push(application));
        self.turn();
    }

    pub(super) fn note_growth(self, application: &ApplicationId, grown: u64) {
        self.burst.update(|burst| burst.note(application, grown, browser::clock()));
        self.say();
    }

    /// Tells what is new, as often as is good.
    fn say(self) {
        let now = browser::clock();
        if let Some(news) = self.burst.update(|burst| burst.take(now)).flatten()
            && !self.preferences.with_untracked(|it| it.is_quiet(browser::minute_here()))
            && !browser::is_hidden()
        {
            self.news.set(Some(news));
            if self.lead.with(Lead::leads) {
                super::news::ring(self);
            }
        }
        if let Some(wait) = self.burst.with(|burst| burst.wait(now)) {
            let wait = u64::try_from(wait).unwrap_or_default();
            self.saying.update(|timer| timer.start(wait, move || self.say()));
        }
    }
}
