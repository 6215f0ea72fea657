//! contract.md 1.2, 1.13 and 2.1 with the quirks of §6: signing in by code, domains, the second step.

use portal_api::authentication::{LogIn, LogInViaCode, LogOut};
use portal_api::organization::{GetUserDomain, GetUserInformation, UserDomain};
use portal_api::verification::{Outcome, SendVerificationCode, VerifyCode, is_email_code};
use portal_api::{
    AuthorizationCode, Body, Code, ENDPOINTS, Endpoint, Error, ErrorKind, Locale, Localized,
    MissingParameter, Parts, Spec, VerificationCode, reply,
};
use proptest::prelude::*;

use crate::common::{data, read_body, response, sessions};
use crate::properties::any_json;

fn refused<E: Endpoint>(body: &str) -> Error {
    read_body::<E>(body).err().unwrap()
}

#[test]
fn a_code_signs_in_like_a_password() {
    // contract.md 1.2: the reply of Log In, in both success codes; `user` as a list (§6, 9), `Bearer ` before the token
    // (§6, 5).
    for body in [
        r#"{"code":0,"message":"OK","data":{"accessToken":"APP_PORTAL_S_X","organizations":[{"id":"o1","name":"N"}],
            "user":{"id":"u1","name":"morgan"}}}"#,
        r#"{"code":200,"message":"","data":{"accessToken":"Bearer APP_PORTAL_S_X","organizations":{"id":"o1","name":"N"},
            "user":[{"id":"u1","name":"morgan"}],"mfaType":"NONE"}}"#,
    ] {
        let reply = read_body::<LogInViaCode>(body).unwrap();
        assert_eq!(reply, read_body::<LogIn>(body).unwrap());
        assert_eq!((reply.token.reveal(), reply.viewer.name.as_str()), ("APP_PORTAL_S_X", "morgan"));
        assert_eq!((reply.organizations.entries.len(), reply.second_factor), (1, None));
    }
}

