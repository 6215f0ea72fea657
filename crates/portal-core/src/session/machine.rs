//! The transitions of the session machine.

use portal_api::{Organization, Viewer, authentication, organization};

use super::{Command, Ended, Event, REFRESH_ATTEMPTS, Record, Refresh, Session, State, Tokens};

/// The first wait before a failed refresh is tried again, in milliseconds; doubled each time.
const FIRST_RETRY_MS: u32 = 1_000;

impl Session {
    /// Takes what happened and says what to do. An event that comes too late changes nothing.
    pub fn step(&mut self, event: Event) -> Vec<Command> {
        match event {
            Event::Restored(record) => self.restored(record),
            Event::LoggedIn(reply) => self.logged_in(reply),
            Event::Chosen { asked, reply } => self.chosen(asked, reply),
            Event::Informed(information) => self.informed(information),
            Event::Unauthenticated { generation, elsewhere, replayed } => {
                self.unauthenticated(generation, elsewhere, replayed)
            }
            Event::OrganizationUnselected { generation } => self.unselected(generation),
            Event::Refreshed(reply) => self.refreshed(reply),
            Event::RefreshRefused => match self.refresh {
                Refresh::InFlight { .. } => self.end(Ended::Expired),
                _ => Vec::new(),
            },
            Event::RefreshFailed => self.refresh_failed(),
            Event::RetryDue => match self.refresh {
                Refresh::Waiting { attempt } => self.start_refresh(attempt + 1),
                _ => Vec::new(),
            },
            Event::SignOut => {
                let leave = self.tokens().cloned().map(Command::Leave);
                let mut commands = self.end(Ended::SignedOut);
                commands.extend(leave);
                commands
            }
            Event::SignOutNotTold => {
                if let State::SignedOut { ended: ended @ Some(Ended::SignedOut) } = &mut self.state {
                    *ended = Some(Ended::SignedOutLocally);
                }
                Vec::new()
            }
        }
    }

    fn restored(&mut self, record: Record) -> Vec<Command> {
        let Record { tokens, viewer, organization } = record;
        self.enter(match organization {
            Some(organization) => State::Active { tokens, viewer, organization },
            None => State::NoOrganization { tokens, viewer, organizations: None },
        });
        Vec::new()
    }

    fn logged_in(&mut self, reply: authentication::LoggedIn) -> Vec<Command> {
        let tokens = Tokens { access: reply.token, refresh: None, refresh_expires: None };
        let organizations = Some(reply.organizations);
        self.enter(State::NoOrganization { tokens, viewer: reply.viewer, organizations });
        self.save()
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
        let organization = match reply.organization {
            // Some versions name the organization by id only.
            Some(told) if told.id == asked.id && told.name == told.id.as_str() => asked,
            Some(told) => told,
            None => asked,
        };
        self.enter(State::Active { tokens, viewer: known(reply.viewer, viewer), organization });
        let mut commands = self.save();
        commands.push(Command::Wake);
        commands
    }

    /// Another tab may have moved the session to another organization, which is one for all of them.
    fn informed(&mut self, information: authentication::TokenInformation) -> Vec<Command> {
        let State::Active { tokens, viewer, organization } = &self.state else { return Vec::new() };
        let Some(told) = information.organization.filter(|told| told.id != organization.id) else {
            return Vec::new();
        };
        let (tokens, viewer) = (tokens.clone(), known(information.viewer, viewer.clone()));
        self.enter(State::Active { tokens, viewer, organization: told });
        self.save()
    }

    fn unauthenticated(&mut self, generation: u64, elsewhere: bool, replayed: bool) -> Vec<Command> {
        if generation != self.generation || self.refresh != Refresh::Idle || self.tokens().is_none() {
            return Vec::new();
        }
        if elsewhere && replayed {
            return self.end(Ended::Elsewhere);
        }
        if replayed { self.end(Ended::Expired) } else { self.start_refresh(1) }
    }

    fn unselected(&mut self, generation: u64) -> Vec<Command> {
        let State::Active { tokens, viewer, .. } = &self.state else { return Vec::new() };
        if generation != self.generation {
            return Vec::new();
        }
        let (tokens, viewer) = (tokens.clone(), viewer.clone());
        self.enter(State::NoOrganization { tokens, viewer, organizations: None });
        let mut commands = self.save();
        commands.push(Command::Wake);
        commands
    }

    fn start_refresh(&mut self, attempt: u32) -> Vec<Command> {
        match self.tokens().and_then(|tokens| tokens.refresh.clone()) {
            Some(token) => {
                self.refresh = Refresh::InFlight { attempt };
                vec![Command::Refresh(token)]
            }
            None => self.end(Ended::Expired),
        }
    }

    fn refreshed(&mut self, reply: authentication::Refreshed) -> Vec<Command> {
        let Refresh::InFlight { .. } = self.refresh else { return Vec::new() };
        let (tokens, organization) = match &mut self.state {
            State::SignedOut { .. } => return Vec::new(),
            // Back at the choice of an organization after 31512, with a refresh token of before.
            State::NoOrganization { tokens, .. } => (tokens, None),
            State::Active { tokens, organization, .. } => (tokens, Some(organization)),
        };
        tokens.take_over(&reply.tokens);
        self.refresh = Refresh::Idle;
        self.generation += 1;
        if let (Some(organization), Some(told)) = (organization, reply.organization)
            && told.id != organization.id
        {
            *organization = told;
            self.epoch += 1;
        }
        let mut commands = self.save();
        commands.push(Command::Wake);
        commands
    }

    fn refresh_failed(&mut self) -> Vec<Command> {
        let Refresh::InFlight { attempt } = self.refresh else { return Vec::new() };
        if attempt >= REFRESH_ATTEMPTS {
            // The session stays; the next call starts anew.
            self.refresh = Refresh::Idle;
            return vec![Command::Wake];
        }
        self.refresh = Refresh::Waiting { attempt };
        vec![Command::RetryIn(FIRST_RETRY_MS << (attempt - 1))]
    }

    fn end(&mut self, ended: Ended) -> Vec<Command> {
        if self.tokens().is_none() {
            return Vec::new();
        }
        self.enter(State::SignedOut { ended: Some(ended) });
        vec![Command::Forget, Command::Wake]
    }

    /// Another user or another organization: nothing of before counts any more.
    fn enter(&mut self, state: State) {
        self.state = state;
        self.refresh = Refresh::Idle;
        self.generation += 1;
        self.epoch += 1;
    }

    fn save(&self) -> Vec<Command> {
        let (tokens, viewer, organization) = match &self.state {
            State::SignedOut { .. } => return Vec::new(),
            State::NoOrganization { tokens, viewer, .. } => (tokens, viewer, None),
            State::Active { tokens, viewer, organization } => (tokens, viewer, Some(organization.clone())),
        };
        vec![Command::Save(Record { tokens: tokens.clone(), viewer: viewer.clone(), organization })]
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
