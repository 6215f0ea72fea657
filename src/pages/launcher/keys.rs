//! The keys of the grid (experience.md A4, A6).

use leptos::ev;
use portal_core::grid::Step;

use super::SEARCH_ID;
use super::roaming::Roaming;
use crate::browser::dom;

/// Arrows, Home, End and the page keys move the focus; a letter goes on in the search box.
pub(super) fn on_grid_key(event: &ev::KeyboardEvent, roaming: Roaming) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
        return;
    }
    let key = event.key();
    if let Some(step) = step(&key, roaming.is_right_to_left()) {
        if !event.shift_key() {
            event.prevent_default();
            roaming.step(step);
        }
    } else if key.chars().count() == 1 && key != " " && key != "/" {
        // The letter itself arrives in the box, for the key press is not over yet.
        dom::focus_id(SEARCH_ID);
    }
}

fn step(key: &str, right_to_left: bool) -> Option<Step> {
    Some(match key {
        "ArrowRight" if right_to_left => Step::Previous,
        "ArrowLeft" if right_to_left => Step::Next,
        "ArrowRight" => Step::Next,
        "ArrowLeft" => Step::Previous,
        "ArrowDown" => Step::Down,
        "ArrowUp" => Step::Up,
        "PageDown" => Step::PageDown,
        "PageUp" => Step::PageUp,
        "Home" => Step::First,
        "End" => Step::Last,
        _ => return None,
    })
}
