//! What is looked at in this tab: the applications whose numbers the person sees, or wants to know, and what these are
//! called.

use std::collections::BTreeMap;

use leptos::prelude::*;
use portal_api::ApplicationId;
use portal_core::inbox::Counts;

use crate::reactive::SetIfChanged;

/// Of what is to be asked once, so much is looked at at a time: there may be thousands.
const SWEEP: usize = 50;

/// See the module.
#[derive(Clone, Copy)]
pub(super) struct Looking {
    /// How many applications there are, once a screen that shows all has said so.
    listed: RwSignal<Option<usize>>,
    /// What stands on screen, and how often.
    seen: StoredValue<BTreeMap<ApplicationId, usize>>,
    /// What is to be asked once.
    sweep: StoredValue<Vec<ApplicationId>>,
    /// By what name the person knows them.
    names: StoredValue<BTreeMap<ApplicationId, String>>,
}

impl Looking {
    /// Nothing is looked at.
    pub(super) fn start() -> Self {
        Self {
            listed: RwSignal::new(None),
            seen: StoredValue::new(BTreeMap::new()),
            sweep: StoredValue::new(Vec::new()),
            names: StoredValue::new(BTreeMap::new()),
        }
    }

    /// Of another person or organization there are other applications. What stands on screen says itself when it goes.
    pub(super) fn forget(self) {
        self.listed.set(None);
        self.sweep.set_value(Vec::new());
        self.names.set_value(BTreeMap::new());
    }

    /// An application is on screen from now on, or no longer.
    pub(super) fn note_seen(self, application: &ApplicationId, seen: bool) {
        self.seen.update_value(|all| {
            let count = all.entry(application.clone()).or_default();
            *count = if seen { *count + 1 } else { count.saturating_sub(1) };
            if *count == 0 {
                all.remove(application);
            }
        });
    }

    /// These are to be asked once, whether they are on screen or not.
    pub(super) fn add(self, applications: impl IntoIterator<Item = ApplicationId>) {
        self.sweep.update_value(|sweep| sweep.extend(applications));
    }

    /// Whether something is left that is to be asked once.
    pub(super) fn has_more(self) -> bool {
        !self.sweep.with_value(Vec::is_empty)
    }

    /// What is looked at, `open` among it; what was asked once is not any more. Of the others in turn: those that failed a
    /// moment ago do not hold up what is behind them.
    pub(super) fn wanted(self, open: Option<ApplicationId>, counts: &Counts, now: i64) -> Vec<ApplicationId> {
        let mut wanted: Vec<_> = self.seen.with_value(|seen| seen.keys().cloned().collect());
        wanted.extend(open.filter(|open| !wanted.contains(open)));
        self.sweep.update_value(|sweep| sweep.retain(|application| counts.is_due(application)));
        let now_wanted = |application: &&ApplicationId| {
            !counts.is_held(application, now) && !self.seen.with_value(|seen| seen.contains_key(*application))
        };
        self.sweep.with_value(|sweep| wanted.extend(sweep.iter().filter(now_wanted).take(SWEEP).cloned()));
        wanted
    }

    /// So many applications there are, as far as a screen shows.
    pub(super) fn note_listed(self, count: usize) {
        let known = self.listed.with_untracked(|listed| listed.unwrap_or_default());
        self.listed.set_if_changed(Some(known.max(count)));
    }

    /// How many applications there are, where that is known; changes are followed.
    pub(super) fn listed(self) -> Option<usize> {
        self.listed.get()
    }

    /// What the person calls an application.
    pub(super) fn note_name(self, application: &ApplicationId, name: String) {
        self.names.update_value(|names| drop(names.insert(application.clone(), name)));
    }

    /// What the person calls an application, if a screen has shown it.
    pub(super) fn name(self, application: &ApplicationId) -> Option<String> {
        self.names.with_value(|names| names.get(application).cloned())
    }
}
