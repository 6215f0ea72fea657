//! hostile.md 28, 29: no secret in any text that could reach a log.

use portal_api::authentication::{LogIn, LogInViaCode, RefreshAccessToken, RevokeRefreshToken};
use portal_api::password::ConfirmPassword;
use portal_api::verification::{SendVerificationCode, VerifyCode};
use portal_api::{
    AccessToken, AuthorizationCode, Password, RefreshToken, Request, VerificationCode, mask, open,
};
use proptest::prelude::*;

use crate::common::{read_body, response};

/// Texts that do not stand in any `Debug` text by accident.
fn secret() -> impl Strategy<Value = String> {
    "[!-~]{3,20}".prop_map(|text| format!("Q7{}Z9", text.replace(['"', '\''], "x")))
}

/// A body's bytes printed as a list of numbers would give it away as well.
fn as_numbers(text: &str) -> String {
    text.bytes().map(|byte| byte.to_string()).collect::<Vec<_>>().join(", ")
}

proptest! {
    #[test]
    fn debug_never_shows_a_secret(text in secret(), other in secret()) {
        let token = AccessToken::parse(&text).unwrap();
        let refresh_token = RefreshToken::parse(&other).unwrap();
        let log_in = LogIn { account: "morgan".to_owned(), password: Password::new(&text) };
        let refresh = RefreshAccessToken { refresh_token: refresh_token.clone() };
        let revoke = RevokeRefreshToken { refresh_token: refresh_token.clone() };
        let confirm = ConfirmPassword { password: Password::new(&text) };
        let via_code = LogInViaCode { code: AuthorizationCode::parse(&text).unwrap(), channel: None };
        let verify = VerifyCode { code: VerificationCode::parse(&other).unwrap() };
        let body = format!(r#"{{"code":0,"data":{{"accessToken":{text:?},"refreshToken":{other:?}}}}}"#);
        let mut answer = response(200, &body);
        answer.headers.push(("set-cookie".to_owned(), text.clone()));
        let signed_in = read_body::<LogIn>(&body).unwrap();
        let refreshed = read_body::<RefreshAccessToken>(&body).unwrap();
        let shown = format!(
            "{token:?} {refresh_token:?} {log_in:?} {refresh:?} {revoke:?} {answer:?} {signed_in:?} {refreshed:?} {via_code:?} {verify:?} {confirm:?}
            {:?} {:?} {:#?} {:?} {:?} {:?} {:?} {:?} {:?}",
            Password::new(&text),
            Request::new(&log_in, Some(&token)),
            Request::new(&refresh, None),
            Request::new(&revoke, Some(&token)),
            Request::new(&log_in, None).parts,
            Request::new(&confirm, Some(&token)),
            Request::new(&via_code, None),
            Request::new(&verify, Some(&token)),
            Request::new(&SendVerificationCode { locale: None }, Some(&token)),
        );
        for secret in [&text, &other] {
            prop_assert!(!shown.contains(secret.as_str()), "{shown}");
            prop_assert!(!shown.contains(&as_numbers(secret)), "{shown}");
        }
    }

    #[test]
    fn errors_never_show_a_token(tail in "[A-Za-z0-9]{32}", before in "[a-z ]{0,20}") {
        let token = format!("APP_PORTAL_S_{tail}");
        let text = format!("{before}{token}");
        for body in [
            format!(r#"{{"code":31401,"message":"{text}","requestId":"{text}"}}"#),
            format!(r#"{{"code":"31400","msg":"{text} {text}"}}"#),
            format!("<html>{token}"),
            format!(r#"{{"{token}":1}}"#),
        ] {
            for status in [200, 401, 500] {
                let error = open(&<LogIn as portal_api::Endpoint>::SPEC, &response(status, &body)).unwrap_err();
                prop_assert!(!format!("{error:?}").contains(&tail), "{error:?}");
            }
        }
    }

    #[test]
    fn bearer_is_stripped_exactly(text in "[!-~]{1,50}", word in "(?i)bearer {1,3}", outer in " {0,2}") {
        prop_assume!(!text.eq_ignore_ascii_case("bearer"));
        let plain = AccessToken::parse(&text).unwrap();
        prop_assert_eq!(plain.reveal(), text.as_str());
        prop_assert_eq!(plain.header(), format!("Bearer {text}"));
        let prefixed = AccessToken::parse(&format!("{outer}{word}{text}{outer}")).unwrap();
        prop_assert_eq!(&prefixed, &plain);
        prop_assert_eq!(AccessToken::parse(&plain.header()), Some(plain));
    }

    // The value becomes a header: nothing else than visible ASCII comes out, whatever goes in.
    #[test]
    fn tokens_are_visible_ascii(text in any::<String>()) {
        if let Some(token) = AccessToken::parse(&text) {
            prop_assert!(token.reveal().bytes().all(|b| b.is_ascii_graphic()));
            prop_assert!(text.contains(token.reveal()));
        }
        if let Some(token) = RefreshToken::parse(&text) {
            prop_assert_eq!(token.reveal(), text.trim());
        }
    }

    #[test]
    fn masking_twice_is_masking_once(text in "([a-zA-Z0-9 .,:='\"\\\\\n]|bearer |token|password|eyJ|APP_PORTAL_S_|é|：){0,40}") {
        let once = mask(&text);
        prop_assert_eq!(mask(&once), once);
    }

    #[test]
    fn text_without_a_marker_stays(text in "[a-d0-9 .,é风\n]{0,200}") {
        prop_assert_eq!(mask(&text), text);
    }

    #[test]
    fn masking_is_total(text in any::<String>()) {
        let _ = mask(&text);
    }

    #[test]
    fn what_is_announced_is_hidden(
        value in "[A-Za-z0-9._/+-]{6,40}",
        before in "[a-d ]{0,10}",
        form in prop::sample::select(vec![
            "Bearer @", "bearer\t@", "Authorization: Bearer @", "Authorization:Bearer @", "\"accessToken\":\"@\"",
            "accessToken=@", "refreshToken = @", "refresh_token: @", "password: @", "PASSWORD=@", "\"password\" : \"a b @\"",
            "'password': '@'", "{\\\"password\\\":\\\"@\\\"}", "x=1&refreshToken=@&y=2", "pwd=@", "token:@",
            "refreshToken=a&accessToken=@", "password,token=@", "APP_PORTAL_S_@", "(APP_PORTAL_S_@)",
            "eyJhbGciOiJIUzI1NiJ9@", "\"eyJhbGciOiJIUzI1NiJ9.@\"",
        ]),
    ) {
        let value = format!("Q7{value}");
        let masked = mask(&format!("{before}{} after", form.replace('@', &value)));
        prop_assert!(!masked.contains(&value), "{masked}");
        prop_assert!(masked.starts_with(before.as_str()) && masked.contains('…'), "{masked}");
    }
}

#[test]
fn a_very_long_text_is_masked_in_time() {
    // hostile.md 71: as long as a reply may be; the time grows with the length, not with its square.
    let text = "token bearer password= eyJ APP_PORTAL_S_ ".repeat(20_000);
    assert!(mask(&text).len() < text.len() * 2);
}
