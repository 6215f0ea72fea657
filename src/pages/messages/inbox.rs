//! The numbers of messages that wait, for all screens: what is known, when this tab asks, and what is new. What is looked
//! at stands in [`super::looking`], what the tabs tell each other in [`super::others`]; one of them asks for all
//! ([`super::asking`]).

use std::collections::BTreeMap;

use leptos::prelude::*;
use portal_api::message::GetUnresolvedMessages;
use portal_api::{ApplicationId, OrganizationId};
use portal_core::inbox::{Between, Burst, Counts, Draft, Known, News, Sum};
use portal_core::route::Route;

use super::asking::Lead;
use super::create::Creating;
use super::ids::Refusal;
use super::looking::Looking;
use super::others::Others;
use super::wishes::Wishes;
use crate::browser::{self, Timer};
use crate::pages::further::offered::is_offered;
use crate::reactive::lasting_context;
use crate::routes::{Places, use_places};
use crate::session::{Session, use_session};

/// How long something must be looked at before it is asked for, in milliseconds: what scrolls by is not.
const LOOK_MS: u64 = 300;
/// How often a tab repeats what it looks at, in milliseconds.
const REPEAT_MS: u64 = 30_000;
/// After so long without use nothing is asked, in milliseconds: calls could keep a session alive that nobody uses.
const IDLE_MS: i64 = 15 * 60_000;
/// What was told so lately is not asked again when the tab comes back, in milliseconds.
const YOUNG_MS: i64 = 5_000;

/// See the module. It lasts as long as the page.
#[derive(Clone, Copy)]
pub(super) struct Inbox {
    pub(super) session: Session,
    pub(super) places: Places,
    pub(super) counts: RwSignal<Counts>,
    pub(super) looking: Looking,
    pub(super) others: Others,
    pub(super) wishes: Wishes,
    /// What is new, until it is put away.
    pub(super) news: RwSignal<Option<News>>,
    /// What the service refused to mark, by application: it is told also to who has left the panel meanwhile.
    pub(super) refusals: RwSignal<BTreeMap<ApplicationId, Refusal>>,
    /// The message that the person writes.
    pub(super) draft: RwSignal<Draft>,
    /// The one that is being created.
    pub(super) creating: Creating,
    /// Whether the deployment lets the page ask for messages at all.
    pub(super) offered: bool,
    pub(super) lead: StoredValue<Lead>,
    /// When the next call is due.
    pub(super) next: StoredValue<Timer>,
    burst: StoredValue<Burst>,
    /// When the person last used this tab.
    used: StoredValue<i64>,
    settling: StoredValue<Timer>,
    saying: StoredValue<Timer>,
}

/// The one of this page.
pub(super) fn use_inbox() -> Inbox {
    lasting_context(Inbox::start)
}

impl Inbox {
    fn start() -> Self {
        let (session, places) = (use_session(), use_places());
        let timer = || StoredValue::new(Timer::default());
        let inbox = Self {
            session,
            places,
            counts: RwSignal::new(Counts::default()),
            looking: Looking::start(),
            others: Others::start(session),
            wishes: Wishes::start(),
            news: RwSignal::new(None),
            refusals: RwSignal::new(BTreeMap::new()),
            draft: RwSignal::new(Draft::default()),
            creating: Creating::start(),
            offered: is_offered::<GetUnresolvedMessages>(),
            lead: StoredValue::new(Lead::default()),
            next: timer(),
            burst: StoredValue::new(Burst::default()),
            used: StoredValue::new(browser::clock()),
            settling: timer(),
            saying: timer(),
        };
        inbox.others.listen(move |said| inbox.hear(said));
        inbox.follow();
        inbox
    }

    fn follow(self) {
        let mut before = None;
        Effect::new(move || {
            let epoch = self.session.epoch();
            if before.replace(epoch).is_some_and(|before| before != epoch) {
                self.forget();
            }
        });
        Effect::new(move || {
            if self.session.moved().is_some() {
                self.rest();
            } else {
                self.settle();
            }
        });
        Effect::new(move || {
            self.places.route_memo().track();
            self.settle();
        });
        browser::on_seen(move |seen| {
            if seen {
                self.wake();
            } else {
                self.rest();
            }
        });
        browser::on_network("online", move || self.wake());
        browser::on_use(move || {
            let was_idle = self.is_idle();
            self.used.set_value(browser::clock());
            if was_idle {
                self.settle();
            }
        });
    }

    /// Another person or organization: nothing of the one before stays.
    fn forget(self) {
        self.rest();
        self.counts.set(Counts::default());
        self.looking.forget();
        self.others.forget();
        self.news.set(None);
        self.refusals.set(BTreeMap::new());
        self.draft.set(Draft::default());
        self.creating.forget();
        self.burst.set_value(Burst::default());
        self.settle();
    }

    /// The tab or the network was away.
    fn wake(self) {
        self.counts.update(|counts| counts.wake(browser::clock(), YOUNG_MS));
        self.settle();
    }

