//! What the server of a page sends with it, without showing the page.

use futures::future::{Either, select};
use js_sys::{Array, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::any::{call1, get};
use super::wait::sleep;

/// How long a server may take, in milliseconds: a person has pressed a button and waits.
const WAIT_MS: u32 = 4_000;

/// The content security policy that comes with a page of the portal's own origin, empty without one. A redirect comes
/// with none: where it leads is another page. `None` where nothing came.
pub async fn page_policy(address: &str) -> Option<String> {
    let options = Object::new();
    for (name, value) in [
        ("method", "HEAD"),
        ("redirect", "manual"),
        ("credentials", "same-origin"),
        ("cache", "no-store"),
        ("referrerPolicy", "no-referrer"),
    ] {
        // Refused only for objects that are closed.
        let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    let fetch = get(&window(), "fetch")?.dyn_into::<js_sys::Function>().ok()?;
    let arguments = Array::of2(&JsValue::from_str(address), &options);
    let asked: Promise = fetch.apply(&window(), &arguments).ok()?.dyn_into().ok()?;
    let Either::Left((reply, _)) = select(JsFuture::from(asked), Box::pin(sleep(WAIT_MS))).await else {
        return None;
    };
    let reply = reply.ok()?;
    // That of a redirect, which is not followed, says "opaqueredirect".
    let is_page = get(&reply, "type").and_then(|kind| kind.as_string()).as_deref() == Some("basic");
    let headers = get(&reply, "headers").filter(|_| is_page);
    let policy =
        headers.and_then(|headers| call1(&headers, "get", &JsValue::from_str("content-security-policy")));
    Some(policy.and_then(|policy| policy.as_string()).unwrap_or_default())
}
