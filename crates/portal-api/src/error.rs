//! What can happen to a call. What to tell the person about it is decided in portal-core.

use crate::{Code, ENDPOINTS, Spec, mask};

/// A call that did not give its reply.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Error {
    /// The operation's name in the documentation, such as "Log In".
    pub operation: &'static str,
    /// What happened.
    pub kind: ErrorKind,
    /// The service's own id of the call, when it gave one.
    pub request_id: Option<String>,
}

/// What happened to a call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ErrorKind {
    /// No reply came.
    Transport(TransportFailure),
    /// The service, or something before it, refused: by an error code or by an HTTP status.
    Refused {
        /// The meaning, normalised over both code families and the HTTP status.
        code: Code,
        /// The number as it was sent: that of a family, such as 31403, or the HTTP status.
        number: i64,
        /// The service's text, masked; `None` where it says nothing.
        message: Option<String>,
        /// Seconds to wait, from a `Retry-After` header.
        retry_after: Option<u32>,
    },
    /// The reply has no content.
    Empty,
    /// The reply is not of this service: a page of a proxy, for example.
    NotTheService {
        /// The HTTP status it came with.
        status: u16,
    },
    /// The reply is JSON of another shape than documented.
    Malformed {
        /// The place in the reply, such as `data.accessToken`.
        place: String,
    },
}

/// Why no reply came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TransportFailure {
    /// The browser says it has no network.
    Offline,
    /// The connection failed or broke; the browser does not say why.
    Network,
    /// The call was answered by a redirect, which no call follows: it may lead a password or a token to another origin.
    Redirected,
    /// The service can be reached, but it does not let this page read its replies (CORS).
    CrossOrigin,
    /// The content security policy of this page does not allow the service's address.
    Policy,
    /// No reply within the time allowed.
    Timeout,
    /// The page gave the call up.
    Aborted,
    /// The reply is larger than [`crate::MAX_REPLY_BYTES`].
    TooLarge,
}

impl Error {
    pub(crate) fn new(operation: &'static str, kind: ErrorKind) -> Self {
        Self { operation, kind, request_id: None }
    }

    /// The service's code, if it gave one.
    pub fn code(&self) -> Option<Code> {
        match &self.kind {
            ErrorKind::Refused { code, .. } => Some(*code),
            _ => None,
        }
    }

    /// Whether the access token of this call is no longer good (contract.md 0.2, client rule). 409 and 410 can be about
    /// something else than a session, such as a verification code: the operation decides.
    pub fn ends_session(&self) -> bool {
        ENDPOINTS
            .iter()
            .find(|spec| spec.operation == self.operation)
            .map_or_else(|| self.code() == Some(Code::Unauthenticated), |spec| self.ends_session_of(spec))
    }

    /// The same for who has the operation at hand, as the page has, which need not carry the list of all.
    pub fn ends_session_of(&self, spec: &Spec) -> bool {
        match self.code() {
            Some(Code::Unauthenticated) => true,
            Some(Code::Conflict | Code::Expired) => spec.session_codes,
            _ => false,
        }
    }

    /// Whether the same call may succeed later without anybody changing anything.
    pub fn is_transient(&self) -> bool {
        match &self.kind {
            ErrorKind::Transport(failure) => {
                !matches!(failure, TransportFailure::Aborted | TransportFailure::TooLarge)
            }
            ErrorKind::Refused { code, .. } => match code {
                Code::Internal | Code::Timeout => true,
                Code::Other(status) => (500..600).contains(status),
                _ => false,
            },
            ErrorKind::Empty | ErrorKind::NotTheService { .. } | ErrorKind::Malformed { .. } => true,
        }
    }

    pub(crate) fn refused(operation: &'static str, code: Code, number: i64, message: Option<&str>) -> Self {
        let message = message.map(mask).filter(|text| !text.is_empty());
        Self::new(operation, ErrorKind::Refused { code, number, message, retry_after: None })
    }
}
