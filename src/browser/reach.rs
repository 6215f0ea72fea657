//! Why a call to another origin failed. The browser does not say it, so that no page can look into a network; but it lets a
//! page find out whether the host can be reached at all, and whether its own policy forbids the call.

use std::cell::{Cell, RefCell};

use futures::future::{Either, select};
use gloo_net::http::RequestBuilder;
use leptos::prelude::window;
use portal_api::TransportFailure;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{RequestCache, RequestCredentials, RequestMode};

use super::any;
use super::page::{is_online, origin};
use super::wait::sleep;

/// How long the host may take to answer anything at all, in milliseconds.
const PROBE_MS: u32 = 5_000;
/// Until a refusal by the policy has been reported, in milliseconds: the browser queues it.
const REPORT_MS: u32 = 50;

thread_local! {
    /// The service has answered before: then neither its origin nor the policy is the reason.
    static HEARD: Cell<bool> = const { Cell::new(false) };
    /// What the policy refused to connect to; `None` until somebody listens.
    static REFUSED: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// A reply of the service was read.
pub(super) fn heard() {
    HEARD.set(true);
}

/// Why nothing came from the service at `base`.
pub(super) async fn why(base: &str) -> TransportFailure {
    if base.starts_with('/') || base.starts_with(&format!("{}/", origin())) || HEARD.get() {
        return TransportFailure::Network;
    }
    listen();
    let answers = probe(base).await;
    sleep(REPORT_MS).await;
    if is_refused(base) {
        TransportFailure::Policy
    } else if answers {
        TransportFailure::CrossOrigin
    } else if is_online() {
        TransportFailure::Network
    } else {
        TransportFailure::Offline
    }
}

/// Whether anything answers there. The call carries neither token nor cookie, and what comes back cannot be read: it alone
/// may follow redirects, for the browser makes such a call in no other way.
async fn probe(base: &str) -> bool {
    let request = RequestBuilder::new(base)
        .mode(RequestMode::NoCors)
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::Omit)
        .build();
    let Ok(request) = request else { return false };
    matches!(select(Box::pin(request.send()), Box::pin(sleep(PROBE_MS))).await, Either::Left((Ok(_), _)))
}

fn is_refused(base: &str) -> bool {
    REFUSED.with_borrow(|refused| refused.iter().flatten().any(|address| base.starts_with(address.as_str())))
}

/// Notes from now on what the policy refuses; it reports an origin, or a whole address.
fn listen() {
    let listens = REFUSED.with_borrow_mut(|refused| refused.replace(Vec::new()).is_some());
    if listens {
        return;
    }
    let note = Closure::<dyn Fn(JsValue)>::new(|event: JsValue| {
        let text = |name: &str| any::get(&event, name).and_then(|value| value.as_string());
        let address =
            text("blockedURI").filter(|_| text("effectiveDirective").as_deref() == Some("connect-src"));
        if let Some(address) = address {
            REFUSED.with_borrow_mut(|refused| refused.get_or_insert_default().push(address));
        }
    });
    let _ =
        window().add_event_listener_with_callback("securitypolicyviolation", note.as_ref().unchecked_ref());
    note.forget();
}
