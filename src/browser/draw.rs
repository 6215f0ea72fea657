//! Nodes of the document, as `src/view/` draws them. Not generic, so that the program holds the code once.

use leptos::prelude::{document, on_cleanup};
use send_wrapper::SendWrapper;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::EventTarget;

/// What an element, a node or an event can be taken for.
pub use wasm_bindgen::JsCast as Typed;
pub use web_sys::{Element, Node};

/// What a listener is called with; every event type can be made from it.
pub type RawEvent = JsValue;

/// Where the sign of the end of a reactive part stands, and where it begins.
#[derive(Clone, Debug)]
pub struct Span {
    start: Node,
    end: Node,
}

/// An element of HTML.
pub fn element(tag: &str) -> Element {
    made(document().create_element(tag))
}

/// An element of a picture.
pub fn svg(tag: &str) -> Element {
    made(document().create_element_ns(Some("http://www.w3.org/2000/svg"), tag))
}

/// A bag for nodes that have no place yet. It is no element, but takes in nodes as one does.
pub fn bag() -> Element {
    document().create_document_fragment().unchecked_into()
}

#[expect(clippy::expect_used, reason = "the names of elements stand in the program, and each is a name")]
fn made(element: Result<Element, JsValue>) -> Element {
    element.expect("an element")
}

/// Puts a node, or what is in a bag, behind all others.
pub fn append(parent: &Node, node: &Node) {
    // Refused only where it would make a circle.
    let _ = parent.append_child(node);
}

/// Puts a node before one that has a place.
pub fn put_before(next: &Node, node: &Node) {
    if let Some(parent) = next.parent_node() {
        let _ = parent.insert_before(node, Some(next));
    }
}

/// Takes a node away from its place.
pub fn remove(node: &Node) {
    if let Some(parent) = node.parent_node() {
        let _ = parent.remove_child(node);
    }
}

/// Puts text behind all others.
pub fn append_text(parent: &Node, text: &str) {
    append(parent, &document().create_text_node(text));
}

impl Span {
    /// An empty span behind all other nodes. The two signs of it say nothing to anybody.
    pub fn append(parent: &Node) -> Self {
        let sign = || Node::from(document().create_comment(""));
        let span = Self { start: sign(), end: sign() };
        append(parent, &span.start);
        append(parent, &span.end);
        span
    }

    /// Puts this into the span, and takes out what was in it.
    pub fn fill(&self, node: &Node) {
        let last = self.end.previous_sibling().filter(|last| *last != self.start);
        put_before(&self.end, node);
        let Some(last) = last else { return };
        while let Some(old) = self.start.next_sibling() {
            remove(&old);
            if old == last {
                return;
            }
        }
    }

    /// The sign of the end: the place to put something before.
    pub fn end(&self) -> &Node {
        &self.end
    }
}

/// Writes an attribute; `None` takes it away.
pub fn set_attribute(element: &Element, name: &str, value: Option<&str>) {
    // Refused only for what is no name of an attribute, and the names stand in the program.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// Writes a property of the style, which the content security policy allows where it refuses the attribute.
pub fn set_style(element: &Element, name: &str, value: Option<&str>) {
    let style = element.unchecked_ref::<web_sys::HtmlElement>().style();
    let _ = style.set_property(name, value.unwrap_or_default());
}

/// Writes a text property of the element's object, unless it is so already: writing would move the cursor in a box.
pub fn set_text_property(element: &Element, name: &str, value: &str) {
    let key = JsValue::from_str(name);
    let same = js_sys::Reflect::get(element, &key).ok().and_then(|now| now.as_string());
    if same.as_deref() != Some(value) {
        let _ = js_sys::Reflect::set(element, &key, &JsValue::from_str(value));
    }
}

/// Writes a yes or no of the element's object.
pub fn set_flag_property(element: &Element, name: &str, value: bool) {
    let _ = js_sys::Reflect::set(element, &JsValue::from_str(name), &JsValue::from_bool(value));
}

/// Listens until the owner's end.
pub fn listen(element: &Element, name: &str, handler: Box<dyn FnMut(RawEvent)>) {
    listen_to(element, name, handler);
}

fn listen_to(target: &EventTarget, name: &str, handler: Box<dyn FnMut(RawEvent)>) {
    let listener = Closure::wrap(handler);
    let _ = target.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
    let listening = SendWrapper::new((target.clone(), name.to_owned(), listener));
    // What is heard after the end, such as a focus that leaves with the element, must not reach what is gone.
    on_cleanup(move || {
        let (target, name, listener) = &*listening;
        let _ = target.remove_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
    });
}

/// Listens to the whole window until the owner's end. The events of one name have one type.
pub fn on_window<E: JsCast>(name: &'static str, mut handler: impl FnMut(E) + 'static) {
    listen_to(&leptos::prelude::window(), name, Box::new(move |event| handler(event.unchecked_into())));
}

/// Puts a view at the end of the page.
pub fn append_to_page(node: &Node) {
    if let Some(body) = document().body() {
        append(&body, node);
    }
}
