//! What this server asks the service before it lends the application's rights: once a minute for a session, and anew where
//! something has changed.

use std::thread;

use portal_api::authentication::LogOut;
use portal_api::message::GetUnresolvedMessages;
use portal_api::organization::ChooseOrganization;
use portal_api::{AccessToken, ApplicationId, Endpoint as _, OrganizationId, Page};

use crate::gateway::Gateway;
use crate::harness::{Folder, Host, Reply};
use crate::service::{call, read};
use crate::signed::{before, token};

const POLL: &str = "/app-portal-service/v2.2/message/unresolved/list";
const WHO: &str = "/app-portal-service/v2.2/session/info";
const LIST: &str = "/app-portal-service/v2.2/user/app/list";

fn started() -> (Folder, Gateway, Host) {
    let (folder, gateway) = (Folder::site(), Gateway::start());
    let host = before(&folder, &gateway, |options| {
        options.operations = vec![GetUnresolvedMessages::SPEC.operation.to_owned()];
    });
    (folder, gateway, host)
}

/// As the page asks how many messages wait.
fn poll(host: &Host, application: &str, organization: &str, token: &AccessToken) -> Reply {
    let ask = GetUnresolvedMessages {
        application: ApplicationId::parse(application).expect("an id"),
        organization: OrganizationId::parse(organization).expect("an id"),
        page: Page { number: 0, size: 1 },
    };
    call(host, &ask, Some(token))
}

fn good(reply: &Reply) -> bool {
    reply.status == 200 && !reply.text().contains("\"code\":31")
}

/// How many calls of polls, of whose a token is, and of the list of applications came since the last time.
fn counted(gateway: &Gateway) -> (usize, usize, usize) {
    let calls = gateway.calls();
    let count = |path: &str| calls.iter().filter(|came| came.path() == path).count();
    assert_eq!(count(POLL) + count(WHO) + count(LIST), calls.len());
    (count(POLL), count(WHO), count(LIST))
}

#[test]
fn polls_cost_one_call_each() {
    let (_folder, gateway, host) = started();
    let user = token(&host, "morgan", "o-north-sea");
    gateway.calls();
    for _ in 0..10 {
        assert!(good(&poll(&host, "turbine-monitor", "o-north-sea", &user)));
    }
    assert_eq!(counted(&gateway), (10, 1, 1));
    // What is known is held against each call as before.
    assert_eq!(poll(&host, "not-one-of-mine", "o-north-sea", &user).status, 403);
    assert_eq!(poll(&host, "turbine-monitor", "o-harbor", &user).status, 403);
    assert_eq!(counted(&gateway), (0, 0, 0));
    // Another session is another user.
    let other = token(&host, "admin", "o-north-sea");
    gateway.calls();
    poll(&host, "turbine-monitor", "o-north-sea", &other);
    assert_eq!(counted(&gateway).1, 1);
}

// A page that comes back asks for all its applications at once.
#[test]
fn polls_at_once_ask_once() {
    let (_folder, gateway, host) = started();
    let user = token(&host, "morgan", "o-north-sea");
    gateway.calls();
    thread::scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| assert!(good(&poll(&host, "turbine-monitor", "o-north-sea", &user))));
        }
    });
    assert_eq!(counted(&gateway), (12, 1, 1));
}

// What was true of a session before it chose another organization, or ended, is not true after.
#[test]
fn a_session_that_changes_is_asked_about_again() {
    let (_folder, gateway, host) = started();
    let user = token(&host, "morgan", "o-north-sea");
    assert!(good(&poll(&host, "turbine-monitor", "o-north-sea", &user)));
    let organization = OrganizationId::parse("o-harbor").expect("an id");
    let chosen = read::<ChooseOrganization>(call(&host, &ChooseOrganization { organization }, Some(&user)));
    gateway.calls();
    // Whatever the service says of the old token now: it is asked.
    poll(&host, "turbine-monitor", "o-north-sea", &user);
    assert_eq!(counted(&gateway).1, 1);
    let user = chosen.tokens.access.unwrap_or(user);
    assert_eq!(poll(&host, "turbine-monitor", "o-north-sea", &user).status, 403);

    let user = token(&host, "morgan", "o-north-sea");
    assert!(good(&poll(&host, "turbine-monitor", "o-north-sea", &user)));
    call(&host, &LogOut, Some(&user));
    gateway.calls();
    let reply = poll(&host, "turbine-monitor", "o-north-sea", &user);
    assert_eq!((reply.status, reply.text().contains("31401")), (401, true), "{}", reply.text());
    assert_eq!(counted(&gateway), (0, 1, 0));
}

// A session that the service has ended is found out with its next call of any kind.
#[test]
fn a_session_that_the_service_ends_is_forgotten() {
    let (_folder, gateway, host) = started();
    let user = token(&host, "morgan", "o-north-sea");
    assert!(good(&poll(&host, "turbine-monitor", "o-north-sea", &user)));
    gateway.be(crate::gateway::Mood::Says(
        b"HTTP/1.1 200 OK\r\nContent-Length: 46\r\n\r\n{\"code\":31401,\"data\":null,\"message\":\"expired\"}".to_vec(),
    ));
    call(&host, &portal_api::authentication::GetTokenInformation, Some(&user));
    gateway.be(crate::gateway::Mood::Good);
    gateway.calls();
    poll(&host, "turbine-monitor", "o-north-sea", &user);
    assert_eq!(counted(&gateway).1, 1);
}
