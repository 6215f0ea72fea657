//! Calls over HTTP: one fetch, bounded in time and size, never cached. No fetch of the page follows a redirect: it could
//! lead a password or a token to another origin, or bring a reply that the service did not give.

use core::hint::black_box;

use futures::future::{Either, select};
use gloo_net::http::{Method, RequestBuilder};
use js_sys::{Reflect, Uint8Array};
use portal_api::{MAX_REPLY_BYTES, Method as ApiMethod, Request, Response, TransportFailure};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, RequestCache, RequestCredentials, RequestRedirect,
    ResponseType,
};

use super::any;
use super::page::{boot_value, is_online, take_boot_value};
use super::reach;
use super::wait::sleep;

/// How long a call may take, in milliseconds, until the person is told.
const TIMEOUT_MS: u32 = 30_000;
/// The headers that a reply is read by.
const HEADERS: [&str; 3] = ["retry-after", "date", "x-request-id"];

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
    match exchange(builder, request.body_text()).await {
        Err(TransportFailure::Network) => Err(reach::why(base).await),
        Ok(response) => {
            reach::heard();
            Ok(response)
        }
        failed => failed,
    }
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
    let builder = builder.abort_signal(signal.as_ref()).redirect(RequestRedirect::Manual);
    let request = match body {
        Some(body) => builder.header("Content-Type", "application/json").body(body),
        None => builder.build(),
    };
    let request = request.map_err(|_| TransportFailure::Network)?;
    let reply = async {
        let response = request.send().await.map_err(|_| broken())?;
        if response.type_() == ResponseType::Opaqueredirect {
            return Err(TransportFailure::Redirected);
        }
        let status = response.status();
        let headers = response.headers();
        let headers = kept(|name| headers.get(name));
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

/// The headers that are looked at. `Date`, which a reply of another origin does not show, is then the time of this device:
/// a time to come back at has to count from something.
fn kept(value: impl Fn(&str) -> Option<String>) -> Vec<(String, String)> {
    let named = |name: &str| Some((name.to_owned(), value(name)?));
    let mut headers: Vec<_> = HEADERS.iter().filter_map(|name| named(name)).collect();
    let has = |name: &str| headers.iter().any(|(key, _)| key == name);
    if has("retry-after") && !has("date") {
        headers.push(("date".to_owned(), js_sys::Date::new_0().to_utc_string().into()));
    }
    headers
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
        let reply = JsFuture::from(promise).await.map_err(|error| early_failure(&error))?;
        let member = |name: &str| Reflect::get(&reply, &JsValue::from_str(name)).ok();
        if member("type").is_some_and(|kind| kind == "opaqueredirect") {
            return Err(TransportFailure::Redirected);
        }
        let status = member("status").and_then(|status| status.as_f64()).unwrap_or_default();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an HTTP status")]
        let status = status as u16;
        let headers = member("headers");
        let headers = kept(|name| any::call1(headers.as_ref()?, "get", &name.into())?.as_string());
        let body = member("body").map(|body| Uint8Array::new(&body).to_vec()).unwrap_or_default();
        // What is read from a long list is about so large. Asked for at once, for the browser takes its time each time
        // that memory grows; given back at once, which leaves it with the program.
        drop(black_box(Vec::<u8>::with_capacity(3 * body.len())));
        Ok(Response { status, headers, body })
    })
}

/// The time for the early call is as long as for any call, and is up: it is not made again.
fn early_failure(error: &JsValue) -> TransportFailure {
    let name = any::get(error, "name").and_then(|name| name.as_string());
    if name.as_deref() == Some("TimeoutError") { TransportFailure::Timeout } else { broken() }
}
