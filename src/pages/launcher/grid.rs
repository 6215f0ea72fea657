//! The grid of tiles. Of a long list only the blocks near the view are in the document (experience.md, "Large
//! lists"); what that means is decided in `portal_core::grid`.

use std::sync::Arc;

use leptos::ev;
use leptos::html::Div;
use leptos::prelude::*;
use portal_core::catalog::{Catalog, View};
use portal_core::grid::{Layout, Measures, Sight, Window};
use portal_core::text::Text;

use super::keys;
use super::tile::{Position, tile};
use crate::browser::{dom, viewport};
use crate::i18n::{tr, use_i18n};
use crate::routes::use_places;

/// What the grid shows.
#[derive(Clone, Copy)]
pub struct Shown {
    /// All applications.
    pub catalog: Memo<Option<Arc<Catalog>>>,
    /// Those that are shown.
    pub view: Memo<Option<Arc<View>>>,
    /// What was searched for.
    pub query: RwSignal<String>,
}

/// Where the person is in the grid: the part in view, the tab stop and the focus.
#[derive(Clone, Copy)]
pub struct Roaming {
    list: NodeRef<Div>,
    sight: RwSignal<Sight>,
    width: RwSignal<f64>,
    measures: RwSignal<Measures>,
    layout: Memo<Layout>,
    /// The tile that Tab leads to.
    stop: RwSignal<usize>,
    /// The tile that has the focus.
    focus: RwSignal<Option<usize>>,
}

impl Roaming {
    /// At the start of the list.
    pub fn new(count: Signal<usize>) -> Self {
        let (width, measures) = (RwSignal::new(0.0), RwSignal::new(Measures::default()));
        Self {
            list: NodeRef::new(),
            sight: RwSignal::new(Sight::default()),
            width,
            measures,
            layout: Memo::new(move |_| Layout::new(count.get(), width.get(), measures.get())),
            stop: RwSignal::new(0),
            focus: RwSignal::new(None),
        }
    }

    /// Back to the first tile, because others are shown.
    pub fn reset(self) {
        self.stop.set(0);
        let sight = self.sight.get_untracked();
        if sight.top > 0.0 {
            viewport::scroll_to(0.0);
            self.sight.set(Sight { top: 0.0, ..sight });
        }
        if self.focus.get_untracked().is_some() {
            // The tile with the focus may not be shown any more.
            self.go(0);
        }
    }

    /// Takes a step on from the tile with the focus.
    pub fn step(self, step: portal_core::grid::Step) {
        let from = self.stop.get_untracked();
        self.go(self.layout.with_untracked(|layout| layout.step(from, step, self.sight.get_untracked())));
    }

    /// Puts the focus on a tile, wherever it stands.
    pub fn go(self, index: usize) {
        self.stop.set(index);
        let Some(list) = self.list.get_untracked() else { return };
        if !viewport::focus_item(&list, index + 1) {
            self.show(index);
            viewport::next_frame(move || {
                viewport::focus_item(&list, index + 1);
            });
        }
    }

    /// Opens the first tile.
    pub fn open_first(self) {
        if let Some(list) = self.list.get_untracked() {
            viewport::open_item(&list, 1);
        }
    }

    /// How far the page is scrolled, and the tab stop; for coming back.
    pub fn place(self) -> (f64, usize) {
        let sight = self.sight.get_untracked();
        (if sight.top > 0.0 { sight.top } else { 0.0 }, self.stop.get_untracked())
    }

    /// Back to a place that was left. The height counts from the upper edge of the grid.
    pub fn restore(self, top: f64, stop: usize) {
        self.stop.set(stop.min(self.layout.with_untracked(Layout::count).saturating_sub(1)));
        if top > 0.0 {
            self.scroll_to(top);
        }
    }

    /// Whether text runs from right to left in the list.
    pub fn is_right_to_left(self) -> bool {
        self.list.get_untracked().is_some_and(|list| dom::is_right_to_left(&list))
    }