#[test]
fn a_code_without_a_token_in_the_reply_is_an_error() {
    // contract.md 1.2: the tables from 2.2 on and the sample of 3.0.0 have no accessToken; the login cannot go on.
    for data in [
        r#"{"organizations":[{"id":"o1","name":"N"}],"user":{"id":"u1","name":"morgan"}}"#,
        r#"{"accessToken":null}"#,
        r#"{"accessToken":"Bearer"}"#,
        "null",
        "true",
        "\"\"",
    ] {
        let answer = response(200, format!(r#"{{"code":0,"message":"OK","data":{data}}}"#));
        let error = reply::<LogInViaCode>(&answer).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Malformed { place: "data.accessToken".to_owned() }, "{data}");
        assert_eq!(error.operation, "Log In via Authorization Code");
    }
    // §6, 4: an empty body is seen on live log-ins.
    assert_eq!(refused::<LogInViaCode>("").kind, ErrorKind::Empty);
}

#[test]
fn a_domain_in_every_form() {
    // contract.md 1.13, §6, 15: names as map, {defaultValue, i18nValue}, JSON in a text, or plain; `url` may be missing.
    let map = r#"{"default":"D","en_US":" North ","zh_CN":"北"}"#;
    let by_locale = vec![("en-US".to_owned(), "North".to_owned()), ("zh-CN".to_owned(), "北".to_owned())];
    let full = Localized { preferred: None, by_locale: by_locale.clone(), fallback: Some("D".to_owned()) };
    for name_json in [
        map.to_owned(),
        r#"{"defaultValue":"D","i18nValue":{"en_US":"North","zh_CN":"北"}}"#.to_owned(),
        format!("{:?}", map.replace('"', "'")).replace('\'', "\\\""),
    ] {
        let domain = data::<GetUserDomain>(&format!(
            r#"{{"id":7,"name":"Plain","nameJson":{name_json},"url":"https://sso.example/","descriptionJson":{name_json}}}"#
        ));
        assert_eq!((&domain.name, &domain.description), (&full, &full), "{name_json}");
        assert_eq!(domain.id.unwrap().as_str(), "7");
        assert_eq!(domain.address.as_deref(), Some("https://sso.example/"));
    }
    // Before 3.0.0 there are plain texts only; the English table types `name` as the map itself.
    let domain = data::<GetUserDomain>(r#"{"id":"d1","name":"North","description":""}"#);
    assert_eq!((domain.name, domain.description), (Localized::plain("North"), Localized::default()));
    let domain = data::<GetUserDomain>(&format!(r#"{{"id":"d1","name":{map},"nameJson":null}}"#));
    assert_eq!(domain.name, full);
}

#[test]
fn a_domain_without_a_sign_in_of_its_own() {
    // contract.md 1.13 and §6, 3: nothing to offer is no error, whatever stands where the object should.
    for nothing in ["null", "true", "\"\"", "[]", "{}", r#"{"url":null}"#, r#"{"url":"  "}"#, r#"{"url":{}}"#]
    {
        assert_eq!(data::<GetUserDomain>(nothing), UserDomain::default(), "{nothing}");
    }
    // What the service wrote is kept as it is; the launch policy refuses, not the reader.
    let domain = data::<GetUserDomain>(r#"{"url":"javascript:alert(1)"}"#);
    assert_eq!(domain.address.as_deref(), Some("javascript:alert(1)"));
}

#[test]
fn the_sample_of_a_domain_is_not_json() {
    // contract.md §6, 19: missing comma, trailing comma; the parser stays strict.
    let sample =
        "{\"code\":0,\"data\":{\"id\":\"d1\",\"name\":\"n\"\n\"url\":\"http://x\",},\"message\":\"OK\"}";
    assert_eq!(refused::<GetUserDomain>(sample).kind, ErrorKind::NotTheService { status: 200 });
}

#[test]
fn what_the_service_says_of_the_second_step() {
    // contract.md 2.1 and §6, 1, 3, 11: `{success}` in every form of a truth value, alone, or not at all.
    for (written, outcome) in [
        (r#"{"success":true}"#, Outcome::Done),
        (r#"{"success":"true"}"#, Outcome::Done),
        (r#"{"success":1}"#, Outcome::Done),
        ("true", Outcome::Done),
        ("null", Outcome::Done),
        ("\"\"", Outcome::Done),
        ("{}", Outcome::Done),
        (r#"{"success":null}"#, Outcome::Done),
        (r#"{"success":false}"#, Outcome::NotDone),
        (r#"{"success":"0"}"#, Outcome::NotDone),
        ("false", Outcome::NotDone),
    ] {
        assert_eq!(data::<SendVerificationCode>(written), outcome, "{written}");
        assert_eq!(data::<VerifyCode>(written), outcome, "{written}");
    }
    // Without `data` the reply is still one of success, by its code alone.
    assert_eq!(read_body::<VerifyCode>(r#"{"code":"200","msg":"OK"}"#), Ok(Outcome::Done));
}

#[test]
fn an_ended_code_is_no_ended_session() {
    // contract.md 0.2: 409 and 410 only on calls that carry a session, and never on Verify Code; 401 everywhere.
    for number in [31410, 410, 31409, 409] {
        let body = format!(r#"{{"code":{number},"message":"expired","data":{{"success":false}}}}"#);
        assert!(!refused::<VerifyCode>(&body).ends_session(), "{number}");
        assert!(!refused::<LogIn>(&body).ends_session(), "{number}");
        assert!(!refused::<LogInViaCode>(&body).ends_session(), "{number}");
        assert!(!refused::<GetUserDomain>(&body).ends_session(), "{number}");
        assert!(refused::<SendVerificationCode>(&body).ends_session(), "{number}");
        assert!(refused::<GetUserInformation>(&body).ends_session(), "{number}");
        assert!(refused::<LogOut>(&body).ends_session(), "{number}");
    }
    assert_eq!(refused::<VerifyCode>(r#"{"code":31410}"#).code(), Some(Code::Expired));
    for number in [31401, 401] {
        assert!(refused::<VerifyCode>(&format!(r#"{{"code":{number}}}"#)).ends_session(), "{number}");
    }
    // An operation that this crate does not know has no session to end.
    let kind = refused::<LogOut>(r#"{"code":410}"#).kind;
    assert!(!Error { operation: "Reset Password with Token", kind, request_id: None }.ends_session());
}

#[test]
fn the_codes_of_a_session_need_a_session() {
    // contract.md 0.2: 409 and 410 count only on calls that carry a session, and never on Verify Code.
    let checked: Vec<Spec> = sessions()
        .into_iter()
        .map(|(spec, session)| {
            assert_eq!(spec.session_codes, session && spec.operation != "Verify Code", "{}", spec.operation);
            spec
        })
        .collect();
    assert_eq!(checked, ENDPOINTS);
}

#[test]
fn wrong_and_too_often() {
    // contract.md 2.1: 31430 and 31429, in both families; neither is tried again by itself, nor ends the session.
    for (number, code) in [
        (31430, Code::WrongCode),
        (430, Code::WrongCode),
        (31429, Code::TooManyAttempts),
        (429, Code::TooManyAttempts),
        (31400, Code::Invalid),
    ] {
        for error in [
            refused::<VerifyCode>(&format!(r#"{{"code":{number},"message":"m"}}"#)),
            refused::<SendVerificationCode>(&format!(r#"{{"code":"{number}","msg":"m"}}"#)),
        ] {
            assert_eq!(error.code(), Some(code), "{number}");
            assert!(!error.ends_session() && !error.is_transient(), "{number}");
        }
    }
}

#[test]
fn kinds_of_the_second_step() {
    // contract.md §5: the words are not documented; the calls of 2.1 are for mail.
    for kind in ["EMAIL", "email", "Mail", "EMAIL_CODE", "e-mail"] {
        assert!(is_email_code(kind), "{kind}");
    }
    for kind in ["", "TOTP", "SMS", "风"] {
        assert!(!is_email_code(kind), "{kind}");
    }
}

#[test]
fn codes_as_people_paste_them() {
    for typed in [
        "246810",
        " 246810\n",
        "246 810",
        "\u{a0}246\u{2009}810\t",
        "246-810",
        "246–810",
        "246.810",
        "２４６８１０",
        "246810\u{200B}",
        "\u{202A}246\u{2011}810\u{202C}",
    ] {
        assert_eq!(VerificationCode::parse(typed).unwrap().reveal(), "246810", "{typed:?}");
    }
    assert_eq!(VerificationCode::parse("ＡＢ-12").unwrap().reveal(), "AB12");
    for nothing in ["", " ", "\n\t\u{a0}", "-", "\u{200B}"] {
        assert_eq!(VerificationCode::parse(nothing), None);
    }
    // An authorization code comes from an address, not from fingers: it stays as it is, or is none.
    assert_eq!(AuthorizationCode::parse(" a b ").unwrap().reveal(), " a b ");
    for none in ["", " ", "a\nb", "\u{0}", "a\u{7f}"] {
        assert_eq!(AuthorizationCode::parse(none), None, "{none:?}");
    }
}

#[test]
fn languages_in_both_forms() {
    // contract.md 0.6: parameters use en_US, browsers en-US.
    for text in ["en-US", "en_US", " en_us "] {
        let locale = Locale::parse(text).unwrap();
        assert_eq!((locale.as_str(), locale.underscored().as_str()), ("en-US", "en_US"));
    }
    for none in ["", "en-", "en--US", "en US", "en\r\nX-Y: z", "风"] {
        assert_eq!(Locale::parse(none), None, "{none:?}");
    }
}

#[test]
fn the_service_reads_their_parameters_strictly() {
    // contract.md 1.2, 1.13, 2.1: missing and empty parameters are 31400; so is another `type`.
    let missing = |name| Some(MissingParameter { name });
    let mut parts = Parts::default();
    assert_eq!(LogInViaCode::read(&parts).err(), missing("code"));
    assert_eq!(GetUserDomain::read(&parts).err(), missing("email"));
    assert_eq!(SendVerificationCode::read(&parts).err(), missing("type"));
    parts.put_query("type", "password");
    assert_eq!(VerifyCode::read(&parts).err(), missing("type"));
    parts.query = vec![("type".to_owned(), "mfa".to_owned()), ("channel".to_owned(), String::new())];
    assert_eq!(SendVerificationCode::read(&parts), Ok(SendVerificationCode { locale: None }));
    assert_eq!(VerifyCode::read(&parts).err(), missing("code"));
    for (body, name) in [(r#"{"code":""}"#, "code"), (r#"{"code":" "}"#, "code"), (r#"{"code":7}"#, "code")] {
        parts.body = Some(Body::parse(body).unwrap());
        assert_eq!(VerifyCode::read(&parts).err(), missing(name), "{body}");
        assert_eq!(LogInViaCode::read(&parts).err(), missing(name), "{body}");
    }
    parts.body = Some(Body::parse(r#"{"code":"c"}"#).unwrap());
    assert_eq!(LogInViaCode::read(&parts).unwrap().channel, None);
    // A language that is none is passed over: it must not keep anybody from getting a code.
    parts.put_header("Locale", "no language");
    assert_eq!(SendVerificationCode::read(&parts), Ok(SendVerificationCode { locale: None }));
}

proptest! {
    // §6, 3 and hostile.md 65: whatever stands in `data`, these three have a reply.
    #[test]
    fn reading_is_total(value in any_json()) {
        let value = crate::common::tree(&value);
        prop_assert!(GetUserDomain::decode(&value).is_ok());
        prop_assert_eq!(SendVerificationCode::decode(&value), VerifyCode::decode(&value));
    }

    // No number of any family ends a session by Verify Code, but the one that says so.
    #[test]
    fn only_401_ends_a_session_by_verify_code(number in prop_oneof![any::<i64>(), 300_i64..600, 31_300_i64..31_600]) {
        let ended = read_body::<VerifyCode>(format!(r#"{{"code":{number}}}"#)).is_err_and(|error| error.ends_session());
        prop_assert_eq!(ended, number == 401 || number == 31401);
    }

    // The value becomes a header: nothing that could end one gets in.
    #[test]
    fn locales_are_plain(text in any::<String>(), language in "[a-z]{2}", region in "[A-Za-z]{2}") {
        if let Some(locale) = Locale::parse(&text) {
            prop_assert!(locale.underscored().bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'));
        }
        for separator in ["-", "_"] {
            let locale = Locale::parse(&format!("{language}{separator}{region}")).unwrap();
            prop_assert_eq!(locale.as_str(), format!("{language}-{}", region.to_uppercase()));
        }
    }
}
