//! The reference service: the Application Portal service as one function without I/O (contract.md §1).
//!
//! Three hosts call it: portal-server over HTTP, the in-page transport of the static demo, and tests. Failures
//! are reached by data (an account, a password, an application that misbehaves), so that anybody can see each
//! of them by hand: see docs/demo.md.

mod catalogue;
mod checksum;
mod dispatch;
mod generate;
mod handlers;
mod legacy;
mod records;
mod reply;
mod service;
mod sign_on;
mod state;
mod token;
mod wire;

use std::collections::BTreeMap;
use std::sync::Arc;

use catalogue::Catalogue;
pub use catalogue::{Account, CatalogueError, accounts};
pub use handlers::VERIFICATION_CODE;
pub use service::{ServiceReply, ServiceRequest};
pub use sign_on::authorization_code;
use state::State;

/// What a host decides about its portal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Options {
    /// Replaces `{samples}` in addresses of the catalogue, such as `http://127.0.0.1:8081`; `None` puts nothing
    /// there, so that those pages come from the portal's own origin.
    pub sample_origin: Option<String>,
    /// How long access tokens live, in seconds. Sentinel accounts have shorter ones.
    pub access_lifetime_seconds: u64,
    /// Varies generated content and the look of tokens; the same seed gives the same.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        // One hour: what a live session object shows (contract.md 0.4).
        Self { sample_origin: None, access_lifetime_seconds: 3600, seed: 1 }
    }
}

/// A portal: its catalogue, and the little that it remembers between calls.
#[derive(Clone, Debug)]
pub struct Portal {
    pub(crate) catalogue: Arc<Result<Catalogue, CatalogueError>>,
    pub(crate) state: State,
    pub(crate) options: Options,
    pub(crate) calls: BTreeMap<&'static str, u64>,
}

impl Portal {
    /// A portal with the built-in catalogue. Where that cannot be read, every call answers 31500 and says why.
    pub fn new(options: Options) -> Self {
        Self {
            catalogue: Arc::new(Catalogue::built_in()),
            state: State::default(),
            options,
            calls: BTreeMap::new(),
        }
    }

    /// How often each operation was called, by its name in the documentation.
    pub fn calls(&self) -> &BTreeMap<&'static str, u64> {
        &self.calls
    }

    /// Sets all counters to nought.
    pub fn reset_calls(&mut self) {
        self.calls.clear();
    }

    /// What the portal remembers (revocations, lockouts, codes used), for a host that starts again with every page load.
    /// Holds no password and no token.
    pub fn snapshot(&self) -> String {
        self.state.write()
    }

    /// Takes up a [`Portal::snapshot`]. Text that is none changes nothing.
    pub fn restore(&mut self, snapshot: &str) {
        if let Some(state) = State::read(snapshot) {
            self.state = state;
        }
    }
}

/// Answers one call. Total: whatever comes in, a reply goes out.
///
/// `now_ms` is the time in milliseconds since 1970; the service has no clock of its own.
pub fn handle(portal: &mut Portal, request: &ServiceRequest<'_>, now_ms: i64) -> ServiceReply {
    dispatch::answer(portal, request, now_ms)
}
