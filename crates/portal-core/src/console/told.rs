//! Words for codes, failures and fields.

use portal_api::describe::{Parameter, Unfit};
use portal_api::{Code, ErrorKind, TransportFailure};

use super::Answer;
use crate::text::Console;

/// What a parameter is for: the words of its description, as a text that is there in other languages, too. A test holds
/// that each has one.
pub fn about(parameter: &Parameter) -> Option<Console> {
    Console::ALL.iter().copied().find(|text| text.english() == parameter.words)
}

/// What a code means (contract.md 0.2).
pub fn explain(code: Code) -> Console {
    match code {
        Code::Success => Console::CodeSuccess,
        Code::Invalid => Console::CodeInvalid,
        Code::Unauthenticated => Console::CodeUnauthenticated,
        Code::Forbidden => Console::CodeForbidden,
        Code::NotFound => Console::CodeNotFound,
        Code::AlreadyExists => Console::CodeAlreadyExists,
        Code::Conflict => Console::CodeConflict,
        Code::Expired => Console::CodeExpired,
        Code::OutOfRange => Console::CodeOutOfRange,
        Code::TooManyAttempts => Console::CodeTooManyAttempts,
        Code::WrongCode => Console::CodeWrongCode,
        Code::TooMany => Console::CodeTooMany,
        Code::Internal => Console::CodeInternal,
        Code::Timeout => Console::CodeTimeout,
        Code::OrganizationUnselected => Console::CodeOrganizationUnselected,
        Code::NotAcquired => Console::CodeNotAcquired,
        Code::AssignmentOff => Console::CodeAssignmentOff,
        Code::NotAssigned => Console::CodeNotAssigned,
        Code::Other(1001..=1005 | 1202..=1204) => Console::CodeGateway,
        Code::Other(_) => Console::CodeOther,
    }
}

/// What the portal makes of a reply, with the place for `{place}` where there is one.
pub fn verdict(answer: &Answer) -> (Console, Option<&str>) {
    match answer.outcome.as_ref().map_err(|error| &error.kind) {
        Ok(()) => (Console::ReaderGood, None),
        Err(ErrorKind::Refused { .. }) => (Console::ReaderRefused, None),
        Err(ErrorKind::Malformed { place }) => (Console::ReaderMalformed, Some(place)),
        Err(ErrorKind::Empty) => (Console::ReaderEmpty, None),
        Err(ErrorKind::NotTheService { .. } | ErrorKind::Transport(_)) => {
            (Console::ReaderNotTheService, None)
        }
    }
}

/// Why no reply came.
pub fn failure(kind: &ErrorKind) -> Console {
    match kind {
        ErrorKind::Transport(TransportFailure::Offline) => Console::FailedOffline,
        ErrorKind::Transport(TransportFailure::Timeout) => Console::FailedTimeout,
        ErrorKind::Transport(TransportFailure::Aborted) => Console::FailedCancelled,
        ErrorKind::Transport(TransportFailure::TooLarge) => Console::FailedTooLarge,
        ErrorKind::Transport(TransportFailure::Redirected) => Console::FailedRedirected,
        ErrorKind::Transport(TransportFailure::CrossOrigin) => Console::FailedCrossOrigin,
        ErrorKind::Transport(TransportFailure::Policy) => Console::FailedPolicy,
        ErrorKind::Refused { .. } => Console::FailedSession,
        _ => Console::FailedNetwork,
    }
}

/// Why a field cannot be sent.
pub fn unfit(why: Unfit) -> Console {
    match why {
        Unfit::NoNumber => Console::UnfitNumber,
        Unfit::NoFlag => Console::UnfitFlag,
        Unfit::NoJson => Console::UnfitJson,
        Unfit::NoHeader => Console::UnfitHeader,
    }
}
