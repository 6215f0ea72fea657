//! Small doings on elements that a view cannot say: where the focus is and goes, and whether an event was meant for it.

use js_sys::{Object, Reflect};
use leptos::prelude::{document, window};
use portal_core::search::fold;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDialogElement, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent};

use super::any::call1;

/// Where the focus goes among the elements that a selector names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// To the first.
    First,
    /// To the last.
    Last,
    /// To the next, after the last to the first.
    Next,
    /// To the one before, before the first to the last.
    Previous,
}

/// An element of a view, named here so that views need not name the browser's types.
pub type Panel = web_sys::HtmlDivElement;

/// A text box of a view.
pub type Input = HtmlInputElement;

/// Puts the focus on an element.
pub fn focus(element: &HtmlElement) {
    // Refused only for elements that are not in the document any more: then there is nothing to focus.
    let _ = element.focus();
}

/// Puts the focus into a text box and selects what stands there, so that typing replaces it.
pub fn focus_and_select(input: &HtmlInputElement) {
    focus(input);
    input.select();
}

/// Puts the focus on the element with this id, such as a heading after navigation (experience.md S16).
pub fn focus_id(id: &str) {
    if let Some(element) = document().get_element_by_id(id).and_then(|element| element.dyn_into().ok()) {
        focus(&element);
    }
}

/// The same without scrolling to it.
pub fn focus_id_in_place(id: &str) {
    let Some(element) = document().get_element_by_id(id) else { return };
    let options = Object::new();
    // Refused only for objects that are closed.
    let _ = Reflect::set(&options, &"preventScroll".into(), &true.into());
    call1(&element, "focus", &options);
}

/// Puts the focus on the first element in `root` that the selector names.
pub fn focus_first(root: &Element, selector: &str) {
    if let Ok(Some(found)) = root.query_selector(selector) {
        found.unchecked_ref::<HtmlElement>().focus().unwrap_or_default();
    }
}

/// The elements in `root` that the selector names, in the order of the document.
pub(super) fn named(root: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = root.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|n| found.item(n)?.dyn_into().ok()).collect()
}

fn focused() -> Option<Element> {
    document().active_element()
}

/// Whether an element has the focus.
pub fn has_focus(element: &Element) -> bool {
    focused().is_some_and(|active| active.is_same_node(Some(element)))
}

fn focused_place(elements: &[HtmlElement]) -> Option<usize> {
    let active = focused()?;
    elements.iter().position(|element| element.is_same_node(Some(&active)))
}

/// Moves the focus among the elements that the selector names.
pub fn focus_step(root: &Element, selector: &str, step: Step) {
    let elements = named(root, selector);
    let count = elements.len();
    if count == 0 {
        return;
    }
    let place = match (step, focused_place(&elements)) {
        (Step::First, _) | (Step::Next, None) => 0,
        (Step::Last, _) | (Step::Previous, None) => count - 1,
        (Step::Next, Some(place)) => (place + 1) % count,
        (Step::Previous, Some(place)) => (place + count - 1) % count,
    };
    if let Some(element) = elements.get(place) {
        focus(element);
    }
}

/// Moves the focus to the next element whose text begins with a letter, whatever its case.
pub fn focus_letter(root: &Element, selector: &str, letter: &str) {
    let elements = named(root, selector);
    let letter = fold(letter);
    let start = focused_place(&elements).map_or(0, |place| place + 1);
    let begins =
        |element: &&HtmlElement| element.text_content().is_some_and(|text| fold(&text).starts_with(&letter));
    let after = elements.iter().skip(start);
    if let Some(element) = after.chain(elements.iter().take(start)).find(begins) {
        focus(element);
    }
}

/// Whether the focus is in `root`, on or in an element that the selector names.
pub fn focus_is_in(root: &Element, selector: &str) -> bool {
    let Some(active) = focused().filter(|active| root.contains(Some(active))) else { return false };
    active.closest(selector).is_ok_and(|found| found.is_some())
}

/// Does what a press on the element with the focus does.
pub fn press_focused() {
    if let Some(active) = focused().and_then(|active| active.dyn_into::<HtmlElement>().ok()) {
        active.click();
    }
}

/// Whether an event happened in an element.
pub fn holds(root: &Element, event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
    target.is_some_and(|target| root.contains(Some(&target)))
}

/// Whether an event happened on or in an element that a selector names.
pub fn is_on(event: &Event, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest(selector).is_ok_and(|found| found.is_some()))
}

