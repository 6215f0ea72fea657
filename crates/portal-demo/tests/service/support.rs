//! The real client on the reference service, without a network between them.

use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use portal_api::application::{GetAppMenuAndPermission, GetUserApplications};
use portal_api::authentication::{LogIn, LogInViaCode, LoggedIn};
use portal_api::organization::{ChooseOrganization, Chosen};
use portal_api::verification::{Outcome, SendVerificationCode, VerifyCode};
use portal_api::{
    AccessToken, Application, ApplicationId, AuthorizationCode, Client, Code, Error, ErrorKind, Locale, Menu,
    OrganizationId, Password, Request, Response, SERVICE_PREFIX, Transport, TransportFailure,
    VerificationCode,
};
use portal_demo::{Options, Portal, ServiceReply, ServiceRequest, handle};

/// 22 November 2026.
pub(crate) const START: i64 = 1_795_305_600_000;

/// A portal with a clock that tests set.
#[derive(Clone)]
pub(crate) struct Host {
    pub(crate) portal: Rc<RefCell<Portal>>,
    pub(crate) now: Rc<Cell<i64>>,
    pub(crate) last_delay: Rc<Cell<u32>>,
    pub(crate) last_status: Rc<Cell<u16>>,
}

impl Host {
    pub(crate) fn new() -> Self {
        Self::with(Options::default())
    }

    pub(crate) fn with(options: Options) -> Self {
        Self {
            portal: Rc::new(RefCell::new(Portal::new(options))),
            now: Rc::new(Cell::new(START)),
            last_delay: Rc::new(Cell::new(0)),
            last_status: Rc::new(Cell::new(0)),
        }
    }

    pub(crate) fn client(&self) -> Client<Self> {
        Client::new(self.clone(), SERVICE_PREFIX)
    }

    pub(crate) fn wait(&self, seconds: i64) {
        self.now.set(self.now.get() + seconds * 1000);
    }

    pub(crate) fn raw(&self, request: &ServiceRequest<'_>) -> ServiceReply {
        handle(&mut self.portal.borrow_mut(), request, self.now.get())
    }

    pub(crate) fn log_in(&self, account: &str, password: &str) -> Result<LoggedIn, Error> {
        let password = Password::new(password);
        ready(self.client().send(&LogIn { account: account.to_owned(), password }))
    }

    pub(crate) fn log_in_via_code(&self, code: &str) -> Result<LoggedIn, Error> {
        let code = AuthorizationCode::parse(code).unwrap();
        ready(self.client().send(&LogInViaCode { code, channel: Some("Web".to_owned()) }))
    }

    /// Signs in as `mfa`: the token of somebody whose second step is open.
    pub(crate) fn waiting(&self) -> AccessToken {
        let signed_in = self.log_in("mfa", "portal").unwrap();
        assert_eq!(signed_in.second_factor.as_deref(), Some("EMAIL"));
        signed_in.token
    }

    pub(crate) fn send_code(&self, token: &AccessToken) -> Result<(), Error> {
        let locale = Locale::parse("zh-CN");
        let outcome = ready(self.client().with(token).send(&SendVerificationCode { locale }))?;
        assert_eq!(outcome, Outcome::Done);
        Ok(())
    }

    pub(crate) fn verify(&self, token: &AccessToken, code: &str) -> Result<Outcome, Error> {
        let code = VerificationCode::parse(code).unwrap();
        ready(self.client().with(token).send(&VerifyCode { code }))
    }

    pub(crate) fn choose(&self, token: &AccessToken, organization: &str) -> Result<Chosen, Error> {
        let organization = OrganizationId::parse(organization).unwrap();
        ready(self.client().with(token).send(&ChooseOrganization { organization }))
    }

    /// Signs in, and chooses an organization.
    pub(crate) fn enter(&self, account: &str, organization: &str) -> Chosen {
        let token = self.log_in(account, "portal").unwrap().token;
        self.choose(&token, organization).unwrap()
    }

    /// The access token of [`Host::enter`].
    pub(crate) fn token(&self, account: &str, organization: &str) -> AccessToken {
        self.enter(account, organization).tokens.access.unwrap()
    }
}

impl Transport for Host {
    async fn send(&self, base: &str, request: Request) -> Result<Response, TransportFailure> {
        assert_eq!(base, SERVICE_PREFIX);
        let body = request.body_text().unwrap_or_default();
        let address = request.path_and_query();
        let (path, query) = address.split_once('?').unwrap_or((&address, ""));
        let authorization = request.token.as_ref().map(AccessToken::header);
        let names = request.parts.headers.iter().map(|(name, _)| name.to_lowercase()).collect::<Vec<_>>();
        let values = request.parts.headers.iter().map(|(_, value)| value.as_str());
        let headers: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(values).collect();
        let reply = self.raw(&ServiceRequest {
            method: request.method.as_str(),
            path,
            query,
            authorization: authorization.as_deref(),
            headers: &headers,
            body: body.as_bytes(),
        });
        self.last_delay.set(reply.delay_ms);
        self.last_status.set(reply.response.status);
        Ok(reply.response)
    }
}

/// The result of a future that never waits.
pub(crate) fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing here waits"),
    }
}

/// The code of a refusal; a success is a failed test.
pub(crate) fn code<T: std::fmt::Debug>(outcome: Result<T, Error>) -> Option<Code> {
    outcome.unwrap_err().code()
}

pub(crate) fn message(error: &Error) -> &str {
    match &error.kind {
        ErrorKind::Refused { message: Some(message), .. } => message,
        _ => "",
    }
}

pub(crate) fn applications(host: &Host, token: &AccessToken) -> Vec<Application> {
    let listed = ready(host.client().with(token).send(&GetUserApplications)).unwrap();
    assert_eq!(listed.dropped, 0);
    listed.entries
}

pub(crate) fn menus(host: &Host, token: &AccessToken, id: &str) -> Result<Vec<Menu>, Error> {
    let application = ApplicationId::parse(id).unwrap();
    let reply = ready(host.client().with(token).send(&GetAppMenuAndPermission { application }));
    reply.map(|resources| resources.menus.entries)
}
