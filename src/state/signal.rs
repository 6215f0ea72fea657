//! What components take: a value to read, whatever it comes from, and something to be done.

use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::{GetValue, untrack};

use super::{Derived, Slot, Source, State, cell, handle, slot};

handle!(Signal);
handle!(Callback);

/// A value to read, whatever it comes from: what components take.
pub struct Signal<T> {
    slot: Slot,
    kind: PhantomData<fn() -> T>,
}

impl<T: 'static> Signal<T> {
    /// Computed anew each time that it is read; what it reads is followed.
    pub fn derive(read: impl Fn() -> T + 'static) -> Self {
        let read: Box<dyn Fn() -> T> = Box::new(read);
        Self { slot: slot(Rc::new(RefCell::new(read)), Source::Nobody), kind: PhantomData }
    }

    /// The value; changes are followed.
    pub fn get(self) -> T {
        let read = self.slot.get_value().value;
        let read = cell::<Box<dyn Fn() -> T>>(&*read).borrow();
        read()
    }

    /// The value now.
    pub fn get_untracked(self) -> T {
        untrack(|| self.get())
    }

    /// Reads the value; changes are followed.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.get())
    }

    /// Reads the value now.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.get_untracked())
    }
}

impl<T: Default + 'static> Default for Signal<T> {
    fn default() -> Self {
        Self::derive(T::default)
    }
}

impl<T: Clone + 'static> From<State<T>> for Signal<T> {
    fn from(state: State<T>) -> Self {
        Self::derive(move || state.get())
    }
}

impl<T: Clone + 'static> From<Derived<T>> for Signal<T> {
    fn from(derived: Derived<T>) -> Self {
        Self::derive(move || derived.get())
    }
}

/// Something to be done, handed to a component.
pub struct Callback<T> {
    slot: Slot,
    kind: PhantomData<fn(T)>,
}

impl<T: 'static> Callback<T> {
    /// Does this.
    pub fn new(act: impl Fn(T) + 'static) -> Self {
        let act: Box<dyn Fn(T)> = Box::new(act);
        Self { slot: slot(Rc::new(RefCell::new(act)), Source::Nobody), kind: PhantomData }
    }

    /// Does it, unless the part of the page that it belongs to is gone.
    pub fn run(self, value: T) {
        if let Some(held) = self.slot.try_get_value() {
            let act = cell::<Box<dyn Fn(T)>>(&*held.value).borrow();
            act(value);
        }
    }
}
