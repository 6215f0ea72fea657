//! contract.md §6, 1 to 4, 8, 18, 19 and 23: the envelope.

use portal_api::authentication::{GetTokenInformation, LogOut};
use portal_api::{Code, Error, ErrorKind};

use crate::common::{read_as_all, read_body, response};

fn information(body: &str) -> Result<String, Error> {
    read_body::<GetTokenInformation>(body).map(|information| information.viewer.name)
}

fn refusal(error: &Error) -> (Code, Option<&str>) {
    match &error.kind {
        ErrorKind::Refused { code, message, .. } => (*code, message.as_deref()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn both_success_codes_and_their_misspellings() {
    // contract.md §6, 1: 0 or 200, a numeric string, `status` (at the gateway even `stauts`) for `code`.
    for code in [
        r#""code":0"#,
        r#""code":200"#,
        r#""code":"0""#,
        r#""code":" 200 ""#,
        r#""code":0.0"#,
        r#""status":0"#,
        r#""status":"200""#,
        r#""stauts":0"#,
        r#""code":null,"status":0"#,
    ] {
        let body = format!(r#"{{{code},"data":{{"userName":"morgan"}}}}"#);
        assert_eq!(information(&body), Ok("morgan".to_owned()), "{code}");
    }
}

#[test]
fn a_code_that_only_looks_like_success() {
    // contract.md §6, 1 and 23: success is 0 and 200 as they stand; 31000 and 31200 are unknown errors.
    for number in ["31000", "31200", "-1", "1", "99400"] {
        let error = information(&format!(r#"{{"code":{number},"data":{{"userName":"x"}}}}"#)).unwrap_err();
        assert_eq!(refusal(&error).0, Code::Other(number.parse().unwrap()), "{number}");
    }
}

#[test]
fn no_code_at_all() {
    // contract.md §6, 1: nothing says failure and `data` is there; without `data` it is no envelope.
    assert_eq!(information(r#"{"data":{"userName":"morgan"}}"#), Ok("morgan".to_owned()));
    let error = information(r#"{"userName":"morgan"}"#).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Malformed { place: "code".to_owned() });
    assert_eq!(error.operation, "Get Token Information");
}

#[test]
fn the_text_of_an_error() {
    // contract.md §6, 2: `message` or `msg`; "", "OK", null or missing are no text.
    for (members, expected) in [
        (r#","message":"Please login first""#, Some("Please login first")),
        (r#","msg":"Please login first""#, Some("Please login first")),
        (r#","message":"","msg":"from msg""#, Some("from msg")),
        (r#","message":null,"msg":"from msg""#, Some("from msg")),
        (r#","message":"OK""#, None),
        (r#","message":"ok","msg":null"#, None),
        (r#","message":"   ""#, None),
        (r#","message":["a"]"#, None),
        ("", None),
    ] {
        let error = information(&format!(r#"{{"code":31401{members},"data":null}}"#)).unwrap_err();
        assert_eq!(refusal(&error), (Code::Unauthenticated, expected), "{members}");
    }
}

#[test]
fn secrets_in_the_text_of_an_error_are_masked() {
    // hostile.md 73 and 29: what the service says passes the redactor.
    let body = r#"{"code":31401,"message":"bad token APP_PORTAL_S_0123456789","requestId":"Bearer abc"}"#;
    let error = information(body).unwrap_err();
    assert_eq!(refusal(&error).1, Some("bad token …"));
    assert_eq!(error.request_id.as_deref(), Some("Bearer …"));
}

#[test]
fn data_of_any_shape_on_success() {
    // contract.md §6, 3: `data` null, missing, boolean or "" where an object is documented.
    for data in
        ["", r#","data":null"#, r#","data":true"#, r#","data":false"#, r#","data":"""#, r#","data":[]"#]
    {
        let reply = response(200, format!(r#"{{"code":0{data}}}"#));
        for (operation, outcome) in read_as_all(&reply) {
            // Signing in and refreshing cannot go on without a token; everything else is an empty reply.
            let needs_token =
                matches!(operation, "Log In" | "Log In via Authorization Code" | "Refresh Access Token");
            assert_eq!(outcome, Ok(!needs_token), "{operation} {data}");
        }
    }
}

#[test]
fn log_out_says_true_or_nothing() {
    // contract.md 1.4 and §6, 3: `true`, or `null` at the edge.
    for data in ["true", "null", "false", "\"\""] {
        assert_eq!(read_body::<LogOut>(format!(r#"{{"code":200,"data":{data}}}"#)), Ok(()));
    }
}

#[test]
fn gateways_that_answer_in_place_of_the_service() {
    // contract.md §6, 4: real HTTP 401 and 403 with any body.
    for body in ["", "<html>Forbidden</html>", "Unauthorized", "[]", "null", "{}", r#"{"code":0}"#] {
        for (status, code) in [(401, Code::Unauthenticated), (403, Code::Forbidden), (500, Code::Internal)] {
            for (operation, outcome) in read_as_all(&response(status, body)) {
                assert_eq!(refusal(&outcome.unwrap_err()), (code, None), "{operation} {status} {body}");
            }
        }
    }
    // A code beside the status says more than the status.
    let error = crate::common::read::<LogOut>(&response(401, r#"{"code":31512,"msg":"x"}"#)).unwrap_err();
    assert_eq!(refusal(&error), (Code::OrganizationUnselected, Some("x")));
}

#[test]
fn statuses_mean_less_than_codes() {
    // contract.md 0.2, client rule: a session ends by the codes 401, 409, 410, and by HTTP 401; not by HTTP 409.
    for (status, ends, transient) in [
        (401, true, false),
        (409, false, false),
        (410, false, false),
        (429, false, false),
        (408, false, true),
        (500, false, true),
        (502, false, true),
        (503, false, true),
        (504, false, true),
        (520, false, true),
        (530, false, true),
        (302, false, false),
        (418, false, false),
    ] {
        let error = crate::common::read::<LogOut>(&response(status, "no JSON")).unwrap_err();
        assert_eq!((error.ends_session(), error.is_transient()), (ends, transient), "{status}");
    }
}

#[test]
fn pages_and_nothing_with_status_200() {
    // contract.md §6, 4: a proxy's sign-in page, an empty body; hostile.md 64: 204, blanks, a lone mark.
    for body in ["", " \r\n\t", "\u{feff}", "\u{feff} "] {
        for status in [200, 204] {
            for (operation, outcome) in read_as_all(&response(status, body)) {
                assert_eq!(outcome.unwrap_err().kind, ErrorKind::Empty, "{operation}");
            }
        }
    }
    for body in
        ["<!doctype html><title>Sign in</title>", "OK", "{\"code\":0,\"data\":{\"apps\":[", "{'code':0}"]
    {
        for (operation, outcome) in read_as_all(&response(200, body)) {
            let error = outcome.unwrap_err();
            assert_eq!(error.kind, ErrorKind::NotTheService { status: 200 }, "{operation} {body}");
            assert_eq!(error.operation, operation);
            assert!(error.is_transient());
        }
    }
    for body in ["null", "true", "0", "\"OK\"", "[]", "[{\"code\":0}]"] {
        let error = information(body).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Malformed { place: "the reply".to_owned() }, "{body}");
    }
}

#[test]
fn text_that_is_not_utf_8() {
    // hostile.md 64: a byte order mark is passed over; UTF-16 is a typed error; one bad byte costs one character.
    assert_eq!(information("\u{feff}{\"code\":0,\"data\":{\"userName\":\"m\"}}"), Ok("m".to_owned()));
    let text = r#"{"code":0,"data":{"userName":"m"}}"#;
    for units in [text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(), {
        let marked: Vec<u16> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).collect();
        marked.into_iter().flat_map(u16::to_be_bytes).collect()
    }] {
        let error = read_body::<GetTokenInformation>(units).unwrap_err();
        assert_eq!(error.kind, ErrorKind::NotTheService { status: 200 });
    }
    let body = b"{\"code\":0,\"data\":{\"userName\":\"m\xFFn\"}}";
    assert_eq!(read_body::<GetTokenInformation>(body).unwrap().viewer.name, "m\u{fffd}n");
}

#[test]
fn halves_of_surrogate_pairs() {
    // hostile.md 64, 65: a name cut in the middle of an emoji costs that character only.
    for (written, read) in [
        (r"a\ud83d\ude00", "a😀"),
        (r"a\ud83d", "a\u{fffd}"),
        (r"\ude00b", "\u{fffd}b"),
        (r"\ud83d\ud83d\ude00", "\u{fffd}😀"),
        (r"\\ud83d\ud83d", "\\ud83d\u{fffd}"),
        (r"\uD83D\n\u0041", "\u{fffd}\nA"),
    ] {
        assert_eq!(
            information(&format!(r#"{{"code":0,"data":{{"userName":"{written}"}}}}"#)),
            Ok(read.into())
        );
    }
}

#[test]
fn no_organization_is_not_no_session() {
    // contract.md §6, 8: 31512 and 512 lead to the choice of an organization, 31401 and 401 to a refresh.
    for (number, code, ends) in [
        (31401, Code::Unauthenticated, true),
        (401, Code::Unauthenticated, true),
        (31409, Code::Conflict, true),
        (31410, Code::Expired, true),
        (31512, Code::OrganizationUnselected, false),
        (512, Code::OrganizationUnselected, false),
        (31429, Code::TooManyAttempts, false),
    ] {
        let error = information(&format!(r#"{{"code":{number}}}"#)).unwrap_err();
        assert_eq!((refusal(&error).0, error.ends_session()), (code, ends), "{number}");
    }
}

#[test]
fn unknown_members_are_passed_over() {
    // contract.md §6, 18: in the envelope and in `data`, of any shape.
    let body = r#"{"requestId":"r1","subMsg":null,"globalTraceId":7,"code":0,"message":"OK","extra":[{}],
        "data":{"userName":"morgan","isNewNavigation":true,"sourceApp":{"id":1},"":[[[]]]},"pagination":null}"#;
    assert_eq!(information(body), Ok("morgan".to_owned()));
}

#[test]
fn the_parser_stays_strict() {
    // contract.md §6, 19: samples with trailing commas, missing commas and bare words are no reason to loosen it.
    for body in [
        r#"{"code":0,"data":{"userName":"m",}}"#,
        r#"{"code":0,"data":{"userName":"m"}},"#,
        r#"{"code":0 "data":{}}"#,
        r#"{"code":0,"data":{"userName":userId_1}}"#,
        "{\"code\":0,\"data\":{\"userName\":\"a\nb\"}}",
        r#"{"code":0,"data":{}} // done"#,
    ] {
        let error = information(body).unwrap_err();
        assert_eq!(error.kind, ErrorKind::NotTheService { status: 200 }, "{body}");
    }
}

#[test]
fn both_families_of_codes_are_one() {
    // contract.md §6, 23 and the table of 0.2.
    for legacy in [400, 401, 403, 404, 408, 409, 410, 415, 429, 432, 500, 504, 512] {
        let code = Code::from_number(legacy);
        assert_eq!(code, Code::from_number(legacy + 31_000));
        assert_eq!(code.number(), legacy);
        assert!(!matches!(code, Code::Success | Code::Other(_)), "{legacy}");
    }
    for new in [31430, 31520, 31530, 31531] {
        assert!(!matches!(Code::from_number(new), Code::Success | Code::Other(_)), "{new}");
    }
    for other in [1001, 1204, 99_400, 30_401, 32_000, -401, i64::MIN, i64::MAX] {
        assert_eq!(Code::from_number(other), Code::Other(other));
    }
}

#[test]
fn the_id_of_a_call_and_the_time_to_wait() {
    // hostile.md 64: an error says which call failed; contract.md 0.2: 31429 says to wait.
    let mut reply = response(200, r#"{"code":"31429","msg":"later","requestId":"r-7"}"#);
    reply.headers = vec![("retry-after".into(), " 60 ".into()), ("x-request-id".into(), "h-1".into())];
    let error = crate::common::read::<LogOut>(&reply).unwrap_err();
    assert_eq!(error.request_id.as_deref(), Some("r-7"));
    let message = Some("later".to_owned());
    assert_eq!(
        error.kind,
        ErrorKind::Refused { code: Code::TooManyAttempts, number: 31_429, message, retry_after: Some(60) }
    );
    reply.body = b"<html>".to_vec();
    let error = crate::common::read::<LogOut>(&reply).unwrap_err();
    assert_eq!(error.request_id.as_deref(), Some("h-1"));
    // A date alone does not say how long, and a page is no id.
    reply.status = 503;
    reply.headers = vec![
        ("retry-after".into(), "Wed, 21 Oct 2026 07:28:00 GMT".into()),
        ("x-request-id".into(), "x".repeat(999)),
    ];
    let error = crate::common::read::<LogOut>(&reply).unwrap_err();
    assert!(matches!(error.kind, ErrorKind::Refused { retry_after: None, .. }));
    assert_eq!(error.request_id, None);
}

// RFC 9110, 10.2.3: Retry-After is a number of seconds or a date. A date counts from the time of the reply.
#[test]
fn the_time_to_wait_in_seconds_and_as_a_date() {
    let date = Some("Wed, 21 Oct 2026 07:28:00 GMT");
    for (retry_after, now, seconds) in [
        ("30", None, Some(30)),
        ("0", None, Some(0)),
        (" 30 ", date, Some(30)),
        ("Wed, 21 Oct 2026 07:28:30 GMT", date, Some(30)),
        ("Thu, 22 Oct 2026 00:00:00 GMT", date, Some(59_520)),
        // It has passed.
        ("Wed, 21 Oct 2026 07:27:00 GMT", date, Some(0)),
        // Longer than a day is no countdown.
        ("Sat, 21 Nov 2026 07:28:00 GMT", date, Some(86_400)),
        ("99999999999999999999", None, Some(86_400)),
        ("Wed, 21 Oct 2026 07:28:30 GMT", None, None),
        ("Wed, 21 Oct 2026 07:28:30 GMT", Some("yesterday"), None),
        ("Wed, 21 Ctn 2026 07:28:30 GMT", date, None),
        ("Wed, 21 Oct 2026 07:28:30 CET", date, None),
        ("soon", date, None),
        ("", date, None),
        ("-5", date, None),
    ] {
        let mut reply = response(503, "");
        reply.headers = vec![("retry-after".into(), retry_after.into())];
        reply.headers.extend(now.map(|now| ("date".to_owned(), now.to_owned())));
        let error = crate::common::read::<LogOut>(&reply).unwrap_err();
        let ErrorKind::Refused { retry_after: read, .. } = error.kind else { panic!("{error:?}") };
        assert_eq!(read, seconds, "{retry_after:?} at {now:?}");
    }
}

// Codes of both families are one code for rules, and are kept as they were sent for people.
#[test]
fn a_code_is_kept_as_it_was_sent() {
    for (status, body, code, sent) in [
        (200, r#"{"code":31403,"message":"no"}"#, Code::Forbidden, 31_403),
        (200, r#"{"code":403,"message":"no"}"#, Code::Forbidden, 403),
        (403, r#"{"code":"31403"}"#, Code::Forbidden, 31_403),
        (403, "<html>", Code::Forbidden, 403),
        (502, "", Code::Other(502), 502),
    ] {
        let error = crate::common::read::<LogOut>(&response(status, body)).unwrap_err();
        let ErrorKind::Refused { code: read, number, .. } = error.kind else { panic!("{error:?}") };
        assert_eq!((read, number), (code, sent), "{status} {body}");
    }
}
