//! Every error has words and a way out, and nothing of the service's inside gets on screen.

use portal_api::{Code, Error, ErrorKind, TransportFailure};
use portal_core::notice::{Notice, Place, WayOut, notice, service_text};
use portal_core::text::Later;
use proptest::prelude::*;

const PLACES: [Place; 7] = [
    Place::SignIn,
    Place::SignOn,
    Place::SecondStep,
    Place::Organizations,
    Place::Launcher,
    Place::Application,
    Place::Session,
];

fn error(kind: ErrorKind) -> Error {
    Error { operation: "Log In", kind, request_id: Some("r-1".to_owned()) }
}

fn refused(number: i64, message: Option<&str>) -> Error {
    let message = message.map(str::to_owned);
    error(ErrorKind::Refused { code: Code::from_number(number), number, message, retry_after: None })
}

fn told(number: i64, message: Option<&str>, place: Place) -> Notice {
    notice(&refused(number, message), place)
}

// experience.md L4, hostile.md 32: one message that does not say which of the two is wrong, whatever the service
// says about it.
#[test]
fn a_wrong_password_does_not_tell_which_is_wrong() {
    for (number, message) in [
        (31400, Some("User not found")),
        (400, Some("Password error, account exists")),
        (31400, None),
        (31401, Some("no such account")),
        (31404, Some("user does not exist")),
    ] {
        let told = told(number, message, Place::SignIn);
        assert_eq!(
            (told.title, told.detail, told.service_text),
            (Later::SignInWrong, None, None),
            "{number}"
        );
        assert_eq!(told.action, WayOut::None, "the form is the way out");
    }
    // Nothing answers at that address: no word about the password.
    assert_eq!(told(404, None, Place::SignIn).title, Later::NoticeNotTheService);
}

// contract.md 1.2: the code of a sign-on is good once. Whatever became of it, the same call is never offered again, and
// the service's own text, which could say whether an account exists, is not shown.
#[test]
fn a_spent_code_is_never_tried_again() {
    for (number, message, title) in [
        (31400, Some("no such account"), Later::SignOnInvalid),
        (400, None, Later::SignOnInvalid),
        (31401, Some("Please login first"), Later::SignOnInvalid),
        (31404, Some("user does not exist"), Later::SignOnInvalid),
        (404, None, Later::NoticeNotTheService),
        (31500, Some("x"), Later::NoticeServiceFailed),
        (31403, Some("x"), Later::SignInNotAllowed),
        (418, None, Later::NoticeRefused),
    ] {
        let told = told(number, message, Place::SignOn);
        assert_eq!((told.title, told.action), (title, WayOut::None), "{number}");
        assert!(told.detail.is_some(), "{number}");
    }
    assert_eq!(told(31429, None, Place::SignOn).action, WayOut::Wait);
    for kind in [ErrorKind::Transport(TransportFailure::Network), ErrorKind::Empty] {
        assert_eq!(notice(&error(kind), Place::SignOn).action, WayOut::None);
    }
    let without_token = ErrorKind::Malformed { place: "data.accessToken".to_owned() };
    assert_eq!(notice(&error(without_token), Place::SignOn).title, Later::SignOnNoToken);
}

// contract.md 2.1: what the codes of the second step mean there and nowhere else.
#[test]
fn a_second_step_has_words_of_its_own() {
    for (number, message, title, action) in [
        (31430, Some("wrong"), Later::NoticeWrongCode, WayOut::None),
        (31410, Some("expired"), Later::SecondStepExpired, WayOut::None),
        (410, None, Later::SecondStepExpired, WayOut::None),
        (31429, Some("Try again in 60 seconds."), Later::NoticeTooManyAttempts, WayOut::Wait),
        (31401, Some("Please login first"), Later::NoticeSignInExpired, WayOut::None),
        // The code stands in the box: the person changes it, or has another sent.
        (31400, Some("code is required"), Later::NoticeInvalid, WayOut::None),
        (404, None, Later::NoticeNotTheService, WayOut::Retry),
        (31500, None, Later::NoticeServiceFailed, WayOut::Retry),
    ] {
        let told = told(number, message, Place::SecondStep);
        assert_eq!((told.title, told.action), (title, action), "{number}");
    }
}

