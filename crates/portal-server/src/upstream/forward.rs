//! One call on its way: taken in, checked, signed, sent, and its reply handed back.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Request, Response, StatusCode, header, response};
use http_body::Body as _;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use portal_api::json;
use portal_api::{Code, Method, SERVICE_PREFIX, Spec, encoding};

use super::allow::Condition;
use super::ask::{bearer, plain_headers};
use super::gateway::{self, Held};
use super::guard::Unread;
use super::refusal::Refusal;
use super::relay::Relay;
use super::room::Place;
use super::{REQUEST_ID, Upstream, coding, facts, guard, incoming, sign};
use crate::service::{BadBody, read_body};

/// A reply up to this many bytes is looked at: the gateway's own refusals are short.
const LOOKED_AT: usize = 1024;
/// What of the reply's headers is handed on; never a cookie, a place to go to, or a policy.
const HANDED_BACK: [header::HeaderName; 2] = [header::CONTENT_ENCODING, header::RETRY_AFTER];

/// A call as it goes out, but for the signature.
#[derive(Debug)]
pub(crate) struct Outgoing {
    pub(super) spec: &'static Spec,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// The head of a reply, and as much of its body as has been read.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) parts: response::Parts,
    pub(super) first: Bytes,
    /// None where `first` is all.
    pub(super) rest: Option<Incoming>,
}

impl Upstream {
    /// Takes a call in, holds it against the rules, and gives the reply.
    pub(super) async fn pass(
        &self,
        spec: &'static Spec,
        condition: Condition,
        request: Request<Body>,
        id: &str,
    ) -> Result<Response<Body>, Refusal> {
        let proxied = self.proxies.believed(&request);
        if incoming::is_of_another_site(request.headers(), proxied, self.limits.tls) {
            return Err(Refusal::OtherSite);
        }
        let is_json = incoming::is_json(request.headers());
        let headers = incoming::handed_on(spec, &request, &self.proxies, &self.limits);
        let query = encoding::parse_query(request.uri().query().unwrap_or_default());
        // Both are held until the reply begins: it is for slow readers to wait.
        let mut place = self.room.place();
        let body = match spec.method {
            Method::Post => self.body(request.into_body(), &mut place).await?,
            Method::Get => Bytes::new(),
        };
        if !body.is_empty() && !is_json {
            return Err(Refusal::NotJson);
        }
        let _permit = self.calls.try_acquire().map_err(|_| Refusal::Busy)?;
        let authorization = headers.get(header::AUTHORIZATION).cloned();
        let call = Outgoing { spec, query, headers, body };
        let call = match condition {
            Condition::Open => call,
            Condition::Session => self.checked(id, call).await?,
        };
        // Before and after: who asks meanwhile may still learn what was.
        self.facts.forget_after(spec, authorization.as_ref());
        let reply = self.exchange(id, call).await;
        self.facts.forget_after(spec, authorization.as_ref());
        let reply = reply?;
        if ends_session(&reply) {
            self.facts.forget(authorization.as_ref());
        }
        self.hand_back(reply, id)
    }

    async fn body(&self, body: Body, place: &mut Place<'_>) -> Result<Bytes, Refusal> {
        let max = self.limits.request_bytes;
        let read = read_body(body, max, |total| place.grow(total));
        let read = tokio::time::timeout(self.limits.patience, read).await;
        read.map_err(|_| Refusal::TooSlow)?.map_err(|bad| match bad {
            BadBody::BrokenOff => Refusal::BrokenOff,
            BadBody::TooLarge => Refusal::TooLarge(max),
            BadBody::NoRoom => Refusal::Busy,
        })
    }

    /// The call as the rules let it pass.
    async fn checked(&self, id: &str, call: Outgoing) -> Result<Outgoing, Refusal> {
        let Outgoing { spec, query, mut headers, body } = call;
        let token = facts::parse(headers.remove(header::AUTHORIZATION).as_ref());
        let named = |name: &str| Some((name.to_owned(), headers.get(name)?.to_str().ok()?.to_owned()));
        let unread = Unread { query, headers: named("locale").into_iter().collect(), body };
        let (parts, with_token) = guard::check(self, id, spec, token.as_ref(), unread).await?;
        headers.remove("locale");
        headers.extend(plain_headers(&parts.headers));
        if let Some(token) = token.as_ref().filter(|_| with_token) {
            headers.insert(header::AUTHORIZATION, bearer(token)?);
        }
        let body = parts.body.map(|body| Bytes::from(body.to_text())).unwrap_or_default();
        Ok(Outgoing { spec, query: parts.query, headers, body })
    }

