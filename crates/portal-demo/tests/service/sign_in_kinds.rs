//! The other ways in: a code of a single sign-on, the domain of an e-mail address, the second step by e-mail.

use portal_api::application::GetUserApplications;
use portal_api::authentication::{GetTokenInformation, LogOut, RefreshAccessToken, RevokeRefreshToken};
use portal_api::organization::{GetOrganizationList, GetUserDomain, GetUserInformation, UserDomain};
use portal_api::verification::{Outcome, SendVerificationCode, VerifyCode};
use portal_api::{Code, Endpoint, Error, ErrorKind, RefreshToken};
use portal_demo::{Options, ServiceRequest, VERIFICATION_CODE, authorization_code};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{Host, applications, code, menus, message, ready};

const EXPIRED: Option<Code> = Some(Code::Expired);
const INVALID: Option<Code> = Some(Code::Invalid);
const TOO_MANY: Option<Code> = Some(Code::TooManyAttempts);
const WRONG: Option<Code> = Some(Code::WrongCode);

// contract.md 1.2: a code signs in like a password, once, for a short time.
#[test]
fn a_code_is_good_once_and_not_for_long() {
    let host = Host::new();
    let given = authorization_code("morgan", host.now.get(), "n1");
    let signed_in = host.log_in_via_code(&given).unwrap();
    assert_eq!((signed_in.viewer.name.as_str(), signed_in.second_factor), ("Morgan Keller", None));
    assert_eq!(signed_in.organizations.entries.len(), 5);
    let token = host.choose(&signed_in.token, "o-north-sea").unwrap().tokens.access.unwrap();
    assert!(applications(&host, &token).len() >= 34);

    let again = host.log_in_via_code(&given).unwrap_err();
    assert_eq!((again.code(), message(&again)), (INVALID, "The authorization code is invalid"));
    // A reload of the page does not make it good again.
    let other = Host::new();
    other.portal.borrow_mut().restore(&host.portal.borrow().snapshot());
    assert!(!host.portal.borrow().snapshot().contains(&given));
    assert_eq!(code(other.log_in_via_code(&given)), INVALID);
    // Another code of the same second is another code.
    assert!(other.log_in_via_code(&authorization_code("morgan", host.now.get(), "n2")).is_ok());

    let late = authorization_code("morgan", host.now.get(), "n3");
    host.wait(119);
    assert!(host.log_in_via_code(&late).is_ok());
    let late = authorization_code("solo", host.now.get(), "n4");
    host.wait(120);
    for bad in [late.as_str(), "demo.stranger.1795305600.n", "demo.morgan", "something else"] {
        let error = host.log_in_via_code(bad).unwrap_err();
        assert_eq!((error.code(), message(&error)), (INVALID, "The authorization code is invalid"));
    }
}

// contract.md 1.2: the failures of signing in with a code, each by an account.
#[test]
fn a_code_fails_in_every_way() {
    let host = Host::new();
    let with = |account: &str| host.log_in_via_code(&authorization_code(account, host.now.get(), "n"));
    assert_eq!(code(with("locked")), TOO_MANY);
    assert_eq!(code(with("login500")), Some(Code::Internal));
    assert_eq!(with("html").unwrap_err().kind, ErrorKind::NotTheService { status: 200 });
    let place = "data.accessToken".to_owned();
    assert_eq!(with("no-token").unwrap_err().kind, ErrorKind::Malformed { place });
    assert!(host.log_in("no-token", "portal").is_ok());
    assert_eq!(with("legacy").unwrap().viewer.name, "Leo Garcia");
    // Wrong passwords lock the account for every way in.
    for _ in 0..5 {
        host.log_in("solo", "wrong").unwrap_err();
    }
    assert_eq!(code(with("solo")), TOO_MANY);
    host.wait(60);
    assert!(with("solo").is_ok());
}

// contract.md 1.13: by the e-mail address; a domain may have a sign-in of its own.
#[test]
fn domains() {
    let host =
        Host::with(Options { sample_origin: Some("http://127.0.0.1:8081".to_owned()), ..Options::default() });
    let ask = |email: &str| -> Result<UserDomain, Error> {
        ready(host.client().send(&GetUserDomain { email: email.to_owned() }))
    };
    let own = ask(" Morgan.Keller@north-sea.example ").unwrap();
    assert_eq!(own.id.unwrap().as_str(), "d-north-sea");
    assert_eq!(own.name.fallback.as_deref(), Some("North Sea Energy"));
    assert!(own.name.by_locale.contains(&("zh-CN".to_owned(), "北海能源".to_owned())));
    assert!(!own.description.is_empty());
    assert!(own.address.unwrap().starts_with("http://127.0.0.1:8081/sample-apps/"));
    let none = ask("sofia.lombardi@helios.example").unwrap();
    assert_eq!((none.name.fallback.as_deref(), none.address), (Some("Helios Solar Group"), None));
    let bare = ask("emil.prado@quiet-meadow.example").unwrap();
    assert!(bare.description.is_empty() && bare.address.is_none());
    // For the launch policy to refuse.
    let hostile = ask("hal.ostile@red-team.example").unwrap();
    assert_eq!(hostile.address.as_deref(), Some("javascript:alert(1)"));
    // An old service has the plain name only.
    let old = ask("leo.garcia@example.com").unwrap();
    assert!(old.name.by_locale.is_empty() && old.name.fallback.is_some());
    for unknown in ["nobody@north-sea.example", "north-sea.example", "morgan", "@"] {
        let error = ask(unknown).unwrap_err();
        let text = "The email address is not bound to an account";
        assert_eq!((error.code(), message(&error)), (Some(Code::NotFound), text), "{unknown}");
    }
    assert_eq!(code(ask("")), INVALID);
}