// experience.md L5, contract.md 0.2: 31429 says to wait and is never repeated by itself.
#[test]
fn a_lock_says_to_wait() {
    for (message, retry_after, seconds) in [
        (Some("Try again in 60 seconds."), None, Some(60)),
        (Some("Try again in 60 seconds."), Some(5), Some(5)),
        (Some("账号已锁定，请 30 分钟后重试"), None, Some(1800)),
        (Some("5 wrong attempts: wait 1 hour"), None, Some(3600)),
        (Some("Wait 45s"), None, Some(45)),
        (Some("Too many attempts (429)"), None, None),
        (Some("3 sites are locked"), None, None),
        (Some("wait 99999999999 seconds"), None, None),
        (Some("wait 99 hours"), None, None),
        (None, None, None),
        (None, Some(7), Some(7)),
    ] {
        let code = Code::TooManyAttempts;
        let kind =
            ErrorKind::Refused { code, number: 31_429, message: message.map(str::to_owned), retry_after };
        let told = notice(&error(kind), Place::SignIn);
        assert_eq!((told.title, told.action), (Later::NoticeTooManyAttempts, WayOut::Wait));
        assert_eq!(told.wait_seconds, seconds, "{message:?}");
    }
    assert_eq!(told(31500, Some("Try again in 60 seconds"), Place::SignIn).wait_seconds, None);
}

// experience.md L6: network down, time-out, 5xx and "not our server" are different texts, each with a retry.
#[test]
fn four_failures_have_four_texts() {
    for place in PLACES {
        let kinds = [
            ErrorKind::Transport(TransportFailure::Offline),
            ErrorKind::Transport(TransportFailure::Network),
            ErrorKind::Transport(TransportFailure::Timeout),
            ErrorKind::Transport(TransportFailure::CrossOrigin),
            ErrorKind::Transport(TransportFailure::Policy),
            ErrorKind::Refused {
                code: Code::from_status(503),
                number: 503,
                message: None,
                retry_after: None,
            },
            ErrorKind::NotTheService { status: 200 },
        ];
        let notices: Vec<_> = kinds.into_iter().map(|kind| notice(&error(kind), place)).collect();
        for (index, told) in notices.iter().enumerate() {
            let again = if place == Place::SignOn { WayOut::None } else { WayOut::Retry };
            assert_eq!(told.action, again);
            assert!(told.detail.is_some());
            assert!(
                notices.iter().skip(index + 1).all(|other| other.title.english() != told.title.english())
            );
        }
    }
    for status in [500, 502, 503, 599] {
        let (code, number) = (Code::from_status(status), i64::from(status));
        let kind = ErrorKind::Refused { code, number, message: None, retry_after: None };
        assert_eq!(notice(&error(kind), Place::Launcher).title, Later::NoticeServiceFailed, "{status}");
    }
}

// A proxy whose sign-in has expired answers every call with a redirect: another try is answered in the same way, and only
// loading the page again leads to the sign-in of the proxy.
#[test]
fn a_redirect_offers_to_reload_the_page() {
    for place in PLACES {
        let told = notice(&error(ErrorKind::Transport(TransportFailure::Redirected)), place);
        assert_eq!((told.title, told.action), (Later::NoticeRedirected, WayOut::Reload), "{place:?}");
        assert_eq!(told.action.text().map(|word| word.english), Some("Reload the page"));
    }
}

// Whoever is told to wait is told how long, where the service said so: not only after 31429.
#[test]
fn a_service_in_trouble_says_when_to_come_back() {
    let code = Code::from_status(503);
    let kind = ErrorKind::Refused { code, number: 503, message: None, retry_after: Some(30) };
    let told = notice(&error(kind.clone()), Place::Launcher);
    assert_eq!((told.title, told.action), (Later::NoticeServiceFailed, WayOut::Wait));
    assert_eq!(told.wait_seconds, Some(30));
    assert_eq!(notice(&error(kind), Place::SignOn).action, WayOut::None, "its code is spent");
}

