//! How many messages wait, by application, and which application to ask next. One call tells of one application, so
//! that only those are asked that somebody looks at, a few at a time, and less often where the service is in trouble.

use std::collections::BTreeMap;

use portal_api::{ApplicationId, Code, Error, ErrorKind, TransportFailure};

/// How long after a reply the same application is asked again, in milliseconds.
pub const EVERY_MS: i64 = 30_000;
/// At most so many calls at a time.
pub const AT_ONCE: usize = 4;
/// At most so long nothing is asked after failures, in milliseconds.
pub const LONGEST_MS: i64 = 15 * 60_000;
/// How long an application is left alone that refused, in milliseconds.
pub const CLOSED_MS: i64 = 10 * 60_000;
/// At least so long nothing is asked after 31429, in milliseconds: it is never tried again soon (contract.md 0.2).
const BUSY_MS: i64 = 5 * 60_000;

/// A call to make.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ask {
    /// About which application.
    pub application: ApplicationId,
    /// What it was known under; see [`Counts::heard`].
    pub revision: u32,
}

/// Why a call told nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Failure {
    /// The person may not see the messages of this application, or the organization has it no more (31403, 31404).
    Closed,
    /// The call was given up by the page itself.
    Dropped,
    /// The service is busy (31429): so many seconds at least.
    Busy(u32),
    /// Anything else: network, server, something that is not the service.
    Trouble,
}

impl Failure {
    /// What an error means here.
    pub fn of(error: &Error) -> Self {
        match &error.kind {
            ErrorKind::Transport(TransportFailure::Aborted) => Self::Dropped,
            ErrorKind::Refused { code: Code::Forbidden | Code::NotFound | Code::NotAcquired, .. } => {
                Self::Closed
            }
            ErrorKind::Refused { code: Code::TooManyAttempts, retry_after, .. } => {
                Self::Busy(retry_after.unwrap_or_default())
            }
            _ => Self::Trouble,
        }
    }
}

/// What is known of the messages of an application.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Known {
    /// So many wait.
    Exactly(u64),
    /// So many at least: the service did not say how many (contract.md §6, 16).
    AtLeast(u64),
    /// The person may not see them.
    Closed,
}

impl Known {
    /// The number.
    pub fn number(self) -> Option<u64> {
        match self {
            Self::Exactly(number) | Self::AtLeast(number) => Some(number),
            Self::Closed => None,
        }
    }

    fn changed(self, by: i64) -> Self {
        match self {
            Self::Exactly(number) => Self::Exactly(number.saturating_add_signed(by)),
            Self::AtLeast(number) => Self::AtLeast(number.saturating_add_signed(by)),
            Self::Closed => Self::Closed,
        }
    }
}

/// How it stands with one application.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Entry {
    known: Option<Known>,
    /// When to ask again.
    due: i64,
    /// It failed, and is not asked before: the others have their turn.
    hold: i64,
    /// A call is under way.
    asked: bool,
    /// Counts what the person changed: a reply that was asked for before knows nothing of it.
    revision: u32,
    /// The next number says nothing new: the person changed it.
    own: bool,
}

impl Entry {
    /// From when on it may be asked.
    fn at(&self) -> i64 {
        self.due.max(self.hold)
    }
}

/// The numbers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    entries: BTreeMap<ApplicationId, Entry>,
    /// Failures one after the other, of the service as a whole.
    failures: u32,
    /// Nothing is asked before, after failures.
    resume: i64,
    /// Nothing is asked before, because the service said so.
    busy: i64,
}

/// What the bell says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Sum {
    /// How many messages wait, as far as is known.
    pub messages: u64,
    /// The service did not say of each how many there are: it may be more.
    pub least: bool,
    /// In how many applications.
    pub applications: usize,
    /// Of how many applications the number is known, or known to be closed.
    pub known: usize,
    /// There may be more: not all applications were asked, or the last calls failed.
    pub partial: bool,
}