// contract.md §5 leaves open what waits for the second step: here everything but the step itself and leaving.
#[test]
fn nobody_gets_past_the_second_step() {
    let host = Host::new();
    let token = host.waiting();
    let client = host.client();
    let user = client.with(&token);
    let refresh_token = RefreshToken::parse("nonsense").unwrap();
    for refused in [
        code(host.choose(&token, "o-helios")),
        code(ready(user.send(&GetTokenInformation))),
        code(ready(user.send(&GetOrganizationList))),
        code(ready(user.send(&GetUserInformation))),
        code(ready(user.send(&GetUserApplications))),
        code(ready(user.send(&RevokeRefreshToken { refresh_token }))),
        code(menus(&host, &token, "site-safety")),
    ] {
        assert_eq!(refused, Some(Code::Forbidden));
    }
    ready(user.send(&LogOut)).unwrap();
    assert_eq!(code(host.send_code(&token)), Some(Code::Unauthenticated));
}

// contract.md 2.1: send, verify, choose; the code is good once.
#[test]
fn the_second_step_by_mail() {
    let host = Host::new();
    let token = host.waiting();
    // Nothing was sent yet, so that nothing can be right.
    assert_eq!(code(host.verify(&token, VERIFICATION_CODE)), EXPIRED);
    host.send_code(&token).unwrap();
    // A reload of the page loses neither the code nor the step.
    let again = Host::new();
    again.portal.borrow_mut().restore(&host.portal.borrow().snapshot());
    assert_eq!(again.verify(&token, "246 810"), Ok(Outcome::Done));
    let host = Host::new();
    host.portal.borrow_mut().restore(&again.portal.borrow().snapshot());
    assert_eq!(ready(host.client().with(&token).send(&GetOrganizationList)).unwrap().entries.len(), 1);
    let chosen = host.choose(&token, "o-helios").unwrap();
    assert!(!applications(&host, &chosen.tokens.access.unwrap()).is_empty());
    let refresh_token = chosen.tokens.refresh.unwrap();
    let fresh = ready(host.client().send(&RefreshAccessToken { refresh_token })).unwrap();
    assert!(!applications(&host, &fresh.tokens.access.unwrap()).is_empty());
    assert_eq!(code(host.verify(&token, VERIFICATION_CODE)), EXPIRED);
    // The step belongs to one sign-in: the next one has its own.
    assert_eq!(code(host.choose(&host.waiting(), "o-helios")), Some(Code::Forbidden));
    // A provider of single sign-on has seen to it.
    let by_code = host.log_in_via_code(&authorization_code("mfa", host.now.get(), "n")).unwrap();
    assert!(by_code.second_factor.is_none() && host.choose(&by_code.token, "o-helios").is_ok());
}

// contract.md 2.1: 31410, 31430, 31429; an ended code must not sign anybody out.
#[test]
fn codes_ended_wrong_and_too_many() {
    let host = Host::new();
    let token = host.waiting();
    host.send_code(&token).unwrap();
    let ended = host.verify(&token, "000000").unwrap_err();
    assert_eq!((ended.code(), message(&ended)), (EXPIRED, "The verification code has expired"));
    assert!(!ended.ends_session());
    let wrong = ["1", "2", "3", "4", "5"].map(|typed| code(host.verify(&token, typed)));
    assert_eq!(wrong, [WRONG, WRONG, WRONG, WRONG, TOO_MANY]);
    // Locked for the right code too, but not for others who try the same account.
    let locked = host.verify(&token, VERIFICATION_CODE).unwrap_err();
    let text = "Too many verification codes. Try again in 60 seconds.";
    assert_eq!((locked.code(), message(&locked)), (TOO_MANY, text));
    let other = host.waiting();
    host.send_code(&other).unwrap();
    assert_eq!(host.verify(&other, VERIFICATION_CODE), Ok(Outcome::Done));
    host.wait(60);
    assert_eq!(host.verify(&token, VERIFICATION_CODE), Ok(Outcome::Done));
    // The code itself ends too.
    let late = host.waiting();
    host.send_code(&late).unwrap();
    host.wait(300);
    assert_eq!(code(host.verify(&late, VERIFICATION_CODE)), EXPIRED);
    host.send_code(&late).unwrap();
    assert_eq!(host.verify(&late, VERIFICATION_CODE), Ok(Outcome::Done));
}

