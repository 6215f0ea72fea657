//! The service refused: what its codes mean to a person, by place (contract.md 0.2).

use portal_api::Code;

use super::{Place, Told, WayOut, not_the_service, told};
use crate::text::Text;

/// Whether the service's own text may be shown. At sign-in it could say whether an account exists
/// (experience.md L4, hostile.md 32); of a session that ended it says nothing that we do not say better.
pub(super) fn may_quote(code: Code, place: Place) -> bool {
    match code {
        Code::Invalid | Code::NotFound => place != Place::SignIn,
        Code::Unauthenticated | Code::OrganizationUnselected => false,
        _ => true,
    }
}

/// What to tell. `spoke`: the service gave a text of its own.
pub(super) fn refused(code: Code, spoke: bool, place: Place) -> Told {
    match code {
        Code::Invalid | Code::Unauthenticated if place == Place::SignIn => wrong(),
        // A bare HTTP 404 is no word about an account: nothing answers there.
        Code::NotFound if place == Place::SignIn && spoke => wrong(),
        Code::NotFound if place == Place::SignIn => not_the_service(),
        Code::Unauthenticated | Code::Conflict | Code::Expired => session(code, place),
        Code::OrganizationUnselected => told(
            Text::NoticeNoOrganization,
            Some(Text::NoticeNoOrganizationDetail),
            WayOut::ChooseOrganization,
        ),
        Code::TooManyAttempts => {
            told(Text::NoticeTooManyAttempts, Some(Text::NoticeTooManyAttemptsDetail), WayOut::Wait)
        }
        Code::Forbidden => forbidden(place),
        Code::NotFound | Code::NotAcquired => not_found(place),
        Code::WrongCode => told(Text::NoticeWrongCode, None, WayOut::None),
        Code::Timeout => told(Text::NoticeTimeout, Some(Text::NoticeTimeoutDetail), WayOut::Retry),
        Code::Internal | Code::Other(500..600) => {
            told(Text::NoticeServiceFailed, Some(Text::NoticeServiceFailedDetail), WayOut::Retry)
        }
        // The gateway's own codes and those of its neighbours.
        Code::Other(1000..2000 | 99_000..100_000) => {
            told(Text::NoticeGateway, Some(Text::NoticeGatewayDetail), WayOut::Retry)
        }
        Code::Success
        | Code::Invalid
        | Code::AlreadyExists
        | Code::OutOfRange
        | Code::TooMany
        | Code::AssignmentOff
        | Code::NotAssigned
        | Code::Other(_) => told(Text::NoticeRefused, None, WayOut::Retry),
    }
}

fn wrong() -> Told {
    told(Text::SignInWrong, None, WayOut::None)
}

fn session(code: Code, place: Place) -> Told {
    if place == Place::SignIn {
        // There is no session yet that could have ended.
        return match code {
            Code::Conflict => told(Text::NoticeSignedInElsewhere, None, WayOut::Retry),
            _ => told(Text::NoticeSignInExpired, Some(Text::ContactAdministrator), WayOut::None),
        };
    }
    let title = if code == Code::Conflict { Text::NoticeSignedInElsewhere } else { Text::NoticeSessionEnded };
    told(title, Some(Text::NoticeSessionEndedDetail), WayOut::SignIn)
}

fn forbidden(place: Place) -> Told {
    let (title, action) = match place {
        Place::SignIn => (Text::SignInNotAllowed, WayOut::None),
        Place::Organizations => (Text::NoticeForbiddenOrganization, WayOut::ChooseOrganization),
        Place::Launcher => (Text::NoticeForbiddenApplications, WayOut::ChooseOrganization),
        Place::Application => (Text::NoticeForbiddenApplication, WayOut::Back),
        Place::Session => (Text::NoticeForbidden, WayOut::Back),
    };
    told(title, Some(Text::ContactAdministrator), action)
}

fn not_found(place: Place) -> Told {
    let (title, action) = match place {
        Place::Application => (Text::NoticeNotFoundApplication, WayOut::Back),
        Place::Organizations => (Text::NoticeNotFoundOrganization, WayOut::ChooseOrganization),
        Place::SignIn | Place::Launcher | Place::Session => (Text::NoticeNotFound, WayOut::Retry),
    };
    told(title, Some(Text::ContactAdministrator), action)
}
