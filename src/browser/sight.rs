//! Whether an element is on screen.

use js_sys::Array;
use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry};

/// Tells whenever an element comes on screen (`true`) or leaves it, until the owner's end, which counts as leaving.
pub fn watch(element: &Element, seen: impl Fn(bool) + Clone + 'static) {
    let tell = seen.clone();
    let told = Closure::<dyn Fn(Array)>::new(move |entries: Array| {
        // The last one is how it stands now.
        let last = entries.pop().dyn_into::<IntersectionObserverEntry>();
        tell(last.is_ok_and(|entry| entry.is_intersecting()));
    });
    let Ok(observer) = IntersectionObserver::new(told.as_ref().unchecked_ref()) else { return };
    observer.observe(element);
    let watching = SendWrapper::new((observer, told, seen));
    on_cleanup(move || {
        let (observer, _, seen) = &*watching;
        observer.disconnect();
        seen(false);
    });
}
