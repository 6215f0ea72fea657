//! The address bar and the tab's history. The browser is asked for the raw text: ids in a path may hold any character,
//! and whoever decodes them has lost it.

use js_sys::Promise;
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::any::{call1, get, global};
use super::wait::spawn;
use super::window::on_window;

/// The raw path and the raw query, with its question mark if there is one.
pub fn address() -> (String, String) {
    let location = window().location();
    (location.pathname().unwrap_or_default(), location.search().unwrap_or_default())
}

/// Writes an address of this site into the address bar: as a new step of the history, or in the stead of the current
/// one. The address that stands there already makes no step.
pub fn write(address: &str, replace: bool) {
    let Ok(history) = window().history() else { return };
    let location = window().location();
    let here =
        [location.pathname(), location.search(), location.hash()].map(Result::unwrap_or_default).concat();
    // Refused for an address of another site, which routes do not make, and when a page does it too often.
    let _ = if replace || here == address {
        history.replace_state_with_url(&JsValue::NULL, "", Some(address))
    } else {
        history.push_state_with_url(&JsValue::NULL, "", Some(address))
    };
}

/// Runs something when the person goes back or forward.
pub fn on_travel(run: impl Fn() + 'static) {
    on_window("popstate", move |_: JsValue| run());
}

/// Goes one step back.
pub fn back() {
    // Refused only while the page is being left anyway.
    let _ = window().history().and_then(|history| history.back());
}

/// What names the entry of the history that the tab stands at, where the browser tells (HTML Standard, Navigation API).
/// Writing another address in its stead does not change it.
pub fn entry() -> Option<String> {
    get(&get(&global("navigation")?, "currentEntry")?, "key")?.as_string()
}

/// Goes to an entry of the history, wherever it stands: what pages in frames added is passed over.
pub fn go_to(entry: &str) {
    let going = global("navigation").and_then(|navigation| call1(&navigation, "traverseTo", &entry.into()));
    for end in ["committed", "finished"] {
        let promise = going.as_ref().and_then(|going| get(going, end)?.dyn_into::<Promise>().ok());
        if let Some(promise) = promise {
            // Given up where the person makes another step meanwhile, of which the page hears.
            spawn(async move { drop(JsFuture::from(promise).await) });
        }
    }
}

/// Scrolls the page to its beginning, as for a new page.
pub fn scroll_to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}
