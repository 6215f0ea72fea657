//! What goes out, to the byte, for each of the operations.

use std::cell::RefCell;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use portal_api::application::{GetAppMenuAndPermission, GetUserApplications};
use portal_api::asset::GetAssetsByApplication;
use portal_api::authentication::{
    GetTokenInformation, LogIn, LogInViaCode, LogOut, RefreshAccessToken, RevokeRefreshToken,
};
use portal_api::organization::{ChooseOrganization, GetOrganizationList, GetUserDomain, GetUserInformation};
use portal_api::verification::{Outcome, SendVerificationCode, VerifyCode};
use portal_api::{
    AccessToken, ApplicationId, AuthorizationCode, Body, Client, ENDPOINTS, Endpoint, ErrorKind, Locale,
    MAX_REPLY_BYTES, Method, OrganizationId, Parts, Password, RefreshToken, Request, Response, Transport,
    TransportFailure, VerificationCode, encoding,
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

fn code() -> AuthorizationCode {
    AuthorizationCode::parse("a b/+&=\"é").unwrap()
}

fn typed(text: &str) -> VerificationCode {
    VerificationCode::parse(text).unwrap()
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
    assert_eq!(wire(&GetAppMenuAndPermission { application: application.clone() }), get(path));
    let path = "/v2.2/user/app/asset/tree?accessKey=a%2Fb%3Fc%3Dd%26%C3%A9%20%25";
    assert_eq!(wire(&GetAssetsByApplication { application, kinds: Vec::new() }), get(path));
    let by_code = |channel: Option<&str>| LogInViaCode { code: code(), channel: channel.map(str::to_owned) };
    let body = r#"{"code":"a b/+&=\"é"}"#.to_owned();
    let path = "/v2.2/loginViaCode".to_owned();
    assert_eq!(wire(&by_code(None)), ("POST", path.clone(), None, Some(body.clone())));
    assert_eq!(wire(&by_code(Some("We b&c"))), ("POST", path + "?channel=We%20b%26c", None, Some(body)));
    let path = "/v2.2/user/domain?email=a%2Bb%40c.example".to_owned();
    assert_eq!(wire(&GetUserDomain { email: "a+b@c.example".to_owned() }), ("GET", path, None, None));
    let path = "/v2.3/verificationCode/send?type=mfa".to_owned();
    assert_eq!(wire(&SendVerificationCode { locale: None }), ("POST", path, bearer(), None));
    let path = "/v2.3/verificationCode/verify?type=mfa".to_owned();
    let body = r#"{"code":"246810"}"#.to_owned();
    assert_eq!(wire(&VerifyCode { code: typed("246 810") }), ("POST", path, bearer(), Some(body)));
}

#[test]
fn the_second_step_sends_the_token_in_both_headers() {
    // contract.md 2.1 and §3: `accessToken` in one table, `Authorization` in the other; no other call is told twice.
    let table = Table::new(vec![
        ("/v2.3/verificationCode/send", reply("{}")),
        ("/v2.3/verificationCode/verify", reply("{}")),
        ("/v2.2/logout", reply("{}")),
    ]);
    let client = Client::new(&table, "");
    let token = token();
    let user = client.with(&token);
    let locale = Locale::parse("zh-cn");
    assert_eq!(block_on(user.send(&SendVerificationCode { locale })).unwrap(), Outcome::Done);
    assert_eq!(block_on(user.send(&VerifyCode { code: typed("1") })).unwrap(), Outcome::Done);
    block_on(user.send(&LogOut)).unwrap();
    // Callers that set the token late send it twice as well, and once more after a refresh.
    let request =
        Request { token: Some(token.clone()), ..Request::new(&VerifyCode { code: typed("1") }, None) };
    for _ in 0..2 {
        block_on(client.exchange(&VerifyCode::SPEC, request.clone())).unwrap();
    }
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let twice = header("accessToken", "Bearer APP_PORTAL_S_1");
    let seen = table.seen.borrow();
    let headers: Vec<_> = seen.iter().map(|(_, request)| request.parts.headers.as_slice()).collect();
    let only = std::slice::from_ref(&twice);
    assert_eq!(headers, [&[header("locale", "zh_CN"), twice.clone()], only, &[], only, only]);
    assert!(seen.iter().all(|(_, request)| request.token.as_ref() == Some(&token)));
}

#[test]
fn the_table_of_operations() {
    // contract.md §6, 21: what has effects is not repeated; every operation stands once, below /v2.2/ or 2.1's /v2.3/.
    assert_eq!(ENDPOINTS.len(), 36);
    for (at, spec) in ENDPOINTS.iter().enumerate() {
        let second_step = spec.path.contains("verificationCode");
        let version = if second_step || spec.operation == "Confirm Password" { "/v2.3/" } else { "/v2.2/" };
        assert!(spec.path.starts_with(version));
        // contract.md 1.17: of all samples, those of one operation lack the envelope.
        assert_eq!(spec.bare_reply, spec.operation == "Get Assets by Application");
        assert_eq!(spec.token_twice, second_step);
        assert!(
            ENDPOINTS[..at].iter().all(|other| other.path != spec.path && other.operation != spec.operation)
        );
    }
    let once: Vec<_> = ENDPOINTS.iter().filter(|spec| !spec.repeatable).map(|spec| spec.operation).collect();
    let expected = [
        "Log In",
        "Log In via Authorization Code",
        "Log Out",
        "Refresh Access Token",
        "Confirm Password",
        "Send Verification Code",
        "Verify Code",
        "Authorize Asset",
        "Sync Asset",
        "Create Message",
        "Update Message",
    ];
    assert_eq!(once, expected);
    let posts = ENDPOINTS.iter().filter(|spec| spec.method == Method::Post).count();
    assert_eq!(posts, 17);
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
    let body = request.body_text().map(|body| Body::parse(&body).unwrap());
    // Names of headers arrive in lower case.
    let headers = request.parts.headers.into_iter().map(|(name, value)| (name.to_lowercase(), value));
    Parts { query: encoding::parse_query(query), headers: headers.collect(), body }
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
        let assets = GetAssetsByApplication { application: ApplicationId::parse(&id).unwrap(), kinds: Vec::new() };
        prop_assert_eq!(GetAssetsByApplication::read(&over_the_wire(&assets)), Ok(assets));
        let refresh_token = RefreshToken::parse(&secret).unwrap();
        let refresh = RefreshAccessToken { refresh_token: refresh_token.clone() };
        prop_assert_eq!(RefreshAccessToken::read(&over_the_wire(&refresh)), Ok(refresh));
        let revoke = RevokeRefreshToken { refresh_token };
        prop_assert_eq!(RevokeRefreshToken::read(&over_the_wire(&revoke)), Ok(revoke));
    }

    #[test]
    fn parameters_of_sign_in_kinds_round_trip(
        email in ".+", text in any::<String>(), channel in prop::option::of(".+"), locale in any::<String>(),
    ) {
        let domain = GetUserDomain { email };
        prop_assert_eq!(GetUserDomain::read(&over_the_wire(&domain)), Ok(domain));
        if let Some(code) = AuthorizationCode::parse(&text) {
            prop_assert_eq!(code.reveal(), text.as_str());
            let via_code = LogInViaCode { code, channel };
            prop_assert_eq!(LogInViaCode::read(&over_the_wire(&via_code)), Ok(via_code));
        }
        if let Some(code) = VerificationCode::parse(&text) {
            let verify = VerifyCode { code };
            prop_assert_eq!(VerifyCode::read(&over_the_wire(&verify)), Ok(verify));
        }
        let send = SendVerificationCode { locale: Locale::parse(&locale) };
        prop_assert_eq!(SendVerificationCode::read(&over_the_wire(&send)), Ok(send));
    }
}