impl Counts {
    /// How many messages of an application wait; `None` where that is not known or may not be.
    pub fn number(&self, application: &ApplicationId) -> Option<u64> {
        self.known(application).and_then(Known::number)
    }

    /// What is known of an application.
    pub fn known(&self, application: &ApplicationId) -> Option<Known> {
        self.entries.get(application).and_then(|entry| entry.known)
    }

    /// The same, but nothing that is to be asked again by now: what to tell of a call that has just ended.
    pub fn fresh(&self, application: &ApplicationId, now: i64) -> Option<Known> {
        self.entries.get(application).filter(|entry| entry.due > now).and_then(|entry| entry.known)
    }

    /// Whether the person may not see the messages of an application.
    pub fn is_closed(&self, application: &ApplicationId) -> bool {
        self.known(application) == Some(Known::Closed)
    }

    /// Whether an application is to be asked at once: it never was, or something was done to its messages.
    pub fn is_due(&self, application: &ApplicationId) -> bool {
        self.entries.get(application).is_none_or(|entry| entry.due == 0)
    }

    /// Whether an application failed a moment ago, and is left alone meanwhile.
    pub fn is_held(&self, application: &ApplicationId, now: i64) -> bool {
        self.entries.get(application).is_some_and(|entry| entry.hold > now)
    }

    /// Whether the last calls failed.
    pub fn is_failing(&self) -> bool {
        self.failures > 0
    }

    /// The calls to make now, for the applications that somebody looks at: those never asked first, then those that
    /// wait the longest; one that failed comes after the others, for it may be the only one that does. They count as under
    /// way from here on.
    pub fn next(&mut self, wanted: &[ApplicationId], now: i64) -> Vec<Ask> {
        let under_way = self.under_way();
        if now < self.resume.max(self.busy) {
            return Vec::new();
        }
        // After failures one call tells whether the service is back.
        let most = if self.failures > 0 { 1 } else { AT_ONCE };
        let mut due: Vec<(i64, &ApplicationId)> = Vec::new();
        for application in wanted {
            let entry = self.entries.get(application);
            let (at, asked) = entry.map_or((0, false), |entry| (entry.at(), entry.asked));
            if !asked && at <= now && !due.iter().any(|(_, known)| *known == application) {
                due.push((at, application));
            }
        }
        due.sort_by_key(|(at, _)| *at);
        let due = due.into_iter().take(most.saturating_sub(under_way));
        let asks: Vec<ApplicationId> = due.map(|(_, application)| application.clone()).collect();
        asks.into_iter()
            .map(|application| {
                let entry = self.entries.entry(application.clone()).or_default();
                entry.asked = true;
                Ask { application, revision: entry.revision }
            })
            .collect()
    }

    /// In how many milliseconds there is something to ask; `None` where nothing is wanted but what is under way.
    pub fn wait(&self, wanted: &[ApplicationId], now: i64) -> Option<i64> {
        let at = |application| {
            self.entries.get(application).map_or(Some(0), |entry| (!entry.asked).then_some(entry.at()))
        };
        let first = wanted.iter().filter_map(at).min()?;
        Some((first.max(self.resume).max(self.busy) - now).max(0))
    }

    /// A reply to a call. Gives how many are new, as [`Counts::learn`] does. One to a call that was made before something
    /// was done to the messages says nothing: the application is asked once more.
    pub fn heard(&mut self, ask: &Ask, known: Known, now: i64) -> u64 {
        self.failures = 0;
        self.resume = 0;
        let entry = self.entries.entry(ask.application.clone()).or_default();
        entry.asked = false;
        if entry.revision != ask.revision {
            (entry.due, entry.hold) = (0, 0);
            return 0;
        }
        self.learn(&ask.application, known, now)
    }

