//! The focus of who tries again what failed. The button that was pressed goes away with the failure: the focus waits on the
//! heading of that part of the page, and comes back to the button where it fails again.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use super::dom::{focus, has_focus, named};

/// Headings; those of a failure go away with it.
const HEADINGS: &str = ":is(h1,h2,h3):not(.state *)";
/// The end of a table of which not all has come, and in it the way to more, which stays.
const TABLE_END: &str = ".table-more";
const TABLE_MORE: &str = ".actions > button";

thread_local! {
    /// The part that was left, and what holds the focus meanwhile.
    static WAITS: RefCell<Option<(Element, HtmlElement)>> = const { RefCell::new(None) };
}

/// A button that goes away was pressed: if it has the focus, that goes to the heading that the button stands under.
pub fn leave(button: &Element) {
    let waits = has_focus(button).then(|| wait_around(button)).flatten();
    WAITS.set(waits);
}

/// Such a button is there again: it gets the focus back that still waits for it.
pub fn regain(button: &HtmlElement) {
    let Some((part, holder)) = WAITS.take() else { return };
    if !has_focus(&holder) {
        return;
    }
    if part.contains(Some(button)) {
        focus(button);
    } else {
        // Another part failed meanwhile.
        WAITS.set(Some((part, holder)));
    }
}

fn wait_around(button: &Element) -> Option<(Element, HtmlElement)> {
    let mut around = button.parent_element();
    while let Some(part) = around {
        if let Some(holder) = holders(&part, button).into_iter().find(take_focus) {
            return Some((part, holder));
        }
        around = part.parent_element();
    }
    None
}

/// What in a part can hold the focus, the best first: the last heading before the button; `main` itself, where there is
/// none.
fn holders(part: &Element, button: &Element) -> Vec<HtmlElement> {
    if part.matches(TABLE_END).unwrap_or_default() {
        let ways = named(part, TABLE_MORE);
        return ways.into_iter().filter(|way| !is_in_notice(way)).collect();
    }
    let is_before = |heading: &HtmlElement| {
        heading.compare_document_position(button) & Node::DOCUMENT_POSITION_FOLLOWING != 0
    };
    let mut holders = named(part, HEADINGS);
    holders.retain(is_before);
    holders.reverse();
    if part.matches("main").unwrap_or_default() {
        holders.extend(part.clone().dyn_into::<HtmlElement>());
    }
    holders
}

fn is_in_notice(element: &HtmlElement) -> bool {
    element.closest(".notice").is_ok_and(|found| found.is_some())
}

/// Whether it took the focus: what is not shown does not.
fn take_focus(holder: &HtmlElement) -> bool {
    if holder.tab_index() < 0 && !holder.has_attribute("tabindex") {
        // Refused for no such name.
        let _ = holder.set_attribute("tabindex", "-1");
    }
    focus(holder);
    has_focus(holder)
}
