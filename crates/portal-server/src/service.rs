//! `/app-portal-service/…`: HTTP to and from the reference service, with the faults that the options ask for.
//! Nothing here writes a query anywhere: two calls carry the refresh token in it (contract.md 1.5, 1.6).

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode, header};
use http_body_util::BodyExt as _;
use portal_api::SERVICE_PREFIX;
use portal_demo::{Portal, ServiceReply, ServiceRequest, handle};
use serde_json::json;

use crate::Options;

/// The largest request that the service takes, in bytes.
const MAX_REQUEST_BYTES: usize = 1 << 20;
/// How much of a request that is too large is still read, so that the sender gets to see the answer.
const MAX_DRAINED_BYTES: usize = 16 << 20;

/// The reference service behind HTTP.
#[derive(Debug)]
pub(crate) struct Service {
    portal: Mutex<Portal>,
    delay: Duration,
    fail_percent: u8,
    arrived: AtomicU64,
}

impl Service {
    pub(crate) fn new(options: &Options, sample_origin: String) -> Self {
        let portal = Portal::new(portal_demo::Options {
            sample_origin: Some(sample_origin),
            access_lifetime_seconds: options.token_lifetime,
            ..portal_demo::Options::default()
        });
        Self {
            portal: Mutex::new(portal),
            delay: Duration::from_millis(u64::from(options.delay_ms)),
            fail_percent: options.fail_percent,
            arrived: AtomicU64::new(0),
        }
    }

    /// Answers one call.
    pub(crate) async fn answer(&self, request: Request<Body>) -> Response<Body> {
        let (parts, body) = request.into_parts();
        let body = match read_body(body, MAX_REQUEST_BYTES, |_| true).await {
            Ok(body) => body,
            Err(BadBody::BrokenOff) => {
                return envelope(StatusCode::BAD_REQUEST, 31400, "The request body broke off");
            }
            Err(BadBody::TooLarge | BadBody::NoRoom) => {
                return envelope(StatusCode::PAYLOAD_TOO_LARGE, 413, "The request is larger than 1 MiB");
            }
        };
        let path = parts.uri.path();
        let reply = if self.fails() {
            tokio::time::sleep(self.delay).await;
            return envelope(
                StatusCode::INTERNAL_SERVER_ERROR,
                31500,
                "Internal error (asked for by --fail-percent)",
            );
        } else {
            let headers = plain_headers(&parts.headers);
            let call = ServiceRequest {
                method: parts.method.as_str(),
                path: path.strip_prefix(SERVICE_PREFIX).unwrap_or(path),
                query: parts.uri.query().unwrap_or_default(),
                authorization: parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()),
                headers: &headers,
                body: &body,
            };
            handle(&mut self.portal(), &call, now_ms())
        };
        tokio::time::sleep(self.delay + Duration::from_millis(u64::from(reply.delay_ms))).await;
        to_http(reply)
    }

    /// The counters as a JSON object, operation to number.
    pub(crate) fn calls(&self) -> String {
        json!(self.portal().calls()).to_string()
    }

    pub(crate) fn reset_calls(&self) {
        self.portal().reset_calls();
    }

    /// Whether the call that arrives now is one of those that fail. The numbers look random and are the same in
    /// every run, so that a failure can be seen twice.
    fn fails(&self) -> bool {
        mix(self.arrived.fetch_add(1, Ordering::Relaxed)) % 100 < u64::from(self.fail_percent)
    }

    fn portal(&self) -> MutexGuard<'_, Portal> {
        // The portal has no state that a panic could leave half written and that matters in a demo.
        self.portal.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The answer where no service stands behind the portal.
pub(crate) fn no_service() -> Response<Body> {
    let message = "No Application Portal service is configured behind this server";
    envelope(StatusCode::BAD_GATEWAY, 502, message)
}

/// SplitMix64 (Steele, Lea, Flood 2014).
fn mix(number: u64) -> u64 {
    let number = number.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

/// Why a body is not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum BadBody {
    BrokenOff,
    TooLarge,
    /// There is no room for it now.
    NoRoom,
}

/// The whole body, of at most so many bytes. `room` says whether there is room for so many in all.
pub(crate) async fn read_body(
    mut body: Body,
    max: usize,
    mut room: impl FnMut(usize) -> bool,
) -> Result<Bytes, BadBody> {
    let mut bytes = Vec::new();
    let mut total: usize = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| BadBody::BrokenOff)?;
        let Some(data) = frame.data_ref() else { continue };
        total = total.saturating_add(data.len());
        if total <= max {
            if !room(total) {
                return Err(BadBody::NoRoom);
            }
            bytes.extend_from_slice(data);
        } else if total > max.saturating_add(MAX_DRAINED_BYTES) {
            break;
        }
    }
    if total > max { Err(BadBody::TooLarge) } else { Ok(bytes.into()) }
}

fn plain_headers(headers: &HeaderMap) -> Vec<(&str, &str)> {
    let others = headers.iter().filter(|(name, _)| *name != header::AUTHORIZATION);
    others.filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?))).collect()
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

fn to_http(reply: ServiceReply) -> Response<Body> {
    let mut response = Response::new(Body::from(reply.response.body));
    *response.status_mut() = StatusCode::from_u16(reply.response.status).unwrap_or(StatusCode::BAD_GATEWAY);
    for (name, value) in &reply.response.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// A reply in the service's own form (contract.md 0.1).
pub(crate) fn envelope(status: StatusCode, code: i64, message: &str) -> Response<Body> {
    let body = json!({ "code": code, "message": message, "data": null }).to_string();
    json_reply(status, body)
}

/// JSON text as a reply.
pub(crate) fn json_reply(status: StatusCode, body: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
