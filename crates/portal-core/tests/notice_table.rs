//! Every error code that the service documents, at every place where it can be told: which words, and which way out
//! (contract.md 0.2). The table is written out, so that a change of the words has to be one here, too.

use std::collections::BTreeSet;

use portal_api::{Code, ENDPOINTS, Error, ErrorKind, Family};
use portal_core::notice::{
    Notice, Place,
    WayOut::{self, Back, ChooseOrganization, None as Nothing, Retry, SignIn, Wait},
    notice,
};
use portal_core::text::Later;

const PLACES: [Place; 5] =
    [Place::SignIn, Place::Organizations, Place::Launcher, Place::Application, Place::Session];

/// The ways out of what would be refused again, in the order of [`PLACES`].
const ELSEWHERE: [WayOut; 5] = [Nothing, ChooseOrganization, ChooseOrganization, Back, Back];
const AGAIN: [WayOut; 5] = [Retry; 5];

struct Row {
    /// The code of version 2.2 and that of version 2.0, where there are two.
    numbers: &'static [i64],
    titles: [Later; 5],
    ways: [WayOut; 5],
}

const fn row(numbers: &'static [i64], titles: [Later; 5], ways: [WayOut; 5]) -> Row {
    Row { numbers, titles, ways }
}

/// The same words everywhere.
const fn plain(numbers: &'static [i64], title: Later, ways: [WayOut; 5]) -> Row {
    Row { numbers, titles: [title; 5], ways }
}

const TABLE: &[Row] = &[
    row(
        &[31_400, 400],
        [
            Later::SignInWrong,
            Later::NoticeInvalid,
            Later::NoticeInvalid,
            Later::NoticeInvalid,
            Later::NoticeInvalid,
        ],
        ELSEWHERE,
    ),
    row(
        &[31_401, 401],
        [
            Later::SignInWrong,
            Later::NoticeSessionEnded,
            Later::NoticeSessionEnded,
            Later::NoticeSessionEnded,
            Later::NoticeSessionEnded,
        ],
        [Nothing, SignIn, SignIn, SignIn, SignIn],
    ),
    row(
        &[31_403, 403],
        [
            Later::SignInNotAllowed,
            Later::NoticeForbiddenOrganization,
            Later::NoticeForbiddenApplications,
            Later::NoticeForbiddenApplication,
            Later::NoticeForbidden,
        ],
        ELSEWHERE,
    ),
    row(
        &[31_404, 404],
        [
            Later::SignInWrong,
            Later::NoticeNotFoundOrganization,
            Later::NoticeNotFound,
            Later::NoticeNotFoundApplication,
            Later::NoticeNotFound,
        ],
        [Nothing, ChooseOrganization, Retry, Back, Retry],
    ),
    plain(&[31_408, 408], Later::NoticeAlreadyExists, ELSEWHERE),
    plain(
        &[31_409, 409],
        Later::NoticeSignedInElsewhere,
        // Before there is a session, none has ended.
        [Retry, SignIn, SignIn, SignIn, SignIn],
    ),
    row(
        &[31_410, 410],
        [
            Later::NoticeSignInExpired,
            Later::NoticeSessionEnded,
            Later::NoticeSessionEnded,
            Later::NoticeSessionEnded,
            Later::NoticeSessionEnded,
        ],
        [Nothing, SignIn, SignIn, SignIn, SignIn],
    ),
    plain(&[31_415, 415], Later::NoticeOutOfRange, ELSEWHERE),
    row(
        &[31_429, 429],
        // A password is attempted; lists are requested.
        [
            Later::NoticeTooManyAttempts,
            Later::NoticeTooManyRequests,
            Later::NoticeTooManyRequests,
            Later::NoticeTooManyRequests,
            Later::NoticeTooManyRequests,
        ],
        [Wait; 5],
    ),
    plain(&[31_430], Later::NoticeWrongCode, [Nothing; 5]),
    plain(&[31_432, 432], Later::NoticeTooMany, ELSEWHERE),
    plain(&[31_500, 500], Later::NoticeServiceFailed, AGAIN),
    plain(&[31_504, 504], Later::NoticeTimeout, AGAIN),
    plain(&[31_512, 512], Later::NoticeNoOrganization, [ChooseOrganization; 5]),
    plain(&[31_520], Later::NoticeNotFoundApplication, ELSEWHERE),
    plain(&[31_530], Later::NoticeAssignmentOff, ELSEWHERE),
    plain(&[31_531], Later::NoticeNotAssigned, ELSEWHERE),
    plain(&[1001, 1002, 1003, 1004, 1202], Later::NoticeGateway, AGAIN),
    plain(&[1005], Later::NoticeGatewayFailed, AGAIN),
    plain(&[1203, 1204], Later::NoticeGatewayExpired, AGAIN),
    plain(&[99_400, 99_403, 99_404], Later::NoticeNeighbour, AGAIN),
    plain(&[99_500], Later::NoticeNeighbourFailed, AGAIN),
];