// contract.md 0.2, client rule; hostile.md 79: the way out fits the place.
#[test]
fn ways_out() {
    for (number, place, title, action) in [
        (31401, Place::Launcher, Later::NoticeSessionEnded, WayOut::SignIn),
        (31410, Place::Session, Later::NoticeSessionEnded, WayOut::SignIn),
        (31409, Place::Launcher, Later::NoticeSignedInElsewhere, WayOut::SignIn),
        (31512, Place::Launcher, Later::NoticeNoOrganization, WayOut::ChooseOrganization),
        (512, Place::Application, Later::NoticeNoOrganization, WayOut::ChooseOrganization),
        (31403, Place::Application, Later::NoticeForbiddenApplication, WayOut::Back),
        (31403, Place::Launcher, Later::NoticeForbiddenApplications, WayOut::ChooseOrganization),
        (31404, Place::Application, Later::NoticeNotFoundApplication, WayOut::Back),
        (31520, Place::Application, Later::NoticeNotFoundApplication, WayOut::Back),
        (31404, Place::Organizations, Later::NoticeNotFoundOrganization, WayOut::ChooseOrganization),
        (1002, Place::SignIn, Later::NoticeGateway, WayOut::Retry),
        (99_403, Place::Launcher, Later::NoticeNeighbour, WayOut::Retry),
        (31500, Place::Launcher, Later::NoticeServiceFailed, WayOut::Retry),
        (31504, Place::Launcher, Later::NoticeTimeout, WayOut::Retry),
        (418, Place::Launcher, Later::NoticeRefused, WayOut::Retry),
    ] {
        let told = told(number, Some("Something happened"), place);
        assert_eq!((told.title, told.action), (title, action), "{number} {place:?}");
        assert_eq!((told.operation, told.request_id.as_deref()), ("Log In", Some("r-1")));
        assert_eq!(told.code, Some(number));
    }
    let told = told(31403, Some("OU administrator needed"), Place::Application);
    assert_eq!(told.service_text.as_deref(), Some("OU administrator needed"));
}

// hostile.md 64, 73: no reply, however broken, is without words.
#[test]
fn every_error_has_words() {
    let mut kinds: Vec<ErrorKind> = [
        TransportFailure::Offline,
        TransportFailure::Network,
        TransportFailure::Timeout,
        TransportFailure::Aborted,
        TransportFailure::TooLarge,
        TransportFailure::Redirected,
        TransportFailure::CrossOrigin,
        TransportFailure::Policy,
    ]
    .into_iter()
    .map(ErrorKind::Transport)
    .collect();
    kinds.extend([
        ErrorKind::Empty,
        ErrorKind::NotTheService { status: 200 },
        ErrorKind::Malformed { place: "data.accessToken".to_owned() },
    ]);
    let numbers = (0..1300).chain(31_000..32_000).chain(99_000..100_000).chain([i64::MIN, -1, i64::MAX]);
    kinds.extend(numbers.map(|number| ErrorKind::Refused {
        code: Code::from_number(number),
        number,
        message: Some("text".to_owned()),
        retry_after: None,
    }));
    for kind in kinds {
        for place in PLACES {
            let told = notice(&error(kind.clone()), place);
            // A way out, or advice, or (a wrong password, a wrong code) the form itself.
            let form = [Later::SignInWrong, Later::NoticeWrongCode].contains(&told.title);
            assert!(told.action != WayOut::None || told.detail.is_some() || form, "{kind:?} {place:?}");
            assert_eq!(told.action == WayOut::None, told.action.text().is_none());
            assert!(told.wait_seconds.is_none() || told.action == WayOut::Wait);
            let signs_in = told.action == WayOut::SignIn;
            let here = matches!(place, Place::SignIn | Place::SignOn | Place::SecondStep);
            assert!(!(signs_in && here), "{kind:?}: a way out that leads here");
        }
    }
}

