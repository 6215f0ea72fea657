//! Events of the whole window.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Listens until the owner's end. The events of one name have one type.
pub fn on_window<E: JsCast>(name: &'static str, handler: impl Fn(E) + 'static) {
    let listener = window_event_listener_untyped(name, move |event| handler(event.unchecked_into()));
    on_cleanup(move || listener.remove());
}
