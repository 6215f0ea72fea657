//! contract.md §6, 5 to 7, 9, 10 and 17: tokens, organizations and the user.

use portal_api::authentication::{GetTokenInformation, LogIn, RefreshAccessToken};
use portal_api::json;
use portal_api::organization::{ChooseOrganization, GetOrganizationList, GetUserInformation};
use portal_api::{Body, Endpoint, ErrorKind, MissingParameter, Parts};

use crate::common::{data, read_body};

const TOKEN: &str = "APP_PORTAL_S_0123456789abcdef0123456789abcdef";

#[test]
fn tokens_come_with_and_without_bearer() {
    // contract.md §6, 5: strip or add `Bearer ` exactly once.
    for sent in [TOKEN.to_owned(), format!("Bearer {TOKEN}"), format!(" bearer  {TOKEN} ")] {
        let reply = data::<LogIn>(&format!(r#"{{"accessToken":"{sent}"}}"#));
        assert_eq!(reply.token.reveal(), TOKEN);
        assert_eq!(reply.token.header(), format!("Bearer {TOKEN}"));
    }
}

#[test]
fn absent_tokens_leave_the_old_ones() {
    // contract.md §6, 5: choosing an organization may return neither token.
    for body in
        ["{}", r#"{"accessToken":null,"refreshToken":""}"#, r#"{"accessToken":"a b","refreshToken":{}}"#]
    {
        let tokens = data::<ChooseOrganization>(body).tokens;
        assert_eq!((tokens.access, tokens.refresh, tokens.refresh_expires), (None, None, None), "{body}");
    }
    let body = r#"{"accessToken":"new","refreshToken":"eyJ.new"}"#;
    for tokens in [data::<ChooseOrganization>(body).tokens, data::<RefreshAccessToken>(body).tokens] {
        assert_eq!(tokens.access.unwrap().reveal(), "new");
        assert_eq!(tokens.refresh.unwrap().reveal(), "eyJ.new");
    }
}

#[test]
fn no_token_no_sign_in() {
    // contract.md 1.1, 1.5: without a token there is nothing to go on with, and the error names the place.
    let missing = portal_api::Mismatch { place: "data.accessToken" };
    for body in
        ["null", "{}", r#"{"accessToken":""}"#, r#"{"accessToken":"Bearer "}"#, r#"{"accessToken":["x"]}"#]
    {
        let value = json::read(body).unwrap();
        assert_eq!(LogIn::decode(&value).unwrap_err(), missing, "{body}");
        assert_eq!(RefreshAccessToken::decode(&value).unwrap_err(), missing, "{body}");
    }
}

#[test]
fn the_organization_has_two_names() {
    // contract.md §6, 6: `currentOrg*` or `workingOrganization*`; log-in names none.
    for prefix in [("currentOrgId", "currentOrgName"), ("workingOrganizationId", "workingOrganizationName")] {
        let body =
            format!(r#"{{"accessToken":"t","userId":"u1","{}":"o1","{}":" North "}}"#, prefix.0, prefix.1);
        for organization in [
            data::<RefreshAccessToken>(&body).organization,
            data::<ChooseOrganization>(&body).organization,
            data::<GetTokenInformation>(&body).organization,
        ] {
            let organization = organization.unwrap();
            assert_eq!((organization.id.as_str(), organization.name.as_str()), ("o1", "North"));
        }
    }
    // No name: the id stands in. No id: no organization.
    let body = r#"{"accessToken":"t","currentOrgId":"o1","currentOrgName":""}"#;
    assert_eq!(data::<RefreshAccessToken>(body).organization.unwrap().name, "o1");
    let body = r#"{"accessToken":"t","currentOrgId":"","currentOrgName":"North"}"#;
    assert_eq!(data::<RefreshAccessToken>(body).organization, None);
}

#[test]
fn the_end_of_a_refresh_token() {
    // contract.md §6, 7 and 17: milliseconds, seconds, text of both, ISO and the service's own dates, null.
    let end = Some(1_893_456_000_000);
    for (written, expected) in [
        ("1893456000000", end),
        ("1893456000", end),
        ("\"1893456000000\"", end),
        ("\"1893456000\"", end),
        ("1.893456e12", end),
        ("\"2030-01-01T00:00:00Z\"", end),
        ("\"2030-01-01T08:00:00+08:00\"", end),
        ("\"2030-01-01T08:00:00.000+0800\"", end),
        ("\"2030-01-01 00:00:00\"", end),
        ("\"2030-01-01 00:00:00.0\"", end),
        ("\"1/1/2030 00:00:00\"", end),
        ("\"2030-01-01\"", end),
        ("null", None),
        ("\"\"", None),
        ("0", None),
        ("-1", None),
        ("-9223372036854775808", None),
        ("9223372036854775808", None),
        ("1e400", None),
        ("\"NaN\"", None),
        ("\"never\"", None),
        ("true", None),
        ("{}", None),
    ] {
        let body = format!(r#"{{"accessToken":"t","refreshTokenExpire":{written}}}"#);
        assert_eq!(data::<RefreshAccessToken>(&body).tokens.refresh_expires, expected, "{written}");
        assert_eq!(data::<ChooseOrganization>(&body).tokens.refresh_expires, expected, "{written}");
    }
}

#[test]
fn organizations_missing_one_and_many() {
    // contract.md §6, 9: missing, null, one, many; ids unique, names not. hostile.md 65: bad ones counted.
    for (list, ids, dropped) in [
        ("null", vec![], 0),
        ("[]", vec![], 0),
        ("\"\"", vec![], 0),
        ("{}", vec![], 0),
        (r#"[{"id":"o1","name":"N"}]"#, vec!["o1"], 0),
        (r#"{"id":"o1","name":"N"}"#, vec!["o1"], 0),
        (r#"[{"id":"o1","name":"N"},{"id":"o2","name":"N"}]"#, vec!["o1", "o2"], 0),
        (r#"[null,{"id":"o1"},{"name":"N"},[],"o2",7,{"id":null},{"id":7}]"#, vec!["o1", "7"], 6),
        (r#""o1,o2""#, vec![], 1),
    ] {
        let signed_in =
            data::<LogIn>(&format!(r#"{{"accessToken":"t","organizations":{list}}}"#)).organizations;
        let listed = data::<GetOrganizationList>(&format!(r#"{{"organizations":{list}}}"#));
        assert_eq!(signed_in, listed, "{list}");
        let found: Vec<&str> = listed.entries.iter().map(|organization| organization.id.as_str()).collect();
        assert_eq!((found, listed.dropped), (ids, dropped), "{list}");
    }
    assert!(data::<LogIn>(r#"{"accessToken":"t"}"#).organizations.entries.is_empty());
    // hostile.md 65: the list in place of the object around it.
    assert_eq!(data::<GetOrganizationList>(r#"[{"id":"o1"},null]"#).entries.len(), 1);
}

#[test]
fn the_user_as_object_or_list() {
    // contract.md §6, 9: `user` as object or as a list of one.
    for user in
        [r#"{"id":"u1","name":"Morgan","email":"m@x"}"#, r#"[{"id":"u1","name":"Morgan","email":"m@x"}]"#]
    {
        let viewer = data::<LogIn>(&format!(r#"{{"accessToken":"t","user":{user}}}"#)).viewer;
        assert_eq!(viewer.id.unwrap().as_str(), "u1");
        assert_eq!((viewer.name.as_str(), viewer.email.as_deref()), ("Morgan", Some("m@x")));
    }
    for user in ["null", "[]", "[null]", "\"u1\"", "[[]]", "7"] {
        let viewer = data::<LogIn>(&format!(r#"{{"accessToken":"t","user":{user}}}"#)).viewer;
        assert_eq!(viewer, portal_api::Viewer::default(), "{user}");
    }
}

#[test]
fn ids_are_text_or_digits() {
    // contract.md §6, 10: opaque text; a number of any length becomes its digits.
    for (written, id) in [
        ("\"u15589316101\"", "u15589316101"),
        ("\"3fa85f64-5717-4562-b3fc-2c963f66afa6\"", "3fa85f64-5717-4562-b3fc-2c963f66afa6"),
        ("\"007\"", "007"),
        ("7", "7"),
        ("7.0", "7"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("-1", "-1"),
    ] {
        let viewer = data::<GetTokenInformation>(&format!(r#"{{"userId":{written}}}"#)).viewer;
        assert_eq!(viewer.id.unwrap().as_str(), id);
    }
    for written in ["null", "\"\"", "\"  \"", "true", "{}", "[\"u1\"]"] {
        assert_eq!(
            data::<GetTokenInformation>(&format!(r#"{{"userId":{written}}}"#)).viewer.id,
            None,
            "{written}"
        );
    }
}

#[test]
fn a_second_factor_is_wanted_or_not() {
    // contract.md 1.1: `NONE` in the sample, other values unknown; hostile.md 66.
    for (written, kind) in
        [("\"NONE\"", None), ("\"none\"", None), ("null", None), ("\"\"", None), ("\"EMAIL\"", Some("EMAIL"))]
    {
        let reply = data::<LogIn>(&format!(r#"{{"accessToken":"t","mfaType":{written}}}"#));
        assert_eq!(reply.second_factor.as_deref(), kind);
    }
}

#[test]
fn empty_texts_of_a_user() {
    // contract.md 1.12: members are often ""; the nickname goes before the name.
    let body = r#"{"id":"u1","name":"morgan","domain":"","description":null,"nickName":"","phoneArea":"86",
        "phone":13800000000,"email":"","createdTime":"2019-05-27 04:33:30.0","type":0,"company":"Acme"}"#;
    let user = data::<GetUserInformation>(body);
    assert_eq!(user.shown_name(), Some("morgan"));
    assert_eq!(user.phone.as_deref(), Some("86 13800000000"));
    assert_eq!((user.domain, user.email, user.company.as_deref()), (None, None, Some("Acme")));
    assert_eq!(data::<GetUserInformation>(r#"{"nickName":"Mo","name":"m"}"#).shown_name(), Some("Mo"));
    assert_eq!(data::<GetUserInformation>("true").shown_name(), None);
}

#[test]
fn an_expired_refresh_token_is_refused_with_http_200() {
    // contract.md 1.5 and hostile.md 72: the code says failure, whatever the status.
    let body = r#"{"code":31401,"message":"Please login first","data":{"accessToken":"x"}}"#;
    let error = read_body::<RefreshAccessToken>(body).unwrap_err();
    assert!(error.ends_session());
    assert!(matches!(error.kind, ErrorKind::Refused { .. }));
}

#[test]
fn the_service_reads_parameters_strictly() {
    // contract.md 1.1, 1.5, 1.7: missing and empty parameters are 31400.
    let mut parts = Parts::default();
    assert_eq!(LogIn::read(&parts), Err(MissingParameter { name: "account" }));
    parts.put_body("account", "morgan");
    assert_eq!(LogIn::read(&parts), Err(MissingParameter { name: "password" }));
    parts.put_body("password", "");
    assert_eq!(LogIn::read(&parts), Err(MissingParameter { name: "password" }));
    parts.body = Some(Body::parse(r#"{"account":"morgan","password":5}"#).unwrap());
    assert_eq!(LogIn::read(&parts), Err(MissingParameter { name: "password" }));
    assert_eq!(ChooseOrganization::read(&parts), Err(MissingParameter { name: "orgId" }));
    assert_eq!(RefreshAccessToken::read(&parts), Err(MissingParameter { name: "refreshToken" }));
    parts.put_query("refreshToken", "a b");
    assert_eq!(RefreshAccessToken::read(&parts), Err(MissingParameter { name: "refreshToken" }));
}