    /// What is known of an application from now on, by a reply or by the tab that asks for all. Gives how many are new;
    /// nothing is new where the number was not known exactly before, or is not now, and where the person changed it.
    pub fn learn(&mut self, application: &ApplicationId, known: Known, now: i64) -> u64 {
        let entry = self.entries.entry(application.clone()).or_default();
        let own = core::mem::take(&mut entry.own);
        let before = entry.known.replace(known);
        entry.due = now + if known == Known::Closed { CLOSED_MS } else { EVERY_MS };
        entry.hold = 0;
        match (before, known) {
            (Some(Known::Exactly(before)), Known::Exactly(total)) if !own => total.saturating_sub(before),
            _ => 0,
        }
    }

    /// A call told nothing. `chance`, from 0 to 1, spreads the pages of many people.
    pub fn failed(&mut self, ask: &Ask, failure: Failure, now: i64, chance: f64) {
        if let Some(entry) = self.entries.get_mut(&ask.application) {
            entry.asked = false;
            if failure == Failure::Trouble {
                entry.hold = now + EVERY_MS;
            }
        }
        match failure {
            Failure::Dropped => {}
            Failure::Closed => {
                (self.failures, self.resume) = (0, 0);
                self.learn(&ask.application, Known::Closed, now);
            }
            Failure::Busy(seconds) => {
                self.failures = self.failures.max(1);
                self.busy = self.busy.max(now + (i64::from(seconds) * 1000).max(BUSY_MS));
            }
            // Calls that were under way together fail together, and are one failure.
            Failure::Trouble if now < self.resume => {}
            Failure::Trouble => {
                self.failures = self.failures.saturating_add(1);
                self.resume = now + back_off(self.failures, chance);
            }
        }
    }

    /// The person changed how many wait, or the change was taken back.
    pub fn change(&mut self, application: &ApplicationId, by: i64) {
        let entry = self.entries.entry(application.clone()).or_default();
        entry.revision = entry.revision.wrapping_add(1);
        entry.own = true;
        entry.known = entry.known.map(|known| known.changed(by));
    }

    /// Something was done to the messages of an application: it is asked as soon as somebody looks at it, and a reply that
    /// is on its way says nothing. `own`: the person did it in this tab, so that its number is no news to them.
    pub fn hurry(&mut self, application: &ApplicationId, own: bool) {
        let entry = self.entries.entry(application.clone()).or_default();
        (entry.due, entry.hold) = (0, 0);
        entry.own |= own;
        entry.revision = entry.revision.wrapping_add(1);
    }

    /// All numbers may be old, as after the tab or the network was away: what was told less than so long ago is left as it
    /// is. What failed is tried at once; a service that is busy is left alone.
    pub fn wake(&mut self, now: i64, young: i64) {
        self.resume = 0;
        for entry in self.entries.values_mut().filter(|entry| entry.known != Some(Known::Closed)) {
            entry.due = entry.due.min((entry.due - EVERY_MS + young).max(now));
            entry.hold = 0;
        }
    }

    /// The sum, beside how many applications there are; `None` where that is not known.
    pub fn sum(&self, applications: Option<usize>) -> Sum {
        let mut sum = Sum::default();
        for entry in self.entries.values() {
            sum.known += usize::from(entry.known.is_some());
            sum.least |= matches!(entry.known, Some(Known::AtLeast(_)));
            let total = entry.known.and_then(Known::number).unwrap_or_default();
            sum.messages = sum.messages.saturating_add(total);
            sum.applications += usize::from(total > 0);
        }
        sum.partial = self.failures > 0 || applications.is_none_or(|all| sum.known < all);
        sum
    }

    fn under_way(&self) -> usize {
        self.entries.values().filter(|entry| entry.asked).count()
    }
}

/// Twice as long after each failure, and up to half as long again by chance.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "below LONGEST_MS")]
fn back_off(failures: u32, chance: f64) -> i64 {
    let even = EVERY_MS.saturating_mul(1 << failures.saturating_sub(1).min(8)).min(LONGEST_MS);
    even + (even as f64 * 0.5 * chance.clamp(0.0, 1.0)) as i64
}
