//! What goes out, to the byte, for each of the ten operations.

use std::cell::RefCell;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use portal_api::application::{GetAppMenuAndPermission, GetUserApplications};
use portal_api::authentication::{
    GetTokenInformation, LogIn, LogOut, RefreshAccessToken, RevokeRefreshToken,
};
use portal_api::organization::{ChooseOrganization, GetOrganizationList, GetUserInformation};
use portal_api::{
    AccessToken, ApplicationId, Client, ENDPOINTS, Endpoint, ErrorKind, MAX_REPLY_BYTES, Method,
    OrganizationId, Parts, Password, RefreshToken, Request, Response, Transport, TransportFailure, encoding,
    json,
};
use proptest::prelude::*;

/// Answers from a table: the first row whose path fits; keeps what was asked.
struct Table {
    rows: Vec<(&'static str, Result<Response, TransportFailure>)>,
    seen: RefCell<Vec<(String, Request)>>,
}

impl Table {
    fn new(rows: Vec<(&'static str, Result<Response, TransportFailure>)>) -> Self {
        Self { rows, seen: RefCell::new(Vec::new()) }
    }
}

impl Transport for &Table {
    async fn send(&self, base: &str, request: Request) -> Result<Response, TransportFailure> {
        let row = self.rows.iter().find(|(path, _)| *path == request.path);
        self.seen.borrow_mut().push((base.to_owned(), request));
        row.map_or(Err(TransportFailure::Network), |(_, response)| response.clone())
    }
}

fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return output;
        }
    }
}

