//! What the machine is told, and what it tells the driver to do.

use portal_api::{Organization, RefreshToken, authentication, organization};

use super::{Began, Marker, Record, Tokens};

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
        /// The marker as it was when the reply came.
        marker: Option<Marker>,
    },
    /// Get Token Information told which organization the service works in.
    Informed(authentication::TokenInformation),
    /// A call made under this generation of tokens was answered that they are not good.
    Unauthenticated {
        /// See [`super::Session::generation`].
        generation: u64,
        /// The account signed in somewhere else.
        elsewhere: bool,
        /// The call was a replay after a refresh: there is no point in another.
        replayed: bool,
    },
    /// The access token is about to end, as far as the settings tell.
    Due,
    /// A call was answered that no organization is chosen.
    OrganizationUnselected {
        /// See [`super::Session::generation`].
        generation: u64,
    },
    /// This tab has its turn to refresh, or has waited for it as long as it may.
    Locked(Option<Marker>),
    /// No tab answered [`Command::Ask`] in time.
    Unanswered,
    /// The refresh succeeded.
    Refreshed {
        /// The reply.
        reply: authentication::Refreshed,
        /// The marker as it was when the reply came.
        marker: Option<Marker>,
    },
    /// The refresh was refused: the refresh token is no longer good.
    RefreshRefused(Option<Marker>),
    /// The refresh failed in a way that may pass: server error, time-out, offline.
    RefreshFailed,
    /// The wait that [`Command::RetryIn`] asked for is over.
    RetryDue,
    /// Another tab has a new pair, or a session that has just begun, or answers.
    Told(Record),
    /// The person goes along to the organization that another tab moved to.
    Follow,
    /// The person signs out, at this time of the browser's clock.
    SignOut(i64),
    /// Nobody did anything for too long.
    IdledOut(i64),
    /// Another tab signed out, at this time of the browser's clock.
    SignedOutInOtherTab {
        /// The time.
        at: i64,
        /// Nobody has used this tab for too long either: it was not the person who left.
        idle: bool,
    },
    /// Another tab met the end of the session: the service refused this pair of it.
    OverInOtherTab {
        /// See [`super::Began::id`].
        id: String,
        /// See [`super::Tokens::pair`].
        pair: u64,
    },
    /// Whether the service could be told of the sign-out.
    SignOutTold(bool),
}

/// What the driver is to do.
#[derive(Clone, PartialEq, Debug)]
pub enum Command {
    /// Keep the record for a reload.
    Save(Record),
    /// Erase the record.
    Forget,
    /// Wait for this tab's turn to refresh, not for ever, and report [`Event::Locked`] with the marker as it is then.
    Lock,
    /// The turn is over.
    Unlock,
    /// Ask the other tabs for a newer pair; report [`Event::Told`] for each answer, and [`Event::Unanswered`] when the
    /// time for it is over.
    Ask(Began),
    /// Send Refresh Access Token and report how it went.
    Refresh(RefreshToken),
    /// Report [`Event::RetryDue`] after so many milliseconds.
    RetryIn(u32),
    /// Wake the calls that wait: they go out, are replayed, or fail where nothing changed.
    Wake,
    /// Write the marker, then tell the other tabs.
    Tell(Record),
    /// Write the time of the sign-out into the marker, then tell the other tabs.
    TellSignOut(i64),
    /// Tell the other tabs that the service refused this pair of the session.
    TellOver {
        /// See [`super::Began::id`].
        id: String,
        /// See [`super::Tokens::pair`].
        pair: u64,
    },
    /// Tell the service: revoke the refresh tokens, then log out (contract.md 0.4). Best effort.
    Leave(Tokens),
}
