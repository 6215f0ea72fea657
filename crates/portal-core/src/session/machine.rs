//! The transitions of the session machine, but for the refresh.

use portal_api::{Organization, Viewer, authentication, organization};

use super::{Began, Command, Ended, Event, Phase, Record, Session, Snapshot, State, Stored, Tokens};

impl Session {
    /// Takes what happened and says what to do. An event that comes too late changes nothing.
    pub fn step(&mut self, event: Event) -> Vec<Command> {
        match event {
            Event::LoggedIn { reply, began } => self.logged_in(reply, began),
            Event::Chosen { asked, reply } => self.chosen(asked, reply),
            Event::Numbered { pair } => self.numbered(pair),
            Event::Informed(information) => self.informed(information),
            Event::Unauthenticated { generation } => self.unauthenticated(generation),
            Event::Rejected { generation, elsewhere } => self.rejected(generation, elsewhere),
            Event::Due => self.renew(),
            Event::OrganizationUnselected { generation } => self.unselected(generation),
            Event::Stored { id, snapshot } => self.stored(id.as_deref(), snapshot),
            Event::Renewed { pair, reply } => self.renewed(pair, reply),
            Event::RenewalRefused { pair } => self.renewal_refused(pair),
            Event::RenewalLost { pair } => self.renewal_lost(pair),
            Event::RenewalFailed { pair } => self.renewal_failed(pair),
            Event::Follow => self.follow(),
            Event::SignOut(now) => self.leave(now, Ended::SignedOut),
            Event::IdledOut(now) => self.leave(now, Ended::Idle),
            Event::SignOutTold(told) => {
                if let State::SignedOut { ended: Some(ended) } = &mut self.state {
                    match (*ended, told) {
                        (Ended::SignedOut, false) => *ended = Ended::SignedOutLocally,
                        (Ended::SignedOutLocally, true) => *ended = Ended::SignedOut,
                        _ => {}
                    }
                }
                Vec::new()
            }
        }
    }

    pub(super) fn restored(&mut self, stored: Stored) {
        let Record { began, mut tokens, viewer, organization } = stored.record;
        if stored.phase == Phase::Lost {
            tokens.refresh = None;
            tokens.lost = true;
        }
        self.began = began;
        self.enter(match organization {
            Some(organization) => State::Active { tokens, viewer, organization, moved: None },
            None => State::NoOrganization { tokens, viewer, organizations: None },
        });
    }

    fn logged_in(&mut self, reply: authentication::LoggedIn, began: Began) -> Vec<Command> {
        let tokens =
            Tokens { access: reply.token, refresh: None, refresh_expires: None, pair: 1, lost: false };
        self.began = began;
        let organizations = Some(reply.organizations);
        self.enter(State::NoOrganization { tokens, viewer: reply.viewer, organizations });
        self.save().into_iter().chain([Command::Wake]).collect()
    }

    fn chosen(&mut self, asked: Organization, reply: organization::Chosen) -> Vec<Command> {
        let (mut tokens, viewer) = match &self.state {
            State::SignedOut { .. } => return Vec::new(),
            State::NoOrganization { tokens, viewer, .. } | State::Active { tokens, viewer, .. } => {
                (tokens.clone(), viewer.clone())
            }
        };
        // A refresh token is bound to its organization (contract.md 0.4): the old one must not outlive a switch.
        if reply.tokens.refresh.is_none() && matches!(self.state, State::Active { .. }) {
            tokens.refresh = None;
        }
        tokens.take_over(&reply.tokens);
        // The store may know a later number: it has the last word. A renewal counts one up, so that a reply to one that
        // is under way never has the same number.
        tokens.pair += 2;
        let organization = match reply.organization {
            // Some versions name the organization by id only.
            Some(told) if told.id == asked.id && told.name == told.id.as_str() => asked,
            Some(told) => told,
            None => asked,
        };
        let viewer = known(reply.viewer, viewer);
        self.renewing = false;
        match &mut self.state {
            // Everything is switched back to where this tab never left: what it shows is good.
            State::Active { tokens: held, organization: here, moved: moved @ Some(_), .. }
                if here.id == organization.id =>
            {
                *held = tokens;
                *moved = None;
                self.generation += 1;
            }
            _ => self.enter(State::Active { tokens, viewer, organization, moved: None }),
        }
        let supersede = self.record().map(Command::Supersede);
        supersede.into_iter().chain([Command::TokensChanged, Command::Wake]).collect()
    }

    fn numbered(&mut self, pair: u64) -> Vec<Command> {
        match &mut self.state {
            State::Active { tokens, .. } | State::NoOrganization { tokens, .. } if tokens.pair < pair => {
                tokens.pair = pair;
            }
            _ => return Vec::new(),
        }
        // A renewal that began under the provisional number has no outcome here.
        if core::mem::take(&mut self.renewing) { self.renew() } else { Vec::new() }
    }

    /// The service works in another organization than this tab believes.
    fn informed(&mut self, information: authentication::TokenInformation) -> Vec<Command> {
        let State::Active { tokens, viewer, organization, moved: None } = &self.state else {
            return Vec::new();
        };
        let Some(told) = information.organization.filter(|told| told.id != organization.id) else {
            return Vec::new();
        };
        let (tokens, viewer) = (tokens.clone(), known(information.viewer, viewer.clone()));
        self.move_to(State::Active { tokens, viewer, organization: told, moved: None })
    }

    fn unselected(&mut self, generation: u64) -> Vec<Command> {
        let State::Active { tokens, viewer, .. } = &self.state else { return Vec::new() };
        if generation != self.generation {
            return Vec::new();
        }
        let (tokens, viewer) = (tokens.clone(), viewer.clone());
        self.move_to(State::NoOrganization { tokens, viewer, organizations: None })
    }

