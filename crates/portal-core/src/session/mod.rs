//! The life of a session, as a pure machine: signed out → no organization → active, refresh, expiry, other tabs.
//!
//! [`Session::step`] takes what happened and gives commands; the runtime in the browser runs them and decides
//! nothing. That is why a session of many tabs can be tested in every order of events without a browser.
//!
//! All tabs share one store with the newest token pair ([`Snapshot`]); [`next_step`] decides how a tab renews it.

mod idle;
mod machine;
mod protocol;
mod record;
mod refresh;
mod renewal;
mod snapshot;

use portal_api::{AccessToken, Listed, Organization, RefreshToken, TokenPair, Viewer};

pub use idle::{Idle, WARNING_MS, idle};
pub use protocol::{Command, Event};
pub use record::Record;
pub use renewal::{
    RETRY_BUDGET_MS, SEND_BUDGET_MS, Step, Verdict, WAIT_BUDGET_MS, judge, next_step, next_try,
};
pub use snapshot::{Phase, Snapshot, Stored, read_reply, reply_text};

/// The tokens at hand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tokens {
    /// Goes with every call.
    pub access: AccessToken,
    /// Buys a new access token. The service may leave it out.
    pub refresh: Option<RefreshToken>,
    /// When the refresh token ends, milliseconds since 1970 by the service's clock.
    pub refresh_expires: Option<i64>,
    /// Counts the pairs of a session over all tabs: the larger number is the newer pair.
    pub pair: u64,
    /// The refresh token was used and no new pair came: when the access token ends, the session ends.
    pub lost: bool,
}

impl Tokens {
    /// What the reply gives replaces what is at hand; what it leaves out stays (contract.md §6, 5).
    fn take_over(&mut self, pair: &TokenPair) {
        self.lost = false;
        if let Some(access) = &pair.access {
            self.access = access.clone();
        }
        if let Some(refresh) = &pair.refresh {
            self.refresh = Some(refresh.clone());
            self.refresh_expires = pair.refresh_expires;
        }
    }
}

/// The beginning of a session: what all its tabs have in common. Nothing in it is secret.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Began {
    /// Tells sessions apart: random, made at sign-in.
    pub id: String,
    /// When the person signed in, milliseconds since 1970 by the browser's clock. A session that began before the
    /// last sign-out is over.
    pub since: i64,
    /// Whether it may outlive the browser ("Keep me signed in").
    pub keep: bool,
}

/// Why a session ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// The person signed out.
    SignedOut,
    /// The person signed out, but the service could not be told: its side may live on.
    SignedOutLocally,
    /// The person signed out in another tab.
    SignedOutInOtherTab,
    /// Nobody did anything for as long as the settings allow.
    Idle,
    /// The service no longer takes the tokens.
    Expired,
    /// The access token has ended, and the reply with the next one was lost on its way.
    RenewalLost,
    /// The account signed in somewhere else (contract.md 0.2, 409).
    Elsewhere,
}

/// The names of the reasons in the shared store.
const REASONS: [(Ended, &str); 6] = [
    (Ended::SignedOut, "signedOut"),
    (Ended::SignedOutInOtherTab, "signedOut"),
    (Ended::Idle, "idle"),
    (Ended::Expired, "expired"),
    (Ended::RenewalLost, "renewalLost"),
    (Ended::Elsewhere, "elsewhere"),
];

impl Ended {
    /// The name in the shared store.
    pub fn name(self) -> &'static str {
        REASONS.iter().find(|(reason, _)| *reason == self).map_or("signedOut", |(_, name)| *name)
    }

    /// The reason of a name, as another tab than the one that wrote it shows it.
    pub fn from_name(name: &str) -> Option<Self> {
        REASONS.iter().rev().find(|(_, known)| *known == name).map(|(reason, _)| *reason)
    }

    /// Whether the person wanted to leave, so that there is nowhere to come back to.
    pub fn is_wanted(self) -> bool {
        matches!(self, Self::SignedOut | Self::SignedOutLocally | Self::SignedOutInOtherTab)
    }
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
        /// The working organization of this tab.
        organization: Organization,
        /// The organization that another tab moved the session to. Until this tab follows, or everything is switched
        /// back, it must neither call nor show anything: the service has one working organization per session.
        moved: Option<Organization>,
    },
}

/// The machine.
#[derive(Clone, PartialEq, Debug)]
pub struct Session {
    state: State,
    began: Began,
    /// The last sign-out that this tab knows of.
    out: i64,
    /// A renewal of the pair is under way in this tab, which may mean waiting for another one.
    renewing: bool,
    generation: u64,
    epoch: u64,
    place: u64,
}

impl Default for Session {
    fn default() -> Self {
        Self {
            state: State::SignedOut { ended: None },
            began: Began::default(),
            out: 0,
            renewing: false,
            generation: 0,
            epoch: 0,
            place: 0,
        }
    }
}

impl Session {
    /// A session that a reload or another tab left, unless it began before the last sign-out.
    pub fn resume(snapshot: Snapshot) -> Self {
        let mut session = Self { out: snapshot.out, ..Self::default() };
        match snapshot.stored {
            Some(stored) if stored.record.began.since > snapshot.out => session.restored(stored),
            // After a sign-out there is nothing to explain, and the address of this page is where the user wants to go.
            _ => {
                let ended = snapshot.ended.filter(|ended| !ended.is_wanted());
                session.state = State::SignedOut { ended };
            }
        }
        session
    }

    /// The beginning of the session.
    pub fn began(&self) -> &Began {
        &self.began
    }

    /// The last sign-out that this tab knows of, milliseconds since 1970 by the browser's clock. A session that begins
    /// now must count as later.
    pub fn last_out(&self) -> i64 {
        self.out
    }

    /// Ends the session here and now; nobody else is told.
    pub fn abandon(&mut self) {
        self.state = State::SignedOut { ended: Some(Ended::SignedOutLocally) };
        self.epoch += 1;
    }

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

    /// Counts how often another tab moved the session away: a reply that was under way then may be of either
    /// organization.
    pub fn place(&self) -> u64 {
        self.place
    }

    /// Whether a renewal is under way: calls wait for it.
    pub fn is_refreshing(&self) -> bool {
        self.renewing
    }

    /// Whether calls must wait: a refresh is under way, or the session has moved to another organization.
    pub fn holds_calls(&self) -> bool {
        self.is_refreshing() || self.moved().is_some()
    }

    /// The tokens, while somebody is signed in.
    pub fn tokens(&self) -> Option<&Tokens> {
        match &self.state {
            State::SignedOut { .. } => None,
            State::NoOrganization { tokens, .. } | State::Active { tokens, .. } => Some(tokens),
        }
    }

    /// The organization that another tab moved the session to.
    pub fn moved(&self) -> Option<&Organization> {
        match &self.state {
            State::Active { moved, .. } => moved.as_ref(),
            _ => None,
        }
    }

    /// What a reload, or another tab, needs to go on. After another tab's switch it names the organization that the
    /// session works in, not the one that is still on this tab's screen.
    pub fn record(&self) -> Option<Record> {
        let (tokens, viewer, organization) = match &self.state {
            State::SignedOut { .. } => return None,
            State::NoOrganization { tokens, viewer, .. } => (tokens, viewer, None),
            State::Active { tokens, viewer, organization, moved } => {
                (tokens, viewer, Some(moved.as_ref().unwrap_or(organization)))
            }
        };
        Some(Record {
            began: self.began.clone(),
            tokens: tokens.clone(),
            viewer: viewer.clone(),
            organization: organization.cloned(),
        })
    }
}
