//! What the app hands to all pages, as one context of Leptos.

use std::any::Any;
use std::rc::Rc;

use leptos::prelude::{provide_context, use_context};
use leptos::reactive::owner::Owner;

use super::Stored;

/// What `app.rs` provides for all pages; one context for Leptos, whatever number of things.
#[derive(Clone, Copy)]
struct Provided(Stored<Vec<Rc<dyn Any>>>);

/// Provides something for all that is drawn from now on.
pub fn provide<T: 'static>(value: T) {
    let provided = use_context::<Provided>().unwrap_or_else(|| {
        let provided = Provided(Stored::new(Vec::new()));
        provide_context(provided);
        provided
    });
    provided.0.update(|provided| provided.push(Rc::new(value)));
}

/// What was provided.
///
/// # Panics
/// Outside the app, which is a mistake in the program.
#[expect(clippy::expect_used, reason = "the app provides all that pages use")]
pub fn provided<T: Clone + 'static>() -> T {
    let Provided(provided) = use_context().expect("the app");
    provided
        .with(|provided| provided.iter().find_map(|it| (**it).downcast_ref::<T>()).cloned())
        .expect("what the app provides")
}

/// What was provided, or else what is made now and provided from here on; it lasts as long as the page, whoever asks for
/// it first. For what belongs to screens whose code comes later.
///
/// # Panics
/// Outside the app, which is a mistake in the program.
pub fn provided_or<T: Clone + 'static>(make: impl FnOnce() -> T) -> T {
    let found = use_context::<Provided>().and_then(|Provided(provided)| {
        provided.with(|provided| provided.iter().find_map(|it| (**it).downcast_ref::<T>()).cloned())
    });
    found.unwrap_or_else(|| {
        let mut root = Owner::current().unwrap_or_default();
        while let Some(parent) = root.parent() {
            root = parent;
        }
        root.with(|| {
            let made = make();
            provide(made.clone());
            made
        })
    })
}
