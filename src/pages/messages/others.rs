//! The other tabs of this browser: what they look at, and what is told to them. Who is signed in elsewhere, or works in
//! another organization, hears nothing.

use leptos::prelude::*;
use portal_api::ApplicationId;
use portal_core::inbox::{Between, Counts, Known, Wants};

use crate::browser::{self, Channel};
use crate::landing::{digest, user};
use crate::session::Session;

/// The name of the channel between the tabs.
const CHANNEL: &str = "portal.messages";

/// See the module.
#[derive(Clone, Copy)]
pub(super) struct Others {
    session: Session,
    channel: StoredValue<Option<Channel>>,
    /// The number of this tab.
    tab: i64,
    wants: StoredValue<Wants>,
}

impl Others {
    /// Nobody is heard yet.
    pub(super) fn start(session: Session) -> Self {
        let wants = StoredValue::new(Wants::default());
        Self { session, channel: StoredValue::new(None), tab: browser::number(), wants }
    }

    /// From now on what they say is heard.
    pub(super) fn listen(self, hear: impl Fn(Between) + Clone + 'static) {
        let channel = Channel::open(CHANNEL, move |text| {
            if let Some(said) = Between::parse(&text, &self.scope()) {
                hear(said);
            }
        });
        self.channel.set_value(Some(channel));
    }

    /// What they look at is of another person or organization.
    pub(super) fn forget(self) {
        self.wants.set_value(Wants::default());
    }

    /// A tab looks at this.
    pub(super) fn note(self, tab: i64, applications: Vec<ApplicationId>) {
        self.wants.update_value(|wants| wants.hear(tab, applications, browser::clock()));
    }

    /// What anybody looks at, this tab's own first.
    pub(super) fn all(self, own: &[ApplicationId], now: i64) -> Vec<ApplicationId> {
        self.wants.try_update_value(|wants| wants.all(own, now)).unwrap_or_default()
    }

    /// Tells what this tab looks at; nothing, where nobody looks at the tab.
    pub(super) fn tell_wanted(self, applications: Vec<ApplicationId>) {
        self.post(&Between::Wants { tab: self.tab, applications });
    }

    /// Tells that the person changed something about the messages of an application.
    pub(super) fn tell_changed(self, application: &ApplicationId) {
        self.post(&Between::Changed(application.clone()));
    }

    /// Tells what a reply said.
    pub(super) fn tell(self, application: &ApplicationId, known: Known) {
        self.post(&Between::Told(vec![(application.clone(), known)]));
    }

    /// Tells what is known of these already, for a tab that has just been opened. What is about to be asked again, because
    /// something was done to it, is no longer true.
    pub(super) fn tell_known(self, applications: &[ApplicationId], counts: &Counts) {
        let known = applications.iter().filter(|application| !counts.is_due(application));
        let known = known.filter_map(|application| Some((application.clone(), counts.known(application)?)));
        let known: Vec<_> = known.collect();
        if !known.is_empty() {
            self.post(&Between::Told(known));
        }
    }

    fn post(self, said: &Between) {
        let scope = self.scope();
        self.channel.with_value(|channel| {
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
}
