//! What can stand in an element: text, views, several of them, and closures that give one of these.

use leptos::prelude::*;
use std::sync::Arc;

use super::{El, Part, follow};
use crate::browser::draw::{self, Element, Span};

/// Something in an element.
pub trait Child {
    /// Puts it behind what is in the element already; a reactive one is put anew whenever it changes.
    fn put(self, parent: &Element);
}

impl Child for Part {
    fn put(self, parent: &Element) {
        draw::append(parent, &self.0);
    }
}

impl Child for () {
    fn put(self, _: &Element) {}
}

impl Child for &str {
    fn put(self, parent: &Element) {
        draw::append_text(parent, self);
    }
}

impl Child for String {
    fn put(self, parent: &Element) {
        draw::append_text(parent, &self);
    }
}

impl Child for usize {
    fn put(self, parent: &Element) {
        draw::append_text(parent, &self.to_string());
    }
}

impl<T: Child> Child for Option<T> {
    fn put(self, parent: &Element) {
        if let Some(child) = self {
            child.put(parent);
        }
    }
}

impl<T: Child> Child for Vec<T> {
    fn put(self, parent: &Element) {
        for child in self {
            child.put(parent);
        }
    }
}

impl<A: Child, B: Child> Child for (A, B) {
    fn put(self, parent: &Element) {
        self.0.put(parent);
        self.1.put(parent);
    }
}

impl<T: Child, F: Fn() -> T + 'static> Child for F {
    fn put(self, parent: &Element) {
        let span = Span::append(parent);
        follow(Box::new(move || {
            let El(bag) = El::fragment().child(self());
            span.fill(&bag);
        }));
    }
}

/// Signals are read where they stand.
macro_rules! signals {
    ($($signal:ident),*) => {$(
        impl<T: Child + Clone + Send + Sync + 'static> Child for $signal<T> {
            fn put(self, parent: &Element) {
                (move || self.get()).put(parent);
            }
        }
    )*};
}
signals!(RwSignal, Memo, Signal);

/// What stands between the tags of a component; drawn once, where the component puts it.
pub type Children = Box<dyn FnOnce() -> Part>;

/// The same for a component that draws it more than once.
pub type ChildrenFn = Arc<dyn Fn() -> Part>;

/// How `view!` hands over what stands between the tags of a component.
pub trait ToChildren<F> {
    /// Wraps it up.
    fn to_children(draw: F) -> Self;
}

impl<F: FnOnce() -> Part + 'static> ToChildren<F> for Children {
    fn to_children(draw: F) -> Self {
        Box::new(draw)
    }
}

impl<F: Fn() -> Part + 'static> ToChildren<F> for ChildrenFn {
    fn to_children(draw: F) -> Self {
        Arc::new(draw)
    }
}
