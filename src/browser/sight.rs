//! Whether an element is on screen.

use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::Element;

use super::any::{call, call1, get, make};

/// Tells whenever an element comes on screen (`true`) or leaves it, until the owner's end, which counts as leaving.
pub fn watch(element: &Element, seen: impl Fn(bool) + Clone + 'static) {
    let tell = seen.clone();
    let heard: Box<dyn FnMut(JsValue)> = Box::new(move |entries| tell(is_seen(&entries)));
    let heard = Closure::wrap(heard);
    let Some(observer) = make("IntersectionObserver", heard.as_ref()) else { return };
    call1(&observer, "observe", element);
    let watching = SendWrapper::new((observer, heard, seen));
    on_cleanup(move || {
        let (observer, _, seen) = &*watching;
        call(observer, "disconnect");
        seen(false);
    });
}

/// The last entry is how it stands now.
fn is_seen(entries: &JsValue) -> bool {
    let last = call(entries, "pop").and_then(|last| get(&last, "isIntersecting"));
    last.is_some_and(|seen| seen.is_truthy())
}
