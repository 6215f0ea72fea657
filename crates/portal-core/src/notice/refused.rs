//! The service refused: what its codes mean to a person, by place (contract.md 0.2).

use portal_api::Code;

use super::{Place, Told, WayOut, not_the_service, told};
use crate::text::Later;

/// Whether the service's own text may be shown. At sign-in it could say whether an account exists
/// (experience.md L4, hostile.md 32); of a session that ended it says nothing that we do not say better.
pub(super) fn may_quote(code: Code, place: Place) -> bool {
    match code {
        Code::Invalid | Code::NotFound => place != Place::SignIn && place != Place::SignOn,
        Code::Unauthenticated | Code::OrganizationUnselected => false,
        _ => true,
    }
}

/// What to tell. `spoke`: the service gave a text of its own.
pub(super) fn refused(code: Code, spoke: bool, operation: &str, place: Place) -> Told {
    match code {
        Code::Invalid | Code::Unauthenticated if place == Place::SignIn => wrong(),
        Code::Invalid | Code::Unauthenticated | Code::Expired if place == Place::SignOn => invalid_code(),
        Code::NotFound if place == Place::SignOn && spoke => invalid_code(),
        // A bare HTTP 404 is no word about an account: nothing answers there.
        Code::NotFound if place == Place::SignIn && spoke => wrong(),
        Code::NotFound if !spoke && matches!(place, Place::SignIn | Place::SignOn | Place::SecondStep) => {
            not_the_service()
        }
        Code::Expired if place == Place::SecondStep => {
            told(Later::SecondStepExpired, Some(Later::SecondStepExpiredDetail), WayOut::None)
        }
        Code::Unauthenticated if place == Place::SecondStep => {
            told(Later::NoticeSignInExpired, Some(Later::SecondStepSignInAgain), WayOut::None)
        }
        Code::Unauthenticated | Code::Conflict | Code::Expired => session(code, place),
        Code::OrganizationUnselected => told(
            Later::NoticeNoOrganization,
            Some(Later::NoticeNoOrganizationDetail),
            WayOut::ChooseOrganization,
        ),
        Code::TooManyAttempts => {
            told(too_many(operation, place), Some(Later::NoticeTooManyAttemptsDetail), WayOut::Wait)
        }
        Code::Forbidden => forbidden(operation, place),
        Code::NotFound => not_found(operation, place),
        Code::NotAcquired => told(Later::NoticeNotFoundApplication, ask(), elsewhere(place)),
        Code::WrongCode => told(Later::NoticeWrongCode, None, WayOut::None),
        Code::Timeout => told(Later::NoticeTimeout, Some(Later::NoticeTimeoutDetail), WayOut::Retry),
        Code::Internal | Code::Other(500..600) => {
            told(Later::NoticeServiceFailed, Some(Later::NoticeServiceFailedDetail), WayOut::Retry)
        }
        // What follows would be refused again: the way out leads elsewhere.
        Code::Invalid => told(Later::NoticeInvalid, ask(), elsewhere(place)),
        Code::AlreadyExists => told(Later::NoticeAlreadyExists, ask(), elsewhere(place)),
        Code::OutOfRange => told(Later::NoticeOutOfRange, ask(), elsewhere(place)),
        Code::TooMany => told(Later::NoticeTooMany, ask(), elsewhere(place)),
        Code::AssignmentOff => told(Later::NoticeAssignmentOff, ask(), elsewhere(place)),
        Code::NotAssigned => told(Later::NoticeNotAssigned, ask(), elsewhere(place)),
        Code::Other(code @ (1000..2000 | 99_000..100_000)) => before_the_service(code),
        Code::Success | Code::Other(_) => told(Later::NoticeRefused, None, WayOut::Retry),
    }
}

/// The gateway's own codes, and those of its neighbours on the platform.
fn before_the_service(code: i64) -> Told {
    let (title, detail) = match code {
        1005 => (Later::NoticeGatewayFailed, Later::NoticeServiceFailedDetail),
        // Its token: it gets itself another.
        1203 | 1204 => (Later::NoticeGatewayExpired, Later::NoticeTimeoutDetail),
        99_500 => (Later::NoticeNeighbourFailed, Later::NoticeServiceFailedDetail),
        99_000..100_000 => (Later::NoticeNeighbour, Later::NoticeGatewayDetail),
        _ => (Later::NoticeGateway, Later::NoticeGatewayDetail),
    };
    told(title, Some(detail), WayOut::Retry)
}

