//! Whether this instance lives and should get calls, and what it has counted.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::middleware::from_fn;
use axum::routing::get;

use crate::door;
use crate::files::NO_STORE;
use crate::metrics::Metrics;
use crate::upstream::Upstream;

/// What the addresses for machines speak of.
#[derive(Clone)]
pub(crate) struct Health {
    pub(crate) upstream: Option<Arc<Upstream>>,
    pub(crate) metrics: Arc<Metrics>,
    /// Set when the end has begun: balancers are to send nothing more.
    pub(crate) leaving: Arc<AtomicBool>,
}

impl Health {
    async fn unready(&self) -> Option<String> {
        if self.leaving.load(Ordering::Relaxed) {
            return Some("shutting down".to_owned());
        }
        self.upstream.as_ref()?.unready().await
    }
}

/// For the portal's own port: a word, and no reasons.
pub(crate) fn open(health: Health) -> Router {
    Router::new().route("/healthz", get(alive)).route("/readyz", get(ready).with_state(health))
}

/// For the port of the operators: the reasons, and the numbers.
pub(crate) fn admin(health: Health) -> Router {
    Router::new()
        .route("/healthz", get(alive))
        .route("/readyz", get(ready_with_reason).with_state(health.clone()))
        .route("/metrics", get(metrics).with_state(health))
        .layer(from_fn(door::bounded))
}

async fn alive() -> Response<Body> {
    text(StatusCode::OK, "alive\n".to_owned())
}

async fn ready(State(health): State<Health>) -> Response<Body> {
    match health.unready().await {
        None => text(StatusCode::OK, "ready\n".to_owned()),
        Some(_) => text(StatusCode::SERVICE_UNAVAILABLE, "not ready\n".to_owned()),
    }
}

async fn ready_with_reason(State(health): State<Health>) -> Response<Body> {
    match health.unready().await {
        None => text(StatusCode::OK, "ready\n".to_owned()),
        Some(reason) => text(StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {reason}\n")),
    }
}

async fn metrics(State(health): State<Health>) -> Response<Body> {
    let ahead = health.upstream.as_ref().and_then(|upstream| upstream.clock_ahead());
    let mut response = text(StatusCode::OK, health.metrics.text(ahead));
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

fn text(status: StatusCode, text: String) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response.headers_mut().insert(header::CACHE_CONTROL, NO_STORE);
    response
}