/// Whether a press is beside the modal dialog that listens, on what covers the page: its target is the dialog then, as it
/// is for a press on the dialog's own padding.
pub fn is_beside(event: &MouseEvent) -> bool {
    let listens = event.current_target().filter(|listens| event.target().as_ref() == Some(listens));
    listens.and_then(|listens| listens.dyn_into::<Element>().ok()).is_some_and(|dialog| {
        let (area, x, y) =
            (dialog.get_bounding_client_rect(), f64::from(event.client_x()), f64::from(event.client_y()));
        x < area.left() || x > area.right() || y < area.top() || y > area.bottom()
    })
}

/// Whether a key press goes into a text that the user writes.
pub fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    target.is_some_and(|target| {
        target.is_content_editable() || target.matches("input,textarea,select").unwrap_or_default()
    })
}

/// Whether text runs from right to left here.
pub fn is_right_to_left(element: &Element) -> bool {
    element.closest("[dir]").ok().flatten().and_then(|found| found.get_attribute("dir")).as_deref()
        == Some("rtl")
}

/// Shows a dialog as a modal one, or closes it. Both do nothing where it is so already.
pub fn show_dialog(dialog: &HtmlDialogElement, open: bool) {
    if open && !dialog.open() {
        // Refused for a dialog that is not in the document: then there is nothing to show.
        let _ = dialog.show_modal();
    } else if !open && dialog.open() {
        dialog.close();
        // The focus goes back to what had it before the dialog.
        if super::keyboard::entered().is_some() {
            super::keyboard::gives();
        }
    }
}

/// Whether a dialog is shown.
pub fn is_shown(dialog: &HtmlDialogElement) -> bool {
    dialog.open()
}

/// Whether the window is as narrow as a phone: the same border as in the style sheet.
pub fn is_narrow() -> bool {
    window().match_media("(max-width: 720px)").ok().flatten().is_some_and(|query| query.matches())
}

/// Puts a panel of `position: absolute` with a corner at a point of the window, on the side where there is room for it
/// and inside the window.
pub fn put_at(panel: &Panel, (x, y): (i32, i32)) {
    let Some(root) = document().document_element() else { return };
    let Some(frame) = panel.offset_parent().map(|parent| parent.get_bounding_client_rect()) else { return };
    let side = |at: i32, size: i32, room: i32, before: bool| {
        let before = if before { at - size >= GAP } else { at + size > room - GAP };
        let place = if before { at - size } else { at };
        place.min(room - GAP - size).max(GAP)
    };
    let left = side(x, panel.offset_width(), root.client_width(), is_right_to_left(panel));
    let top = side(y, panel.offset_height(), root.client_height(), false);
    for (name, at, from) in [("left", left, frame.x()), ("top", top, frame.y())] {
        let place = format!("{}px", js_sys::Math::round(f64::from(at) - from));
        // Refused for no such text.
        let _ = panel.style().set_property(name, &place);
    }
}

/// The room that a panel leaves to the edge of the window.
const GAP: i32 = 8;

/// Presses the first element that matches, as a pointer would.
pub fn press_first(root: &Element, selector: &str) {
    let found = root.query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        element.click();
    }
}

/// Adds an element, by its id, to what describes another for assistive technology.
pub fn describe(element: &Element, id: &str) {
    let others = element.get_attribute("aria-describedby").unwrap_or_default();
    let ids = format!("{others} {id}");
    // Refused for no such text.
    let _ = element.set_attribute("aria-describedby", ids.trim_start());
}

/// The closest element around that a selector names.
pub fn around(element: &Element, selector: &str) -> Option<Element> {
    element.closest(selector).ok().flatten()
}

/// A whole number that an attribute holds.
pub fn number_of(element: &Element, attribute: &str) -> Option<usize> {
    element.get_attribute(attribute)?.parse().ok()
}

/// The value of a check box that changed.
pub fn is_checked(event: &Event) -> bool {
    let checked = event.target().and_then(|target| super::any::get(&target, "checked"));
    checked.is_some_and(|checked| checked.is_truthy())
}

/// Any element, named here so that pages need not name the browser's types.
pub type Any = Element;

/// An attribute of the first element in `root` that the selector names.
pub fn attribute_in(root: &Element, selector: &str, attribute: &str) -> Option<String> {
    root.query_selector(selector).ok().flatten()?.get_attribute(attribute)
}

/// Any event.
pub type Happening = Event;
