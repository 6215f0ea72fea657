//! Where the person is in a table, which of its rows are in the document, and what a key does.

use leptos::prelude::*;
use leptos::{ev, html};
use portal_core::rows::{self, Key, Sorting, Spot};

use super::{Cell, Column, Data, RowKey, cell_class};
use crate::browser::{dom, scroll, viewport};
use crate::components::icon::{Icon, IconName};
use crate::reactive::SetIfChanged;

/// Where the person is in the table, and which rows are in the document.
#[derive(Clone, Copy)]
pub(super) struct Grid {
    id: &'static str,
    pub(super) root: NodeRef<html::Div>,
    pub(super) count: Signal<usize>,
    version: Signal<usize>,
    sorting: Signal<Option<Sorting>>,
    on_sort: Callback<usize>,
    selected: Signal<Option<usize>>,
    on_open: Callback<usize>,
    /// The columns whose head takes the focus.
    heads: StoredValue<Vec<usize>>,
    /// Where Tab leads to.
    spot: RwSignal<Spot>,
    /// The row that Tab leads to, or would if it did not lead to a head.
    stop: Memo<usize>,
    /// The rows near the view: from, and up to.
    near: RwSignal<(usize, usize)>,
    /// How many whole rows are seen.
    page: RwSignal<usize>,
    /// The height of a row in px, measured.
    pub(super) height: RwSignal<usize>,
    /// The version and the turn of what is drawn, and the key of the row that Tab leads to.
    drawn: StoredValue<Drawn>,
    turn: Signal<usize>,
    key: StoredValue<RowKey>,
}

#[derive(Clone, Copy, Default)]
struct Drawn {
    version: usize,
    turn: usize,
    key: Option<u64>,
}

impl Grid {
    pub(super) fn new(id: &'static str, data: Data) -> Self {
        let Data { columns, count, version, turn, key, sorting, on_sort, selected, on_open, .. } = data;
        let heads = columns.iter().enumerate().filter(|(_, column)| column.sorts).map(|(place, _)| place);
        let spot = RwSignal::new(Spot::Row(selected.get_untracked().unwrap_or_default()));
        let stop = Memo::new(move |_| match spot.get() {
            Spot::Row(row) => row.min(count.get().saturating_sub(1)),
            Spot::Head(_) => 0,
        });
        let grid = Self {
            id,
            root: NodeRef::new(),
            count,
            version,
            sorting,
            on_sort,
            selected,
            on_open,
            heads: StoredValue::new(heads.collect()),
            spot,
            stop,
            near: RwSignal::new((0, rows::WHOLE)),
            page: RwSignal::new(1),
            height: RwSignal::new(44),
            drawn: StoredValue::new(Drawn {
                version: version.get_untracked(),
                turn: turn.get_untracked(),
                key: None,
            }),
            turn,
            key: StoredValue::new(key),
        };
        grid.follow();
        grid
    }

    /// Measures when the table is drawn, when it changes its size and when it has other rows; goes back to its start
    /// when others come first.
    fn follow(self) {
        Effect::new(move || {
            let Some(root) = self.root.get() else { return };
            viewport::on_resize(&root, move || self.on_scroll());
            // Where the details of a row are shown from the start, it is shown too.
            if self.selected.get_untracked().is_some() {
                request_animation_frame(move || self.reveal());
            }
        });
        Effect::new(move || {
            self.count.get();
            request_animation_frame(move || self.on_scroll());
        });
        let mut before = self.turn.get_untracked();
        Effect::new(move || {
            let now = self.turn.get();
            if std::mem::replace(&mut before, now) == now {
                return;
            }
            if let Spot::Row(_) = self.spot.get_untracked() {
                self.spot.set_if_changed(Spot::Row(0));
            }
            if let Some(root) = self.root.try_get_untracked().flatten() {
                scroll::to_top(&root);
                self.on_scroll();
            }
        });
    }

    /// Notes which rows are near the view.
    pub(super) fn on_scroll(self) {
        let Some(root) = self.root.try_get_untracked().flatten() else { return };
        if let Some(height) = scroll::height_of(&root, ".table-row").filter(|height| *height > 0) {
            self.height.set_if_changed(height);
        }
        let (top, seen) = scroll::span(&root);
        let height = self.height.get_untracked();
        // One row less, which the head covers.
        self.page.set_if_changed((seen / height).saturating_sub(1).max(1));
        let near = rows::near(self.count.get_untracked(), top, seen, height);
        self.near.set_if_changed((near.start, near.end));
    }

    /// Scrolls to the row that Tab leads to.
    fn reveal(self) {
        self.on_scroll();
        let (Some(root), Some(stop)) =
            (self.root.try_get_untracked().flatten(), self.stop.try_get_untracked())
        else {
            return;
        };
        scroll::to(&root, stop * self.height.get_untracked());
    }

    fn row_id(self, row: usize) -> String {
        format!("{}-row-{row}", self.id)
    }

    fn head_id(self, column: usize) -> String {
        format!("{}-head-{column}", self.id)
    }

    fn spot_id(self, spot: Spot) -> String {
        match spot {
            Spot::Row(row) => self.row_id(row),
            Spot::Head(column) => self.head_id(column),
        }
    }

