//! A list whose rows stay where they are while others come and go. `<For>` of Leptos moves nodes to bring them into their
//! order; a frame that is moved loads again, and a row that is moved loses the focus. Here what stays is never moved: a row
//! that came out of order is made again.

use std::sync::Arc;

use leptos::attr::Attribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::*;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types::{Element, Node, Placeholder};
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Mountable, Position, PositionState};

/// Which row it is: a number for what the rows are made of, which makes all of them again, and the row's own.
type Key = (usize, usize);

/// Draws a row.
type Draw = Arc<dyn Fn(Key) -> AnyView + Send + Sync>;

/// The rows that a list names, in its order.
pub fn stable_for(
    each: impl Fn() -> Vec<Key> + Send + 'static,
    draw: impl Fn(Key) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let draw: Draw = Arc::new(draw);
    // The rows outlive a run of the closure.
    let owner = Owner::current().unwrap_or_default();
    (move || StableFor { wanted: each(), draw: Arc::clone(&draw), owner: owner.clone() }).into_any()
}

/// The rows as they are wanted now.
struct StableFor {
    wanted: Vec<Key>,
    draw: Draw,
    owner: Owner,
}

/// The rows in the document, before the sign of their end.
struct Rows {
    rows: Vec<Row>,
    end: Placeholder,
}

/// A row in the document, and what ends with it.
struct Row {
    key: Key,
    state: AnyViewState,
    owner: Owner,
}

/// What becomes of the rows, in the order of the document.
#[derive(PartialEq, Debug)]
enum Step {
    Keep,
    Remove,
    Insert(Key),
}

/// Moves nothing: what is no longer wanted, or not in this order, goes, and what is missing is made.
fn plan(before: &[Key], wanted: &[Key]) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut before = before.iter().peekable();
    for key in wanted {
        while before.next_if(|old| !wanted.contains(old)).is_some() {
            steps.push(Step::Remove);
        }
        let stays = before.next_if_eq(&key).is_some();
        steps.push(if stays { Step::Keep } else { Step::Insert(*key) });
    }
    steps.extend(before.map(|_| Step::Remove));
    steps
}

impl StableFor {
    fn row(&self, key: Key) -> Row {
        let owner = self.owner.child();
        let state = owner.with(|| untrack(|| (self.draw)(key).build()));
        Row { key, state, owner }
    }
}

impl Row {
    fn remove(mut self) {
        self.state.unmount();
        self.owner.cleanup();
    }
}

impl Render for StableFor {
    type State = Rows;

    fn build(self) -> Rows {
        let rows = self.wanted.iter().map(|key| self.row(*key)).collect();
        Rows { rows, end: leptos::tachys::renderer::Rndr::create_placeholder() }
    }

    fn rebuild(self, Rows { rows, end }: &mut Rows) {
        let keys: Vec<Key> = rows.iter().map(|row| row.key).collect();
        let mut old = std::mem::take(rows).into_iter().peekable();
        for step in plan(&keys, &self.wanted) {
            match step {
                Step::Keep => rows.extend(old.next()),
                Step::Remove => old.next().into_iter().for_each(Row::remove),
                Step::Insert(key) => {
                    let mut row = self.row(key);
                    match old.peek() {
                        Some(next) => next.state.insert_before_this(&mut row.state),
                        None => end.insert_before_this(&mut row.state),
                    };
                    rows.push(row);
                }
            }
        }
    }
}

impl Mountable for Rows {
    fn unmount(&mut self) {
        self.rows.iter_mut().for_each(|row| row.state.unmount());
        self.end.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.rows.iter_mut().for_each(|row| row.state.mount(parent, marker));
        self.end.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        match self.rows.first() {
            Some(first) => first.state.insert_before_this(child),
            None => self.end.insert_before_this(child),
        }
    }

    fn elements(&self) -> Vec<Element> {
        self.rows.iter().flat_map(|row| row.state.elements()).collect()
    }
}

impl AddAnyAttr for StableFor {
    type Output<A: Attribute> = Self;

    fn add_any_attr<A: Attribute>(self, _: A) -> Self {
        self
    }
}

/// The page is drawn in the browser alone: nothing is written as HTML or taken over from it.
impl RenderHtml for StableFor {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Rows {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::Step::{Insert, Keep, Remove};
    use super::*;

    fn planned(before: &[usize], wanted: &[usize]) -> Vec<Step> {
        let keys = |rows: &[usize]| rows.iter().map(|row| (0, *row)).collect::<Vec<_>>();
        plan(&keys(before), &keys(wanted))
    }

    #[test]
    fn what_stays_is_never_moved() {
        assert_eq!(planned(&[1, 2, 3], &[0, 2, 3, 4]), [Remove, Insert((0, 0)), Keep, Keep, Insert((0, 4))]);
        assert_eq!(planned(&[], &[1]), [Insert((0, 1))]);
        assert_eq!(planned(&[1, 2], &[]), [Remove, Remove]);
    }

    #[test]
    fn a_row_that_came_out_of_order_is_made_again() {
        assert_eq!(planned(&[1, 2], &[2, 1]), [Insert((0, 2)), Keep, Remove]);
    }
}
