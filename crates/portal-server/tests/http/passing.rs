//! What passes to the service and what does not: the operations of a browser, those that the configuration names on their
//! conditions, and whatever a hostile client can write.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use portal_api::asset::{AuthorizeAsset, GetAssetsByOrganization, GetUsersWithAssetAccess, SyncAsset};
use portal_api::message::{
    CreateMessage, GetUnresolvedMessages, MessageKind, MessageUpdate, NewMessage, UpdateMessage,
};
use portal_api::people::{GetAppUserList, GetOrganizationUserList};
use portal_api::role::{GetOrganizationRoles, GetUserRoles};
use portal_api::{
    AccessToken, ApplicationId, AssetId, Audience, ENDPOINTS, Endpoint, Localized, MessageId, OrganizationId,
    Page, UserId,
};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::gateway::Gateway;
use crate::harness::{Folder, Host, INDEX, Reply, SECRET, send};
use crate::service::call;
use crate::signed::{before, token};

fn named(folder: &Folder, gateway: &Gateway) -> Host {
    before(folder, gateway, |options| {
        let server = ENDPOINTS.iter().filter(|spec| spec.audience == Audience::Server);
        options.operations = server.map(|spec| spec.operation.to_owned()).collect();
    })
}

/// A call with a user's token, whatever the operation says of tokens: as the page sends it.
fn with<E: Endpoint>(host: &Host, endpoint: &E, token: &AccessToken) -> Reply {
    call(host, endpoint, Some(token))
}

fn organization(id: &str) -> OrganizationId {
    OrganizationId::parse(id).expect("an id")
}

fn refused(reply: &Reply) -> bool {
    reply.status == 403 && reply.text().starts_with("{\"code\":31403,\"data\":null,\"message\":")
}

fn good(reply: &Reply) -> bool {
    let text = reply.text();
    reply.status == 200 && (text.starts_with("{\"code\":0,") || text.starts_with("{\"code\":200,"))
}

#[test]
fn without_a_name_no_operation_of_servers_passes() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    let host = before(&folder, &gateway, |_| ());
    let token = token(&host, "admin", "o-north-sea");
    gateway.calls();
    let call = GetUnresolvedMessages {
        application: ApplicationId::parse("turbine-monitor").expect("an id"),
        organization: organization("o-north-sea"),
        page: Page::FIRST,
    };
    assert!(refused(&with(&host, &call, &token)));
    assert!(refused(&with(&host, &SyncAsset { organization: organization("o-north-sea") }, &token)));
    assert_eq!(gateway.calls().len(), 0);
}

// A confused deputy would lend the application's rights to anybody (contract.md 0.3).
#[test]
fn named_operations_want_a_session_of_the_organization() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    let host = named(&folder, &gateway);
    let token = token(&host, "morgan", "o-north-sea");
    let list = |id| GetOrganizationUserList { organization: organization(id), page: Page::FIRST };
    let own = list("o-north-sea");
    assert!(good(&with(&host, &own, &token)));
    assert!(refused(&with(&host, &list("o-helios"), &token)));
    // Nobody's token, none, and one without an organization.
    assert!(refused(&call(&host, &own, None)));
    let unknown = AccessToken::parse("APP_PORTAL_S_00000000000000000000000000000000").expect("a token");
    let reply = with(&host, &own, &unknown);
    assert!(reply.status == 401 && reply.text().contains("31401"), "{}", reply.text());
    let log_in = portal_api::authentication::LogIn {
        account: "morgan".to_owned(),
        password: portal_api::Password::new("portal"),
    };
    let early = crate::service::read::<portal_api::authentication::LogIn>(call(&host, &log_in, None)).token;
    let reply = with(&host, &own, &early);
    assert!(reply.text().contains("31512"), "{}", reply.text());
    assert_eq!(gateway.refused(), 0);
}

