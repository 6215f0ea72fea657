//! The one refresh path, over all tabs: take the turn, look whether another tab has a newer pair, else refresh. A
//! refusal is a lost race where another tab has got further, and the end of the session everywhere else.

use portal_api::authentication;

use super::{Command, Ended, Marker, REFRESH_ATTEMPTS, Refresh, Session, State, Tokens};

/// The first wait before a failed refresh is tried again, in milliseconds; doubled each time.
const FIRST_RETRY_MS: u32 = 1_000;

impl Session {
    pub(super) fn unauthenticated(
        &mut self,
        generation: u64,
        elsewhere: bool,
        replayed: bool,
    ) -> Vec<Command> {
        if generation != self.generation || self.is_refreshing() || self.tokens().is_none() {
            return Vec::new();
        }
        match (replayed, elsewhere) {
            (false, _) => self.start_refresh(),
            (true, true) => self.over(Ended::Elsewhere),
            (true, false) => self.over(Ended::Expired),
        }
    }

    /// Before the access token ends, where the settings say how long it lives.
    pub(super) fn due(&mut self) -> Vec<Command> {
        let can = self.tokens().is_some_and(|tokens| tokens.refresh.is_some());
        if can && !self.is_refreshing() { self.start_refresh() } else { Vec::new() }
    }

    fn start_refresh(&mut self) -> Vec<Command> {
        if self.tokens().is_some_and(|tokens| tokens.refresh.is_none()) {
            return self.over(Ended::Expired);
        }
        self.refresh = Refresh::Locking;
        vec![Command::Lock]
    }

    pub(super) fn locked(&mut self, marker: Option<&Marker>) -> Vec<Command> {
        // A turn that nobody waits for any more.
        let Refresh::Locking = self.refresh else { return vec![Command::Unlock] };
        if self.is_behind(marker) { self.ask(1, false) } else { self.send(1) }
    }

    fn ask(&mut self, attempt: u32, refused: bool) -> Vec<Command> {
        self.refresh = Refresh::Asking { attempt, refused };
        vec![Command::Ask(self.began.clone())]
    }

    fn send(&mut self, attempt: u32) -> Vec<Command> {
        match self.tokens() {
            Some(Tokens { refresh: Some(token), .. }) => {
                let command = Command::Refresh(token.clone());
                self.refresh = Refresh::InFlight { attempt, void: false };
                vec![command]
            }
            _ => self.over(Ended::Expired),
        }
    }

    pub(super) fn unanswered(&mut self) -> Vec<Command> {
        match self.refresh {
            Refresh::Asking { refused: true, .. } => self.over(Ended::Expired),
            Refresh::Asking { attempt, refused: false } => self.send(attempt),
            _ => Vec::new(),
        }
    }

    pub(super) fn refreshed(
        &mut self,
        reply: authentication::Refreshed,
        marker: Option<&Marker>,
    ) -> Vec<Command> {
        let Refresh::InFlight { void, .. } = self.refresh else { return Vec::new() };
        if void {
            let mut commands = self.back_to_calls();
            // The service has just made a pair for a session that is over: it must not live on there.
            if let (State::SignedOut { .. }, Some(access)) = (&self.state, reply.tokens.access) {
                let (refresh, refresh_expires) = (reply.tokens.refresh, reply.tokens.refresh_expires);
                commands.push(Command::Leave(Tokens { access, refresh, refresh_expires, pair: 0 }));
            }
            return commands;
        }
        // Another tab has a newer pair, and its message is not here yet: this reply will do until then, under the
        // number of the pair before.
        let behind = self.is_behind(marker);
        let tokens = match &mut self.state {
            State::SignedOut { .. } => return Vec::new(),
            // Back at the choice of an organization after 31512, with a refresh token of before.
            State::NoOrganization { tokens, .. } | State::Active { tokens, .. } => tokens,
        };
        tokens.take_over(&reply.tokens);
        tokens.pair += u64::from(!behind);
        self.generation += 1;
        if let Some(working) = reply.organization {
            self.works_in(working);
        }
        let mut commands: Vec<Command> = self.save().into_iter().collect();
        commands.extend(self.record().filter(|_| !behind).map(Command::Tell));
        commands.extend(self.back_to_calls());
        commands
    }

    pub(super) fn refresh_refused(&mut self, marker: Option<&Marker>) -> Vec<Command> {
        let Refresh::InFlight { attempt, void } = self.refresh else { return Vec::new() };
        // A newer pair came while the old one was on its way: a lost race, and nothing is lost.
        if void {
            return self.back_to_calls();
        }
        // The reply is here: nothing is under way whose turn would have to be kept.
        self.refresh = Refresh::Waiting { attempt };
        if self.is_behind(marker) { self.ask(attempt, true) } else { self.over(Ended::Expired) }
    }

    pub(super) fn refresh_failed(&mut self) -> Vec<Command> {
        let Refresh::InFlight { attempt, void } = self.refresh else { return Vec::new() };
        if void || attempt >= REFRESH_ATTEMPTS {
            // The session stays; the next call starts anew.
            return self.back_to_calls();
        }
        self.refresh = Refresh::Waiting { attempt };
        vec![Command::RetryIn(FIRST_RETRY_MS << (attempt - 1))]
    }

    pub(super) fn retry_due(&mut self) -> Vec<Command> {
        match self.refresh {
            Refresh::Waiting { attempt } => self.send(attempt + 1),
            _ => Vec::new(),
        }
    }

    /// The refresh is over, and nothing came of it here.
    fn back_to_calls(&mut self) -> Vec<Command> {
        let mut commands = self.free_turn();
        commands.push(Command::Wake);
        commands
    }

    /// The service has ended the session: other tabs need not find out each by itself (hostile.md 41).
    fn over(&mut self, ended: Ended) -> Vec<Command> {
        let pair = self.tokens().map_or(0, |tokens| tokens.pair);
        let mut commands = self.end(ended);
        if !commands.is_empty() {
            commands.push(Command::TellOver { id: self.began.id.clone(), pair });
        }
        commands
    }

    /// Whether another tab has a newer pair of this session.
    fn is_behind(&self, marker: Option<&Marker>) -> bool {
        self.tokens().is_some_and(|tokens| self.newest(marker) > tokens.pair)
    }

    /// The number of the newest pair of this session in any tab.
    pub(super) fn newest(&self, marker: Option<&Marker>) -> u64 {
        let told = marker.filter(|marker| marker.id == self.began.id).map_or(0, |marker| marker.pair);
        self.tokens().map_or(0, |tokens| tokens.pair).max(told)
    }
}
