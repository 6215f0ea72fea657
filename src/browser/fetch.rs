//! Calls over HTTP: one fetch, bounded in time and size, never cached.

use core::hint::black_box;

use futures::future::{Either, select};
use gloo_net::http::{Method, RequestBuilder};
use js_sys::{Reflect, Uint8Array};
use portal_api::{MAX_REPLY_BYTES, Method as ApiMethod, Request, Response, TransportFailure};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestCache, RequestCredentials};

use super::page::{boot_value, is_online, take_boot_value};
use super::wait::sleep;

/// How long a call may take, in milliseconds, until the person is told.
const TIMEOUT_MS: u32 = 30_000;

/// Sends a call of the portal API.
pub(super) async fn send(base: &str, request: Request) -> Result<Response, TransportFailure> {
    let address = format!("{base}{}", request.path_and_query());
    if let Some(early) = take_early(&address, &request) {
        return early.await;
    }
    let method = match request.method {
        ApiMethod::Get => Method::GET,
        ApiMethod::Post => Method::POST,
    };
    let mut builder = RequestBuilder::new(&address)
        .method(method)
        .header("Accept", "application/json")
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::SameOrigin);
    if let Some(token) = &request.token {
        builder = builder.header("Authorization", &token.header());
    }
    for (name, value) in &request.parts.headers {
        builder = builder.header(name, value);
    }
    exchange(builder, request.body_text()).await
}

/// The text of a file of the portal itself.
///
/// # Errors
/// See [`TransportFailure`]; a status other than 2xx counts as [`TransportFailure::Network`].
pub async fn get_text(address: &str) -> Result<String, TransportFailure> {
    let builder = RequestBuilder::new(address).cache(RequestCache::NoCache);
    let response = exchange(builder, None).await?;
    if !(200..300).contains(&response.status) {
        return Err(TransportFailure::Network);
    }
    String::from_utf8(response.body).map_err(|_| TransportFailure::Network)
}

async fn exchange(builder: RequestBuilder, body: Option<String>) -> Result<Response, TransportFailure> {
    // A page that is gone drops what it waits for; then the call ends, too.
    let abort = AbortController::new().ok().map(Abort);
    let signal = abort.as_ref().map(|abort| abort.0.signal());
    let builder = builder.abort_signal(signal.as_ref());
    let request = match body {
        Some(body) => builder.header("Content-Type", "application/json").body(body),
        None => builder.build(),
    };
    let request = request.map_err(|_| TransportFailure::Network)?;
    let reply = async {
        let response = request.send().await.map_err(|_| broken())?;
        let status = response.status();
        let headers = ["retry-after", "x-request-id"]
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), response.headers().get(name)?)))
            .collect();
        let body = match response.body() {
            Some(stream) => read(stream.get_reader().unchecked_into()).await?,
            None => Vec::new(),
        };
        Ok(Response { status, headers, body })
    };
    match select(Box::pin(reply), Box::pin(sleep(TIMEOUT_MS))).await {
        Either::Left((reply, _)) => reply,
        Either::Right(_) => Err(TransportFailure::Timeout),
    }
}

/// Ends a call, or a wait for a turn, when it is dropped; what has come to its end is not touched.
pub(super) struct Abort(pub(super) AbortController);

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Reads piece by piece, so that an endless reply is given up instead of filling the memory (hostile.md 71).
async fn read(reader: ReadableStreamDefaultReader) -> Result<Vec<u8>, TransportFailure> {
    let mut bytes = Vec::new();
    loop {
        let piece = JsFuture::from(reader.read()).await.map_err(|_| broken())?;
        let done = Reflect::get(&piece, &JsValue::from_str("done")).is_ok_and(|done| done.is_truthy());
        if done {
            return Ok(bytes);
        }
        if let Ok(value) = Reflect::get(&piece, &JsValue::from_str("value")) {
            bytes.extend(Uint8Array::new(&value).to_vec());
        }
        if bytes.len() > MAX_REPLY_BYTES {
            // Whether the cancelling works does not matter: nobody listens any more.
            let _ = reader.cancel();
            return Err(TransportFailure::TooLarge);
        }
    }
}

/// The browser does not say why a connection failed, but it knows whether it has a network.
fn broken() -> TransportFailure {
    if is_online() { TransportFailure::Network } else { TransportFailure::Offline }
}

/// The reply that boot.js asked for while the program loaded, if it is the answer to this very call. It is taken
/// once, whatever it says: a 401 goes the way of every 401.
fn take_early(
    address: &str,
    request: &Request,
) -> Option<impl Future<Output = Result<Response, TransportFailure>> + use<>> {
    let early = boot_value("early")?;
    let member = |name: &str| Reflect::get(&early, &JsValue::from_str(name)).ok();
    let same =
        |name: &str, text: &str| member(name).and_then(|value| value.as_string()).is_some_and(|v| v == text);
    if !same("url", address) || !same("token", request.token.as_ref()?.reveal()) {
        return None;
    }
    let promise: js_sys::Promise = member("promise")?.dyn_into().ok()?;
    take_boot_value("early");
    Some(async move {
        let reply = JsFuture::from(promise).await.map_err(|_| broken())?;
        let member = |name: &str| Reflect::get(&reply, &JsValue::from_str(name)).ok();
        let status = member("status").and_then(|status| status.as_f64()).unwrap_or_default();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an HTTP status")]
        let status = status as u16;
        let request_id = member("requestId").and_then(|id| id.as_string());
        let headers = request_id.map(|id| ("x-request-id".to_owned(), id)).into_iter().collect();
        let body = member("body").map(|body| Uint8Array::new(&body).to_vec()).unwrap_or_default();
        // What is read from a long list is about so large. Asked for at once, for the browser takes its time each time
        // that memory grows; given back at once, which leaves it with the program.
        drop(black_box(Vec::<u8>::with_capacity(3 * body.len())));
        Ok(Response { status, headers, body })
    })
}
