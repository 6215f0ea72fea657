//! What can be written to an attribute, to the style or to a property, fixed or reactive.

use super::follow;
use crate::browser::draw::{self, Element};
use leptos::prelude::*;

/// How a text is written: to an attribute or to the style. `None` takes it away.
pub type Write = fn(&Element, &str, Option<&str>);

/// A value of an attribute or of the style.
pub trait Value {
    /// Writes it, and again whenever it changes.
    fn write(self, element: &Element, name: &'static str, write: Write);
}

impl Value for &str {
    fn write(self, element: &Element, name: &'static str, write: Write) {
        write(element, name, Some(self));
    }
}

impl Value for String {
    fn write(self, element: &Element, name: &'static str, write: Write) {
        write(element, name, Some(&self));
    }
}

impl Value for bool {
    fn write(self, element: &Element, name: &'static str, write: Write) {
        write(element, name, self.then_some(""));
    }
}

impl<T: Value> Value for Option<T> {
    fn write(self, element: &Element, name: &'static str, write: Write) {
        match self {
            Some(value) => value.write(element, name, write),
            None => write(element, name, None),
        }
    }
}

impl<T: Value, F: Fn() -> T + 'static> Value for F {
    fn write(self, element: &Element, name: &'static str, write: Write) {
        let element = element.clone();
        follow(Box::new(move || self().write(&element, name, write)));
    }
}

/// Numbers are written as text.
macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Value for $number {
            fn write(self, element: &Element, name: &'static str, write: Write) {
                write(element, name, Some(&self.to_string()));
            }
        }
    )*};
}
numbers!(usize, u32);

/// A property of an element's object.
pub trait Property {
    /// Writes it, and again whenever it changes.
    fn write(self, element: &Element, name: &'static str);
}

impl Property for String {
    fn write(self, element: &Element, name: &'static str) {
        draw::set_text_property(element, name, &self);
    }
}

impl Property for bool {
    fn write(self, element: &Element, name: &'static str) {
        draw::set_flag_property(element, name, self);
    }
}

impl<T: Property, F: Fn() -> T + 'static> Property for F {
    fn write(self, element: &Element, name: &'static str) {
        let element = element.clone();
        follow(Box::new(move || self().write(&element, name)));
    }
}

/// Signals are read where they stand.
macro_rules! signals {
    ($($signal:ident),*) => {$(
        impl<T: Value + Clone + Send + Sync + 'static> Value for $signal<T> {
            fn write(self, element: &Element, name: &'static str, write: Write) {
                (move || self.get()).write(element, name, write);
            }
        }

        impl<T: Property + Clone + Send + Sync + 'static> Property for $signal<T> {
            fn write(self, element: &Element, name: &'static str) {
                (move || self.get()).write(element, name);
            }
        }
    )*};
}
signals!(RwSignal, Memo, Signal);