// The service reads nothing that was not looked at: the body is written anew, and the token goes only where it is asked
// for.
#[test]
fn a_named_operation_is_written_anew() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    let host = named(&folder, &gateway);
    let token = token(&host, "morgan", "o-north-sea");
    gateway.calls();
    let body =
        r#"{"orgId":"o-helios","pagination":{"pageNo":0,"pageSize":5},"orgId":"o-north-sea","extra":1}"#;
    let head = format!(
        "POST /app-portal-service/v2.2/user/organization/roster?orgId=o-helios HTTP/1.1\r\n\
         Content-Type: application/json\r\nAuthorization: {}\r\n\
         Cookie: a=b\r\nX-Forwarded-For: 6.6.6.6\r\napim-accesstoken: mine\r\nForwarded: for=6.6.6.6\r\n",
        token.header()
    );
    assert!(good(&send(&host.portal, &head, body.as_bytes())));
    let calls = gateway.calls();
    let came = calls.last().expect("a call");
    assert_eq!(came.target, "/app-portal-service/v2.2/user/organization/roster");
    let sent: serde_json::Value = serde_json::from_slice(&came.body).expect("JSON");
    assert_eq!(sent, serde_json::json!({"orgId": "o-north-sea", "pagination": {"pageNo": 0, "pageSize": 5}}));
    assert_eq!((came.header("authorization"), came.header("cookie")), (None, None));
    assert_eq!((came.header("forwarded"), came.header("x-forwarded-for")), (None, Some("127.0.0.1")));
    // Before it stand the calls that asked who this is.
    assert_eq!(calls.first().map(|came| came.path()), Some("/app-portal-service/v2.2/session/info"));
}

// What changes something, and what is about somebody else, is for administrators.
#[test]
fn only_administrators_change_and_look_at_others() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    let host = named(&folder, &gateway);
    let (user, admin) = (token(&host, "morgan", "o-north-sea"), token(&host, "admin", "o-north-sea"));
    let here = || organization("o-north-sea");
    let id = |id: &str| UserId::parse(id).expect("an id");
    let asset = |id: &str| AssetId::parse(id).expect("an id");
    let sync = SyncAsset { organization: here() };
    let append =
        AuthorizeAsset { user: id("u-morgan"), organization: here(), assets: vec![asset("test-field-p1")] };
    let assets =
        |user| GetAssetsByOrganization { user, organization: here(), kinds: vec![], page: Page::FIRST };
    let roles = |user| GetUserRoles { user, organization: here(), locale: None };
    assert!(refused(&with(&host, &sync, &user)) && good(&with(&host, &sync, &admin)));
    let access = |name| GetUsersWithAssetAccess { asset: asset(name), organization: here() };
    assert!(good(&with(&host, &access("dogger-bank-a-t01"), &user)));
    assert!(refused(&with(&host, &access("test-field-p1"), &user)));
    assert!(refused(&with(&host, &append, &user)) && good(&with(&host, &append, &admin)));
    assert!(good(&with(&host, &assets(id("u-morgan")), &user)));
    assert!(refused(&with(&host, &assets(id("u-admin")), &user)));
    assert!(good(&with(&host, &assets(id("u-morgan")), &admin)));
    assert!(good(&with(&host, &roles(id("u-morgan")), &user)));
    assert!(refused(&with(&host, &roles(id("u-admin")), &user)));
    // The service itself says who may see the users of the application.
    let users = GetAppUserList { page: Page::FIRST };
    assert!(good(&with(&host, &users, &admin)));
    assert!(with(&host, &users, &user).text().contains("31403"));
    // Roles need no token of the service's own, and yet a session here.
    let all = GetOrganizationRoles { organization: here(), locale: None };
    assert!(refused(&call(&host, &all, None)) && good(&with(&host, &all, &user)));
}

// contract.md 1.27: a message names no organization when it is changed.
#[test]
fn messages_are_the_organizations_own() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    let host = named(&folder, &gateway);
    let (user, admin) = (token(&host, "morgan", "o-north-sea"), token(&host, "admin", "o-north-sea"));
    let application = |id: &str| ApplicationId::parse(id).expect("an id");
    let unresolved = |id: &str, name: &str| GetUnresolvedMessages {
        application: application(id),
        organization: organization(name),
        page: Page::FIRST,
    };
    assert!(good(&with(&host, &unresolved("turbine-monitor", "o-north-sea"), &user)));
    assert!(refused(&with(&host, &unresolved("turbine-monitor", "o-harbor"), &user)));
    assert!(refused(&with(&host, &unresolved("not-one-of-mine", "o-north-sea"), &user)));

    let update = |id: &str, of: &str| UpdateMessage {
        messages: vec![MessageUpdate {
            id: MessageId::parse(id).expect("an id"),
            application: application(of),
            processed: true,
        }],
    };
    assert!(good(&with(&host, &update("o-north-sea.turbine-monitor.0001", "turbine-monitor"), &user)));
    // What somebody dealt with already stays behind, and holds nothing up.
    let mut both = update("o-north-sea.turbine-monitor.0001", "turbine-monitor");
    both.messages.extend(update("o-north-sea.turbine-monitor.0002", "turbine-monitor").messages);
    gateway.calls();
    assert!(good(&with(&host, &both, &user)));
    let sent = String::from_utf8(gateway.calls().last().expect("a call").body.clone()).expect("text");
    assert!(sent.contains(".0002") && !sent.contains(".0001"), "{sent}");
    // Another organization's, dealt with already, of an application that the user does not have.
    assert!(refused(&with(&host, &update("o-harbor.documents.0001", "documents"), &user)));
    assert!(refused(&with(&host, &update("o-north-sea.turbine-monitor.0001", "turbine-monitor"), &user)));
    assert!(refused(&with(&host, &update("x", "not-one-of-mine"), &user)));

    let create = |of: &str, name: &str| CreateMessage { messages: vec![message(of, name)] };
    assert!(refused(&with(&host, &create("turbine-monitor", "o-north-sea"), &user)));
    assert!(good(&with(&host, &create("turbine-monitor", "o-north-sea"), &admin)));
    assert!(refused(&with(&host, &create("turbine-monitor", "o-harbor"), &admin)));
    assert!(refused(&with(&host, &create("not-one-of-mine", "o-north-sea"), &admin)));
}

