//! What is seen of an element while the page scrolls and the window changes, and the focus among list items.

use leptos::leptos_dom::helpers::AnimationFrameRequestHandle;
use leptos::prelude::*;
use leptos::{ev, leptos_dom::helpers::request_animation_frame_with_handle};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDivElement, HtmlElement};

/// An element in the view, in CSS pixels.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Seen {
    /// How far the upper edge of the view is below that of the element; negative above it.
    pub top: f64,
    /// The height of the view.
    pub height: f64,
    /// The width of the element.
    pub width: f64,
}

/// Measures an element now, and again once a frame while the page scrolls or the window changes. The second
/// argument says whether the window changed, and with it perhaps the measures of the style sheet.
pub fn watch(element: HtmlDivElement, seen: impl Fn(Seen, bool) + 'static) {
    let asked: StoredValue<Option<AnimationFrameRequestHandle>> = StoredValue::new(None);
    let resized = StoredValue::new(false);
    seen(measure(&element), true);
    let watched = StoredValue::new_local((element, seen));
    let ask = move || {
        if asked.with_value(Option::is_some) {
            return;
        }
        let handle = request_animation_frame_with_handle(move || {
            let changed = resized.try_update_value(core::mem::take).unwrap_or_default();
            if asked.try_set_value(None).is_none() {
                watched.with_value(|(element, seen)| seen(measure(element), changed));
            }
        });
        asked.set_value(handle.ok());
    };
    let scroll = window_event_listener(ev::scroll, move |_| ask());
    let resize = window_event_listener(ev::resize, move |_| {
        resized.set_value(true);
        ask();
    });
    on_cleanup(move || {
        scroll.remove();
        resize.remove();
        if let Some(Some(handle)) = asked.try_get_value() {
            handle.cancel();
        }
    });
}

fn measure(element: &HtmlDivElement) -> Seen {
    Seen {
        top: scrolled() - f64::from(element.offset_top()),
        height: window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default(),
        width: f64::from(element.client_width()),
    }
}

/// A custom property of the root in pixels, such as `--tile-h`; nought where it is missing.
pub fn root_pixels(name: &str) -> f64 {
    let root = document().document_element();
    let style = root.and_then(|root| window().get_computed_style(&root).ok().flatten());
    let value = style.and_then(|style| style.get_property_value(name).ok()).unwrap_or_default();
    length(&value).unwrap_or_default()
}

/// The number that a text begins with, read by the browser: Rust's reader of floats weighs too much in the page.
pub fn length(text: &str) -> Option<f64> {
    Some(js_sys::parse_float(text)).filter(|length| length.is_finite())
}

/// How far the page is scrolled down.
pub fn scrolled() -> f64 {
    window().scroll_y().unwrap_or_default()
}

/// Scrolls the page to this height.
pub fn scroll_to(top: f64) {
    window().scroll_to_with_x_and_y(0.0, top);
}

/// Runs something once the changes made now stand in the document.
pub fn next_frame(run: impl FnOnce() + 'static) {
    request_animation_frame(run);
}

/// Whether the static first paint still stands: the page is being loaded, and nobody came here from another screen.
pub fn is_first_screen() -> bool {
    document().get_element_by_id("boot").is_some()
}

/// Whether the element with this id has the focus.
pub fn has_focus(id: &str) -> bool {
    document().active_element().is_some_and(|active| active.id() == id)
}

/// The item with this `aria-posinset`, and in it the element for the focus.
fn item(list: &Element, position: usize) -> Option<HtmlElement> {
    list.query_selector(&format!("[aria-posinset=\"{position}\"]>a")).ok()??.dyn_into().ok()
}

/// Puts the focus on the link of the item at this place, counted from 1; says whether it stands in the document.
pub fn focus_item(list: &Element, position: usize) -> bool {
    item(list, position).is_some_and(|item| item.focus().is_ok())
}

/// Does what a click on the link of the item at this place does. Where it leads nowhere it only gets the focus, so
/// that its reason is read.
pub fn open_item(list: &Element, position: usize) {
    if let Some(item) = item(list, position) {
        if item.has_attribute("href") { item.click() } else { drop(item.focus()) }
    }
}

/// The place, counted from 1, of the item that an event happened in.
pub fn item_of(event: &web_sys::Event) -> Option<usize> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest("[aria-posinset]").ok()??.get_attribute("aria-posinset")?.parse().ok()
}
