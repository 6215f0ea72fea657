//! The console for integrators, as far as it needs no browser: what is typed becomes a call, the call a line for a shell,
//! and a reply something that may be shown. Tokens are in none of it: neither in what goes out nor in what comes back
//! (hostile.md 24).

mod answer;
mod curl;
mod form;
mod hide;
mod known;
mod outgoing;
mod pretty;
mod told;

pub use answer::Answer;
pub use curl::{curl, quote};
pub use form::{Filled, fill_in, matches};
pub use hide::hide;
pub use known::Known;
pub use outgoing::{Outgoing, Piece, shown};
pub use pretty::{Pretty, pretty};
pub use told::{about, explain, failure, unfit, verdict};

use portal_api::authentication::{LogIn, LogInViaCode, LogOut, RefreshAccessToken, RevokeRefreshToken};
use portal_api::describe::{self, Description};
use portal_api::organization::ChooseOrganization;
use portal_api::{Audience, Endpoint};

/// Who a call is sent as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Caller {
    /// The session of the page.
    This,
    /// A session that the console has beside it, for calls that begin, change or end one.
    Own,
    /// Nobody: without a token.
    Nobody,
}

impl Caller {
    /// All of them with a word for the form, in the order of the choice.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::This, "this"), (Self::Own, "own"), (Self::Nobody, "nobody")];

    /// The word for the form.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(caller, _)| *caller == self).map_or("this", |(_, word)| word)
    }

    /// Reads the word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == word).map(|(caller, _)| *caller)
    }
}

/// Whether an operation begins, changes or ends a session. Such a call is never sent as the session of the page, which
/// would not know what became of it.
pub fn touches_session(description: &Description) -> bool {
    begins_session(description)
        || [
            LogOut::SPEC.operation,
            RefreshAccessToken::SPEC.operation,
            RevokeRefreshToken::SPEC.operation,
            ChooseOrganization::SPEC.operation,
        ]
        .contains(&description.spec.operation)
}

/// Whether an operation begins a session.
pub fn begins_session(description: &Description) -> bool {
    [LogIn::SPEC.operation, LogInViaCode::SPEC.operation].contains(&description.spec.operation)
}

/// Who an operation can be sent as, the likely one first.
pub fn callers(description: &Description) -> &'static [Caller] {
    if begins_session(description) {
        &[Caller::Nobody]
    } else if touches_session(description) {
        &[Caller::Own, Caller::Nobody]
    } else if description.needs_token || description.spec.audience == Audience::Server {
        &[Caller::This, Caller::Own, Caller::Nobody]
    } else {
        &[Caller::Nobody, Caller::This, Caller::Own]
    }
}

/// The operation that an address names.
pub fn find(slug: &str) -> Option<&'static Description> {
    describe::all().find(|description| description.slug() == slug)
}
