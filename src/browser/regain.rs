//! The focus of who tries again what failed. The button that was pressed goes away with the failure: the focus waits on the
//! heading of that part of the page, and comes back to the button where it fails again.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::dom::{focus, has_focus};

/// What is read out as a part of the page, and the end of a table of which not all has come.
const PARTS: &str = "section,aside,nav,dialog,main,.table-more";
/// Its heading; those of a failure go away with it. At the end of a table the way to more, which stays.
const HOLDERS: &str = ":is(h1,h2,h3):not(.state *),.table-more > .actions > button";

thread_local! {
    /// The part that was left, and what holds the focus meanwhile.
    static WAITS: RefCell<Option<(Element, HtmlElement)>> = const { RefCell::new(None) };
}

/// A button that goes away was pressed: if it has the focus, that goes to the heading of the innermost part around that has
/// one on screen.
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
    let mut around = button.closest(PARTS).ok().flatten();
    while let Some(part) = around {
        if let Some(holder) = holder(&part).filter(take_focus) {
            return Some((part, holder));
        }
        around = part.parent_element().and_then(|above| above.closest(PARTS).ok().flatten());
    }
    None
}

/// The heading of a part; `main` itself, where it has none.
fn holder(part: &Element) -> Option<HtmlElement> {
    let heading = part.query_selector(HOLDERS).ok().flatten();
    let holder = heading.or_else(|| part.matches("main").is_ok_and(|main| main).then(|| part.clone()));
    holder?.dyn_into().ok()
}

/// Whether it took the focus: what is not shown does not.
fn take_focus(holder: &HtmlElement) -> bool {
    if !holder.has_attribute("tabindex") {
        // Refused for no such name.
        let _ = holder.set_attribute("tabindex", "-1");
    }
    focus(holder);
    has_focus(holder)
}
