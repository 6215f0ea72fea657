//! What a page remembers, and what follows from it. Leptos keeps the graph of who reads what, of a handful of types;
//! the values stand beside it. With `RwSignal` and `Memo` each type of value would bring its own copy of the graph's
//! code into the page (docs/decisions.md, "The program").
//!
//! Handles are `Copy` and end with the part of the page that made them.

mod derived;
mod provided;
mod signal;
#[cfg(test)]
mod tests;

use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::{ArcMemo, ArcTrigger, Effect, Get, GetValue, LocalStorage, Notify, StoredValue, Track};
use leptos::reactive::owner::Owner;

pub use self::derived::Derived;
pub use self::provided::{provide, provided, provided_or};
pub use self::signal::{Callback, Signal};

/// A value of any type, and what the graph knows of it; one type of storage for all.
type Slot = StoredValue<Held, LocalStorage>;

#[derive(Clone)]
struct Held {
    value: Rc<dyn Any>,
    source: Source,
}

/// Who is told when the value changes.
#[derive(Clone)]
enum Source {
    Nobody,
    Followers(ArcTrigger),
    Version(ArcMemo<u32>),
}

impl Source {
    fn track(&self) {
        match self {
            Self::Nobody => {}
            Self::Followers(followers) => followers.track(),
            Self::Version(version) => {
                // Reading it computes the value if need be.
                version.get();
            }
        }
    }
}

/// A handle that is `Copy` whatever it stands for.
macro_rules! handle {
    ($name:ident) => {
        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }
        impl<T> Copy for $name<T> {}

        impl<T> std::fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    };
}
use handle;

handle!(Stored);
handle!(State);

/// A value that nobody follows.
pub struct Stored<T> {
    slot: Slot,
    kind: PhantomData<fn() -> T>,
}

impl<T: 'static> Stored<T> {
    /// A value to begin with.
    pub fn new(value: T) -> Self {
        Self { slot: slot(Rc::new(RefCell::new(value)), Source::Nobody), kind: PhantomData }
    }

    /// Reads the value.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        let value = self.slot.get_value().value;
        read(&cell::<T>(&*value).borrow())
    }

    /// Reads the value, unless its part of the page is gone.
    pub fn try_with<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        let value = self.slot.try_get_value()?.value;
        Some(read(&cell::<T>(&*value).borrow()))
    }

    /// Changes the value, unless its part of the page is gone, and tells who follows it.
    pub fn update<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        let Held { value, source } = self.slot.try_get_value()?;
        let outcome = change(&mut cell::<T>(&*value).borrow_mut());
        if let Source::Followers(followers) = source {
            followers.notify();
        }
        Some(outcome)
    }

    /// Replaces the value; does nothing once its part of the page is gone.
    pub fn set(self, value: T) {
        self.update(|held| *held = value);
    }
}

impl<T: Clone + 'static> Stored<T> {
    /// The value.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// The value, unless its part of the page is gone.
    pub fn try_get(self) -> Option<T> {
        self.try_with(T::clone)
    }
}

/// A value that is set, and followed by who reads it.
pub struct State<T>(Stored<T>);

impl<T: 'static> State<T> {
    /// A value to begin with.
    pub fn new(value: T) -> Self {
        let source = Source::Followers(ArcTrigger::new());
        Self(Stored { slot: slot(Rc::new(RefCell::new(value)), source), kind: PhantomData })
    }

    /// Reads the value; changes are followed.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        let Held { value, source } = self.0.slot.get_value();
        source.track();
        read(&cell::<T>(&*value).borrow())
    }

    /// Reads the value now.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.0.with(read)
    }

    /// Changes the value and tells who follows it; does nothing once its part of the page is gone.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.0.update(change);
    }

    /// Replaces the value; does nothing once its part of the page is gone.
    pub fn set(self, value: T) {
        self.update(|held| *held = value);
    }

    /// Follows the value without reading it.
    pub fn track(self) {
        self.0.slot.get_value().source.track();
    }
}

impl<T: Clone + 'static> State<T> {
    /// The value; changes are followed.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// The value now.
    pub fn get_untracked(self) -> T {
        self.0.get()
    }

    /// The value now, unless its part of the page is gone.
    pub fn try_get_untracked(self) -> Option<T> {
        self.0.try_get()
    }
}

impl<T: PartialEq + 'static> State<T> {
    /// Replaces the value if it is another one.
    pub fn set_if_changed(self, value: T) {
        if self.with_untracked(|held| *held != value) {
            self.set(value);
        }
    }
}

/// Touches the outside world, once the page is drawn and again whenever what was read has changed.
pub fn effect(mut run: impl FnMut() + 'static) {
    boxed_effect(Box::new(move |_| run()));
}

fn boxed_effect(run: Box<dyn FnMut(Option<()>)>) {
    Effect::new(run);
}

fn slot(value: Rc<dyn Any>, source: Source) -> Slot {
    StoredValue::new_local(Held { value, source })
}

#[expect(clippy::expect_used, reason = "a handle is only ever made with a value of its own type")]
fn cell<T: 'static>(value: &dyn Any) -> &RefCell<T> {
    value.downcast_ref().expect("the value of the handle")
}

/// Makes something that outlives the part of the page that asks for it: it stays until the tab is closed.
pub fn lasting<T>(make: impl FnOnce() -> T) -> T {
    let mut owner = Owner::current();
    while let Some(parent) = owner.as_ref().and_then(Owner::parent) {
        owner = Some(parent);
    }
    match owner {
        Some(root) => root.with(make),
        None => make(),
    }
}
