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
    ArcMemo, ArcTrigger, Effect, Get, GetValue, LocalStorage, Notify, StoredValue, Track, provide_context,
    untrack, use_context,
};
use send_wrapper::SendWrapper;

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
handle!(Stored);
handle!(State);
handle!(Derived);
handle!(Signal);
handle!(Callback);

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

impl<T: Default + 'static> Default for State<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

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

/// A value that follows from others: computed when it is read, and again only after one of them changed. Who reads
/// it runs again only where it came out different.
pub struct Derived<T> {
    slot: Slot,
    kind: PhantomData<fn() -> T>,
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
        let held = Rc::clone(&value);
        let version = memo(Box::new(move || {
            let before = value.take();
            let now = compute(before.as_ref());
            let changed = before.is_none_or(|before| differs(&before, &now));
            value.replace(Some(now));
            changed
        }));
        Self { slot: slot(held, Source::Version(version)), kind: PhantomData }
    }

    /// Reads the value; changes are followed.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        let Held { value, source } = self.slot.get_value();
        source.track();
        peek(&*value, read)
    }

    /// Reads the value now.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        let Held { value, source } = self.slot.get_value();
        untrack(|| source.track());
        peek(&*value, read)
    }

    /// Follows the value without reading it.
    pub fn track(self) {
        self.slot.get_value().source.track();
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

fn memo(run: Box<dyn FnMut() -> bool>) -> ArcMemo<u32> {
    // The page has one thread; the graph asks for more than it needs.
    let run = SendWrapper::new(RefCell::new(run));
    ArcMemo::new(move |before: Option<&u32>| {
        let changed = (run.borrow_mut())();
        before.map_or(0, |before| if changed { before.wrapping_add(1) } else { *before })
    })
}

fn slot(value: Rc<dyn Any>, source: Source) -> Slot {
    StoredValue::new_local(Held { value, source })
}

#[expect(clippy::expect_used, reason = "its source was read before, which computes the value")]
fn peek<T: 'static, R>(value: &dyn Any, read: impl FnOnce(&T) -> R) -> R {
    read(cell::<Option<T>>(value).borrow().as_ref().expect("a computed value"))
}

#[expect(clippy::expect_used, reason = "a handle is only ever made with a value of its own type")]
fn cell<T: 'static>(value: &dyn Any) -> &RefCell<T> {
    value.downcast_ref().expect("the value of the handle")
}

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

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;

    use leptos::prelude::Owner;

    use super::{Callback, Derived, Signal, State, Stored};

    fn in_page(test: impl FnOnce()) {
        Owner::new().with(test);
    }

    // A derived value is computed when it is read, and not again before what it reads has changed.
    #[test]
    fn a_derived_value_is_computed_once_for_each_change() {
        in_page(|| {
            let count = State::new(1);
            let runs = Rc::new(Cell::new(0));
            let counted = Rc::clone(&runs);
            let double = Derived::new(move |_| {
                counted.set(counted.get() + 1);
                count.get() * 2
            });
            assert_eq!(runs.get(), 0);
            assert_eq!((double.get(), double.get_untracked()), (2, 2));
            assert_eq!(runs.get(), 1);
            count.set(5);
            assert_eq!(double.get(), 10);
            assert_eq!(runs.get(), 2);
        });
    }

    // Who follows a derived value that came out the same does not run again.
    #[test]
    fn a_derived_value_that_stays_is_no_change() {
        in_page(|| {
            let number = State::new(3);
            let odd = Derived::new(move |_| number.get() % 2 == 1);
            let runs = Rc::new(Cell::new(0));
            let counted = Rc::clone(&runs);
            let said = Derived::new(move |_| {
                counted.set(counted.get() + 1);
                if odd.get() { "odd" } else { "even" }
            });
            assert_eq!(said.get(), "odd");
            number.set(7);
            assert_eq!((said.get(), runs.get()), ("odd", 1));
            number.set(8);
            assert_eq!((said.get(), runs.get()), ("even", 2));
        });
    }

    // The value before is at hand, as for a window that moves in steps.
    #[test]
    fn a_derived_value_gets_the_one_before() {
        in_page(|| {
            let step = State::new(2);
            let sum =
                Derived::new(move |before: Option<&i32>| before.copied().unwrap_or_default() + step.get());
            assert_eq!(sum.get(), 2);
            step.set(5);
            assert_eq!(sum.get(), 7);
        });
    }

    // What comes back late, such as a reply, finds the part of the page gone: nothing happens.
    #[test]
    fn a_handle_of_a_part_that_is_gone_does_nothing() {
        let owner = Owner::new();
        let (stored, state, callback) = owner
            .with(|| (Stored::new(1), State::new(1), Callback::new(|()| unreachable!("the part is gone"))));
        owner.cleanup();
        drop(owner);
        assert_eq!(stored.try_get(), None);
        assert_eq!(state.try_get_untracked(), None);
        assert_eq!(stored.update(|value| *value += 1), None);
        state.set(2);
        callback.run(());
    }

    #[test]
    fn a_signal_follows_what_it_is_made_of() {
        in_page(|| {
            let name = State::new("wind".to_owned());
            let signal: Signal<String> = name.into();
            let long = Signal::derive(move || signal.with(|name| format!("{name} farm")));
            assert_eq!(long.get(), "wind farm");
            name.set("solar".to_owned());
            assert_eq!(long.get_untracked(), "solar farm");
        });
    }
}
