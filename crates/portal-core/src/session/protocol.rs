//! What the machine is told, and what it tells the runtime to do.

use portal_api::{Organization, authentication, organization};

use super::{Began, Ended, Record, Snapshot, Tokens};

/// What happened.
#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    /// Log In succeeded.
    LoggedIn {
        /// The reply.
        reply: authentication::LoggedIn,
        /// The session that begins.
        began: Began,
    },
    /// Choose Organization succeeded.
    Chosen {
        /// The organization asked for.
        asked: Organization,
        /// The reply.
        reply: organization::Chosen,
    },
    /// The store has given this number to the pair of [`Command::Supersede`].
    Numbered {
        /// See [`Tokens::pair`].
        pair: u64,
    },
    /// Get Token Information told which organization the service works in.
    Informed(authentication::TokenInformation),
    /// A call made under this generation of tokens was answered that they are not valid.
    Unauthenticated {
        /// See [`super::Session::generation`].
        generation: u64,
    },
    /// Get Token Information agrees: the service does not take the access token of this generation.
    Rejected {
        /// See [`super::Session::generation`].
        generation: u64,
        /// The account signed in somewhere else.
        elsewhere: bool,
    },
    /// The access token is about to end, as far as the settings tell.
    Due,
    /// A call was answered that no organization is chosen.
    OrganizationUnselected {
        /// See [`super::Session::generation`].
        generation: u64,
    },
    /// What the shared store holds now.
    Stored {
        /// The session that was asked for; `None`: the newest one, for a tab where nobody is signed in.
        id: Option<String>,
        /// What is there.
        snapshot: Snapshot,
    },
    /// The service has answered with a new pair.
    Renewed {
        /// The number of the pair that was sent.
        pair: u64,
        /// The reply.
        reply: authentication::Refreshed,
    },
    /// The service refused the refresh token of this pair.
    RenewalRefused {
        /// The number of the pair that was sent.
        pair: u64,
    },
    /// The refresh token of this pair counts as used, and no new pair came.
    RenewalLost {
        /// The number of the pair that was sent.
        pair: u64,
    },
    /// The renewal of this pair failed in a way that may pass; the pair can be sent again.
    RenewalFailed {
        /// The number of the pair.
        pair: u64,
    },
    /// The user goes along to the organization that another tab moved to.
    Follow,
    /// The user signs out, at this time of the browser's clock.
    SignOut(i64),
    /// Nobody used the portal for too long, at this time of the browser's clock.
    IdledOut(i64),
    /// Whether the service could be told of the sign-out.
    SignOutTold(bool),
}

/// What the runtime is to do.
#[derive(Clone, PartialEq, Debug)]
pub enum Command {
    /// Store the record for a reload and for the other tabs.
    Save(Record),
    /// Store the record in place of any that the store holds, and report [`Event::Numbered`].
    Supersede(Record),
    /// The tokens have changed: count the lifetime of the access token from now.
    TokensChanged,
    /// The service has ended the session: remove its record. The other tabs learn why.
    End {
        /// See [`Began::id`].
        id: String,
        /// Why.
        why: Ended,
    },
    /// The session is ended here: remove the records of all sessions, then tell the service as with [`Command::Leave`].
    SignOut {
        /// See [`Began::id`].
        id: String,
        /// Why.
        why: Ended,
        /// When, milliseconds since 1970 by the browser's clock.
        at: i64,
        /// The tokens to end at the service.
        tokens: Tokens,
    },
    /// Renew the pair at hand ([`super::next_step`]), and report how that ended.
    Renew,
    /// Wake the calls that wait: they go out, are replayed, or fail where nothing changed.
    Wake,
    /// Give these tokens back to the service: revoke the refresh tokens, then log out. Best effort.
    Leave(Tokens),
}
