//! The life of a session, as a pure machine: signed out → no organization → active, refresh, expiry.
//!
//! [`Session::step`] takes what happened and gives commands; the driver in the browser runs them and decides
//! nothing. That is why a session can be tested in every order of events without a browser.

mod machine;

use portal_api::{
    AccessToken, Listed, Organization, RefreshToken, TokenPair, Viewer, authentication, organization,
};

/// How often a refresh is tried before waiting calls are told of the failure.
pub const REFRESH_ATTEMPTS: u32 = 4;

/// The tokens at hand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tokens {
    /// Goes with every call.
    pub access: AccessToken,
    /// Buys a new access token. The service may leave it out.
    pub refresh: Option<RefreshToken>,
    /// When the refresh token ends, milliseconds since 1970 by the service's clock.
    pub refresh_expires: Option<i64>,
}

impl Tokens {
    /// What the reply gives replaces what is at hand; what it leaves out stays (contract.md §6, 5).
    fn take_over(&mut self, pair: &TokenPair) {
        if let Some(access) = &pair.access {
            self.access = access.clone();
        }
        if let Some(refresh) = &pair.refresh {
            self.refresh = Some(refresh.clone());
            self.refresh_expires = pair.refresh_expires;
        }
    }
}

/// A session that a reload of the page can take up again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// The tokens.
    pub tokens: Tokens,
    /// Who is signed in.
    pub viewer: Viewer,
    /// The organization chosen; `None` before the choice.
    pub organization: Option<Organization>,
}

/// Why a session ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// The person signed out.
    SignedOut,
    /// The person signed out, but the service could not be told: its side may live on.
    SignedOutLocally,
    /// The service no longer takes the tokens.
    Expired,
    /// The account signed in somewhere else (contract.md 0.2, 409).
    Elsewhere,
}

/// Where the session stands.
#[derive(Clone, PartialEq, Debug)]
pub enum State {
    /// Nobody is signed in.
    SignedOut {
        /// Why, when there was a session before.
        ended: Option<Ended>,
    },
    /// Signed in; the token is good for choosing an organization only (contract.md 0.4).
    NoOrganization {
        /// The tokens.
        tokens: Tokens,
        /// Who is signed in.
        viewer: Viewer,
        /// The organizations that Log In named; `None` after a reload.
        organizations: Option<Listed<Organization>>,
    },
    /// At work in an organization.
    Active {
        /// The tokens.
        tokens: Tokens,
        /// Who is signed in.
        viewer: Viewer,
        /// The working organization.
        organization: Organization,
    },
}

/// The refresh of the access token: one at a time, whatever number of calls wait for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Refresh {
    Idle,
    InFlight { attempt: u32 },
    Waiting { attempt: u32 },
}

/// What happened.
#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    /// A record of this tab was found at start.
    Restored(Record),
    /// Log In succeeded.
    LoggedIn(authentication::LoggedIn),
    /// Choose Organization succeeded.
    Chosen {
        /// The organization asked for.
        asked: Organization,
        /// The reply.
        reply: organization::Chosen,
    },
    /// Get Token Information told which organization the service works in.
    Informed(authentication::TokenInformation),
    /// A call made under this generation of tokens was answered that they are not good.
    Unauthenticated {
        /// See [`Session::generation`].
        generation: u64,
        /// The account signed in somewhere else.
        elsewhere: bool,
        /// The call was a replay after a refresh: there is no point in another.
        replayed: bool,
    },
    /// A call was answered that no organization is chosen.
    OrganizationUnselected {
        /// See [`Session::generation`].
        generation: u64,
    },
    /// The refresh succeeded.
    Refreshed(authentication::Refreshed),
    /// The refresh was refused: the refresh token is no longer good.
    RefreshRefused,
    /// The refresh failed in a way that may pass: server error, time-out, offline.
    RefreshFailed,
    /// The wait that [`Command::RetryIn`] asked for is over.
    RetryDue,
    /// The person signs out.
    SignOut,
    /// The service could not be told of the sign-out.
    SignOutNotTold,
}

/// What the driver is to do.
#[derive(Clone, PartialEq, Debug)]
pub enum Command {
    /// Keep the record for a reload.
    Save(Record),
    /// Erase the record.
    Forget,
    /// Send Refresh Access Token and report how it went.
    Refresh(RefreshToken),
    /// Report [`Event::RetryDue`] after so many milliseconds.
    RetryIn(u32),
    /// Wake the calls that wait for the refresh: replay them, or fail where nothing changed.
    Wake,
    /// Tell the service: revoke the refresh tokens, then log out (contract.md 0.4). Best effort.
    Leave(Tokens),
}

/// The machine.
#[derive(Clone, PartialEq, Debug)]
pub struct Session {
    state: State,
    refresh: Refresh,
    generation: u64,
    epoch: u64,
}

impl Default for Session {
    fn default() -> Self {
        Self { state: State::SignedOut { ended: None }, refresh: Refresh::Idle, generation: 0, epoch: 0 }
    }
}

impl Session {
    /// Where the session stands.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Counts the changes of the tokens: a call remembers under which it went out.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Counts the changes of user and organization: a reply asked for under another epoch is dropped
    /// (hostile.md 43).
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Whether a refresh is under way, so that a call that met 401 should wait.
    pub fn is_refreshing(&self) -> bool {
        self.refresh != Refresh::Idle
    }

    /// The tokens, while somebody is signed in.
    pub fn tokens(&self) -> Option<&Tokens> {
        match &self.state {
            State::SignedOut { .. } => None,
            State::NoOrganization { tokens, .. } | State::Active { tokens, .. } => Some(tokens),
        }
    }
}