    /// Scrolls a tile into the view that is not in the document, so that its neighbours come with it.
    fn show(self, index: usize) {
        let height = self.sight.with_untracked(|sight| sight.height);
        self.scroll_to(self.layout.with_untracked(|layout| layout.row_top(index)) - height / 2.0);
    }

    fn scroll_to(self, top: f64) {
        let sight = self.sight.get_untracked();
        viewport::scroll_to(viewport::scrolled() + top - sight.top);
        self.sight.set(Sight { top, ..sight });
    }

    /// Follows the view once the list stands in the document.
    fn watch(self, settled: impl Fn() + 'static) {
        Effect::new(move || {
            let Some(list) = self.list.get() else { return };
            viewport::watch(list, move |seen, resized| {
                if resized {
                    self.measures.set(Measures {
                        height: viewport::root_pixels("--tile-h"),
                        min_width: viewport::root_pixels("--tile-min"),
                        gap: viewport::root_pixels("--tile-gap"),
                    });
                }
                if self.width.get_untracked() != seen.width {
                    self.width.set(seen.width);
                }
                self.sight.set(Sight { top: seen.top, height: seen.height });
            });
            settled();
        });
    }

    fn window(self) -> Memo<Window> {
        let turn = RwSignal::new(0_u32);
        let window = Memo::new(move |before: Option<&Window>| {
            turn.track();
            let (sight, kept) = (self.sight.get(), [self.focus.get(), Some(self.stop.get())]);
            let before = before.cloned().unwrap_or_default();
            self.layout.with(|layout| before.next(layout, sight, kept))
        });
        Effect::new(move || {
            if !window.with(Window::is_complete) {
                viewport::next_frame(move || {
                    turn.try_update(|turn| *turn = turn.wrapping_add(1));
                });
            }
        });
        window
    }
}

/// The list of tiles. `settled` runs once it has its height.
pub(super) fn grid(shown: Shown, roaming: Roaming, settled: Callback<()>) -> impl IntoView {
    let Roaming { list, layout, .. } = roaming;
    roaming.watch(move || settled.run(()));
    let window = roaming.window();
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
            on:focusin=move |event: ev::FocusEvent| {
                if let Some(position) = viewport::item_of(&event) {
                    roaming.focus.set(Some(position - 1));
                    roaming.stop.set(position - 1);
                }
            }
            on:focusout=move |_| roaming.focus.set(None)
        >
            <For
                each=move || window.with(Window::blocks)
                key=|block| *block
                children=move |block| draw(block, shown, roaming)
            />
        </div>
    }
}

/// Two rows. The tiles are drawn anew in place when others are shown.
fn draw(block: usize, shown: Shown, roaming: Roaming) -> impl IntoView {
    let (i18n, places) = (use_i18n(), use_places());
    let Roaming { layout, stop, .. } = roaming;
    let stop = Memo::new(move |_| {
        let stop = stop.get();
        layout.with(|layout| layout.block_of(stop) == block).then_some(stop)
    });
    let tiles = move || {
        let tiles = layout.with(|layout| layout.tiles(block));
        let (stop, query) = (stop.get(), shown.query.get());
        let (Some(catalog), Some(view)) = (shown.catalog.get(), shown.view.get()) else { return Vec::new() };
        let count = view.shown.len();
        let entries = tiles.filter_map(|index| {
            let entry = catalog.entries().get(*view.shown.get(index)?)?;
            let position = Position { index, count, tab_stop: stop == Some(index) };
            Some(tile(entry, &query, position, i18n, places))
        });
        entries.collect::<Vec<_>>()
    };
    let place = move || format!("translateY({})", pixels(layout.with(|layout| layout.block_top(block))));
    view! {
        <div class="block" role="none" style:transform=place>
            {tiles}
        </div>
    }
}

fn pixels(length: f64) -> String {
    format!("{length}px")
}
