//! Two rows of tiles. They are drawn anew in place when others are shown: the elements stay, texts and addresses
//! change.

use core::ops::Range;
use std::sync::Arc;

use leptos::prelude::*;
use portal_core::catalog::View;

use super::applications::Applications;
use super::grid::Shown;
use super::roaming::Roaming;
use super::tile::{Position, tile};
use crate::i18n::use_i18n;
use crate::routes::use_places;

/// What a block shows.
struct Content {
    applications: Arc<Applications>,
    view: Arc<View>,
    /// Places in the view.
    tiles: Range<usize>,
    query: String,
    /// The tile that Tab leads to, if it is here.
    stop: Option<usize>,
}

/// Draws a block. One without a number waits to be used again, and keeps what it showed.
pub(super) fn draw(block: RwSignal<Option<usize>>, shown: Shown, roaming: Roaming) -> impl IntoView {
    let (i18n, places) = (use_i18n(), use_places());
    let content = content(block, shown, roaming);
    let tiles = move || {
        let Some(content) = content.get() else { return Vec::new() };
        let Content { applications, view, tiles, query, stop } = &*content;
        let count = view.shown.len();
        let tiles = tiles.clone().filter_map(|index| {
            let (entry, launch) = applications.get(*view.shown.get(index)?)?;
            let position = Position { index, count, tab_stop: *stop == Some(index) };
            Some(tile(entry, launch, query, position, i18n, places))
        });
        tiles.collect()
    };
    let place = move || {
        let top = block.get().map(|block| roaming.layout.with(|layout| layout.block_top(block)));
        format!("translateY({}px)", top.unwrap_or_default())
    };
    // The last may have one: it must not make the page longer than its tiles.
    let rows =
        move || block.get().map(|block| roaming.layout.with(|layout| layout.rows_of(block)).to_string());
    view! {
        <div class="block" role="none" style:transform=place style:--rows=rows>
            {tiles}
        </div>
    }
}

fn content(block: RwSignal<Option<usize>>, shown: Shown, roaming: Roaming) -> Memo<Option<Arc<Content>>> {
    let Roaming { layout, stop, .. } = roaming;
    // Of its own, so that a move of the tab stop concerns two blocks and not all.
    let stop = Memo::new(move |_| {
        let (block, stop) = (block.get()?, stop.get());
        layout.with(|layout| layout.block_of(stop) == block).then_some(stop)
    });
    Memo::new_with_compare(
        move |before: Option<&Option<Arc<Content>>>| {
            let Some(block) = block.get() else { return before.cloned().flatten() };
            Some(Arc::new(Content {
                applications: shown.applications.get()?,
                view: shown.view.get()?,
                tiles: layout.with(|layout| layout.tiles(block)),
                query: shown.query.get(),
                stop: stop.get(),
            }))
        },
        |before, now| match (before, now) {
            (Some(Some(before)), Some(Some(now))) => !Arc::ptr_eq(before, now),
            _ => true,
        },
    )
}
