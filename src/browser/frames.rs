//! Pages of others in frames: what they post, and what is posted to them.

use js_sys::{JsString, Reflect};
use leptos::prelude::{document, on_cleanup, window};
use send_wrapper::SendWrapper;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlIFrameElement, MessageEvent};

use super::draw::on_window;

/// A message that arrived.
#[derive(Debug)]
pub struct Posted {
    source: JsValue,
    /// The origin of the page that posted it; `null` for one without.
    pub origin: String,
    /// What it says, if that is a text of no more than the wanted length.
    pub text: Option<String>,
}

impl Posted {
    /// Whether it came from the page that stands in this frame now.
    pub fn is_from(&self, frame: &HtmlIFrameElement) -> bool {
        frame.content_window().is_some_and(|inside| JsValue::from(inside) == self.source)
    }
}

/// Hears what is posted to the portal's window until the owner's end. Texts longer than `longest`, in UTF-16 units, are
/// not even copied.
pub fn on_posted(longest: u32, hear: impl Fn(Posted) + 'static) {
    on_window("message", move |event: MessageEvent| {
        let source = Reflect::get(&event, &JsValue::from_str("source")).unwrap_or_default();
        let text = event.data().dyn_into::<JsString>().ok().filter(|text| text.length() <= longest);
        hear(Posted { source, origin: event.origin(), text: text.map(String::from) });
    });
}

/// Posts to the page in a frame, if its origin is the target; `*` for any.
pub fn post(frame: &HtmlIFrameElement, text: &str, target: &str) {
    if let Some(inside) = frame.content_window() {
        // A page of another origin gets nothing; the browser says so in the console, without the text.
        let _ = inside.post_message(&JsValue::from_str(text), target);
    }
}

/// Has the browser ask before the whole page goes away, while `held` says so.
pub fn on_unload(held: impl Fn() -> bool + 'static) {
    on_window("beforeunload", move |event: web_sys::Event| {
        if held() {
            event.prevent_default();
        }
    });
}

/// Whether an element can fill the screen.
pub fn can_fill_screen() -> bool {
    document().fullscreen_enabled()
}

/// Lets an element fill the screen; Escape gives the screen back.
pub fn fill_screen(element: &Element) {
    // Refused where the browser does not allow it: then nothing happens that could be told.
    let _ = element.request_fullscreen();
}

/// Opens an address in a new tab that has no hold on this page. Whether the browser let it is not told (hostile.md 13).
pub fn open_tab(address: &str) {
    let _ = window().open_with_url_and_target_and_features(address, "_blank", "noopener,noreferrer");
}

/// Whether the page is dark now.
pub fn is_dark() -> bool {
    let forced = document().document_element().and_then(|html| html.get_attribute("data-theme"));
    match forced.as_deref() {
        Some("dark") => true,
        Some("light") => false,
        _ => prefers_dark().is_some_and(|query| query.matches()),
    }
}

fn prefers_dark() -> Option<web_sys::MediaQueryList> {
    window().match_media("(prefers-color-scheme: dark)").ok().flatten()
}

/// Runs something when the page may have become dark or light, until the owner's end.
pub fn on_theme(run: impl Fn() + Clone + 'static) {
    let (Some(html), Some(query)) = (document().document_element(), prefers_dark()) else { return };
    let changed = Closure::<dyn Fn(JsValue)>::new(move |_: JsValue| run());
    let observer = web_sys::MutationObserver::new(changed.as_ref().unchecked_ref()).ok();
    let options = web_sys::MutationObserverInit::new();
    options.set_attributes(true);
    options.set_attribute_filter(&js_sys::Array::of1(&JsValue::from_str("data-theme")));
    if let Some(observer) = &observer {
        let _ = observer.observe_with_options(&html, &options);
    }
    let _ = query.add_event_listener_with_callback("change", changed.as_ref().unchecked_ref());
    let watching = SendWrapper::new((changed, observer, query));
    on_cleanup(move || {
        let (changed, observer, query) = &*watching;
        if let Some(observer) = observer {
            observer.disconnect();
        }
        let _ = query.remove_event_listener_with_callback("change", changed.as_ref().unchecked_ref());
    });
}