fn message(application: &str, organization_id: &str) -> NewMessage {
    NewMessage {
        id: MessageId::parse("m-1").expect("an id"),
        kind: MessageKind::Common,
        organization: organization(organization_id),
        application: ApplicationId::parse(application).expect("an id"),
        body: Localized::plain("Text"),
        color: None,
        ring: None,
        tags: vec![],
        produced: "2026-11-22 00:00:00".to_owned(),
        zone: "+01:00".to_owned(),
        resolved: false,
        linked_application: None,
        linked_menu: None,
        linked_state: None,
        feature: Localized::default(),
        asset: None,
        authorization_unit: AssetId::parse("dogger-bank").expect("an id"),
        callback: None,
        action: Localized::default(),
    }
}

// Pages of other sites cannot call, whatever they know.
#[test]
fn pages_of_other_sites_are_refused() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    let host = before(&folder, &gateway, |_| ());
    for site in ["cross-site", "same-site"] {
        let head = format!("POST /app-portal-service/v2.2/login HTTP/1.1\r\nSec-Fetch-Site: {site}\r\n");
        assert!(refused(&send(&host.portal, &head, b"{}")), "{site}");
    }
    assert!(gateway.calls().is_empty());
}

// Browsers before Fetch Metadata: they name the origin, and send of their own accord what is no JSON.
#[test]
fn pages_of_other_sites_are_refused_in_older_browsers() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    let host = before(&folder, &gateway, |_| ());
    let (json, own) = ("Content-Type: application/json\r\n", format!("Origin: http://{}\r\n", host.portal));
    let body = br#"{"account":"morgan","password":"portal"}"#;
    let post = |headers: &str| {
        send(&host.portal, &format!("POST /app-portal-service/v2.2/login HTTP/1.1\r\n{headers}"), body)
    };
    for origin in ["https://evil.example", "null", "http://127.0.0.1", "http://127.0.0.1:1"] {
        for kind in ["Content-Type: text/plain\r\n", json] {
            assert!(refused(&post(&format!("Origin: {origin}\r\n{kind}"))), "{origin} {kind}");
        }
        let get = "GET /app-portal-service/v2.2/user/domain?email=a HTTP/1.1\r\n";
        assert!(refused(&send(&host.portal, &format!("{get}Origin: {origin}\r\n"), b"")), "{origin}");
    }
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "image/png",
        "",
    ] {
        let reply = post(&format!("{own}Content-Type: {kind}\r\n"));
        assert_eq!(reply.status, 415, "{kind}");
        assert!(reply.text().contains("31400"), "{kind}: {}", reply.text());
    }
    assert_eq!(post("Sec-Fetch-Site: same-origin\r\n").status, 415);
    assert!(gateway.calls().is_empty(), "nothing was signed");
    assert!(
        good(&post(&format!("{own}{json}")))
            && good(&post(json))
            && good(&post(&format!("Sec-Fetch-Site: same-origin\r\n{json}")))
    );
    // What has no body has no type.
    let reply = send(&host.portal, &format!("POST /app-portal-service/v2.2/login HTTP/1.1\r\n{own}"), b"");
    assert_eq!((reply.status, reply.text().contains("31400")), (200, true), "{}", reply.text());
}

