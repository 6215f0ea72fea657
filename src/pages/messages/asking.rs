//! Asks for numbers: one tab for all that are open (experience.md M8), while it is in view.

use leptos::prelude::*;
use portal_api::message::GetUnresolvedMessages;
use portal_api::{Error, OrganizationId, Page};
use portal_core::inbox::{Ask, Failure, Sheet};

use super::inbox::Inbox;
use crate::browser::{self, Turn, Waited};

/// The turn to ask, which one tab has (Web Locks).
const TURN: &str = "portal.messages";
/// How long a turn is waited for at a time, in milliseconds.
const TURN_MS: u32 = 60_000;

/// Whether this tab asks for all.
#[derive(Debug, Default)]
pub(super) enum Lead {
    /// Another one does, or nobody.
    #[default]
    No,
    /// This one waits for its turn.
    Waits,
    /// This one does, until the turn is dropped; without locks (plain http) every tab asks for itself.
    Has(#[expect(dead_code, reason = "held, not read")] Option<Turn>),
}

impl Lead {
    /// Whether this tab asks.
    pub(super) fn leads(&self) -> bool {
        matches!(self, Self::Has(_))
    }
}

impl Inbox {
    /// Makes the calls that are due, and comes back when the next are.
    pub(super) fn turn(self) {
        let Some(organization) = self.organization() else { return self.give_up() };
        if !self.lead.with_value(Lead::leads) {
            return self.contend();
        }
        let (own, now) = (self.wanted(), browser::clock());
        let wanted = self.others.all(&own, now);
        let (mut asks, mut wait) = (Vec::new(), None);
        self.counts.update(|counts| {
            asks = counts.next(&wanted, now);
            wait = counts.wait(&wanted, now);
        });
        for ask in asks {
            let organization = organization.clone();
            browser::spawn(async move { self.ask(ask, organization).await });
        }
        self.next.update_value(|timer| match wait.map(u64::try_from) {
            // What is due and was not asked waits for a call under way.
            Some(Ok(wait)) if wait > 0 => timer.start(wait, move || self.turn()),
            _ => timer.stop(),
        });
    }

    /// Waits for the turn to ask.
    fn contend(self) {
        let waits = self.lead.with_value(|lead| matches!(lead, Lead::Waits));
        if waits || !self.offered {
            return;
        }
        self.lead.set_value(Lead::Waits);
        browser::spawn(async move {
            loop {
                let waited = browser::turn(TURN, TURN_MS).await;
                // The tab went out of view meanwhile: the turn goes on to another.
                if self.organization().is_none() || !self.lead.with_value(|lead| matches!(lead, Lead::Waits))
                {
                    self.lead.update_value(|lead| {
                        if matches!(lead, Lead::Waits) {
                            *lead = Lead::No;
                        }
                    });
                    return;
                }
                match waited {
                    Waited::Mine(turn) => self.lead.set_value(Lead::Has(Some(turn))),
                    Waited::NoLocks => self.lead.set_value(Lead::Has(None)),
                    Waited::TooLong => continue,
                }
                return self.turn();
            }
        });
    }

    /// By a page of one, which names the sum. Where it does not, by a page as long as can be had.
    async fn ask_how_many(self, ask: &Ask, organization: OrganizationId) -> Result<Sheet, Error> {
        let mut page = Page { number: 0, size: 1 };
        loop {
            let (application, organization) = (ask.application.clone(), organization.clone());
            let call = GetUnresolvedMessages { application, organization, page };
            let sheet = Sheet::of(page, &self.session.request_by_server(&call).await?);
            if sheet.exact().is_some() || page == Page::FIRST {
                return Ok(sheet);
            }
            page = Page::FIRST;
        }
    }

    async fn ask(self, ask: Ask, organization: OrganizationId) {
        let reply = self.ask_how_many(&ask, organization).await;
        let now = browser::clock();
        let mut grown = 0;
        match reply {
            Ok(sheet) => self.counts.update(|counts| grown = counts.heard(&ask, sheet.known(), now)),
            Err(error) => {
                let (failure, chance) = (Failure::of(&error), browser::random());
                self.counts.update(|counts| counts.failed(&ask, failure, now, chance));
            }
        }
        if let Some(known) = self.counts.with_untracked(|counts| counts.fresh(&ask.application, now)) {
            self.others.tell(&ask.application, known);
        }
        self.note_growth(&ask.application, grown);
        self.turn();
    }
}
