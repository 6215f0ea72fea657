//! New messages are told together: once for a burst, and never twice in a short time (experience.md M7, M11).

use std::collections::BTreeMap;

use portal_api::ApplicationId;

/// How long a burst is gathered after its first message, in milliseconds.
pub const GATHER_MS: i64 = 1_500;
/// How long nothing is told after the last time, in milliseconds.
pub const REST_MS: i64 = 15_000;

/// New messages that are not told yet.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Burst {
    gathered: BTreeMap<ApplicationId, u64>,
    /// When the first of them was heard of.
    since: i64,
    told: Option<i64>,
}

/// What to tell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct News {
    /// How many messages.
    pub messages: u64,
    /// Of which applications.
    pub applications: Vec<ApplicationId>,
}

impl Burst {
    /// So many messages of an application are new.
    pub fn note(&mut self, application: &ApplicationId, messages: u64, now: i64) {
        if messages == 0 {
            return;
        }
        if self.gathered.is_empty() {
            self.since = now;
        }
        let gathered = self.gathered.entry(application.clone()).or_default();
        *gathered = gathered.saturating_add(messages);
    }

    /// In how many milliseconds there is something to tell; `None` where nothing is new.
    pub fn wait(&self, now: i64) -> Option<i64> {
        let rested = self.told.map_or(i64::MIN, |told| told.saturating_add(REST_MS));
        let at = self.since.saturating_add(GATHER_MS).max(rested);
        (!self.gathered.is_empty()).then(|| at.saturating_sub(now).clamp(0, GATHER_MS.max(REST_MS)))
    }

    /// What to tell now; it is not told again.
    pub fn take(&mut self, now: i64) -> Option<News> {
        if self.wait(now) != Some(0) {
            return None;
        }
        self.told = Some(now);
        let gathered = core::mem::take(&mut self.gathered);
        let messages = gathered.values().fold(0_u64, |sum, messages| sum.saturating_add(*messages));
        Some(News { messages, applications: gathered.into_keys().collect() })
    }
}
