//! From a request to the handler of its operation, and from the outcome to a reply.

use portal_api::{Access, AccessToken, Body, Endpoint, MissingParameter, Parts, Spec, encoding};

use crate::catalogue::{Catalogue, Organization, OrganizationSentinel, User, UserSentinel};
use crate::handlers::ROUTES;
use crate::reply::{self, Answer, Fault};
use crate::state::State;
use crate::{Options, Portal, ServiceReply, ServiceRequest, legacy, token};

/// How late every reply to the account `slow` is.
const SLOW_REPLY_MS: u32 = 3000;

/// An operation that this service answers; implemented beside the others of its family in [`crate::handlers`].
pub(crate) trait Served: Endpoint {
    /// Whether the call may be made before the second step of signing in is done. What waits for it is not documented
    /// (contract.md §5); here it is everything else that carries a token, so that nobody gets past it.
    const BEFORE_SECOND_STEP: bool = false;

    /// The header that the token is read from.
    fn token<'c>(call: &'c Call<'_>) -> Option<&'c str> {
        call.authorization
    }

    /// Carries out the call.
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault>;

    /// The documented text for a mandatory parameter that is missing (31400).
    fn missing(parameter: MissingParameter) -> String {
        format!("{} is required", parameter.name)
    }
}

/// One operation and what to run for it.
pub(crate) struct Route {
    pub(crate) spec: Spec,
    run: fn(&mut Call<'_>) -> Result<Answer, Fault>,
}

/// The route of an endpoint.
pub(crate) const fn route<E: Served>() -> Route {
    Route { spec: E::SPEC, run: run::<E> }
}

fn run<E: Served>(call: &mut Call<'_>) -> Result<Answer, Fault> {
    if E::Access::NEEDS_TOKEN {
        let token = read_token(E::token(call))?;
        call.authenticate(token, E::BEFORE_SECOND_STEP)?;
    }
    let endpoint = E::read(&call.parts).map_err(|missing| Fault::new(reply::INVALID, E::missing(missing)))?;
    endpoint.serve(call)
}

fn read_token(header: Option<&str>) -> Result<token::Access, Fault> {
    let token = AccessToken::parse(header.ok_or_else(Fault::not_signed_in)?);
    token.and_then(|token| token::read_access(token.reveal())).ok_or_else(Fault::bad_token)
}

/// Everything that a handler may look at and change.
pub(crate) struct Call<'a> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) state: &'a mut State,
    pub(crate) options: &'a Options,
    pub(crate) now_ms: i64,
    pub(crate) authorization: Option<&'a str>,
    pub(crate) parts: Parts,
    pub(crate) caller: Option<Caller<'a>>,
    /// Whom the call is about, as soon as that is known: sentinel accounts change the reply.
    pub(crate) user: Option<&'a User>,
    pub(crate) delay_ms: u32,
}

/// Who calls: read from a good access token.
#[derive(Clone, Copy)]
pub(crate) struct Caller<'a> {
    pub(crate) user: &'a User,
    pub(crate) organization: Option<&'a Organization>,
    pub(crate) token: token::Access,
}

impl<'a> Call<'a> {
    /// The time in seconds since 1970; never negative, since tokens cannot say so.
    pub(crate) fn now(&self) -> i64 {
        self.now_ms.max(0) / 1000
    }

    /// The caller of an operation that needs a token.
    pub(crate) fn caller(&self) -> Result<Caller<'a>, Fault> {
        self.caller.ok_or_else(Fault::not_signed_in)
    }

    /// The caller's organization; 31512 where none is chosen yet (contract.md 0.4).
    pub(crate) fn organization(&self) -> Result<&'a Organization, Fault> {
        let organization = self.caller()?.organization;
        let organization = organization.filter(|one| one.sentinel != OrganizationSentinel::Unselected);
        organization.ok_or_else(|| Fault::new(reply::UNSELECTED, "Organization unselected"))
    }

    fn authenticate(&mut self, token: token::Access, before_second_step: bool) -> Result<(), Fault> {
        let user = self.catalogue.user_by_mark(token.user).ok_or_else(Fault::bad_token)?;
        self.user = Some(user);
        let ended = token.expires <= self.now() || self.state.is_signed_out(token.mark);
        let organization = self.catalogue.organization_by_mark(user, token.organization);
        let lost = token.organization != 0 && organization.is_none();
        if ended || lost {
            return Err(Fault::bad_token());
        }
        // A token with an organization comes from one whose second step was done.
        let waits = organization.is_none() && user.second_factor().is_some();
        if waits && !before_second_step && !self.state.is_verified(token.mark) {
            return Err(Fault::new(reply::FORBIDDEN, "Complete the second step of signing in first"));
        }
        self.caller = Some(Caller { user, organization, token });
        Ok(())
    }
}

