//! The contract from both sides: the real client on the reference service, every operation and every code.

use crate::support::{Host, START, applications, menus, message, ready};
use portal_api::application::{GetAppMenuAndPermission, GetUserApplications};
use portal_api::asset::GetAssetsByApplication;
use portal_api::authentication::{
    GetTokenInformation, LogIn, LogInViaCode, LogOut, RefreshAccessToken, RevokeRefreshToken,
};
use portal_api::organization::{GetOrganizationList, GetUserDomain, GetUserInformation};
use portal_api::verification::VerifyCode;
use portal_api::{AccessToken, ApplicationId, Code, ENDPOINTS, Endpoint, RefreshToken};
use portal_demo::{Portal, ServiceRequest};
use serde_json::{Value, json};

// House rule: an endpoint that the service does not answer would be found only by a person clicking.
#[test]
fn every_endpoint_is_answered() {
    let host = Host::new();
    for spec in ENDPOINTS {
        let request = ServiceRequest { method: spec.method.as_str(), path: spec.path, ..Default::default() };
        let reply = host.raw(&request).response;
        assert_eq!(reply.status, 200, "{}", spec.operation);
        let envelope: Value = serde_json::from_slice(&reply.body).unwrap();
        assert!(envelope.get("code").is_some_and(Value::is_number), "{envelope}");
        assert_eq!(host.portal.borrow().calls().get(spec.operation), Some(&1));
        let other = if spec.method.as_str() == "GET" { "POST" } else { "GET" };
        assert_eq!(host.raw(&ServiceRequest { method: other, ..request }).response.status, 405);
    }
    host.portal.borrow_mut().reset_calls();
    assert!(host.portal.borrow().calls().is_empty());
    let unknown = host.raw(&ServiceRequest { path: "/v2.2/nothing", ..Default::default() });
    assert_eq!(unknown.response.status, 404);
}

// The main job, from signing in to the menu of an application and out again.
#[test]
fn the_whole_story() {
    let host = Host::new();
    let signed_in = host.log_in(" Morgan ", "portal").unwrap();
    assert_eq!((signed_in.viewer.name.as_str(), signed_in.second_factor), ("Morgan Keller", None));
    let names: Vec<_> = signed_in.organizations.entries.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names[..3], ["North Sea Energy", "Helios Solar Group", "Harbor City Utilities"]);

    // contract.md 0.4: the token after Log In is good for choosing an organization only.
    let client = host.client();
    let early = client.with(&signed_in.token);
    for code in [
        ready(early.send(&GetUserApplications)).unwrap_err().code(),
        ready(early.send(&GetUserInformation)).unwrap_err().code(),
        ready(early.send(&GetTokenInformation)).unwrap_err().code(),
        menus(&host, &signed_in.token, "turbine-monitor").unwrap_err().code(),
    ] {
        assert_eq!(code, Some(Code::OrganizationUnselected));
    }
    assert_eq!(ready(early.send(&GetOrganizationList)).unwrap().entries.len(), names.len());

    let chosen = host.choose(&signed_in.token, "o-north-sea").unwrap();
    assert_eq!(chosen.organization.unwrap().name, "North Sea Energy");
    let token = chosen.tokens.access.unwrap();
    let information = ready(client.with(&token).send(&GetTokenInformation)).unwrap();
    assert_eq!(information.viewer.id, signed_in.viewer.id);
    assert_eq!(information.organization.unwrap().id.as_str(), "o-north-sea");
    let user = ready(client.with(&token).send(&GetUserInformation)).unwrap();
    assert_eq!(user.shown_name(), Some("Morgan Keller"));
    assert_eq!(user.phone.as_deref(), Some("+49 40 5550 117"));

    assert!(applications(&host, &token).len() >= 34);
    let tree = menus(&host, &token, "turbine-monitor").unwrap();
    assert_eq!(tree[1].children[0].children[0].identifier.as_deref(), Some("dogger_bank.turbines"));

    let switched = host.choose(&token, "o-harbor").unwrap().tokens.access.unwrap();
    assert_ne!(applications(&host, &switched), applications(&host, &token));

    ready(client.with(&switched).send(&LogOut)).unwrap();
    let after = ready(client.with(&switched).send(&GetUserApplications)).unwrap_err();
    assert!(after.ends_session() && host.last_status.get() == 200);
    // Signing out ends one session, not those of other tabs and people.
    assert!(applications(&host, &token).len() >= 34);
}