fn told(number: i64, place: Place) -> Notice {
    told_of("Any", number, place)
}

fn told_of(operation: &'static str, number: i64, place: Place) -> Notice {
    let message = Some("What the service says".to_owned());
    let kind = ErrorKind::Refused { code: Code::from_number(number), number, message, retry_after: None };
    notice(&Error { operation, kind, request_id: None }, place)
}

#[test]
fn every_documented_code_at_every_place() {
    for Row { numbers, titles, ways } in TABLE {
        for number in *numbers {
            for ((place, title), way) in PLACES.into_iter().zip(titles).zip(ways) {
                let told = told(*number, place);
                assert_eq!((&told.title, &told.action), (title, way), "{number} {place:?}");
                assert!(!told.title.english().is_empty());
            }
        }
    }
}

// A code without words of its own would be told as "The service refused the request." and nothing else.
#[test]
fn no_documented_code_is_without_words_of_its_own() {
    for number in TABLE.iter().flat_map(|row| row.numbers) {
        for place in PLACES {
            assert_ne!(told(*number, place).title, Later::NoticeRefused, "{number} {place:?}");
        }
    }
}

// contract.md 0.2, client rules.
#[test]
fn no_organization_never_leads_to_sign_in_and_a_lock_never_to_another_try_by_itself() {
    for place in PLACES {
        for number in [31_512, 512] {
            assert_eq!(told(number, place).action, ChooseOrganization);
        }
        for number in [31_429, 429] {
            let told = told(number, place);
            assert_eq!(told.action, Wait);
            assert_eq!(told.detail, Some(Later::NoticeTooManyAttemptsDetail));
        }
    }
}

// "You may not see these assets" is no answer to who wanted to synchronize them: what changes something says which
// permission is missing, each in words of its own.
#[test]
fn every_write_that_is_refused_says_what_is_not_allowed() {
    let places = [Place::Launcher, Place::Application, Place::Assets, Place::Session];
    let reads: BTreeSet<&str> = places.iter().map(|place| told(31_403, *place).title.english()).collect();
    let mut words = BTreeSet::new();
    let writes = ENDPOINTS.iter().filter(|spec| !spec.repeatable && spec.family != Family::Authentication);
    for spec in writes {
        let titles: BTreeSet<&str> =
            places.iter().map(|place| told_of(spec.operation, 31_403, *place).title.english()).collect();
        assert_eq!(titles.len(), 1, "{}: the same in every place", spec.operation);
        for title in titles {
            assert!(!reads.contains(title), "{}: {title}", spec.operation);
            assert!(words.insert(title), "{}: {title}", spec.operation);
        }
    }
    assert!(words.len() >= 4);
    for (operation, title) in [
        ("Authorize Asset", Later::NoticeForbiddenAuthorize),
        ("Sync Asset", Later::NoticeForbiddenSync),
        ("Check Asset Permission", Later::NoticeForbiddenCheck),
        ("Get Users with Asset Access", Later::NoticeForbiddenAccess),
        ("Get Assets by Organization", Later::NoticeForbiddenAssets),
    ] {
        assert_eq!(told_of(operation, 31_403, Place::Assets).title, title);
    }
    assert_eq!(told_of("Authorize Asset", 31_404, Place::Assets).title, Later::NoticeNotFoundAuthorize);
}

// For a help desk that looks a code up: 31403 and 403 are one rule and two codes.
#[test]
fn the_code_is_shown_as_it_was_sent() {
    for number in TABLE.iter().flat_map(|row| row.numbers) {
        for place in PLACES {
            assert_eq!(told(*number, place).code, Some(*number));
        }
    }
}
