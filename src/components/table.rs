//! A table of data by the ARIA grid pattern, with rows in the place of cells: one tab stop, keys that reach every row, a
//! head that stays in view and sorts, and of a long table only the rows near the view in the document
//! (experience.md, "Large lists"; look.md, "tables and trees with sticky heads").
//!
//! What is in the rows, and their order, is the owner's: the table asks for one cell at a time.

mod grid;

use std::rc::Rc;

use leptos::prelude::*;
use portal_core::rows::Sorting;

use self::grid::Grid;
use super::slow::slow;
use crate::state::{Callback, Signal};
use crate::view::{Part, each, view};

/// Draws what stands in a row (from 0) under a column (from 0).
pub type Cell = Rc<dyn Fn(usize, usize) -> Part>;

/// What a row (from 0) is known by, wherever it stands.
pub type RowKey = Rc<dyn Fn(usize) -> Option<u64>>;

/// A column.
#[derive(Clone)]
pub struct Column {
    /// The words of its head.
    pub name: Signal<String>,
    /// Whether a press on its head sorts.
    pub sorts: bool,
    /// How wide it is, as a track of the style sheet's grid, such as `minmax(120px, 2fr)`.
    pub track: &'static str,
    /// Where it stands in a narrow table: `at-lead` (first line), `at-sub` (second line), `at-end` (behind the first line);
    /// empty where it is left out.
    pub narrow: &'static str,
}

/// What a table is made of.
#[derive(Clone)]
pub struct Data {
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// How many rows there are.
    pub count: Signal<usize>,
    /// Another number when rows would show something else: they are drawn anew.
    pub version: Signal<usize>,
    /// Another number when other rows come first, after sorting and searching: the table goes back to its start.
    pub turn: Signal<usize>,
    /// Draws a cell.
    pub cell: Cell,
    /// The focus follows a row by it when others are put in before.
    pub key: RowKey,
    /// The order.
    pub sorting: Signal<Option<Sorting>>,
    /// The head of a column was pressed.
    pub on_sort: Callback<usize>,
    /// The row whose details are shown.
    pub selected: Signal<Option<usize>>,
    /// A row was opened, by a press or by Enter.
    pub on_open: Callback<usize>,
}

/// The table.
#[component]
pub fn Table(
    /// What its rows' ids begin with; one of its kind on a page.
    id: &'static str,
    /// The accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// What it is made of.
    data: Data,
) -> Part {
    let cell = Rc::clone(&data.cell);
    let (columns, tracks) = (data.columns.clone(), tracks(&data.columns));
    let width = columns.len();
    let grid = Grid::new(id, data);
    let rows = move || grid.rows();
    let head = columns.iter().enumerate().map(|(place, column)| grid.head(place, column)).collect::<Vec<_>>();
    view! {
        <div class="table-box">
            <div
                node_ref=grid.root
                class="table"
                role="grid"
                aria-label=label
                aria-rowcount=move || grid.count.get() + 1
                aria-colcount=width
                style:--tracks=tracks
                on:scroll=move |_| grid.on_scroll()
                on:keydown=move |event| grid.on_key(&event)
            >
                <div class="table-head" role="row" aria-rowindex="1">
                    {head}
                </div>
                <div
                    class="table-rows"
                    role="rowgroup"
                    style:block-size=move || format!("{}px", grid.count.get() * grid.height.get())
                >
                    {each(rows, move |(_, row)| grid.row(row, &columns, &cell))}
                </div>
            </div>
        </div>
    }
}

/// Rows on their way, with the true height.
#[component]
pub fn TableSkeleton(
    /// The tracks of the columns to come.
    columns: Vec<Column>,
    /// How many rows.
    #[prop(default = 12)]
    count: usize,
    /// Gives the load up.
    #[prop(optional)]
    cancel: Option<Callback<()>>,
) -> Part {
    let row = |number: usize| {
        let bone = |place: usize, column: &Column| {
            let class = if (number + place) % 3 == 2 { "bone w2" } else { "bone w1" };
            view! {
                <div class=cell_class(column)>
                    <span class=class></span>
                </div>
            }
        };
        let bones = columns.iter().enumerate().map(|(place, column)| bone(place, column)).collect::<Vec<_>>();
        view! { <div class="table-row">{bones}</div> }
    };
    view! {
        <div class="table-box skeleton late" aria-hidden="true">
            <div class="table" style:--tracks=tracks(&columns)>
                <div class="table-head"></div>
                {(0..count).map(row).collect::<Vec<_>>()}
            </div>
        </div>
        {slow(cancel)}
    }
}

fn tracks(columns: &[Column]) -> String {
    columns.iter().map(|column| column.track).collect::<Vec<_>>().join(" ")
}

fn cell_class(column: &Column) -> String {
    format!("table-cell {}", column.narrow)
}