// hostile.md 72, 73: shown as text where it is one, else not at all.
#[test]
fn what_the_service_says() {
    for (raw, shown) in [
        ("Application not acquired", Some("Application not acquired")),
        ("  two\r\n lines\t here ", Some("two lines here")),
        ("组织未购买该应用", Some("组织未购买该应用")),
        ("limit < 5 and > 2", Some("limit < 5 and > 2")),
        ("[E102] Not acquired", Some("[E102] Not acquired")),
        ("it's {{7*7}}", Some("it's {{7*7}}")),
        ("Access token is not valid", Some("Access token is not valid")),
        ("bad token APP_PORTAL_S_0123456789abcdef0123456789abcdef", Some("bad token …")),
        ("key 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b is wrong", Some("key … is wrong")),
        ("\u{202E}txet", Some("txet")),
        ("<html><body>502</body></html>", None),
        ("<!DOCTYPE html>", None),
        ("x <img src=x onerror=alert(1)>", None),
        ("</script>", None),
        ("&lt;b&gt;", None),
        ("{\"code\":500}", None),
        ("[{\"a\":1}]", None),
        ("java.lang.NullPointerException: null\n\tat com.envision.Login.run(Login.java:42)", None),
        ("Traceback (most recent call last):\n File \"a.py\", line 1", None),
        ("thread 'main' panicked at src/main.rs:1", None),
        ("bad SQL: SQLSTATE[42000]", None),
        ("", None),
        (" \n", None),
        ("…", None),
        ("---", None),
    ] {
        assert_eq!(service_text(raw).as_deref(), shown, "{raw}");
    }
    let long = service_text(&"风 ".repeat(500)).unwrap();
    assert_eq!(long.chars().count(), 200);
    assert!(long.ends_with('…'));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    // Total, one line, short, no markup, and what was made safe stays as it is.
    #[test]
    fn whatever_it_says_is_safe(raw in any::<String>(), tag in "(<|</|<!|<\\?)[a-z]{1,5}( |>)") {
        if let Some(shown) = service_text(&raw) {
            prop_assert!(shown.chars().count() <= 200);
            let odd = shown.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{202E}'));
            prop_assert!(!odd);
            prop_assert_eq!(service_text(&shown), Some(shown.clone()));
        }
        prop_assert_eq!(service_text(&format!("{raw}{tag}")), None);
    }

    // hostile.md 29: no token and no password, wherever in the text and however announced.
    #[test]
    fn secrets_stay_inside(
        before in "[a-z ,.]{0,40}",
        secret in "[A-Za-z0-9]{32}",
        form in 0_usize..9,
        after in "[a-z ,.]{0,40}",
    ) {
        prop_assume!(secret.contains(|c: char| c.is_ascii_digit()) && secret.contains(char::is_alphabetic));
        let said = match form {
            0 => format!("APP_PORTAL_S_{secret}"),
            1 => format!("Bearer {secret}"),
            2 => format!("eyJhbGciOiJIUzI1NiJ9.{secret}.{secret}"),
            3 => format!("\"accessToken\":\"{secret}\""),
            4 => format!("refreshToken={secret}"),
            5 => format!("password: {secret}"),
            6 => format!("apim-signature={secret}"),
            7 => format!("Bearer\n{secret}"),
            _ => secret.clone(),
        };
        let shown = service_text(&format!("{before} {said} {after}")).unwrap_or_default();
        prop_assert!(!shown.contains(&secret), "{}", shown);
        let kind = ErrorKind::Refused { code: Code::Forbidden, number: 403, message: Some(said), retry_after: None };
        let told = format!("{:?}", notice(&error(kind), Place::Launcher));
        prop_assert!(!told.contains(&secret), "{}", told);
    }
}
