//! What is refused of every request, whatever it asks for.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header};
use axum::middleware::Next;

use crate::files::status;

/// What the head of a request may hold, in bytes.
pub(crate) const MOST_HEAD: usize = 32 << 10;

/// The service worker of the portal, the only one of its origin.
pub(crate) const WORKER: &str = "/refresh-worker.js";

/// Refuses a head that is too large. For every port.
pub(crate) async fn bounded(request: Request, next: Next) -> Response<Body> {
    if head(request.method(), request.uri(), request.headers()) <= MOST_HEAD {
        return next.run(request).await;
    }
    let mut response = status(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

/// Refuses every service worker but the portal's own: any other script of the origin could answer the portal's requests
/// in place of the server. For the portal's own origin.
pub(crate) async fn one_worker(request: Request, next: Next) -> Response<Body> {
    let is_worker = request.headers().get("service-worker").is_some_and(|kind| kind == "script");
    if is_worker && request.uri().path() != WORKER {
        return status(StatusCode::FORBIDDEN);
    }
    next.run(request).await
}

/// How long a head was, in bytes: the request line and the lines of the headers, without blanks around values.
fn head(method: &Method, uri: &Uri, headers: &HeaderMap) -> usize {
    const BESIDE_VALUE: usize = ": \r\n".len();
    let target = uri.path_and_query().map_or(0, |target| target.as_str().len());
    let lines = headers.iter().map(|(name, value)| name.as_str().len() + value.len() + BESIDE_VALUE);
    method.as_str().len() + target + "  HTTP/1.1\r\n\r\n".len() + lines.sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::{HeaderMap, HeaderValue, Method, Uri, head};

    #[test]
    fn a_head_is_as_long_as_it_came() {
        let came = "GET /a?b=c HTTP/1.1\r\nhost: x\r\naccept: */*\r\n\r\n";
        let mut headers = HeaderMap::new();
        headers.insert("host", HeaderValue::from_static("x"));
        headers.insert("accept", HeaderValue::from_static("*/*"));
        assert_eq!(head(&Method::GET, &Uri::from_static("/a?b=c"), &headers), came.len());
    }
}