    /// What the shared store holds now. Another session in it says nothing to this one: both go on.
    fn stored(&mut self, id: Option<&str>, snapshot: Snapshot) -> Vec<Command> {
        self.out = self.out.max(snapshot.out);
        // Signed in or out since the question was asked: the answer is about another session.
        if id != self.tokens().map(|_| self.began.id.as_str()) {
            return Vec::new();
        }
        let Some(tokens) = self.tokens() else {
            return match snapshot.stored {
                // A user who is signed in sees no form. The choice of the organization is left to the tab that signed in.
                Some(stored)
                    if stored.record.began.since > self.out && stored.record.organization.is_some() =>
                {
                    self.restored(stored);
                    vec![Command::TokensChanged, Command::Wake]
                }
                _ => Vec::new(),
            };
        };
        if let Some(ended) = snapshot.ended {
            return self.end(ended);
        }
        if self.began.since <= self.out {
            return self.end(Ended::SignedOutInOtherTab);
        }
        match snapshot.stored {
            Some(stored) if stored.record.began.id != self.began.id => Vec::new(),
            Some(stored) if stored.record.tokens.pair > tokens.pair => self.adopt(stored),
            Some(Stored { record, phase: Phase::Lost })
                if record.tokens.pair == tokens.pair && !tokens.lost =>
            {
                self.renewal_lost(record.tokens.pair)
            }
            // An answer that no tab has read: the page that asked for it is gone.
            Some(Stored { record, phase: Phase::Replied(_) }) if record.tokens.pair == tokens.pair => {
                self.renew()
            }
            Some(_) => Vec::new(),
            // The browser has removed what it stored; this tab still has it.
            None => self.save().into_iter().collect(),
        }
    }

    /// Takes over a newer pair of this session, and what it says of the organization.
    pub(super) fn adopt(&mut self, stored: Stored) -> Vec<Command> {
        let lost = stored.phase == Phase::Lost;
        let Record { tokens: mut newer, viewer: told, organization: working, .. } = stored.record;
        if lost {
            newer.refresh = None;
            newer.lost = true;
        }
        // A renewal that only waits has become needless; one of the old pair says nothing about this one.
        self.renewing = false;
        self.generation += 1;
        match (&mut self.state, working) {
            (State::Active { tokens, .. }, Some(working)) => {
                *tokens = newer;
                self.works_in(working);
            }
            (State::NoOrganization { tokens, .. }, None) => *tokens = newer,
            (_, Some(organization)) => {
                self.enter(State::Active { tokens: newer, viewer: told, organization, moved: None });
            }
            (_, None) => {
                self.enter(State::NoOrganization { tokens: newer, viewer: told, organizations: None });
            }
        }
        vec![Command::TokensChanged, Command::Wake]
    }

    /// The service works in this organization. If it is another than this tab's, the person is asked, not moved.
    pub(super) fn works_in(&mut self, working: Organization) {
        let State::Active { organization, moved, .. } = &mut self.state else { return };
        if organization.id == working.id {
            *moved = None;
        } else if moved.as_ref().is_none_or(|moved| moved.id != working.id) {
            *moved = Some(working);
            self.place += 1;
        }
    }

    fn follow(&mut self) -> Vec<Command> {
        let State::Active { tokens, viewer, moved: Some(organization), .. } = &self.state else {
            return Vec::new();
        };
        let (tokens, viewer, organization) = (tokens.clone(), viewer.clone(), organization.clone());
        self.move_to(State::Active { tokens, viewer, organization, moved: None })
    }

    /// Enters a state in which somebody is signed in, and lets the calls go on there.
    fn move_to(&mut self, state: State) -> Vec<Command> {
        self.enter(state);
        self.save().into_iter().chain([Command::Wake]).collect()
    }

    fn leave(&mut self, now: i64, ended: Ended) -> Vec<Command> {
        let Some(tokens) = self.tokens().cloned() else { return Vec::new() };
        // A clock that was set back must not let the session live on in a tab that sleeps.
        let at = now.max(self.began.since);
        self.out = self.out.max(at);
        let mut commands = vec![Command::SignOut { id: self.began.id.clone(), why: ended, at, tokens }];
        commands.extend(self.end(ended));
        commands
    }

    /// The service has ended the session: the other tabs need not find out on their own.
    pub(super) fn over(&mut self, ended: Ended) -> Vec<Command> {
        let mut commands = self.end(ended);
        if !commands.is_empty() {
            commands.insert(0, Command::End { id: self.began.id.clone(), why: ended });
        }
        commands
    }

    /// Ends the session in this tab.
    fn end(&mut self, ended: Ended) -> Vec<Command> {
        if self.tokens().is_none() {
            return Vec::new();
        }
        self.enter(State::SignedOut { ended: Some(ended) });
        vec![Command::TokensChanged, Command::Wake]
    }

    /// Another user or another organization: nothing of before counts any more.
    fn enter(&mut self, state: State) {
        self.state = state;
        self.renewing = false;
        self.generation += 1;
        self.epoch += 1;
    }

    pub(super) fn save(&self) -> Option<Command> {
        self.record().map(Command::Save)
    }
}

/// A reply that does not name the user says nothing about the user.
fn known(told: Viewer, before: Viewer) -> Viewer {
    if told.id.is_none() && told.name.is_empty() {
        return before;
    }
    let email = told.email.or(before.email);
    let name = if told.name.is_empty() { before.name } else { told.name };
    Viewer { id: told.id.or(before.id), name, email }
}
