//! Values that follow from others.

use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::{ArcMemo, GetValue, untrack};
use send_wrapper::SendWrapper;

use super::{Held, Slot, Source, cell, handle, slot};

handle!(Derived);

/// A value that follows from others: computed when it is read, and again only after one of them changed. Who reads
/// it runs again only where it came out different.
///
/// An effect that reads one of these and also what it follows from reads the latter first: otherwise it may miss a change
/// that leaves the former as it was.
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

fn memo(run: Box<dyn FnMut() -> bool>) -> ArcMemo<u32> {
    // The page has one thread; the graph asks for more than it needs.
    let run = SendWrapper::new(RefCell::new(run));
    ArcMemo::new(move |before: Option<&u32>| {
        let changed = (run.borrow_mut())();
        before.map_or(0, |before| if changed { before.wrapping_add(1) } else { *before })
    })
}

#[expect(clippy::expect_used, reason = "its source was read before, which computes the value")]
fn peek<T: 'static, R>(value: &dyn Any, read: impl FnOnce(&T) -> R) -> R {
    read(cell::<Option<T>>(value).borrow().as_ref().expect("a computed value"))
}
