//! The console, as far as it needs no browser: no secret in anything, and shell lines that mean what they say.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests are tests")]

use portal_api::describe::{self, Description};
use portal_api::json::{self, Members};
use portal_api::{Audience, Code, ENDPOINTS, ErrorKind, Response};
use portal_core::console::{
    Answer, Caller, Known, Outgoing, Piece, about, callers, curl, fill_in, find, hide, matches, pretty,
    quote, shown, touches_session,
};
use portal_core::search::fold;
use proptest::prelude::*;

/// Not a token of anybody.
const TOKEN: &str = "APP_PORTAL_S_0123456789abcdef0123456789abcdef";
const JWT: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1LW1vcmdhbiJ9.c2lnbmF0dXJl";

fn operation(name: &str) -> &'static Description {
    describe::all().find(|known| known.spec.operation == name).unwrap()
}

// What a parameter is for is said in every language of the page.
#[test]
fn every_parameter_is_explained_by_a_text() {
    for description in describe::all() {
        for parameter in description.parameters {
            let text = about(parameter).map(|text| text.key());
            let named = format!("{}: {}", description.spec.operation, parameter.name);
            assert!(
                text.is_some_and(|key| key.starts_with("console.about.")),
                "{named}: {}",
                parameter.words
            );
        }
    }
}

/// What a POSIX shell makes of a line, with each variable as `<NAME>`: blanks and escaped line ends part words, single
/// quotes keep everything, double quotes hold one variable here.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        match c {
            '\'' => word.get_or_insert_default().extend(rest.by_ref().take_while(|c| *c != '\'')),
            '"' => {
                let inside: String = rest.by_ref().take_while(|c| *c != '"').collect();
                word.get_or_insert_default().push_str(&format!("<{}>", inside.strip_prefix('$').unwrap()));
            }
            '\\' => match rest.next() {
                Some('\n') => words.extend(word.take()),
                Some(other) => word.get_or_insert_default().push(other),
                None => panic!("the line ends in the middle"),
            },
            ' ' => words.extend(word.take()),
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    words
}