    /// Asks no more, so that another tab can.
    fn rest(self) {
        self.next.update_value(Timer::stop);
        self.settling.update_value(Timer::stop);
        self.lead.set_value(Lead::No);
        self.others.tell_wanted(Vec::new());
    }

    /// Nobody looks at this tab or uses it any more: another one leads.
    pub(super) fn give_up(self) {
        if self.lead.with_value(Lead::leads) {
            self.rest();
            self.look_again();
        }
    }

    /// Use in a frame, and the end of use, are found out by looking again.
    fn look_again(self) {
        if !browser::is_hidden() {
            self.settling.update_value(|timer| timer.start(REPEAT_MS, move || self.settled()));
        }
    }

    fn is_idle(self) -> bool {
        (browser::clock() - self.used.get_value()).abs() >= IDLE_MS
    }

    /// The organization to ask for; `None` while nobody looks at this tab or uses it, or another tab has moved the session
    /// away.
    pub(super) fn organization(self) -> Option<OrganizationId> {
        // Also in a frame, where this page sees no keys.
        if browser::is_in_use() {
            self.used.set_value(browser::clock());
        }
        let here = !browser::is_hidden() && !self.is_idle() && untrack(|| self.session.moved()).is_none();
        let stage = self.session.stage_untracked();
        stage.organization().filter(|_| here).map(|organization| organization.id.clone())
    }

    /// An application is on screen from now on, or no longer.
    pub(super) fn look(self, application: &ApplicationId, seen: bool) {
        self.looking.note_seen(application, seen);
        self.settle();
    }

    /// The person wants to know the numbers of all of these.
    pub(super) fn look_once(self, applications: Vec<ApplicationId>) {
        self.looking.add(applications);
        self.settle();
    }

    /// What the bell says; changes are followed.
    pub(super) fn sum(self) -> Sum {
        let listed = self.looking.listed();
        self.counts.with(|counts| counts.sum(listed))
    }

    /// What this tab looks at, the open application among it.
    pub(super) fn wanted(self) -> Vec<ApplicationId> {
        if self.organization().is_none() {
            return Vec::new();
        }
        let open = match self.places.route_untracked() {
            Route::Application { application, .. } => Some(application),
            _ => None,
        };
        self.counts.with_untracked(|counts| self.looking.wanted(open, counts, browser::clock()))
    }

    /// Says what this tab looks at, and asks, once the view has come to rest.
    fn settle(self) {
        self.settling.update_value(|timer| timer.start(LOOK_MS, move || self.settled()));
    }

    fn settled(self) {
        if self.is_idle() {
            // Another tab may be in use.
            self.rest();
        }
        let applications = self.wanted();
        if !self.is_idle() && !applications.is_empty() {
            self.others.tell_wanted(applications);
        }
        // Also where this tab wants nothing: it may lead for others.
        self.look_again();
        self.turn();
    }

    fn hear(self, said: Between) {
        match said {
            Between::Wants { tab, applications } => {
                // Numbers that are no longer asked for would count as new.
                if self.lead.with_value(Lead::leads) && self.organization().is_some() {
                    self.counts.with_untracked(|counts| self.others.tell_known(&applications, counts));
                }
                self.others.note(tab, applications);
                self.turn();
            }
            Between::Changed(application) => self.hurry(application, false),
            Between::Told(numbers) => {
                for (application, known) in numbers {
                    self.learn(&application, known);
                }
                if self.looking.has_more() {
                    // The next part of it.
                    self.settle();
                }
            }
        }
    }

    /// What somebody was told of an application.
    pub(super) fn learn(self, application: &ApplicationId, known: Known) {
        let now = browser::clock();
        let mut grown = 0;
        self.counts.update(|counts| grown = counts.learn(application, known, now));
        self.note_growth(application, grown);
    }

    /// The person made messages, or changed them: their number is asked for at once.
    pub(super) fn changed(self, application: &ApplicationId, own: bool) {
        self.others.tell_changed(application);
        self.hurry(application.clone(), own);
    }

    /// Asks at once, once, whether it is on screen or not.
    fn hurry(self, application: ApplicationId, own: bool) {
        self.counts.update(|counts| counts.hurry(&application, own));
        self.looking.add([application]);
        self.turn();
    }

    /// So many messages of an application are new.
    pub(super) fn note_growth(self, application: &ApplicationId, grown: u64) {
        self.burst.update_value(|burst| burst.note(application, grown, browser::clock()));
        self.say();
    }

    /// Tells what is new, as often as is good.
    fn say(self) {
        let now = browser::clock();
        if let Some(news) = self.burst.try_update_value(|burst| burst.take(now)).flatten()
            && !self.wishes.with_untracked(|it| it.is_quiet(browser::minute_here()))
            && !browser::is_hidden()
        {
            self.news.set(Some(news));
            if self.lead.with_value(Lead::leads) {
                super::news::ring(self);
            }
        }
        if let Some(wait) = self.burst.with_value(|burst| burst.wait(now)) {
            let wait = u64::try_from(wait).unwrap_or_default();
            self.saying.update_value(|timer| timer.start(wait, move || self.say()));
        }
    }
}
