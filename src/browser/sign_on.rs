//! Signing in at another place: leaving for it, and what boot.js found in the address on the way back.

use js_sys::Reflect;
use leptos::prelude::window;
use portal_core::sign_on::{Departure, Returned};
use wasm_bindgen::JsValue;

use super::page::{boot_value, take_boot_value};
use super::window::on_window;

/// 128 bits cannot be guessed in the minutes that they are good for.
const STATE_BYTES: usize = 16;

/// What came back, once; `None` where nobody came back.
pub fn take_return() -> Option<Returned> {
    let value = boot_value("signOn")?;
    let member = |name: &str| Reflect::get(&value, &JsValue::from_str(name)).ok()?.as_string();
    let returned = Returned { code: member("code"), state: member("state"), error: member("error") };
    // The code is good once, and must not be found here later.
    take_boot_value("signOn");
    Some(returned)
}

/// A text that nobody can guess; `None` where the browser has no chance to offer.
pub fn random_state() -> Option<String> {
    let mut bytes = [0; STATE_BYTES];
    window().crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Leaves the portal. `replace`: back does not return here.
#[expect(clippy::disallowed_methods, reason = "a departure is an http address that portal-core has checked")]
pub fn leave(departure: &Departure, replace: bool) {
    let (location, address) = (window().location(), departure.as_str());
    // Refused only while the page is being left anyway.
    let _ = if replace { location.replace(address) } else { location.assign(address) };
}

/// Runs something when the browser shows this page again as it was left, instead of loading it.
pub fn on_shown_again(run: impl Fn() + 'static) {
    on_window("pageshow", move |event: JsValue| {
        if Reflect::get(&event, &JsValue::from_str("persisted")).is_ok_and(|kept| kept.is_truthy()) {
            run();
        }
    });
}
