//! What is seen of an element while the page scrolls and the window changes, and the focus among list items.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::{document, on_cleanup, request_animation_frame, window};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, HtmlDivElement, HtmlElement, ResizeObserver};

use super::window::on_window;

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
    seen(measure(&element), true);
    let resized = Rc::new(Cell::new(false));
    // Whether a frame was asked for already.
    let asked = Rc::new(Cell::new(false));
    // Dropped with the part of the page that watches.
    let watched = Rc::new((element, seen));
    let (weak, was_resized) = (Rc::downgrade(&watched), Rc::clone(&resized));
    let ask = move || {
        if asked.replace(true) {
            return;
        }
        let (weak, asked, resized) = (weak.clone(), Rc::clone(&asked), Rc::clone(&was_resized));
        next_frame(move || {
            asked.set(false);
            if let Some(watched) = weak.upgrade() {
                let (element, seen) = &*watched;
                seen(measure(element), resized.take());
            }
        });
    };
    let (ask, watched) = (Rc::new(ask), SendWrapper::new(watched));
    let on_scroll = Rc::clone(&ask);
    on_window("scroll", move |_: web_sys::Event| on_scroll());
    on_window("resize", move |_: web_sys::Event| {
        resized.set(true);
        ask();
    });
    on_cleanup(move || drop(watched));
}

/// Runs something now and whenever an element has another size, until the owner's end. Once a frame at most: what it
/// changes may change the size again.
pub fn on_resize(element: &Element, run: impl Fn() + 'static) {
    let run = Rc::new(run);
    let asked = Rc::new(Cell::new(false));
    let heard = Closure::<dyn FnMut()>::new(move || {
        if !asked.replace(true) {
            let (run, asked) = (Rc::clone(&run), Rc::clone(&asked));
            next_frame(move || {
                asked.set(false);
                run();
            });
        }
    });
    let Ok(observer) = ResizeObserver::new(heard.as_ref().unchecked_ref()) else { return };
    observer.observe(element);
    let observed = SendWrapper::new((observer, heard));
    on_cleanup(move || observed.0.disconnect());
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