/// Sends bytes and gives what comes back, if anything does.
fn exchange(address: &str, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
    // A server that refuses may close while the rest is on its way.
    let _sent = stream.write_all(bytes);
    let _done = stream.shutdown(std::net::Shutdown::Write);
    let mut answer = Vec::new();
    let _read = stream.read_to_end(&mut answer);
    answer
}

/// Pieces that addresses are made of: of good ones, and of all that ever deceived a server.
fn target() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("/app-portal-service"),
        Just("/v2.2"),
        Just("/login"),
        Just("/user/app/list"),
        Just("/message/produce"),
        Just("/asset/sync"),
        Just("/apim-token-service/v2.0/token/get"),
        Just("/.."),
        Just("/."),
        Just("//"),
        Just("/"),
        Just("%2e%2e"),
        Just("%2f"),
        Just("%5c"),
        Just("\\"),
        Just("%00"),
        Just("%252e"),
        Just(";"),
        Just("?"),
        Just("#"),
        Just("secret.txt"),
        Just("boot.js"),
        Just("/sample-apps"),
        Just("http://evil.example"),
        Just("@evil.example"),
        Just("é"),
        Just("%c3%28"),
    ];
    prop::collection::vec(piece, 0..8)
        .prop_map(|pieces| format!("/{}", pieces.concat().trim_start_matches('/')))
}

fn headers() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("Host: evil.example\r\n".to_owned()),
        Just(
            "X-Forwarded-Host: evil.example\r\nX-Original-URL: /app-portal-service/v2.2/asset/sync\r\n"
                .to_owned()
        ),
        Just("X-HTTP-Method-Override: GET\r\n".to_owned()),
        Just("Transfer-Encoding: chunked\r\n".to_owned()),
        Just("Content-Length: 5\r\n".to_owned()),
        Just("Content-Length: 99999999999999999999\r\n".to_owned()),
        Just("Connection: upgrade\r\nUpgrade: websocket\r\n".to_owned()),
        Just("Expect: 100-continue\r\n".to_owned()),
        Just("Authorization: Bearer x\r\n".to_owned()),
        Just("apim-accesstoken: x\r\napim-signature: y\r\n".to_owned()),
        Just("Range: bytes=0-\r\n".to_owned()),
        Just("Accept: text/html\r\n".to_owned()),
        "[ -~]{0,40}".prop_map(|text| format!("X-Any: {text}\r\n")),
        "[ -~]{0,40}".prop_map(|text| format!("{text}\r\n")),
        (0_usize..20_000).prop_map(|size| format!("X-Large: {}\r\n", "x".repeat(size))),
    ];
    prop::collection::vec(line, 0..5).prop_map(|lines| lines.concat())
}

// Whatever is written: nothing reaches the service that is not allowed, and no file beside the site is read.
#[test]
fn a_hostile_client_moves_nothing() {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    let host = before(&folder, &gateway, |_| ());
    let method = prop_oneof![
        4 => Just("GET".to_owned()), 4 => Just("POST".to_owned()),
        1 => Just("HEAD".to_owned()), 1 => Just("CONNECT".to_owned()), 1 => Just("OPTIONS".to_owned()),
        1 => "[A-Za-z]{1,9}",
    ];
    let body = prop_oneof![
        Just(Vec::new()),
        prop::collection::vec(any::<u8>(), 0..2000),
        Just(b"0\r\n\r\n".to_vec())
    ];
    let config = ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() };
    let outcome = TestRunner::new(config).run(
        &(method, target(), headers(), body),
        |(method, target, headers, body)| {
            let head = format!("{method} {target} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n");
            let answer = exchange(&host.portal, &[head.as_bytes(), &body].concat());
            let text = String::from_utf8_lossy(&answer);
            prop_assert!(!text.contains(SECRET) && !text.contains("root:"), "{}", text);
            for came in gateway.calls() {
                let below = came.path().strip_prefix("/app-portal-service").unwrap_or("?");
                let spec =
                    ENDPOINTS.iter().find(|spec| spec.path == below && spec.method.as_str() == came.method);
                prop_assert!(
                    spec.is_some_and(|spec| spec.audience != Audience::Server),
                    "{} {}",
                    came.method,
                    came.target
                );
                let host = came.header("host");
                prop_assert_eq!(host, Some(gateway.address.as_str()));
            }
            Ok(())
        },
    );
    outcome.expect("nothing moved");
    assert_eq!(gateway.refused(), 0);
    assert_eq!(host.visit("/").text(), INDEX, "and it serves as before");
}
