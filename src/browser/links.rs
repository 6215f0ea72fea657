//! One listener for all links: ordinary links into the portal move without loading the page anew.

use leptos::prelude::window;
use portal_core::route::strip_base;
use wasm_bindgen::JsCast;
use web_sys::{HtmlAnchorElement, MouseEvent};

use super::window::on_window;

/// Calls `go` with path, query and hash when a link into the portal is clicked plainly. A link with a target, with
/// `rel="external"` or with `download`, and a click with a modifier, are the browser's.
pub fn on_link(base: String, go: impl Fn(String) + 'static) {
    on_window("click", move |event| {
        if let Some(address) = inner_address(&event, &base) {
            event.prevent_default();
            go(address);
        }
    });
}

fn inner_address(event: &MouseEvent, base: &str) -> Option<String> {
    let modified = event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || modified {
        return None;
    }
    let anchor: HtmlAnchorElement =
        event.composed_path().iter().find_map(|target| target.dyn_into::<HtmlAnchorElement>().ok())?;
    let external = anchor.rel().split_ascii_whitespace().any(|word| word == "external");
    if !anchor.has_attribute("href")
        || !anchor.target().is_empty()
        || anchor.has_attribute("download")
        || external
    {
        return None;
    }
    let path = anchor.pathname();
    let inside = anchor.origin() == window().location().origin().ok()? && strip_base(base, &path).is_some();
    inside.then(|| format!("{path}{}{}", anchor.search(), anchor.hash()))
}