/// Answers one call; see [`crate::handle`].
pub(crate) fn answer(portal: &mut Portal, request: &ServiceRequest<'_>, now_ms: i64) -> ServiceReply {
    let route = match find(request) {
        Ok(route) => route,
        Err(fault) => return finish(Err(fault), None, 0),
    };
    *portal.calls.entry(route.spec.operation).or_default() += 1;
    let catalogue = match portal.catalogue.as_ref() {
        Ok(catalogue) => catalogue,
        Err(error) => return finish(Err(Fault::new(reply::INTERNAL, error.to_string())), None, 0),
    };
    let body = match read_body(request.body) {
        Ok(body) => body,
        Err(fault) => return finish(Err(fault), None, 0),
    };
    let headers = request.headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let mut call = Call {
        catalogue,
        state: &mut portal.state,
        options: &portal.options,
        now_ms,
        authorization: request.authorization,
        parts: Parts { query: encoding::parse_query(request.query), headers: headers.collect(), body },
        caller: None,
        user: None,
        delay_ms: 0,
    };
    let outcome = (route.run)(&mut call);
    finish(outcome, call.user, call.delay_ms)
}

fn find(request: &ServiceRequest<'_>) -> Result<&'static Route, Fault> {
    let mut at_path = ROUTES.iter().filter(|route| route.spec.path == request.path).peekable();
    if at_path.peek().is_none() {
        return Err(Fault::Status { status: 404, message: "No such operation" });
    }
    at_path
        .find(|route| route.spec.method.as_str() == request.method)
        .ok_or(Fault::Status { status: 405, message: "The operation has another method" })
}

fn read_body(body: &[u8]) -> Result<Option<Body>, Fault> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(None);
    }
    match core::str::from_utf8(body).map(Body::parse) {
        Ok(Ok(body)) => Ok(Some(body)),
        _ => Err(Fault::new(reply::INVALID, "The body is not a JSON object")),
    }
}

fn finish(outcome: Result<Answer, Fault>, user: Option<&User>, delay_ms: u32) -> ServiceReply {
    let sentinel = user.map(|user| user.sentinel);
    let delay_ms = if sentinel == Some(UserSentinel::Slow) { SLOW_REPLY_MS.max(delay_ms) } else { delay_ms };
    let response = reply::envelope(outcome).map_or_else(
        |page| page,
        |(status, envelope)| {
            let (status, envelope) = match sentinel {
                Some(UserSentinel::Legacy) => legacy::age(status, envelope),
                _ => (status, envelope),
            };
            reply::response(status, reply::JSON, envelope.to_string())
        },
    );
    ServiceReply { response, delay_ms }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::catalogue::CatalogueError;
    use crate::{Options, Portal, ServiceRequest, handle};

    // A catalogue that somebody broke must not take the page or the server down: it says what to mend.
    #[test]
    fn a_broken_catalogue_is_an_error_reply() {
        let error = CatalogueError {
            file: "users.json".to_owned(),
            key: "users[0].name".to_owned(),
            problem: "is missing".to_owned(),
        };
        let mut portal = Portal { catalogue: Arc::new(Err(error)), ..Portal::new(Options::default()) };
        for spec in portal_api::ENDPOINTS {
            let request =
                ServiceRequest { method: spec.method.as_str(), path: spec.path, ..Default::default() };
            let reply = handle(&mut portal, &request, 0).response;
            let text = String::from_utf8(reply.body).unwrap();
            assert!(text.contains("31500"), "{text}");
            assert!(text.contains("catalogue/users.json: users[0].name: is missing"), "{text}");
        }
    }
}