fn ask() -> Option<Later> {
    Some(Later::ContactAdministrator)
}

/// Where to go where the same call would fail again.
fn elsewhere(place: Place) -> WayOut {
    match place {
        Place::SignIn | Place::SignOn | Place::SecondStep => WayOut::None,
        Place::Organizations | Place::Launcher => WayOut::ChooseOrganization,
        Place::Application | Place::Assets | Place::Session => WayOut::Back,
    }
}

fn wrong() -> Told {
    told(Later::SignInWrong, None, WayOut::None)
}

fn invalid_code() -> Told {
    told(Later::SignOnInvalid, Some(Later::SignOnInvalidDetail), WayOut::None)
}

fn session(code: Code, place: Place) -> Told {
    if matches!(place, Place::SignIn | Place::SignOn | Place::SecondStep) {
        // There is no session yet that could have ended.
        return match code {
            Code::Conflict => told(Later::NoticeSignedInElsewhere, None, WayOut::Retry),
            _ => told(Later::NoticeSignInExpired, Some(Later::ContactAdministrator), WayOut::None),
        };
    }
    let title =
        if code == Code::Conflict { Later::NoticeSignedInElsewhere } else { Later::NoticeSessionEnded };
    told(title, Some(Later::NoticeSessionEndedDetail), WayOut::SignIn)
}

/// Words for what was asked, where the place says less: what changes something, and what stands beside other calls.
struct Own {
    operation: &'static str,
    forbidden: Later,
    not_found: Option<Later>,
}

const fn own(operation: &'static str, forbidden: Later, not_found: Option<Later>) -> Own {
    Own { operation, forbidden, not_found }
}

static OWN: &[Own] = &[
    own("Authorize Asset", Later::NoticeForbiddenAuthorize, Some(Later::NoticeNotFoundAuthorize)),
    own("Sync Asset", Later::NoticeForbiddenSync, Some(Later::NoticeNotFoundOrganization)),
    own("Check Asset Permission", Later::NoticeForbiddenCheck, None),
    own("Get Users with Asset Access", Later::NoticeForbiddenAccess, None),
    own("Create Message", Later::NoticeForbiddenCreateMessage, None),
    own("Update Message", Later::NoticeForbiddenUpdateMessage, Some(Later::NoticeNotFoundMessage)),
    own("Confirm Password", Later::NoticeForbiddenPassword, None),
];

fn own_words(operation: &str) -> Option<&'static Own> {
    OWN.iter().find(|own| own.operation == operation)
}

/// Wrong passwords and codes are attempts; anything else that is asked too often are requests.
fn too_many(operation: &str, place: Place) -> Later {
    match place {
        Place::SignIn | Place::SignOn | Place::SecondStep => Later::NoticeTooManyAttempts,
        _ if operation == "Confirm Password" => Later::NoticeTooManyAttempts,
        _ => Later::NoticeTooManyRequests,
    }
}

fn forbidden(operation: &str, place: Place) -> Told {
    let title = match (place, own_words(operation)) {
        (Place::SignIn | Place::SignOn | Place::SecondStep, _) => Later::SignInNotAllowed,
        (_, Some(own)) => own.forbidden,
        (Place::Organizations, None) => Later::NoticeForbiddenOrganization,
        (Place::Launcher, None) => Later::NoticeForbiddenApplications,
        (Place::Application, None) => Later::NoticeForbiddenApplication,
        (Place::Assets, None) => Later::NoticeForbiddenAssets,
        (Place::Session, None) => Later::NoticeForbidden,
    };
    told(title, ask(), elsewhere(place))
}

fn not_found(operation: &str, place: Place) -> Told {
    let own = own_words(operation).and_then(|own| own.not_found);
    let (title, action) = match (place, own) {
        (Place::SignIn | Place::SignOn | Place::SecondStep, _) => (Later::NoticeNotFound, WayOut::Retry),
        (_, Some(title)) => (title, WayOut::Back),
        (Place::Application, None) => (Later::NoticeNotFoundApplication, WayOut::Back),
        (Place::Organizations, None) => (Later::NoticeNotFoundOrganization, WayOut::ChooseOrganization),
        (Place::Assets, None) => (Later::NoticeNotFound, WayOut::Back),
        (Place::Launcher | Place::Session, None) => (Later::NoticeNotFound, WayOut::Retry),
    };
    told(title, Some(Later::ContactAdministrator), action)
}
