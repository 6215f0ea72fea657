//! `/app-portal-service/…` before a real service: what passes is signed where the gateway wants it and sent on, and the
//! reply is handed back. Nothing is kept of a call but what a session may do, for a minute: any number of instances serve
//! side by side.
//! Nothing here writes an address anywhere: two calls carry the refresh token in the query (contract.md 1.5, 1.6).

mod allow;
mod ask;
mod cause;
mod clock;
mod coding;
mod connection;
mod facts;
mod forward;
mod gateway;
mod guard;
mod incoming;
mod proxies;
mod refusal;
mod relay;
mod room;
mod session;
mod sign;
mod times;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{HeaderValue, Request, Response};
use portal_api::Spec;
use serde_json::json;
use tokio::sync::Semaphore;

use crate::log::{self, Level};
use crate::metrics::{Metrics, Outcome};
use crate::tls::TlsError;
use allow::Allowed;
use clock::Clock;
use connection::Connection;
use facts::Facts;
use gateway::Gateway;
use incoming::Ids;
use proxies::Proxies;
use refusal::Refusal;
use room::Room;

pub(crate) use allow::server_operations;
pub(crate) use connection::Base;
use forward::Outgoing;
pub(crate) use incoming::Peer;
pub use proxies::Network;
pub(crate) use sign::{Application, Secret};

/// The header that names a call for the help desk; the page shows it with an error.
pub(crate) const REQUEST_ID: &str = "x-request-id";

/// What the forwarding needs to know.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) base: Base,
    /// Who signs; none before a service that is open without a signature.
    pub(crate) application: Option<Application>,
    pub(crate) operations: Vec<String>,
    pub(crate) limits: Limits,
    /// How many servers of the deployment stand before this one and add to `X-Forwarded-For`, and where the nearest of
    /// them connects from.
    pub(crate) proxies: (usize, Vec<Network>),
    /// How long a connection may take.
    pub(crate) connect: Duration,
}

/// Bounds of a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Limits {
    pub(crate) request_bytes: usize,
    pub(crate) reply_bytes: usize,
    /// Calls that have no reply yet.
    pub(crate) calls: usize,
    /// For the request's body, for the head of the reply, and between two pieces of its body.
    pub(crate) patience: Duration,
    /// Whether browsers come over TLS.
    pub(crate) tls: bool,
}

/// What stands behind this server.
#[derive(Debug)]
pub(crate) struct Upstream {
    base: Base,
    connection: Arc<Connection>,
    gateway: Option<Arc<Gateway>>,
    allowed: Allowed,
    limits: Limits,
    proxies: Proxies,
    calls: Semaphore,
    room: Room,
    facts: Facts,
    ids: Ids,
    metrics: Arc<Metrics>,
}

impl Upstream {
    /// Sets the forwarding up; asks nobody yet.
    ///
    /// # Errors
    /// The certificates to trust cannot be read; or, inside, a name is none of a server-to-server operation.
    pub(crate) fn new(
        plan: Plan,
        authorities: Option<&Path>,
        metrics: Arc<Metrics>,
    ) -> Result<Result<Self, String>, TlsError> {
        let connection =
            Arc::new(Connection::new(&plan.base, authorities, plan.connect, plan.limits.patience)?);
        let gateway = plan.application.map(|application| {
            let (base, clock) = (plan.base.clone(), Arc::new(Clock::default()));
            Arc::new(Gateway::new(application, base, connection.clone(), metrics.clone(), clock))
        });
        let calls = Semaphore::new(plan.limits.calls);
        let room = Room::new(plan.limits.request_bytes);
        Ok(Allowed::new(&plan.operations).map(|allowed| Self {
            base: plan.base,
            connection,
            gateway,
            allowed,
            limits: plan.limits,
            proxies: Proxies::new(plan.proxies.0, plan.proxies.1),
            calls,
            room,
            facts: Facts::default(),
            ids: Ids::default(),
            metrics,
        }))
    }

    /// Answers one call.
    pub(crate) async fn answer(&self, request: Request<Body>) -> Response<Body> {
        let began = Instant::now();
        let under_way = self.metrics.began();
        let id = self.ids.of(&request, &self.proxies);
        let found = self.allowed.find(request.method().as_str(), request.uri().path());
        let spec = found.map(|(spec, _)| spec);
        let watch = Watch { upstream: self, spec, id: &id, began };
        let outcome = match found {
            Some((spec, condition)) => self.pass(spec, condition, request, &id).await,
            None => Err(Refusal::NotAllowed),
        };
        watch.over();
        drop(under_way);
        let (mut response, refusal) = match outcome {
            Ok(response) => (response, None),
            Err(refusal) => (refusal.response(), Some(refusal)),
        };
        self.told(spec, &id, began.elapsed(), response.status().as_u16(), refusal.as_ref());
        if let Ok(id) = HeaderValue::try_from(id) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        response
    }

    /// Gets the first token, so that a wrong key shows at the start and not with the first user.
    pub(crate) async fn prepare(&self) {
        if let Some(gateway) = &self.gateway {
            // Why there is none stands in the log.
            let _told = gateway.token().await;
        }
    }

    /// Why this instance should get no calls: the gateway refuses its key. One that cannot be reached is no reason,
    /// since no other instance would reach it and the page explains it better than a balancer.
    pub(crate) async fn unready(&self) -> Option<String> {
        self.gateway.as_ref()?.refused().await
    }

    /// How far the gateway's clock is ahead, where this server signs.
    pub(crate) fn clock_ahead(&self) -> Option<i64> {
        self.gateway.as_ref().map(|gateway| gateway.clock.ahead())
    }

    /// Counts and logs a call, by the name of its operation: never by its address.
    fn told(&self, spec: Option<&Spec>, id: &str, took: Duration, status: u16, refusal: Option<&Refusal>) {
        let (level, outcome) = match refusal {
            None => (Level::Info, Outcome::Answered),
            Some(Refusal::ClientGone) => (Level::Warn, Outcome::Left),
            Some(refusal) if refusal.is_ours() => (Level::Warn, Outcome::Refused),
            Some(_) => (Level::Warn, Outcome::Failed),
        };
        self.metrics.call(spec, outcome, took);
        if !log::is_on(level) {
            return;
        }
        let operation = spec.map_or("none", |spec| spec.operation);
        let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let members = [
            ("request_id", json!(id)),
            ("operation", json!(operation)),
            ("status", json!(status)),
            ("ms", json!(millis)),
            ("refusal", json!(refusal.map(Refusal::word))),
            ("reason", json!(refusal.and_then(Refusal::reason))),
        ];
        log::line(level, "call", &members);
    }
}

/// A call that is under way. Where the client goes away first, nobody is left to answer; but the service may have done what
/// it was asked for, so the call is told all the same.
struct Watch<'a> {
    upstream: &'a Upstream,
    spec: Option<&'static Spec>,
    id: &'a str,
    began: Instant,
}

impl Watch<'_> {
    /// The call has an answer, which is told by itself.
    fn over(self) {
        core::mem::forget(self);
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        // The status is nobody's but nginx's, and known by it: the client closed the request.
        self.upstream.told(self.spec, self.id, self.began.elapsed(), 499, Some(&Refusal::ClientGone));
    }
}
