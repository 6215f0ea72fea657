//! The rules of values and of what follows from them.

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
        let sum = Derived::new(move |before: Option<&i32>| before.copied().unwrap_or_default() + step.get());
        assert_eq!(sum.get(), 2);
        step.set(5);
        assert_eq!(sum.get(), 7);
    });
}

// What comes back late, such as a reply, finds the part of the page gone: nothing happens.
#[test]
fn a_handle_of_a_part_that_is_gone_does_nothing() {
    let owner = Owner::new();
    let (stored, state, callback) =
        owner.with(|| (Stored::new(1), State::new(1), Callback::new(|()| unreachable!("the part is gone"))));
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
