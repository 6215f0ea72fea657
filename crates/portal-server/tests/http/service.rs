//! `/app-portal-service/`: the reference service over HTTP, and the faults that the options ask for.

use std::time::{Duration, Instant};

use portal_api::application::GetUserApplications;
use portal_api::authentication::LogIn;
use portal_api::organization::{ChooseOrganization, GetOrganizationList};
use portal_api::{AccessToken, Endpoint, Password, Request, Response};
use portal_server::Options;

use crate::harness::{Folder, Host, Reply, send};

fn demo(folder: &Folder, change: impl FnOnce(&mut Options)) -> Host {
    let mut options = folder.options();
    options.demo = true;
    change(&mut options);
    Host::start(options)
}

pub(crate) fn call<E: Endpoint>(host: &Host, endpoint: &E, token: Option<&AccessToken>) -> Reply {
    let request = Request::new(endpoint, token);
    let authorization = request.token.as_ref().map(|token| format!("Authorization: {}\r\n", token.header()));
    let head = format!(
        "{} /app-portal-service{} HTTP/1.1\r\nContent-Type: application/json\r\n{}",
        request.method.as_str(),
        request.path_and_query(),
        authorization.unwrap_or_default()
    );
    send(&host.portal, &head, request.body_text().unwrap_or_default().as_bytes())
}

pub(crate) fn read<E: Endpoint>(reply: Reply) -> E::Reply {
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    let headers = reply.headers.into_iter().collect();
    let response = Response { status: reply.status, headers, body: reply.body };
    portal_api::reply::<E>(&response).expect("a reply of the contract")
}

fn log_in(password: &str) -> LogIn {
    LogIn { account: "morgan".to_owned(), password: Password::new(password) }
}

// The whole way to the launcher, with the client's own types.
#[test]
fn a_user_signs_in_and_sees_applications() {
    let folder = Folder::site();
    let host = demo(&folder, |_| ());
    let token = read::<LogIn>(call(&host, &log_in("portal"), None)).token;
    let organizations = read::<GetOrganizationList>(call(&host, &GetOrganizationList, Some(&token))).entries;
    let organization = organizations.first().expect("morgan has organizations").id.clone();
    let chosen = read::<ChooseOrganization>(call(&host, &ChooseOrganization { organization }, Some(&token)));
    let token = chosen.tokens.access.expect("a token of the organization");
    let applications = read::<GetUserApplications>(call(&host, &GetUserApplications, Some(&token))).entries;
    assert!(!applications.is_empty());
    // Part of the catalogue lives on the other origin.
    let other = format!("http://{}/sample-apps/", host.samples);
    let addresses = applications.iter().filter_map(|application| application.address.as_deref());
    assert!(
        addresses.clone().any(|address| address.starts_with(&other)),
        "{:?}",
        addresses.collect::<Vec<_>>()
    );
}

// contract.md 0.2: a refusal is a code in a reply of HTTP 200.
#[test]
fn a_refusal_is_an_envelope() {
    let folder = Folder::site();
    let host = demo(&folder, |_| ());
    let reply = call(&host, &log_in("wrong"), None);
    assert_eq!(reply.status, 200);
    assert!(reply.text().contains("31400"), "{}", reply.text());
    assert_eq!(reply.header("set-cookie"), None);
    assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
}

#[test]
fn addresses_below_the_prefix_never_fall_back() {
    let folder = Folder::site();
    let host = demo(&folder, |_| ());
    for path in ["/app-portal-service", "/app-portal-service/", "/app-portal-service/v2.2/gone"] {
        let reply = host.visit(path);
        assert!(!reply.text().contains("<title>Portal"), "{path}");
        assert_eq!(reply.header("cache-control"), Some("no-store"), "{path}");
    }
    // A name that only begins alike is the site's.
    assert_eq!(host.visit("/app-portal-services").status, 200);
}

#[test]
fn without_the_demo_the_prefix_says_so() {
    let folder = Folder::site();
    let host = Host::start(folder.options());
    let reply = call(&host, &log_in("portal"), None);
    assert_eq!(reply.status, 502);
    let expected = r#"{"code":502,"data":null,"message":"No Application Portal service is configured behind this server"}"#;
    assert_eq!(reply.text(), expected);
}

#[test]
fn a_body_over_one_mebibyte_is_refused() {
    let folder = Folder::site();
    let host = demo(&folder, |_| ());
    let head = "POST /app-portal-service/v2.2/login HTTP/1.1\r\nContent-Type: application/json\r\n";
    let reply = send(&host.portal, head, &vec![b' '; (1 << 20) + 1]);
    assert_eq!(reply.status, 413);
    assert_eq!(reply.text(), r#"{"code":413,"data":null,"message":"The request is larger than 1 MiB"}"#);
    assert_ne!(send(&host.portal, head, &vec![b' '; 1 << 20]).status, 413);
}

#[test]
fn calls_are_counted_and_counters_set_back() {
    let folder = Folder::site();
    let host = demo(&folder, |options| options.counters = true);
    assert_eq!(host.get("/__demo/calls", "").text(), "{}");
    call(&host, &log_in("portal"), None);
    call(&host, &log_in("portal"), None);
    assert_eq!(host.get("/__demo/calls", "").text(), r#"{"Log In":2}"#);
    assert_eq!(send(&host.portal, "POST /__demo/calls HTTP/1.1\r\n", b"").status, 204);
    assert_eq!(host.get("/__demo/calls", "").text(), "{}");
}

#[test]
fn counters_are_closed_unless_asked_for() {
    let folder = Folder::site();
    let host = demo(&folder, |_| ());
    assert_eq!(host.visit("/__demo/calls").status, 404);
}

#[test]
fn a_share_of_the_calls_fails_the_same_way_every_time() {
    let folder = Folder::site();
    let statuses = || {
        let host = demo(&folder, |options| options.fail_percent = 30);
        (0..100).map(|_| call(&host, &log_in("portal"), None).status).collect::<Vec<_>>()
    };
    let first = statuses();
    let failed = first.iter().filter(|status| **status == 500).count();
    assert!((20..=40).contains(&failed), "{failed}");
    assert_eq!(first, statuses());
    let host = demo(&folder, |options| options.fail_percent = 100);
    let reply = call(&host, &log_in("portal"), None);
    assert_eq!(reply.status, 500);
    assert!(reply.text().starts_with(r#"{"code":31500,"#), "{}", reply.text());
}

#[test]
fn replies_wait_as_long_as_asked() {
    let folder = Folder::site();
    let host = demo(&folder, |options| options.delay_ms = 300);
    let start = Instant::now();
    call(&host, &log_in("portal"), None);
    assert!(start.elapsed() >= Duration::from_millis(300));
    let start = Instant::now();
    host.get("/boot.js", "");
    assert!(start.elapsed() < Duration::from_millis(300), "files do not wait");
}