    /// Sends a call, with a signature where there is a key; once more where the gateway no longer takes its token.
    pub(super) async fn exchange(&self, id: &str, call: Outgoing) -> Result<Reply, Refusal> {
        let Outgoing { spec, query, mut headers, body } = call;
        let query = sign::sorted(query);
        let pairs = query.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        let path = format!("{SERVICE_PREFIX}{}", spec.path);
        let uri = self.base.uri(&path, &encoding::write_query(pairs))?;
        if spec.method == Method::Post {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        headers.extend(HeaderValue::try_from(id).map(|id| (header::HeaderName::from_static(REQUEST_ID), id)));
        let mut again = self.gateway.is_some();
        if again {
            let readable = coding::readable(headers.get(header::ACCEPT_ENCODING));
            headers.insert(header::ACCEPT_ENCODING, readable);
        }
        loop {
            let held = match &self.gateway {
                Some(gateway) => Some(gateway.token().await?),
                None => None,
            };
            let once = async || {
                let mut request = Request::new(Full::new(body.clone()));
                *request.method_mut() = match spec.method {
                    Method::Get => axum::http::Method::GET,
                    Method::Post => axum::http::Method::POST,
                };
                *request.uri_mut() = uri.clone();
                *request.headers_mut() = headers.clone();
                if let Some(held) = &held {
                    self.sign(&mut request, held, &query, &body).await?;
                }
                self.connection.send(request).await
            };
            let response = match once().await {
                // A connection of the pool may have been closed by the other side a moment ago.
                Err(Refusal::Unreachable(_)) if spec.repeatable => once().await?,
                other => other?,
            };
            let reply = self.look_at(response).await?;
            let Some((gateway, held)) = self.gateway.as_ref().zip(held) else { return Ok(reply) };
            if let Some(ahead) = gateway.clock.compare(&reply.parts.headers) {
                gateway::tell_difference(ahead);
            }
            match gateway_code(&reply) {
                // The gateway refused before the service saw the call: sending it again has no effect twice.
                Some(1203 | 1204) if again => {
                    again = false;
                    gateway.forget(&held);
                }
                Some(code) => return Err(gateway.not_handed_on(code)),
                None => return Ok(reply),
            }
        }
    }

    async fn sign(
        &self,
        request: &mut Request<Full<Bytes>>,
        held: &Arc<Held>,
        query: &[(String, String)],
        body: &[u8],
    ) -> Result<(), Refusal> {
        let Some(gateway) = &self.gateway else { return Ok(()) };
        let timestamp = gateway.clock.of_call().await?;
        let signature = gateway.application.signature(held.token(), query, body, &timestamp);
        for (name, text) in [
            ("apim-accesstoken", held.token()),
            ("apim-timestamp", timestamp.as_str()),
            ("apim-signature", signature.as_str()),
        ] {
            if let Ok(mut value) = HeaderValue::try_from(text) {
                value.set_sensitive(true);
                request.headers_mut().insert(name, value);
            }
        }
        Ok(())
    }

    /// Reads the beginning of a reply, all of a short one.
    async fn look_at(&self, response: Response<Incoming>) -> Result<Reply, Refusal> {
        let (parts, mut body) = response.into_parts();
        let exact = body.size_hint().exact();
        let max = u64::try_from(self.limits.reply_bytes).unwrap_or(u64::MAX);
        if exact.is_some_and(|length| length > max) {
            return Err(Refusal::ReplyTooLarge);
        }
        let mut first = Bytes::new();
        let short = u64::try_from(LOOKED_AT).unwrap_or_default();
        while !body.is_end_stream() && first.len() <= LOOKED_AT {
            let frame = tokio::time::timeout(self.limits.patience, body.frame()).await;
            let Some(frame) = frame.map_err(|_| Refusal::Timeout)? else {
                return Ok(Reply { parts, first, rest: None });
            };
            let frame = frame.map_err(|_| Refusal::BadReply("The service's reply broke off"))?;
            let Ok(data) = frame.into_data() else { continue };
            first =
                if first.is_empty() { data } else { Bytes::from([first.as_ref(), data.as_ref()].concat()) };
            if exact.is_some_and(|length| length > short) {
                break;
            }
        }
        let rest = (!body.is_end_stream()).then_some(body);
        Ok(Reply { parts, first, rest })
    }

    /// The reply as the client gets it.
    fn hand_back(&self, reply: Reply, id: &str) -> Result<Response<Body>, Refusal> {
        let Reply { parts, first, rest } = reply;
        let status = parts.status;
        if status.is_redirection() || status.is_informational() {
            return Err(Refusal::BadReply("The service's answer leads elsewhere"));
        }
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if status.is_server_error() && !kind.is_some_and(|kind| kind.contains("json")) {
            return Err(failed(&parts));
        }
        if first.len() > self.limits.reply_bytes {
            return Err(Refusal::ReplyTooLarge);
        }
        let body = match rest {
            None => Body::from(first),
            Some(rest) => Body::new(Relay {
                first,
                rest,
                left: self.limits.reply_bytes,
                patience: self.limits.patience,
                metrics: self.metrics.clone(),
                id: id.to_owned(),
                waiting: None,
            }),
        };
        let mut response = Response::new(body);
        *response.status_mut() = status;
        // Whatever came, it is never shown as a page of this host.
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        for name in HANDED_BACK {
            let value = parts.headers.get(&name).cloned();
            headers.extend(value.map(|value| (name, value)));
        }
        Ok(response)
    }
}

/// What becomes of a reply that is a failure without an envelope.
pub(super) fn failed(parts: &response::Parts) -> Refusal {
    Refusal::Failed(parts.status.as_u16(), parts.headers.get(header::RETRY_AFTER).cloned())
}

/// The code of a reply that the gateway itself gave: those of contract.md 0.2 and no others.
fn gateway_code(reply: &Reply) -> Option<i64> {
    code(reply).filter(|code| (1001..=1204).contains(code))
}

/// Whether the service no longer takes the token of a call.
fn ends_session(reply: &Reply) -> bool {
    let told = || code(reply).map(Code::from_number);
    reply.parts.status == StatusCode::UNAUTHORIZED
        || matches!(
            told(),
            Some(Code::Unauthenticated | Code::Conflict | Code::Expired | Code::OrganizationUnselected)
        )
}

/// The code of a short reply.
fn code(reply: &Reply) -> Option<i64> {
    if reply.rest.is_some() || reply.first.len() > LOOKED_AT {
        return None;
    }
    let text = coding::text(&reply.parts.headers, &reply.first)?;
    gateway::code(&json::read(&text).ok()?)
}
