//! A name with the letters that were searched for marked.

use portal_core::search;

use crate::view::{Part, view};

/// The parts of a name, marked where the query occurs; an empty query marks nothing.
pub fn marked(name: &str, query: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut done = 0;
    for range in search::marks(name, query) {
        parts.push(Part::of(name.get(done..range.start).unwrap_or_default()));
        done = range.end;
        let hit = name.get(range).unwrap_or_default();
        parts.push(view! { <mark>{hit}</mark> });
    }
    parts.push(Part::of(name.get(done..).unwrap_or_default()));
    parts
}
