//! The grid of tiles, in blocks of two rows. What of a long list is in the document is decided in `portal_core::grid`.

use std::sync::Arc;

use leptos::ev;
use portal_core::catalog::View;
use portal_core::grid::Layout;
use portal_core::text::Text;

use super::applications::Applications;
use super::keys;
use super::menu::Asked;
use super::roaming::Roaming;
use super::tile::{Position, tile};
use crate::browser::viewport;
use crate::i18n::{I18n, tr, use_i18n};
use crate::lazy;
use crate::pages::waiting::{Waiting, use_waiting};
use crate::routes::{Places, use_places};
use crate::state::{Callback, Derived, State, Stored};
use crate::view::{Part, each, view};

/// What the grid shows.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    /// All applications.
    pub(super) applications: Derived<Option<Arc<Applications>>>,
    /// Those that are shown.
    pub(super) view: Derived<Option<Arc<View>>>,
    /// What was searched for.
    pub(super) query: State<String>,
}

/// The list of tiles. `settled` runs once it has its height.
pub(super) fn grid(shown: Shown, roaming: Roaming, settled: Callback<()>) -> Part {
    let Roaming { list, layout, .. } = roaming;
    let (i18n, places, waiting) = (use_i18n(), use_places(), use_waiting());
    roaming.watch(settled);
    let window = roaming.window();
    // Counts up when any block would show something else, or stand elsewhere: all are drawn anew then.
    let version = Derived::new(move |before: Option<&usize>| {
        // Also by themselves: in another language the same tiles are shown by other names.
        shown.applications.track();
        shown.view.track();
        shown.query.track();
        layout.track();
        before.map_or(0, |before| before.wrapping_add(1))
    });
    let drawn = Stored::new(0);
    let blocks = move || {
        let version = version.get();
        if drawn.get() != version {
            drawn.set(version);
            roaming.keep_focus();
        }
        window.with(|(_, window)| window.blocks()).into_iter().map(|block| (version, block)).collect()
    };
    let is_list = move || layout.with(Layout::count) > 0;
    let label = tr(Text::LauncherList);
    let (asked, details) = (State::new(None::<Asked>), State::new(None::<Asked>));
    let ask = move |event: ev::MouseEvent| {
        // With Shift a press is the browser's own, as in Firefox; the menu key comes without a button.
        let own = event.shift_key() && event.button() == 2;
        if let (false, Some(position)) = (own, viewport::item_of(&event)) {
            event.prevent_default();
            let at = (event.client_x(), event.client_y());
            asked.set(Some(Asked { position, at, asked, details, shown, roaming }));
        }
    };
    view! {
        <div class="tile-menu">{move || asked.get().map(lazy::tile_menu)}</div>
        {move || details.get().map(lazy::tile_details)}
        <div
            node_ref=list
            class="grid"
            role=move || is_list().then_some("list")
            aria-label=move || is_list().then(|| label.get())
            style:--cols=move || layout.with(Layout::columns).to_string()
            style:block-size=move || pixels(layout.with(Layout::height))
            on:contextmenu=ask
            on:keydown=move |event| keys::on_grid_key(&event, roaming)
            on:focusin=move |event: ev::FocusEvent| roaming.focused(viewport::item_of(&event))
            on:focusout=move |_| roaming.focused(None)
        >
            {each(blocks, move |(_, number)| block(number, shown, roaming, i18n, places, waiting))}
        </div>
    }
}

/// Two rows of tiles.
fn block(
    number: usize,
    shown: Shown,
    roaming: Roaming,
    i18n: I18n,
    places: Places,
    waiting: Waiting,
) -> Part {
    let (Some(applications), Some(view)) = (shown.applications.get(), shown.view.get()) else {
        return view! { <div class="block" role="none"></div> };
    };
    let (layout, query) = (roaming.layout.get(), shown.query.get());
    let count = view.shown.len();
    let tiles = layout.tiles(number).filter_map(|index| {
        let (entry, launch) = applications.get(*view.shown.get(index)?)?;
        Some(tile(
            entry,
            launch,
            &query,
            Position { index, count, stop: roaming.stop },
            i18n,
            places,
            waiting,
        ))
    });
    let tiles: Vec<Part> = tiles.collect();
    let place = format!("translateY({})", pixels(layout.block_top(number)));
    // The last may have one row: it must not make the page longer than its tiles.
    let rows = layout.rows_of(number).to_string();
    view! {
        <div class="block" role="none" style:transform=place style:--rows=rows>
            {tiles}
        </div>
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
