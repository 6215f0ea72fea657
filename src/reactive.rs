//! What the reactive system of Leptos leaves to its users.

use std::sync::Arc;

use leptos::prelude::*;

/// Replaces a value only by another one, so that nobody is told of a change that is none.
pub trait SetIfChanged: Update {
    /// Replaces the value if it is another one; does nothing once its part of the page is gone.
    fn set_if_changed(&self, value: Self::Value)
    where
        Self::Value: PartialEq;
}

impl<S: Update> SetIfChanged for S {
    fn set_if_changed(&self, value: Self::Value)
    where
        Self::Value: PartialEq,
    {
        self.maybe_update(|held| {
            let changed = *held != value;
            if changed {
                *held = value;
            }
            changed
        });
    }
}

/// Whether a computed value is another allocation than before: a comparison for what is costly to compare.
pub fn is_another_arc<T: ?Sized>(before: Option<&Arc<T>>, now: Option<&Arc<T>>) -> bool {
    !before.zip(now).is_some_and(|(before, now)| Arc::ptr_eq(before, now))
}

/// The same where there may be none: none is like none.
pub fn is_another_option<T>(before: Option<&Option<Arc<T>>>, now: Option<&Option<Arc<T>>>) -> bool {
    let (before, now) = (before.and_then(Option::as_ref), now.and_then(Option::as_ref));
    (before.is_some() || now.is_some()) && is_another_arc(before, now)
}

/// A context that lasts as long as the page, whichever part of it asks first: what was provided, or else what is made now
/// and provided at the root. For what belongs to screens whose code comes later.
pub fn lasting_context<T: Clone + Send + Sync + 'static>(make: impl FnOnce() -> T) -> T {
    use_context().unwrap_or_else(|| {
        let mut root = Owner::current().unwrap_or_default();
        while let Some(parent) = root.parent() {
            root = parent;
        }
        root.with(|| {
            let made = make();
            provide_context(made.clone());
            made
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // A part of the page that asks first and is gone leaves what it asked for to the next.
    #[test]
    fn a_lasting_context_outlives_the_part_that_made_it() {
        let root = Owner::new();
        let part = root.with(Owner::new);
        let made = part.with(|| lasting_context(|| RwSignal::new(1)));
        part.cleanup();
        drop(part);
        let next = root.with(Owner::new);
        let found = next.with(|| lasting_context(|| RwSignal::new(2)));
        assert_eq!((made.get_untracked(), found.get_untracked()), (1, 1));
    }

    #[test]
    fn an_arc_is_another_only_where_its_allocation_is() {
        let (one, other) = (Some(Arc::new(1)), Some(Arc::new(1)));
        assert!(is_another_option(Some(&one), Some(&other)));
        assert!(is_another_option(Some(&one), Some(&None)));
        assert!(is_another_option(None, Some(&one)));
        assert!(!is_another_option(Some(&one), Some(&one.clone())));
        assert!(!is_another_option::<i32>(Some(&None), Some(&None)));
        assert!(!is_another_option::<i32>(None, Some(&None)));
    }

    #[test]
    fn a_value_that_stays_is_no_change() {
        Owner::new().with(|| {
            let runs = StoredValue::new(0);
            let value = RwSignal::new(1);
            let seen = Memo::new(move |_| {
                runs.update_value(|runs| *runs += 1);
                value.get()
            });
            assert_eq!(seen.get(), 1);
            value.set_if_changed(1);
            assert_eq!((seen.get(), runs.get_value()), (1, 1));
            value.set_if_changed(2);
            assert_eq!((seen.get(), runs.get_value()), (2, 2));
        });
    }
}