    /// The rows in the document, with a number that changes when they say something else.
    pub(super) fn rows(self) -> Vec<(usize, usize)> {
        let (version, count) = (self.version.get(), self.count.get());
        let drawn = self.drawn.get_value();
        if drawn.version != version {
            self.keep_focus(drawn, count);
        }
        let (start, end) = self.near.get();
        let stop = self.stop.get();
        let key = self.key.with_value(|key| key(stop));
        self.drawn.set_value(Drawn { version, turn: self.turn.get_untracked(), key });
        let rows = rows::standing(&(start..end), stop, count);
        rows.into_iter().map(|row| (version, row)).collect()
    }

    /// A row that is drawn anew loses the focus: it comes back, to the same thing where others were only put in.
    fn keep_focus(self, drawn: Drawn, count: usize) {
        let Some(root) =
            self.root.try_get_untracked().flatten().filter(|root| dom::focus_is_in(root, ".table-row"))
        else {
            return;
        };
        if drawn.turn == self.turn.get_untracked() {
            let row = self.key.with_value(|key| rows::place_of(drawn.key, count, &**key));
            if let Some(row) = row {
                self.spot.set_if_changed(Spot::Row(row));
            }
        }
        request_animation_frame(move || {
            if let Some(stop) = self.stop.try_get_untracked() {
                scroll::restore_focus(&root, &self.row_id(stop));
            }
        });
    }

    /// Puts the focus there: at once where it stands in the document, else after it came.
    fn go(self, spot: Spot) {
        self.spot.set_if_changed(spot);
        dom::focus_id(&self.spot_id(spot));
        request_animation_frame(move || {
            if self.spot.try_get_untracked() == Some(spot) {
                dom::focus_id(&self.spot_id(spot));
            }
        });
    }

    pub(super) fn on_key(self, event: &ev::KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key() {
            return;
        }
        let spot = self.spot.get_untracked();
        let name = event.key();
        let key = match name.as_str() {
            "ArrowDown" => Key::Down,
            "ArrowUp" => Key::Up,
            "ArrowLeft" | "ArrowRight" => {
                let rtl =
                    self.root.try_get_untracked().flatten().is_some_and(|root| dom::is_right_to_left(&root));
                if (name == "ArrowRight") != rtl { Key::Next } else { Key::Previous }
            }
            "Home" => Key::First,
            "End" => Key::Last,
            "PageDown" => Key::PageDown,
            "PageUp" => Key::PageUp,
            // On a head they are those of its button.
            "Enter" | " " if dom::is_on(event, ".table-row") => {
                event.prevent_default();
                return self.on_open.run(self.stop.get_untracked());
            }
            _ => return,
        };
        event.prevent_default();
        let (count, page) = (self.count.get_untracked(), self.page.get_untracked());
        self.go(self.heads.with_value(|heads| rows::step(spot, key, heads, count, page)));
    }

    pub(super) fn head(self, place: usize, column: &Column) -> AnyView {
        let (name, sorts) = (column.name, column.sorts);
        let way =
            move || self.sorting.get().filter(|sorting| sorting.column == place).map(|by| by.descending);
        let told = move || {
            let way = sorts.then(way)?;
            Some(way.map_or("none", |descending| if descending { "descending" } else { "ascending" }))
        };
        let inside = if sorts {
            let stop = move || if self.spot.get() == Spot::Head(place) { "0" } else { "-1" };
            let press = move |_| {
                self.spot.set_if_changed(Spot::Head(place));
                self.on_sort.run(place);
            };
            view! {
                <button type="button" id=self.head_id(place) tabindex=stop on:click=press>
                    <span>{name}</span>
                    <Icon name=IconName::SORT class="i small" />
                </button>
            }
            .into_any()
        } else {
            view! { <span>{name}</span> }.into_any()
        };
        view! {
            <div class=cell_class(column) role="columnheader" aria-colindex=place + 1 aria-sort=told>
                {inside}
            </div>
        }
        .into_any()
    }

    pub(super) fn row(self, row: usize, columns: &[Column], cell: &Cell) -> AnyView {
        let cell = |(place, column): (usize, &Column)| {
            view! {
                <div class=cell_class(column) role="gridcell" aria-colindex=place + 1>
                    {cell(row, place)}
                </div>
            }
            .into_any()
        };
        let cells = columns.iter().enumerate().map(cell).collect::<Vec<_>>();
        let stop = move || if self.is_stop(row) { "0" } else { "-1" };
        let selected = move || if self.selected.get() == Some(row) { "true" } else { "false" };
        view! {
            <div
                class="table-row"
                role="row"
                id=self.row_id(row)
                aria-rowindex=row + 2
                aria-selected=selected
                tabindex=stop
                style:inset-block-start=move || format!("{}px", row * self.height.get())
                on:focus=move |_| self.spot.set_if_changed(Spot::Row(row))
                on:click=move |_| self.on_open.run(row)
            >
                {cells}
            </div>
        }
        .into_any()
    }

    /// Whether Tab leads to a row. Where the row that it led to is gone, the last takes its place.
    fn is_stop(self, row: usize) -> bool {
        matches!(self.spot.get(), Spot::Row(_)) && self.stop.get() == row
    }
}
