//! The grid of tiles. What of a long list is in the document is decided in `portal_core::grid`.
//!
//! Blocks that leave are kept and filled anew. Not a `<For>`: that moves rows that stay, and what moves in the
//! document loses the focus.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use leptos::tachys::view::{Mountable, Render};
use portal_core::catalog::View;
use portal_core::grid::Layout;
use portal_core::text::Text;

use super::applications::Applications;
use super::block::draw;
use super::keys;
use super::roaming::Roaming;
use crate::browser::dom::Panel;
use crate::browser::viewport;
use crate::i18n::tr;

/// What the grid shows.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    /// All applications.
    pub(super) applications: Memo<Option<Arc<Applications>>>,
    /// Those that are shown.
    pub(super) view: Memo<Option<Arc<View>>>,
    /// What was searched for.
    pub(super) query: RwSignal<String>,
}

/// The list of tiles. `settled` runs once it has its height.
pub(super) fn grid(shown: Shown, roaming: Roaming, settled: Callback<()>) -> impl IntoView {
    let Roaming { list, layout, .. } = roaming;
    roaming.watch(settled);
    fill(shown, roaming);
    let is_list = move || layout.with(Layout::count) > 0;
    let label = tr(Text::LauncherList);
    view! {
        <div
            node_ref=list
            class="grid"
            role=move || is_list().then_some("list")
            aria-label=move || is_list().then(|| label.get())
            style:--cols=move || layout.with(Layout::columns).to_string()
            style:block-size=move || pixels(layout.with(Layout::height))
            on:keydown=move |event| keys::on_grid_key(&event, roaming)
            on:focusin=move |event: ev::FocusEvent| roaming.focused(viewport::item_of(&event))
            on:focusout=move |_| roaming.focused(None)
        ></div>
    }
}

/// A block's place in the document. Without a block it waits, as it was, to be used again.
struct Slot {
    block: RwSignal<Option<usize>>,
    view: Box<dyn Mountable>,
}

/// The blocks in the document by their number, in order, and those that wait.
#[derive(Default)]
struct Slots {
    used: Vec<(usize, Slot)>,
    spare: Vec<Slot>,
}

/// Keeps the window of blocks in the list.
fn fill(shown: Shown, roaming: Roaming) {
    let window = roaming.window();
    // The slots outlive a run of the effect.
    let owner = Owner::current().unwrap_or_default();
    let make = move || {
        let block = RwSignal::new(None);
        Slot { block, view: Box::new(draw(block, shown, roaming).build()) }
    };
    // Goes with the owner, before any block could miss what it shows.
    let slots = StoredValue::new_local(Slots::default());
    Effect::new(move || {
        let Some(list) = roaming.list.get() else { return };
        let wanted = window.with(|(_, window)| window.blocks());
        slots.try_update_value(|slots| slots.keep(&wanted));
        for (place, block) in wanted.into_iter().enumerate() {
            slots.try_update_value(|slots| slots.put(place, block, &list, || owner.with(make)));
        }
    });
}

impl Slots {
    /// Takes all others away.
    fn keep(&mut self, wanted: &[usize]) {
        let (used, left): (Vec<_>, Vec<_>) =
            self.used.drain(..).partition(|(block, _)| wanted.binary_search(block).is_ok());
        self.used = used;
        for (_, mut slot) in left {
            slot.view.unmount();
            slot.block.set(None);
            self.spare.push(slot);
        }
    }

    /// Puts a block at a place, unless it is there.
    fn put(&mut self, place: usize, block: usize, list: &Panel, make: impl FnOnce() -> Slot) {
        let there = self.used.get(place);
        if there.is_some_and(|(there, _)| *there == block) {
            return;
        }
        let mut slot = self.spare.pop().unwrap_or_else(make);
        slot.block.set(Some(block));
        match there {
            Some((_, next)) => drop(next.view.insert_before_this(&mut *slot.view)),
            None => slot.view.mount(list, None),
        }
        self.used.insert(place, (block, slot));
    }
}

/// Whole pixels: printing a fraction would bring its tables into the program.
#[expect(
    clippy::cast_possible_truncation,
    reason = "rounded, and no list is higher than two thousand million pixels"
)]
fn pixels(length: f64) -> String {
    let whole = length.round() as i32;
    format!("{whole}px")
}