fn outgoing(description: &Description, texts: &[String], token: bool) -> Outgoing {
    let parts = fill_in(description, texts).parts;
    Outgoing::new(description, &parts, "https://portal.example/app-portal-service", token, None)
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

#[test]
fn a_call_is_shown_without_its_secrets() {
    let call = outgoing(operation("Log In"), &texts(&["morgan", "a \"secret\" word"]), false);
    assert_eq!(call.method, "POST");
    assert_eq!(shown(&call.address), "https://portal.example/app-portal-service/v2.2/login");
    assert_eq!(call.body.as_deref().map(shown).unwrap(), r#"{"account":"morgan","password":"…"}"#);
    let line = curl(&call);
    assert!(!line.contains("secret"), "{line}");
    assert_eq!(
        words(&line),
        [
            "curl",
            "--globoff",
            "--request",
            "POST",
            "https://portal.example/app-portal-service/v2.2/login",
            "--header",
            "Accept: application/json",
            "--header",
            "Content-Type: application/json",
            "--data-raw",
            r#"{"account":"morgan","password":"<PASSWORD>"}"#
        ]
    );
}

#[test]
fn the_token_is_a_variable() {
    let call = outgoing(operation("Verify Code"), &texts(&["mfa", "246810"]), true);
    let line = curl(&call);
    let words = words(&line);
    assert!(words.contains(&"Authorization: Bearer <ACCESS_TOKEN>".to_owned()), "{line}");
    assert!(words.contains(&"accessToken: Bearer <ACCESS_TOKEN>".to_owned()), "{line}");
    assert!(words.contains(&r#"{"code":"<CODE>"}"#.to_owned()), "{line}");
    assert!(words.contains(
        &"https://portal.example/app-portal-service/v2.3/verificationCode/verify?type=mfa".to_owned()
    ));
    let refresh = operation("Refresh Access Token");
    let own = refresh.parameters.first();
    let call = Outgoing::new(refresh, &portal_api::Parts::default(), "/x", false, own);
    assert_eq!(shown(&call.address), "/x/v2.2/token/refresh?refreshToken=…");
    assert!(curl(&call).contains(r#"'/x/v2.2/token/refresh?refreshToken='"$REFRESH_TOKEN""#));
}

// The same by a real shell, where there is one.
#[test]
fn a_shell_reads_the_words_as_they_were() {
    let hostile = [
        "",
        "a b",
        "it's",
        "''",
        "$HOME `id` \\ \"x\"",
        "-n",
        "!!",
        "*\n?[a]",
        "\t~",
        "中文 🙂",
        "@/etc/passwd",
    ];
    let line: Vec<String> = hostile.iter().map(|text| quote(&[Piece::Text((*text).to_owned())])).collect();
    let script = format!("printf '%s\\0' {}", line.join(" "));
    let Ok(output) = std::process::Command::new("sh").arg("-c").arg(script).output() else { return };
    let read = String::from_utf8(output.stdout).unwrap();
    assert_eq!(read.strip_suffix('\0').unwrap().split('\0').collect::<Vec<_>>(), hostile);
}

#[test]
fn a_form_begins_with_what_is_known() {
    let known = Known {
        organization: Some("o-1".to_owned()),
        application: Some("app".to_owned()),
        user: Some("u-1".to_owned()),
        locale: Some("zh_CN".to_owned()),
    };
    let first = |name: &str| -> Vec<String> {
        operation(name).parameters.iter().map(|parameter| known.first(parameter)).collect()
    };
    assert_eq!(first("Log In"), ["", ""]);
    assert_eq!(first("Get User Roles"), ["o-1", "u-1", "zh_CN", "zh_CN"]);
    assert_eq!(first("Send Verification Code"), ["mfa", "zh_CN"]);
    assert_eq!(first("Get Assets by Application"), ["app", ""]);
    let messages = first("Create Message");
    let read = json::read(&messages[0]).unwrap();
    let message = Members::of(json::entries(&read).unwrap()[0]).unwrap();
    assert_eq!(message.get_as::<String>("orgId").as_deref(), Some("o-1"));
    assert_eq!(message.get_as::<String>("accessKey").as_deref(), Some("app"));
    // Nothing known: the form can be sent where examples stand in it, and says what is missing where none do.
    let nothing = Known::default();
    let page = operation("Get Manageable User List");
    let texts: Vec<String> = page.parameters.iter().map(|parameter| nothing.first(parameter)).collect();
    assert!(fill_in(page, &texts).missing.is_none());
    assert_eq!(fill_in(operation("Log In"), &super_texts()).missing.unwrap().name, "account");
}

fn super_texts() -> Vec<String> {
    texts(&["", ""])
}

// The session of the page must not be touched by a call that it knows nothing of.
#[test]
fn calls_that_touch_a_session_are_never_sent_as_that_of_the_page() {
    let touching: Vec<&str> =
        describe::all().filter(|it| touches_session(it)).map(|it| it.spec.operation).collect();
    assert_eq!(
        touching,
        [
            "Log In",
            "Log In via Authorization Code",
            "Log Out",
            "Refresh Access Token",
            "Revoke Refresh Token",
            "Choose Organization"
        ]
    );
    for description in describe::all() {
        let callers = callers(description);
        assert_eq!(callers.contains(&Caller::This), !touches_session(description), "{description:?}");
        let first = callers.first().unwrap();
        let sends_token = description.needs_token || description.spec.audience == Audience::Server;
        assert_eq!(
            *first == Caller::Nobody,
            !sends_token && callers.contains(&Caller::Nobody) && first != &Caller::Own
        );
        assert_eq!(Caller::of(first.word()), Some(*first));
    }
}

#[test]
fn operations_are_found_by_name_path_and_parameter() {
    let found = |query: &str| describe::all().filter(|it| matches(it, &fold(query))).count();
    assert_eq!(found(""), ENDPOINTS.len());
    assert_eq!(found("refresh access"), 1);
    assert_eq!(found("/v2.2/asset/sync"), 1);
    assert!(found("orgid") > 5);
    assert_eq!(found("no such thing"), 0);
    assert_eq!(find("get-users-applications").unwrap().spec.operation, "Get User's Applications");
    assert!(find("../login").is_none());
}

#[test]
fn a_reply_loses_its_secrets_and_nothing_else() {
    for (text, expected) in [
        (r#"{ "accessToken" : "abc" , "n":1 }"#, r#"{ "accessToken" : "…" , "n":1 }"#),
        (
            r#"{"refreshToken":null,"refreshTokenExpire":1795305600000}"#,
            r#"{"refreshToken":null,"refreshTokenExpire":1795305600000}"#,
        ),
        (r#"{"token":12345,"x":["token","y"]}"#, r#"{"token":"…","x":["token","y"]}"#),
        (r#"{"tokens":"x","apim-accesstoken":"x"}"#, r#"{"tokens":"x","apim-accesstoken":"…"}"#),
        (r#"{"password":{"a":["b",1,true]},"c":"d"}"#, r#"{"password":{"a":["…","…",true]},"c":"d"}"#),
        (r#"{"\u0061ccessToken":"abc"}"#, r#"{"\u0061ccessToken":"…"}"#),
        (r#"{"other":"\u0041PP_PORTAL_S_0123"}"#, r#"{"other":"…"}"#),
        (r#"["see eyJhbGciOiJIUzI1NiJ9.e30.x"]"#, r#"["…"]"#),
        (r#"["eyJ is short","Bearer x"]"#, r#"["eyJ is short","…"]"#),
        (r#"["knows a-known-secret-of-mine here"]"#, r#"["…"]"#),
        ("\u{feff}{\"a\":\"\\\"\"}", "\u{feff}{\"a\":\"\\\"\"}"),
        ("<p>Bearer abc.def</p> a-known-secret-of-mine", "<p>Bearer … …"),
        ("", ""),
    ] {
        assert_eq!(hide(text, &["a-known-secret-of-mine", "short"]), expected, "{text}");
    }
}

#[test]
fn an_answer_holds_no_token() {
    let body = format!(
        r#"{{"code":0,"message":"","data":{{"accessToken":"{TOKEN}","refreshToken":"{JWT}","organizations":[],"user":{{"id":"u","name":"n"}}}}}}"#
    );
    let headers = vec![("x-request-id".to_owned(), "r-1".to_owned())];
    let response = Response { status: 200, headers, body: body.clone().into_bytes() };
    let answer = Answer::of(operation("Log In"), &response, &[]);
    assert_eq!((answer.outcome.clone(), answer.code()), (Ok(()), Some(Code::Success)));
    assert_eq!((answer.wire_code, answer.bytes, answer.hidden), (Some(0), body.len(), true));
    assert_eq!(answer.request_id.as_deref(), Some("r-1"));
    assert!(!format!("{answer:?}").contains("APP_PORTAL"));
    assert!(!format!("{answer:?}").contains("eyJ"));
    let response =
        Response { status: 200, headers: Vec::new(), body: br#"{"code":"31400","data":null}"#.to_vec() };
    let answer = Answer::of(operation("Log In"), &response, &[]);
    assert_eq!((answer.wire_code, answer.code()), (Some(31400), Some(Code::Invalid)));
    let response = Response { status: 200, headers: Vec::new(), body: br#"{"code":0,"data":{}}"#.to_vec() };
    let answer = Answer::of(operation("Log In"), &response, &[]);
    assert!(matches!(answer.outcome.map_err(|error| error.kind), Err(ErrorKind::Malformed { .. })));
}

#[test]
fn json_stands_in_lines() {
    let lines = pretty(r#"{"a":[1,{"b":[]}],"c":{}}"#, 100).unwrap();
    assert_eq!(lines.text, "{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"c\": {}\n}");
    assert_eq!((lines.shown, lines.total), (9, 9));
    let cut = pretty(r#"{"a":[1,{"b":[]}],"c":{}}"#, 3).unwrap();
    assert_eq!(cut.text, "{\n  \"a\": [\n    1,");
    assert_eq!((cut.shown, cut.total), (3, 9));
    assert!(pretty("<html>", 9).is_none());
}

/// Any JSON, with secrets here and there.
fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let text = prop_oneof![".*", Just(TOKEN.to_owned()), Just(JWT.to_owned())];
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        text.prop_map(Into::into),
    ];
    let key = prop_oneof!["[a-z\"\\\\é]{0,6}", Just("accessToken".to_owned()), Just("password".to_owned())];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::vec((key.clone(), inner), 0..6)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

fn holds_secret(text: &str) -> bool {
    text.to_ascii_lowercase().contains("app_portal_s_") || text.contains(JWT.split('.').next().unwrap())
}

/// The same tree with every text and number at a secret place, or that is one, replaced.
fn replaced(value: &serde_json::Value, secret: bool) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::String(text) if (secret && !text.is_empty()) || holds_secret(text) || looks(text) => {
            "…".into()
        }
        Value::Number(_) if secret => "…".into(),
        Value::Array(entries) => entries.iter().map(|entry| replaced(entry, secret)).collect(),
        Value::Object(members) => Value::Object(
            members
                .iter()
                .map(|(key, value)| {
                    let hidden = secret || key == "accessToken" || key == "password";
                    (key.clone(), replaced(value, hidden))
                })
                .collect(),
        ),
        other => other.clone(),
    }
}

/// Chance can make a word of these too.
fn looks(text: &str) -> bool {
    text.to_ascii_lowercase().contains("bearer ")
}

proptest! {
    #[test]
    fn hiding_changes_secrets_only(value in any_json(), blanks in any::<bool>()) {
        let text = if blanks { format!("{value:#}") } else { value.to_string() };
        let hidden = hide(&text, &[]);
        prop_assert!(!holds_secret(&hidden));
        let read: serde_json::Value = serde_json::from_str(&hidden).unwrap();
        let expected = replaced(&value, false);
        prop_assert_eq!(&read, &expected);
        if expected == value {
            prop_assert_eq!(hidden, text);
        }
    }

    // hostile.md 64: whatever comes, the page does not fall over, and no token gets through.
    #[test]
    fn anything_can_come(before in any::<String>(), after in any::<String>()) {
        let text = format!("{before} {TOKEN} {after}");
        prop_assert!(!holds_secret(&hide(&text, &[])));
        let _ = pretty(&text, 10);
    }

    #[test]
    fn lines_are_the_same_json(value in any_json()) {
        let lines = pretty(&value.to_string(), usize::MAX).unwrap();
        prop_assert_eq!(&serde_json::from_str::<serde_json::Value>(&lines.text).unwrap(), &value);
        prop_assert_eq!(lines.text.split('\n').count(), lines.total);
    }

    #[test]
    fn every_word_is_one_argument(texts in prop::collection::vec("[^\0]*", 0..4)) {
        let pieces: Vec<Piece> = texts.iter().cloned().map(Piece::Text).collect();
        prop_assert_eq!(words(&format!("x {} y", quote(&pieces))), ["x".to_owned(), texts.concat(), "y".to_owned()]);
    }

    // Whatever is typed into whatever form: the line has the arguments that it should have, and no secret.
    #[test]
    fn a_line_means_the_call(typed in prop::collection::vec("[^\0]{0,20}", 4), token in any::<bool>()) {
        for description in describe::all() {
            let call = outgoing(description, &typed, token);
            let read = words(&curl(&call));
            let plain = |pieces: &[Piece]| -> String {
                pieces.iter().map(|piece| match piece {
                    Piece::Text(text) => text.clone(),
                    Piece::Secret(name) => format!("<{name}>"),
                }).collect()
            };
            let mut expected = vec!["curl".to_owned(), "--globoff".to_owned(), "--request".to_owned()];
            expected.extend([call.method.to_owned(), plain(&call.address)]);
            for (name, value) in &call.headers {
                expected.extend(["--header".to_owned(), format!("{name}: {}", plain(value))]);
            }
            if let Some(body) = &call.body {
                expected.extend(["--data-raw".to_owned(), plain(body)]);
            }
            prop_assert_eq!(read, expected);
            // The secret is in neither of the two.
            for (index, parameter) in description.parameters.iter().enumerate().filter(|(_, it)| it.secret) {
                let mut marked = typed.clone();
                if let Some(text) = marked.get_mut(index) {
                    "correct-horse".clone_into(text);
                }
                let call = outgoing(description, &marked, token);
                prop_assert!(!curl(&call).contains("correct-horse"), "{}", parameter.name);
            }
        }
    }
}
