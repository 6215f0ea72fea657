//! The address bar and the tab's history. The browser is asked for the raw text: ids in a path may hold any character,
//! and whoever decodes them has lost it.

use js_sys::Promise;
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Event;

use super::any::{call1, get, global};
use super::wait::spawn;
use super::window::on_window;

/// The raw path.
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// The raw query, with its question mark if there is one.
pub fn search() -> String {
    window().location().search().unwrap_or_default()
}

/// The raw address: path, query and hash.
pub fn address() -> String {
    [path(), search(), window().location().hash().unwrap_or_default()].concat()
}

/// Writes an address of this site into the address bar, as a new step of the history.
pub fn push(address: &str) {
    // Refused for an address of another site, which routes do not make.
    let _ =
        window().history().and_then(|history| history.push_state_with_url(&JsValue::NULL, "", Some(address)));
}

/// Runs something when the person goes back or forward.
pub fn on_travel(run: impl Fn(Event) + 'static) {
    on_window("popstate", run);
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
