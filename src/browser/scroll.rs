//! Where a list is scrolled to, and the focus in it.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// How far an element is scrolled and how much of it is seen, in px.
pub fn span(root: &Element) -> (usize, usize) {
    let length = |px: i32| usize::try_from(px).unwrap_or_default();
    (length(root.scroll_top()), length(root.client_height()))
}

/// Scrolls an element to its upper edge.
pub fn to_top(root: &Element) {
    root.set_scroll_top(0);
}

/// Scrolls an element so that what stands this many px down in it is seen, some way below the upper edge.
pub fn to(root: &Element, place: usize) {
    let place = i32::try_from(place).unwrap_or(i32::MAX);
    let (from, seen) = (root.scroll_top(), root.client_height());
    if place < from || place > from + seen * 3 / 4 {
        root.set_scroll_top((place - seen / 3).max(0));
    }
}

/// The height of the first element in `root` that the selector names, in px.
pub fn height_of(root: &Element, selector: &str) -> Option<usize> {
    let found = root.query_selector(selector).ok().flatten()?.dyn_into::<HtmlElement>().ok()?;
    usize::try_from(found.offset_height()).ok()
}

/// Scrolls `root`, and nothing around it, so that the element with this id is seen. `root` is what the element's
/// place is counted from: its position is relative.
pub fn reveal(root: &Element, id: &str) {
    let Some(element) = document().get_element_by_id(id).and_then(|found| found.parent_element()) else {
        return;
    };
    let Ok(row) = element.dyn_into::<HtmlElement>() else { return };
    let (top, bottom) = (row.offset_top(), row.offset_top() + row.offset_height());
    let (from, height) = (root.scroll_top(), root.client_height());
    if top < from || bottom > from + height {
        root.set_scroll_top(top - height / 3);
    }
}

/// Scrolls `root` as little as it takes so that what stands from `top` on, so high, is seen.
pub fn show(root: &Element, top: usize, height: usize) {
    let (from, seen) = span(root);
    let to = if top < from {
        top
    } else if top + height > from + seen {
        (top + height).saturating_sub(seen)
    } else {
        return;
    };
    root.set_scroll_top(i32::try_from(to).unwrap_or(i32::MAX));
}

/// How far the element with this id is seen below the upper edge of the list that it stands in, in px; 0 above it.
/// The list and the element have their place counted from the same element.
pub fn place_of(root: &Element, id: &str) -> Option<usize> {
    let item: HtmlElement = document().get_element_by_id(id)?.dyn_into().ok()?;
    usize::try_from((item.offset_top() - root.scroll_top()).max(0)).ok()
}

/// Gives the focus back to the element with this id, if it was lost when the rows around were changed, without
/// scrolling to it.
pub fn restore_focus(root: &Element, id: &str) {
    if nothing_has_focus() {
        let top = root.scroll_top();
        super::dom::focus_id(id);
        root.set_scroll_top(top);
    }
}

/// Whether nothing on the page has the focus: what had it is gone.
pub fn nothing_has_focus() -> bool {
    document().active_element().is_none_or(|active| active.tag_name() == "BODY")
}
