//! When a tab renews its token pair, and what the outcome means for it. How it is done is decided in `renewal`.

use portal_api::authentication;

use super::{Command, Ended, Session, State, Tokens};

impl Session {
    /// A call was answered 401. Nothing ends here: only [`super::Event::Rejected`] ends a session.
    pub(super) fn unauthenticated(&mut self, generation: u64) -> Vec<Command> {
        if generation == self.generation { self.renew() } else { Vec::new() }
    }

    /// Begins a renewal, unless one is under way or there is nothing to renew with.
    pub(super) fn renew(&mut self) -> Vec<Command> {
        let can = self.tokens().is_some_and(|tokens| tokens.refresh.is_some());
        if !can || self.renewing {
            return Vec::new();
        }
        self.renewing = true;
        vec![Command::Renew]
    }

    pub(super) fn rejected(&mut self, generation: u64, elsewhere: bool) -> Vec<Command> {
        let Some(tokens) = self.tokens().filter(|_| generation == self.generation) else { return Vec::new() };
        let lost = tokens.lost;
        self.over(match (elsewhere, lost) {
            (true, _) => Ended::Elsewhere,
            (false, true) => Ended::RenewalLost,
            (false, false) => Ended::Expired,
        })
    }

    pub(super) fn renewed(&mut self, pair: u64, reply: authentication::Refreshed) -> Vec<Command> {
        let tokens = match &mut self.state {
            // The service has just made a pair for a session that is over: it must not live on there.
            State::SignedOut { .. } => {
                let (refresh, refresh_expires) = (reply.tokens.refresh, reply.tokens.refresh_expires);
                let orphan = reply.tokens.access.map(|access| Tokens {
                    access,
                    refresh,
                    refresh_expires,
                    pair: 0,
                    lost: false,
                });
                return orphan.into_iter().map(Command::Leave).collect();
            }
            State::NoOrganization { tokens, .. } | State::Active { tokens, .. } => tokens,
        };
        // A newer pair came meanwhile, by a switch of the organization.
        if tokens.pair != pair {
            return Vec::new();
        }
        tokens.take_over(&reply.tokens);
        tokens.pair += 1;
        self.generation += 1;
        if let Some(working) = reply.organization {
            self.works_in(working);
        }
        self.renewing = false;
        self.save().into_iter().chain([Command::TokensChanged, Command::Wake]).collect()
    }

    pub(super) fn renewal_refused(&mut self, pair: u64) -> Vec<Command> {
        if self.has(pair) { self.over(Ended::Expired) } else { Vec::new() }
    }

    /// The access token is all that is left. It is used until the service no longer takes it.
    pub(super) fn renewal_lost(&mut self, pair: u64) -> Vec<Command> {
        let renewing = self.renewing;
        match &mut self.state {
            State::NoOrganization { tokens, .. } | State::Active { tokens, .. } if tokens.pair == pair => {
                tokens.refresh = None;
                tokens.lost = true;
            }
            _ => return Vec::new(),
        }
        self.renewing = false;
        if renewing { vec![Command::Wake] } else { Vec::new() }
    }

    /// The session stays; the next call tries again.
    pub(super) fn renewal_failed(&mut self, pair: u64) -> Vec<Command> {
        if !self.has(pair) {
            return Vec::new();
        }
        self.renewing = false;
        vec![Command::Wake]
    }

    fn has(&self, pair: u64) -> bool {
        self.tokens().is_some_and(|tokens| tokens.pair == pair)
    }
}
