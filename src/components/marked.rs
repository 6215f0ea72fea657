//! A name with the letters that were searched for marked.

use leptos::prelude::*;
use portal_core::search;

/// The parts of a name, marked where the query occurs; an empty query marks nothing.
pub fn marked(name: &str, query: &str) -> Vec<AnyView> {
    let mut parts = Vec::new();
    let mut done = 0;
    for range in search::marks(name, query) {
        parts.push(name.get(done..range.start).unwrap_or_default().into_any());
        done = range.end;
        let hit = name.get(range).unwrap_or_default();
        parts.push(view! { <mark>{hit}</mark> }.into_any());
    }
    parts.push(name.get(done..).unwrap_or_default().into_any());
    parts
}
