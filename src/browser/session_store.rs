//! The store that all tabs share (`public/session-store.js`). It is JavaScript because the service worker and boot.js,
//! which run without the program, use it too.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::page::boot_value;

/// Calls a method of the store, at once: JSON in, JSON out. `None` where the browser stores nothing.
pub fn session_store(method: &str, input: &str) -> impl Future<Output = Option<String>> + use<> {
    let promise = call(method, input);
    async move { JsFuture::from(promise?).await.ok()?.as_string() }
}

fn call(method: &str, input: &str) -> Option<Promise> {
    let store = boot_value("store")?;
    let call = Reflect::get(&store, &JsValue::from_str("call")).ok()?.dyn_into::<Function>().ok()?;
    call.call2(&store, &JsValue::from_str(method), &JsValue::from_str(input)).ok()?.dyn_into().ok()
}

/// The name of the channel between the tabs of this portal.
pub fn tabs_channel() -> String {
    format!("app-portal {}", super::page::base())
}
