//! What pages in frames and the portal say to each other ("portal bridge", version 1; docs/embedding.md): which texts
//! are a message, what they ask for, who may have which answer, and how answers are written.
//!
//! Nothing here sends or keeps anything. Messages come from pages that are not trusted: reading is total and bounded.

mod answers;
mod calls;
mod hear;
mod replies;
mod trust;

use serde::Serialize;

pub use answers::{Facts, app_info, assets, permissions, user_info};
pub use calls::{Call, Switch, ViewMode};
pub use hear::{Heard, read};
pub use replies::{Event, Welcome, event, failure, result, welcome};
pub use trust::{TokenGrant, Trust, token_grant};

/// The version of the protocol.
pub const VERSION: i64 = 1;

/// The longest message of a page that is read, in UTF-16 units, as the browser counts.
pub const MAX_TEXT: usize = 65_536;

/// The longest state of a page, in characters: it stands in the address of the portal, and hosts refuse long ones.
pub const MAX_STATE: usize = 2_000;

/// How many characters of a title are shown.
pub const MAX_TITLE: usize = 200;

/// How many calls of one frame may wait for an answer; further ones are answered with [`Failure::Busy`].
pub const MAX_WAITING: usize = 64;

/// Why a call was not done.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Failure {
    /// No call has this name.
    UnknownCall,
    /// An argument is missing or of another kind.
    BadArgument,
    /// The page's origin may not have this.
    NotAllowed,
    /// There is no such place.
    NotFound,
    /// The service did not answer as it should.
    Failed,
    /// The answer took too long.
    Timeout,
    /// Too many calls wait.
    Busy,
}

impl Failure {
    /// The word that programs look at.
    pub fn code(self) -> &'static str {
        match self {
            Self::UnknownCall => "unknown-call",
            Self::BadArgument => "bad-argument",
            Self::NotAllowed => "not-allowed",
            Self::NotFound => "not-found",
            Self::Failed => "failed",
            Self::Timeout => "timeout",
            Self::Busy => "busy",
        }
    }

    /// A sentence for developers, in English.
    pub fn message(self) -> &'static str {
        match self {
            Self::UnknownCall => "The portal has no call of this name.",
            Self::BadArgument => "An argument is missing or is of another kind.",
            Self::NotAllowed => "The portal does not give this to the origin of this page.",
            Self::NotFound => "There is no such place.",
            Self::Failed => "The service did not answer as it should.",
            Self::Timeout => "The answer took too long.",
            Self::Busy => "Too many calls wait for an answer.",
        }
    }
}

/// How the portal looks, for pages to look the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Theme {
    /// `LIGHT`
    Light,
    /// `DARK`
    Dark,
}

impl Theme {
    /// The word of the EnOS kit (contract.md 4.4).
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Light => "LIGHT",
            Self::Dark => "DARK",
        }
    }
}