fn reply(data: &str) -> Result<Response, TransportFailure> {
    let body = format!(r#"{{"code":0,"data":{data}}}"#).into_bytes();
    Ok(Response { status: 200, headers: Vec::new(), body })
}

fn token() -> AccessToken {
    AccessToken::parse("APP_PORTAL_S_1").unwrap()
}

fn refresh_token() -> RefreshToken {
    RefreshToken::parse("eyJh.b+/c=&d").unwrap()
}

/// Method, path with query, `Authorization` and body of a call.
fn wire<E: Endpoint>(endpoint: &E) -> (&'static str, String, Option<String>, Option<String>) {
    use portal_api::Access;
    let token = E::Access::NEEDS_TOKEN.then(token);
    let request = Request::new(endpoint, token.as_ref());
    assert_eq!(request.method, E::SPEC.method);
    assert!(request.parts.headers.is_empty());
    let authorization = request.token.as_ref().map(AccessToken::header);
    (request.method.as_str(), request.path_and_query(), authorization, request.body_text())
}

#[test]
fn every_operation_on_the_wire() {
    // contract.md §1: methods, v2.2 paths, places of the parameters; 0.3: `Bearer ` once.
    let bearer = || Some("Bearer APP_PORTAL_S_1".to_owned());
    let get = |path: &str| ("GET", path.to_owned(), bearer(), None);
    let log_in = LogIn { account: "morgan".to_owned(), password: Password::new("p\"ä ") };
    let body = r#"{"account":"morgan","password":"p\"ä "}"#.to_owned();
    assert_eq!(wire(&log_in), ("POST", "/v2.2/login".to_owned(), None, Some(body)));
    let choose = ChooseOrganization { organization: OrganizationId::parse("o1").unwrap() };
    let body = r#"{"orgId":"o1"}"#.to_owned();
    assert_eq!(wire(&choose), ("POST", "/v2.2/session/set".to_owned(), bearer(), Some(body)));
    assert_eq!(wire(&GetOrganizationList), get("/v2.2/user/organization/list"));
    assert_eq!(wire(&GetTokenInformation), get("/v2.2/session/info"));
    let path = "/v2.2/token/refresh?refreshToken=eyJh.b%2B%2Fc%3D%26d".to_owned();
    assert_eq!(wire(&RefreshAccessToken { refresh_token: refresh_token() }), ("GET", path, None, None));
    let path = "/v2.2/refreshToken/revokeAll?refreshToken=eyJh.b%2B%2Fc%3D%26d".to_owned();
    assert_eq!(wire(&RevokeRefreshToken { refresh_token: refresh_token() }), ("POST", path, bearer(), None));
    assert_eq!(wire(&LogOut), get("/v2.2/logout"));
    assert_eq!(wire(&GetUserInformation), get("/v2.2/user/info"));
    assert_eq!(wire(&GetUserApplications), get("/v2.2/user/app/list"));
    let application = ApplicationId::parse("a/b?c=d&é %").unwrap();
    let path = "/v2.2/user/app/resource/info?accessKey=a%2Fb%3Fc%3Dd%26%C3%A9%20%25";
    assert_eq!(wire(&GetAppMenuAndPermission { application }), get(path));
}

#[test]
fn the_table_of_operations() {
    // contract.md §6, 21: what has effects is not repeated; every operation stands once, below /v2.2/.
    assert_eq!(ENDPOINTS.len(), 10);
    for (at, spec) in ENDPOINTS.iter().enumerate() {
        assert!(spec.path.starts_with("/v2.2/") && !spec.bare_reply);
        assert!(
            ENDPOINTS[..at].iter().all(|other| other.path != spec.path && other.operation != spec.operation)
        );
    }
    let once: Vec<_> = ENDPOINTS.iter().filter(|spec| !spec.repeatable).map(|spec| spec.operation).collect();
    assert_eq!(once, ["Log In", "Log Out", "Refresh Access Token"]);
    let posts = ENDPOINTS.iter().filter(|spec| spec.method == Method::Post).count();
    assert_eq!(posts, 3);
}

#[test]
fn the_whole_story_over_a_transport() {
    // contract.md 0.4: the token of Log In chooses, the token returned goes on.
    let table = Table::new(vec![
        ("/v2.2/login", reply(r#"{"accessToken":"first","organizations":[{"id":"o1","name":"N"}]}"#)),
        ("/v2.2/session/set", reply(r#"{"accessToken":"Bearer second","refreshToken":"r1"}"#)),
        ("/v2.2/user/app/list", reply(r#"{"apps":[{"id":"a"},{}]}"#)),
    ]);
    // contract.md §6, 22: base and scheme are the configured ones.
    let client = Client::new(&table, "https://portal.test/app-portal-service/");
    let log_in = LogIn { account: "morgan".to_owned(), password: Password::new("x") };
    let signed_in = block_on(client.send(&log_in)).unwrap();
    let organization = signed_in.organizations.entries[0].id.clone();
    let chosen = block_on(client.with(&signed_in.token).send(&ChooseOrganization { organization })).unwrap();
    let second = chosen.tokens.access.unwrap();
    let list = block_on(client.with(&second).send(&GetUserApplications)).unwrap();
    assert_eq!((list.entries.len(), list.dropped), (1, 1));
    let seen = table.seen.borrow();
    assert!(seen.iter().all(|(base, _)| base == "https://portal.test/app-portal-service"));
    let tokens: Vec<_> =
        seen.iter().map(|(_, request)| request.token.as_ref().map(AccessToken::reveal)).collect();
    assert_eq!(tokens, [None, Some("first"), Some("second")]);
}

#[test]
fn failures_are_typed_and_name_the_operation() {
    // hostile.md 64, 71: no network, another shape, a reply without end.
    let huge = Response { status: 200, headers: Vec::new(), body: vec![b' '; MAX_REPLY_BYTES + 1] };
    let table = Table::new(vec![
        ("/v2.2/login", reply("{}")),
        ("/v2.2/user/info", Err(TransportFailure::Offline)),
        ("/v2.2/user/app/list", Ok(huge)),
    ]);
    let client = Client::new(&table, "");
    let log_in = LogIn { account: "morgan".to_owned(), password: Password::new("x") };
    let error = block_on(client.send(&log_in)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Malformed { place: "data.accessToken".to_owned() });
    assert_eq!(error.operation, "Log In");
    let token = token();
    let error = block_on(client.with(&token).send(&GetUserInformation)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Transport(TransportFailure::Offline));
    assert!(error.is_transient() && error.code().is_none());
    let error = block_on(client.with(&token).send(&GetUserApplications)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Transport(TransportFailure::TooLarge));
    assert_eq!((error.operation, error.is_transient()), ("Get User's Applications", false));
    let error = block_on(client.with(&token).send(&LogOut)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Transport(TransportFailure::Network));
}

/// The parameters as the service finds them, after the way over the wire.
fn over_the_wire<E: Endpoint>(endpoint: &E) -> Parts {
    let request = Request::new(endpoint, None);
    let address = request.path_and_query();
    let (path, query) = address.split_once('?').unwrap_or((&address, ""));
    assert_eq!(path, E::SPEC.path);
    let body = request.body_text().map(|body| json::parse(&body).unwrap().into_owned());
    Parts { query: encoding::parse_query(query), headers: Vec::new(), body }
}

#[test]
fn calls_without_parameters_are_read_back() {
    assert_eq!(LogOut::read(&over_the_wire(&LogOut)), Ok(LogOut));
    assert_eq!(GetTokenInformation::read(&over_the_wire(&GetTokenInformation)), Ok(GetTokenInformation));
    assert_eq!(GetOrganizationList::read(&over_the_wire(&GetOrganizationList)), Ok(GetOrganizationList));
    assert_eq!(GetUserInformation::read(&over_the_wire(&GetUserInformation)), Ok(GetUserInformation));
    assert_eq!(GetUserApplications::read(&over_the_wire(&GetUserApplications)), Ok(GetUserApplications));
}

#[test]
fn a_refresh_token_in_the_body_is_read_too() {
    // contract.md 1.6: English 2.1 to 2.3 put it in the body; our service takes both, our client sends the query.
    let mut parts = Parts::default();
    parts.put_body("refreshToken", "r1");
    assert_eq!(RevokeRefreshToken::read(&parts).unwrap().refresh_token.reveal(), "r1");
}

proptest! {
    // What the client writes, the service reads back, whatever the texts hold.
    #[test]
    fn parameters_round_trip(account in ".+", password in ".+", id in ".+", secret in "[!-~]{1,60}") {
        let log_in = LogIn { account, password: Password::new(&password) };
        prop_assert_eq!(LogIn::read(&over_the_wire(&log_in)), Ok(log_in));
        let choose = ChooseOrganization { organization: OrganizationId::parse(&id).unwrap() };
        prop_assert_eq!(ChooseOrganization::read(&over_the_wire(&choose)), Ok(choose));
        let resources = GetAppMenuAndPermission { application: ApplicationId::parse(&id).unwrap() };
        prop_assert_eq!(GetAppMenuAndPermission::read(&over_the_wire(&resources)), Ok(resources));
        let refresh_token = RefreshToken::parse(&secret).unwrap();
        let refresh = RefreshAccessToken { refresh_token: refresh_token.clone() };
        prop_assert_eq!(RefreshAccessToken::read(&over_the_wire(&refresh)), Ok(refresh));
        let revoke = RevokeRefreshToken { refresh_token };
        prop_assert_eq!(RevokeRefreshToken::read(&over_the_wire(&revoke)), Ok(revoke));
    }
}
