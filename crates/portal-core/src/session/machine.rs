//! The transitions of the session machine, but for the refresh.

use portal_api::{Organization, Viewer, authentication, organization};

use super::{Began, Command, Ended, Event, Marker, Record, Refresh, Session, State, Tokens};

impl Session {
    /// Takes what happened and says what to do. An event that comes too late changes nothing.
    pub fn step(&mut self, event: Event) -> Vec<Command> {
        match event {
            Event::LoggedIn { reply, began } => self.logged_in(reply, began),
            Event::Chosen { asked, reply, marker } => self.chosen(asked, reply, marker.as_ref()),
            Event::Informed(information) => self.informed(information),
            Event::Unauthenticated { generation, elsewhere, replayed } => {
                self.unauthenticated(generation, elsewhere, replayed)
            }
            Event::Due => self.due(),
            Event::OrganizationUnselected { generation } => self.unselected(generation),
            Event::Locked(marker) => self.locked(marker.as_ref()),
            Event::Unanswered => self.unanswered(),
            Event::Refreshed { reply, marker } => self.refreshed(reply, marker.as_ref()),
            Event::RefreshRefused(marker) => self.refresh_refused(marker.as_ref()),
            Event::RefreshFailed => self.refresh_failed(),
            Event::RetryDue => self.retry_due(),
            Event::Told(record) => self.told(record),
            Event::Follow => self.follow(),
            Event::SignOut(now) => self.leave(now, Ended::SignedOut),
            Event::IdledOut(now) => self.leave(now, Ended::Idle),
            Event::SignedOutInOtherTab { at, idle } => self.left(at, idle),
            Event::OverInOtherTab { id, pair } => {
                let is_mine = id == self.began.id && self.tokens().is_some_and(|tokens| tokens.pair <= pair);
                if is_mine { self.end(Ended::Expired) } else { Vec::new() }
            }
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

    pub(super) fn restored(&mut self, record: Record) {
        let Record { began, tokens, viewer, organization } = record;
        self.began = began;
        self.enter(match organization {
            Some(organization) => State::Active { tokens, viewer, organization, moved: None },
            None => State::NoOrganization { tokens, viewer, organizations: None },
        });
    }

    fn logged_in(&mut self, reply: authentication::LoggedIn, began: Began) -> Vec<Command> {
        let tokens = Tokens { access: reply.token, refresh: None, refresh_expires: None, pair: 1 };
        let mut commands = self.give_up_refresh();
        self.began = began;
        let organizations = Some(reply.organizations);
        self.enter(State::NoOrganization { tokens, viewer: reply.viewer, organizations });
        commands.extend(self.save());
        commands
    }

    fn chosen(
        &mut self,
        asked: Organization,
        reply: organization::Chosen,
        marker: Option<&Marker>,
    ) -> Vec<Command> {
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
        tokens.pair = self.newest(marker) + 1;
        let organization = match reply.organization {
            // Some versions name the organization by id only.
            Some(told) if told.id == asked.id && told.name == told.id.as_str() => asked,
            Some(told) => told,
            None => asked,
        };
        let viewer = known(reply.viewer, viewer);
        let mut commands = self.give_up_refresh();
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
        commands.extend(self.save());
        commands.extend(self.record().map(Command::Tell));
        commands.push(Command::Wake);
        commands
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

    /// Another tab's record. Of another session it says nothing to this one: both go on (hostile.md 48).
    fn told(&mut self, record: Record) -> Vec<Command> {
        match self.tokens() {
            // Who is signed in sees no form (experience.md L14).
            None if record.began.since > self.out => {
                self.restored(record);
                self.save().into_iter().chain([Command::Wake]).collect()
            }
            Some(tokens) if record.began.id == self.began.id && record.tokens.pair > tokens.pair => {
                self.adopt(record)
            }
            _ => Vec::new(),
        }
    }

    /// Takes over a newer pair of this session, and what it says of the organization.
    pub(super) fn adopt(&mut self, record: Record) -> Vec<Command> {
        // One that only waits has become needless.
        let mut commands = self.give_up_refresh();
        let Record { tokens: newer, viewer: told, organization: working, .. } = record;
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
        commands.extend(self.save());
        commands.push(Command::Wake);
        commands
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
        let mut commands = self.give_up_refresh();
        self.enter(state);
        commands.extend(self.save());
        commands.push(Command::Wake);
        commands
    }

    fn leave(&mut self, now: i64, ended: Ended) -> Vec<Command> {
        // A clock that was set back must not let the session live on in a tab that sleeps.
        let at = now.max(self.began.since);
        let leave = self.tokens().cloned().map(Command::Leave);
        let mut commands = self.end(ended);
        if let Some(leave) = leave {
            self.out = self.out.max(at);
            commands.extend([Command::TellSignOut(at), leave]);
        }
        commands
    }

    fn left(&mut self, at: i64, idle: bool) -> Vec<Command> {
        self.out = self.out.max(at);
        if self.began.since > at {
            return Vec::new();
        }
        self.end(if idle { Ended::Idle } else { Ended::SignedOutInOtherTab })
    }

    pub(super) fn end(&mut self, ended: Ended) -> Vec<Command> {
        if self.tokens().is_none() {
            return Vec::new();
        }
        let mut commands = vec![Command::Forget];
        commands.extend(self.give_up_refresh());
        self.enter(State::SignedOut { ended: Some(ended) });
        commands.push(Command::Wake);
        commands
    }

    /// Another user or another organization: nothing of before counts any more.
    fn enter(&mut self, state: State) {
        self.state = state;
        self.generation += 1;
        self.epoch += 1;
    }

    /// Ends a refresh, whatever it waits for; one that is under way is left to its reply.
    pub(super) fn give_up_refresh(&mut self) -> Vec<Command> {
        if let Refresh::InFlight { void, .. } = &mut self.refresh {
            *void = true;
            return Vec::new();
        }
        self.free_turn()
    }

    pub(super) fn free_turn(&mut self) -> Vec<Command> {
        let held = core::mem::replace(&mut self.refresh, Refresh::Idle) != Refresh::Idle;
        if held { vec![Command::Unlock] } else { Vec::new() }
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