// contract.md 0.2: every documented code of these operations can be met, each with its text.
#[test]
fn documented_codes() {
    let host = Host::new();
    let client = host.client();
    let wrong = host.log_in("morgan", "wrong").unwrap_err();
    assert_eq!((wrong.code(), message(&wrong)), (Some(Code::Invalid), "The user name or password is wrong"));
    let empty = host.log_in("", "").unwrap_err();
    assert_eq!((empty.code(), message(&empty)), (wrong.code(), message(&wrong)));
    assert_eq!(host.log_in("locked", "portal").unwrap_err().code(), Some(Code::TooManyAttempts));

    let token = host.token("solo", "o-helios");
    for unknown in ["o-north-sea", "o-nowhere"] {
        let error = host.choose(&token, unknown).unwrap_err();
        assert_eq!(
            (error.code(), message(&error)),
            (Some(Code::NotFound), "Can not find this organization.")
        );
    }
    for (text, said) in [("nonsense", "Access token is not valid"), ("two words", "")] {
        let Some(bad) = AccessToken::parse(text) else { continue };
        let error = ready(client.with(&bad).send(&GetUserInformation)).unwrap_err();
        assert_eq!((error.code(), message(&error)), (Some(Code::Unauthenticated), said));
    }
    let refresh_token = RefreshToken::parse("nonsense").unwrap();
    let error = ready(client.send(&RefreshAccessToken { refresh_token: refresh_token.clone() })).unwrap_err();
    assert_eq!((error.code(), message(&error)), (Some(Code::Unauthenticated), "Please login first"));
    let error = ready(client.with(&token).send(&RevokeRefreshToken { refresh_token })).unwrap_err();
    assert_eq!(error.code(), Some(Code::Invalid));
    assert_eq!(menus(&host, &token, "no-such").unwrap_err().code(), Some(Code::NotFound));
}

// contract.md 1.17: which sites an application sees, and its documented codes.
#[test]
fn assets_of_an_application() {
    let host = Host::new();
    let assets = |token: &AccessToken, id: &str| {
        let application = ApplicationId::parse(id).unwrap();
        ready(host.client().with(token).send(&GetAssetsByApplication { application }))
    };
    let token = host.token("morgan", "o-north-sea");
    let tree = assets(&token, "turbine-monitor").unwrap();
    assert_eq!((tree.entries.len(), tree.dropped), (1, 0));
    let root = &tree.entries[0];
    assert_eq!((root.id.as_str(), root.tag.as_deref(), root.children.len()), ("o-north-sea", None, 3));
    let turbine = &root.children[0].children[0].children[0];
    assert_eq!((turbine.id.as_str(), turbine.tag.as_deref()), ("dogger-bank-a-t01", Some("asset")));
    assert!(turbine.name.by_locale.iter().any(|(locale, _)| locale == "zh-CN"));
    // Without sites of its own category: all.
    assert_eq!(assets(&token, "kpi-board").unwrap().entries[0].children.len(), 6);
    assert_eq!(assets(&token, "without-menus").unwrap().dropped, 0);
    for (id, code) in [
        ("no-such", Code::NotFound),
        ("not-acquired", Code::NotFound),
        ("no-rights", Code::Forbidden),
        ("disabled", Code::Forbidden),
    ] {
        assert_eq!(assets(&token, id).unwrap_err().code(), Some(code), "{id}");
    }
    let early = host.log_in("morgan", "portal").unwrap().token;
    assert_eq!(assets(&early, "turbine-monitor").unwrap_err().code(), Some(Code::OrganizationUnselected));
    let old = host.token("legacy", "o-north-sea");
    assert_eq!(assets(&old, "turbine-monitor").unwrap().entries[0].children.len(), 3);
    for (organization, id) in [("o-scale-300", "generated-7"), ("o-harbor", "water-works")] {
        assert!(!assets(&host.token("morgan", organization), id).unwrap().entries.is_empty(), "{id}");
    }
}

// contract.md 0.2, 31400: the texts for a parameter that is missing.
#[test]
fn missing_parameters() {
    let host = Host::new();
    let token = host.token("solo", "o-helios").header();
    for (spec, text) in [
        (portal_api::organization::ChooseOrganization::SPEC, "orgId is required"),
        (RefreshAccessToken::SPEC, "Refresh Token is required"),
        (RevokeRefreshToken::SPEC, "Lack of necessary parameters"),
        (GetAppMenuAndPermission::SPEC, "accessKey is required"),
        (GetAssetsByApplication::SPEC, "accessKey is required"),
        (LogIn::SPEC, "The user name or password is wrong"),
        (LogInViaCode::SPEC, "code is required"),
        (GetUserDomain::SPEC, "Email is required"),
        (VerifyCode::SPEC, "type must be mfa"),
    ] {
        for body in ["", "{}", "{\"orgId\": 7, \"code\": 7}"] {
            let reply = host.raw(&ServiceRequest {
                method: spec.method.as_str(),
                path: spec.path,
                authorization: Some(&token),
                body: body.as_bytes(),
                ..Default::default()
            });
            let envelope: Value = serde_json::from_slice(&reply.response.body).unwrap();
            assert_eq!(envelope, json!({ "code": 31400, "message": text, "data": null }));
        }
    }
}

