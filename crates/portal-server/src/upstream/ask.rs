//! Calls of this server's own, in the name of a user, to learn what the user may do.

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use http_body_util::{BodyExt as _, Limited};
use portal_api::{Access as _, AccessToken, Endpoint, Error, Request, Response};

use super::forward::failed;
use super::refusal::Refusal;
use super::{Outgoing, Upstream};

/// More than this is read by nobody here, in bytes: room for some 30,000 applications of a user.
const MAX_ANSWER: usize = 32 << 20;

/// Asks the service. Outside, why there is no reply; inside, what the service refused.
pub(super) async fn ask<E: Endpoint>(
    upstream: &Upstream,
    id: &str,
    token: &AccessToken,
    endpoint: &E,
) -> Result<Result<E::Reply, Error>, Refusal> {
    let request = Request::new(endpoint, Some(token));
    let mut headers = plain_headers(&request.parts.headers);
    if E::Access::NEEDS_TOKEN {
        headers.insert(header::AUTHORIZATION, bearer(token)?);
    }
    let body = request.body_text().map(Bytes::from).unwrap_or_default();
    let call = Outgoing { spec: &E::SPEC, query: request.parts.query, headers, body };
    let reply = upstream.exchange(id, call).await?;
    let status = reply.parts.status.as_u16();
    let failed = reply.parts.status.is_server_error().then(|| failed(&reply.parts));
    let mut bytes = reply.first.to_vec();
    if let Some(rest) = reply.rest {
        let rest = tokio::time::timeout(upstream.limits.patience, Limited::new(rest, MAX_ANSWER).collect());
        let rest = rest.await.map_err(|_| Refusal::Timeout)?;
        let rest = rest.map_err(|_| Refusal::BadReply("The service's reply broke off"))?;
        bytes.extend_from_slice(&rest.to_bytes());
    }
    let response = Response { status, headers: Vec::new(), body: bytes };
    match portal_api::reply::<E>(&response) {
        // Who fails has refused nobody.
        Err(error) if error.is_transient() => {
            Err(failed.unwrap_or(Refusal::BadReply("The service's reply cannot be read")))
        }
        told => Ok(told),
    }
}

/// The number of a refusal.
pub(super) fn code_of(error: &Error) -> Option<i64> {
    error.code().map(portal_api::Code::number)
}

/// A token as the header that carries it.
pub(super) fn bearer(token: &AccessToken) -> Result<HeaderValue, Refusal> {
    let value = HeaderValue::try_from(token.header());
    let mut value = value.map_err(|_| Refusal::Forbidden("This call needs the token of a user"))?;
    value.set_sensitive(true);
    Ok(value)
}

/// Headers that an endpoint wrote; what is none is left out.
pub(super) fn plain_headers(pairs: &[(String, String)]) -> HeaderMap {
    let header = |(name, value): &(String, String)| {
        Some((HeaderName::try_from(name).ok()?, HeaderValue::try_from(value).ok()?))
    };
    pairs.iter().filter_map(header).collect()
}
