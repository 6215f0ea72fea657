//! A list whose rows stay while others come and go: what is in the document keeps its state and the focus.

use leptos::prelude::*;
use leptos::reactive::owner::Owner;

use super::{Child, Part, follow};
use crate::browser::draw::{self, Element, Node, Span};

/// Which row it is: a number for what the rows are made of, which makes all of them anew, and the row's own.
type Key = (usize, usize);

/// A row in the document, and what ends with it.
struct Row {
    key: Key,
    node: Node,
    owner: Owner,
}

/// The rows that a list names, in its order. `draw` gives one element for a row.
pub fn each(list: impl Fn() -> Vec<Key> + 'static, draw: impl Fn(Key) -> Part + 'static) -> impl Child {
    Each { list: Box::new(list), draw: Box::new(draw) }
}

struct Each {
    list: Box<dyn Fn() -> Vec<Key>>,
    draw: Box<dyn Fn(Key) -> Part>,
}

impl Child for Each {
    fn put(self, parent: &Element) {
        let Self { list, draw } = self;
        let span = Span::append(parent);
        // The rows outlive a run of the effect.
        let owner = Owner::current().unwrap_or_default();
        let rows = StoredValue::new_local(Vec::<Row>::new());
        let make = move |key| {
            let owner = owner.child();
            let Part(node) = owner.with(|| untrack(|| draw(key)));
            Row { key, node, owner }
        };
        follow(Box::new(move || {
            let wanted = list();
            rows.update_value(|rows| arrange(rows, wanted, &span, &make));
        }));
    }
}

/// Takes away what is not wanted, makes what is missing, and moves nothing that stands in the right order.
fn arrange(rows: &mut Vec<Row>, wanted: Vec<Key>, span: &Span, make: &dyn Fn(Key) -> Row) {
    let mut old = std::mem::take(rows);
    old.retain(|row| {
        let stays = wanted.contains(&row.key);
        if !stays {
            draw::remove(&row.node);
            row.owner.cleanup();
        }
        stays
    });
    let mut old = old.into_iter().peekable();
    for key in wanted {
        if let Some(row) = old.next_if(|row| row.key == key) {
            rows.push(row);
            continue;
        }
        let row = make(key);
        draw::put_before(old.peek().map_or(span.end(), |next| &next.node), &row.node);
        rows.push(row);
    }
    // Rows that came out of order were made anew.
    for row in old {
        draw::remove(&row.node);
        row.owner.cleanup();
    }
}