// contract.md 0.1: both success codes occur, as on live portals.
#[test]
fn both_success_codes_are_sent() {
    let host = Host::new();
    let token = host.token("solo", "o-helios").header();
    for (path, code, text) in [("/v2.2/user/info", 0, "OK"), ("/v2.2/user/app/list", 200, "")] {
        let request = ServiceRequest { path, authorization: Some(&token), ..Default::default() };
        let reply = host.raw(&request).response;
        let envelope: Value = serde_json::from_slice(&reply.body).unwrap();
        assert_eq!((&envelope["code"], &envelope["message"]), (&json!(code), &json!(text)));
        assert_eq!(reply.header("cache-control"), Some("no-store"));
    }
}

// contract.md 1.5, 1.6: refreshing gives new tokens of the same organization; revoking ends all of them.
#[test]
fn refresh_and_revoke() {
    let host = Host::new();
    let client = host.client();
    let chosen = host.enter("morgan", "o-helios");
    let (access, refresh) = (chosen.tokens.access.unwrap(), chosen.tokens.refresh.unwrap());
    assert_eq!(chosen.tokens.refresh_expires, Some(START + 30 * 24 * 3600 * 1000));
    assert_eq!(refresh.reveal().split('.').count(), 3);
    host.wait(3600);
    let expired = ready(client.with(&access).send(&GetUserInformation)).unwrap_err();
    assert_eq!((expired.code(), host.last_status.get()), (Some(Code::Unauthenticated), 200));
    let fresh = ready(client.send(&RefreshAccessToken { refresh_token: refresh.clone() })).unwrap();
    assert_eq!(fresh.organization.unwrap().id.as_str(), "o-helios");
    let access = fresh.tokens.access.unwrap();
    let newer = fresh.tokens.refresh.unwrap();
    assert!(newer != refresh);
    ready(client.with(&access).send(&RevokeRefreshToken { refresh_token: newer.clone() })).unwrap();
    for refresh_token in [refresh, newer] {
        let error = ready(client.send(&RefreshAccessToken { refresh_token })).unwrap_err();
        assert_eq!(error.code(), Some(Code::Unauthenticated));
    }
    // The access token lives on: Log Out is what ends it.
    ready(client.with(&access).send(&GetUserInformation)).unwrap();
    // Signing in again within the same second gives tokens that work, and others' were never touched.
    let again = host.enter("morgan", "o-helios").tokens.refresh.unwrap();
    ready(client.send(&RefreshAccessToken { refresh_token: again })).unwrap();
}

// A refresh token ends after 30 days (contract.md 0.4).
#[test]
fn refresh_tokens_end() {
    let host = Host::new();
    let refresh_token = host.enter("solo", "o-helios").tokens.refresh.unwrap();
    host.wait(30 * 24 * 3600);
    let error = ready(host.client().send(&RefreshAccessToken { refresh_token })).unwrap_err();
    assert_eq!(error.code(), Some(Code::Unauthenticated));
}

// A reload of the page makes a new service; nobody must be signed out, and nothing revoked may come back.
#[test]
fn tokens_survive_a_new_portal() {
    let host = Host::new();
    let kept = host.token("morgan", "o-north-sea");
    let left = host.enter("morgan", "o-helios");
    let (left, refresh_token) = (left.tokens.access.unwrap(), left.tokens.refresh.unwrap());
    ready(host.client().with(&left).send(&RevokeRefreshToken { refresh_token: refresh_token.clone() }))
        .unwrap();
    ready(host.client().with(&left).send(&LogOut)).unwrap();
    let snapshot = host.portal.borrow().snapshot();
    for secret in [kept.reveal(), left.reveal(), refresh_token.reveal(), "portal"] {
        assert!(!snapshot.contains(secret));
    }

    let again = Host::new();
    assert!(!applications(&again, &kept).is_empty());
    again.portal.borrow_mut().restore("no snapshot");
    again.portal.borrow_mut().restore(&snapshot);
    assert!(!applications(&again, &kept).is_empty());
    let error = ready(again.client().with(&left).send(&GetUserInformation)).unwrap_err();
    assert_eq!(error.code(), Some(Code::Unauthenticated));
    let error = ready(again.client().send(&RefreshAccessToken { refresh_token })).unwrap_err();
    assert_eq!(error.code(), Some(Code::Unauthenticated));
}

// The host waits, not the service; and a portal can move to another thread of a server.
#[test]
fn a_portal_is_plain_data() {
    fn check<T: Send + Sync + Clone + 'static>() {}
    check::<Portal>();
}