#[test]
fn too_many_messages() {
    let host = Host::new();
    let token = host.waiting();
    for _ in 0..5 {
        host.send_code(&token).unwrap();
    }
    assert_eq!(code(host.send_code(&token)), TOO_MANY);
    host.wait(60);
    host.send_code(&token).unwrap();
}

// Only one kind has calls: for all others the service says so, and leaving is the way out.
#[test]
fn other_kinds_have_no_code() {
    let host = Host::new();
    let signed_in = host.log_in("mfa-other", "portal").unwrap();
    assert_eq!(signed_in.second_factor.as_deref(), Some("TOTP"));
    assert_eq!(code(host.choose(&signed_in.token, "o-helios")), Some(Code::Forbidden));
    assert_eq!(code(host.send_code(&signed_in.token)), INVALID);
    assert_eq!(code(host.verify(&signed_in.token, VERIFICATION_CODE)), INVALID);
    ready(host.client().with(&signed_in.token).send(&LogOut)).unwrap();
    assert_eq!(code(host.send_code(&host.log_in("solo", "portal").unwrap().token)), INVALID);
}

// contract.md 2.1: Send Verification Code reads `accessToken`, Verify Code `Authorization` or the other.
#[test]
fn the_headers_of_the_second_step() {
    let host = Host::new();
    let token = host.waiting().header();
    let in_own = [("accesstoken", token.as_str())];
    let send = |headers: &[(&str, &str)], authorization: Option<&str>, path: &str| {
        let request = ServiceRequest {
            method: "POST",
            path,
            query: "type=mfa",
            authorization,
            headers,
            body: br#"{"code":"1"}"#,
        };
        let envelope: Value = serde_json::from_slice(&host.raw(&request).response.body).unwrap();
        envelope["code"].clone()
    };
    let (sending, verifying) = (SendVerificationCode::SPEC.path, VerifyCode::SPEC.path);
    assert_eq!(send(&[], Some(&token), sending), json!(31401));
    assert_eq!(send(&in_own, None, sending), json!(0));
    assert_eq!(send(&[], Some(&token), verifying), json!(31430));
    assert_eq!(send(&in_own, None, verifying), json!(31430));
    assert_eq!(send(&[], None, verifying), json!(31401));
    assert_eq!(send(&in_own, Some("Bearer nonsense"), verifying), json!(31401));
}

#[derive(Clone, Debug)]
enum Step {
    Send,
    Try(String),
    Wait(i64),
    Reload,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        Just(Step::Send),
        prop_oneof![Just("000000".to_owned()), "[0-9]{6}", ".+"].prop_map(Step::Try),
        (0_i64..400).prop_map(Step::Wait),
        Just(Step::Reload),
    ]
}

proptest! {
    // A reload reads the whole catalogue again.
    #![proptest_config(ProptestConfig::with_cases(64))]

    // In no order of events does anything but the right code open the way, and none ends the session.
    #[test]
    fn only_the_code_opens_the_way(steps in prop::collection::vec(step(), 0..20)) {
        let mut host = Host::new();
        let token = host.waiting();
        for step in steps {
            match step {
                Step::Send => {
                    let sent = host.send_code(&token);
                    prop_assert!(sent.is_ok() || code(sent) == TOO_MANY);
                }
                Step::Try(typed) => {
                    let Some(typed) = portal_api::VerificationCode::parse(&typed) else { continue };
                    prop_assume!(typed.reveal() != VERIFICATION_CODE);
                    let error = host.verify(&token, typed.reveal()).unwrap_err();
                    prop_assert!(matches!(error.code(), EXPIRED | WRONG | TOO_MANY) && !error.ends_session());
                }
                Step::Wait(seconds) => {
                    // The token itself lives for an hour.
                    if host.now.get() + seconds * 1000 < crate::support::START + 3_000_000 {
                        host.wait(seconds);
                    }
                }
                Step::Reload => {
                    let next = Host::new();
                    next.portal.borrow_mut().restore(&host.portal.borrow().snapshot());
                    next.now.set(host.now.get());
                    host = next;
                }
            }
            prop_assert_eq!(code(host.choose(&token, "o-helios")), Some(Code::Forbidden));
        }
        // Whatever went before: after a while the right code does.
        host.wait(60);
        prop_assert!(host.send_code(&token).is_ok());
        prop_assert_eq!(host.verify(&token, VERIFICATION_CODE), Ok(Outcome::Done));
        prop_assert!(host.choose(&token, "o-helios").is_ok());
    }
}
