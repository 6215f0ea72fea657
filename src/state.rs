//! What a page remembers, and what follows from it. Leptos keeps the graph of who reads what, of a handful of types;
//! the values stand beside it. With `RwSignal` and `Memo` each type of value would bring its own copy of the graph's
//! code into the page (docs/decisions.md, "The program").
//!
//! Handles are `Copy` and end with the part of the page that made them.

use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::{
    Effect, Get, GetValue, LocalStorage, Memo, Notify, Signal, StoredValue, Track, Trigger, untrack,
};
use send_wrapper::SendWrapper;

/// A value of any type; one type of storage for all.
type Slot = StoredValue<Rc<dyn Any>, LocalStorage>;

/// A value that is set, and followed by who reads it.
pub struct State<T> {
    slot: Slot,
    changed: Trigger,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for State<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for State<T> {}

impl<T> std::fmt::Debug for State<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("State")
    }
}

impl<T: Default + 'static> Default for State<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: 'static> State<T> {
    /// A value to begin with.
    pub fn new(value: T) -> Self {
        Self { slot: slot(Rc::new(RefCell::new(value))), changed: Trigger::new(), kind: PhantomData }
    }

    /// Reads the value; changes are followed.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.changed.track();
        self.with_untracked(read)
    }

    /// Reads the value now.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        let value = held(self.slot);
        read(&cell::<T>(&*value).borrow())
    }

    /// Changes the value and tells who follows it; does nothing once its part of the page is gone.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        if let Some(value) = self.slot.try_get_value() {
            change(&mut cell::<T>(&*value).borrow_mut());
            self.changed.notify();
        }
    }

    /// Replaces the value; does nothing once its part of the page is gone.
    pub fn set(self, value: T) {
        self.update(|held| *held = value);
    }

    /// Follows the value without reading it.
    pub fn track(self) {
        self.changed.track();
    }
}

impl<T: Clone + 'static> State<T> {
    /// The value; changes are followed.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// The value now.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }

    /// The value now, unless its part of the page is gone.
    pub fn try_get_untracked(self) -> Option<T> {
        let value = self.slot.try_get_value()?;
        let value = cell::<T>(&*value).borrow().clone();
        Some(value)
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

/// A value that follows from others: computed when it is read, and again only after one of them changed. Who reads
/// it runs again only where it came out different.
pub struct Derived<T> {
    slot: Slot,
    version: Memo<u32>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for Derived<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Derived<T> {}

impl<T> std::fmt::Debug for Derived<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Derived")
    }
}

impl<T: PartialEq + 'static> Derived<T> {
    /// Computes with this; it gets the value before, if there is one.
    pub fn new(compute: impl Fn(Option<&T>) -> T + 'static) -> Self {
        Self::new_with_compare(compute, |before, now| before != now)
    }
}

impl<T: 'static> Derived<T> {
    /// The same for values that are costly to compare: `differs` says whether the second is another than the first.
    pub fn new_with_compare(
        compute: impl Fn(Option<&T>) -> T + 'static,
        differs: fn(&T, &T) -> bool,
    ) -> Self {
        let value: Rc<RefCell<Option<T>>> = Rc::new(RefCell::new(None));
        let slot = slot(Rc::clone(&value) as Rc<dyn Any>);
        let version = memo(Box::new(move || {
            let before = value.take();
            let now = compute(before.as_ref());
            let changed = before.is_none_or(|before| differs(&before, &now));
            value.replace(Some(now));
            changed
        }));
        Self { slot, version, kind: PhantomData }
    }

    /// Reads the value; changes are followed.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.version.get();
        self.peek(read)
    }

    /// Reads the value now.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        untrack(|| self.version.get());
        self.peek(read)
    }

    /// Follows the value without reading it.
    pub fn track(self) {
        self.version.track();
    }

    #[expect(clippy::expect_used, reason = "the version was read before, which computes the value")]
    fn peek<R>(self, read: impl FnOnce(&T) -> R) -> R {
        let value = held(self.slot);
        let value = cell::<Option<T>>(&*value).borrow();
        read(value.as_ref().expect("a computed value"))
    }
}

impl<T: Clone + 'static> Derived<T> {
    /// The value; changes are followed.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// The value now.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }

    /// The value now, unless its part of the page is gone.
    pub fn try_get_untracked(self) -> Option<T> {
        self.slot.try_get_value().map(|_| self.get_untracked())
    }
}

/// Touches the outside world, once the page is drawn and again whenever what was read has changed.
pub fn effect(mut run: impl FnMut() + 'static) {
    boxed_effect(Box::new(move |_| run()));
}

fn boxed_effect(run: Box<dyn FnMut(Option<()>)>) {
    Effect::new(run);
}

fn memo(mut run: Box<dyn FnMut() -> bool>) -> Memo<u32> {
    // The page has one thread; the graph asks for more than it needs.
    let run = SendWrapper::new(RefCell::new(move || run()));
    Memo::new(move |before: Option<&u32>| {
        let changed = (run.borrow_mut())();
        before.map_or(0, |before| if changed { before.wrapping_add(1) } else { *before })
    })
}

fn slot(value: Rc<dyn Any>) -> Slot {
    StoredValue::new_local(value)
}

/// What a slot holds. Whoever holds a handle is part of what the value ends with.
fn held(slot: Slot) -> Rc<dyn Any> {
    slot.get_value()
}

#[expect(clippy::expect_used, reason = "a handle is only ever made with a value of its own type")]
fn cell<T: 'static>(value: &dyn Any) -> &RefCell<T> {
    value.downcast_ref().expect("the value of the handle")
}

impl<T: Clone + Send + Sync + 'static> From<State<T>> for Signal<T> {
    fn from(state: State<T>) -> Self {
        Signal::derive(move || state.get())
    }
}

impl<T: Clone + Send + Sync + 'static> From<Derived<T>> for Signal<T> {
    fn from(derived: Derived<T>) -> Self {
        Signal::derive(move || derived.get())
    }
}
