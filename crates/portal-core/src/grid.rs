//! Where tiles stand, and which of them are in the document (experience.md, "Large lists"; performance.md, "blocks").
//!
//! Tiles stand in blocks of two rows. Of a long list only the blocks near the view are in the document, and those
//! that hold the focus or the tab stop. All lengths are CSS pixels; all indices count from 0.

use core::ops::Range;

/// Rows of one block.
pub const BLOCK_ROWS: usize = 2;

/// Lists up to this length stand in the document as a whole (experience.md, "Large lists").
pub const WHOLE: usize = 200;

/// How far from the view a block still stands in the document (performance.md).
const MARGIN: f64 = 900.0;

/// How many blocks outside the view are added at a time, so that no frame comes late (performance.md).
const AHEAD: usize = 2;

/// The measures of a tile, as the style sheet gives them.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Measures {
    /// The height of a tile.
    pub height: f64,
    /// The least width of a tile.
    pub min_width: f64,
    /// The space between tiles.
    pub gap: f64,
}

/// The part of the grid that is seen.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Sight {
    /// How far the upper edge of the view is below that of the grid; negative above it.
    pub top: f64,
    /// The height of the view.
    pub height: f64,
}

/// A move of the focus from one tile to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// One on, also over the end of a row.
    Next,
    /// One back, also over the start of a row.
    Previous,
    /// One row down; from the last full row to the last tile.
    Down,
    /// One row up.
    Up,
    /// As many rows down as the view holds.
    PageDown,
    /// As many rows up as the view holds.
    PageUp,
    /// To the first of all.
    First,
    /// To the last of all.
    Last,
}

/// So many tiles in so many columns.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Layout {
    count: usize,
    columns: usize,
    pitch: f64,
    gap: f64,
}

impl Layout {
    /// As many columns as fit, at least one (style/README.md, "Geometry").
    pub fn new(count: usize, width: f64, measures: Measures) -> Self {
        let gap = measures.gap.max(0.0);
        let columns = whole((width + gap) / (measures.min_width + gap).max(1.0)).max(1);
        Self { count, columns, pitch: (measures.height + gap).max(1.0), gap }
    }

    /// How many tiles.
    pub fn count(&self) -> usize {
        self.count
    }

    /// How many stand side by side.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.count.div_ceil(self.columns)
    }

    /// How many blocks.
    pub fn blocks(&self) -> usize {
        self.rows().div_ceil(BLOCK_ROWS)
    }

    /// The height of the whole grid.
    pub fn height(&self) -> f64 {
        (self.pitch * real(self.rows()) - self.gap).max(0.0)
    }

    /// The block that a tile stands in.
    pub fn block_of(&self, index: usize) -> usize {
        index / (self.columns * BLOCK_ROWS)
    }

    /// The tiles of a block; none for a block behind the last.
    pub fn tiles(&self, block: usize) -> Range<usize> {
        let size = self.columns * BLOCK_ROWS;
        let start = block.saturating_mul(size).min(self.count);
        start..start.saturating_add(size).min(self.count)
    }

    /// How many rows a block has: the last may have one.
    pub fn rows_of(&self, block: usize) -> usize {
        self.tiles(block).len().div_ceil(self.columns)
    }

    /// Where a block begins, from the upper edge of the grid.
    pub fn block_top(&self, block: usize) -> f64 {
        self.pitch * real(BLOCK_ROWS) * real(block)
    }

    /// Where the row of a tile begins, from the upper edge of the grid.
    pub fn row_top(&self, index: usize) -> f64 {
        self.pitch * real(index / self.columns)
    }

    /// Where a step leads. Stays in the list; a row at the edge keeps the place, but the step down from above a
    /// shorter last row leads to its end.
    pub fn step(&self, from: usize, step: Step, sight: Sight) -> usize {
        let Some(last) = self.count.checked_sub(1) else { return 0 };
        let from = from.min(last);
        let page = whole(sight.height / self.pitch).saturating_sub(1).max(1);
        match step {
            Step::Next => (from + 1).min(last),
            Step::Previous => from.saturating_sub(1),
            Step::Down => self.down(from, 1),
            Step::Up => self.up(from, 1),
            Step::PageDown => self.down(from, page),
            Step::PageUp => self.up(from, page),
            Step::First => 0,
            Step::Last => last,
        }
    }

    fn down(&self, from: usize, rows: usize) -> usize {
        let below = self.rows() - 1 - from / self.columns;
        (from + rows.min(below) * self.columns).min(self.count - 1)
    }

    fn up(&self, from: usize, rows: usize) -> usize {
        from - rows.min(from / self.columns) * self.columns
    }

    /// The blocks that a stretch of the grid touches; at least one where there is any.
    fn touched(&self, top: f64, bottom: f64) -> Range<usize> {
        let height = self.pitch * real(BLOCK_ROWS);
        let first = whole(top / height).min(self.blocks().saturating_sub(1));
        let behind = whole((bottom / height).ceil()).clamp(first + 1, self.blocks().max(first + 1));
        first..behind.min(self.blocks())
    }
}

/// The blocks that are in the document.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Window {
    near: Range<usize>,
    kept: [Option<usize>; 2],
    complete: bool,
}

impl Window {
    /// The window after this one. What is seen comes at once, what is near it in steps, so that no frame has to make
    /// many blocks; the default is the window before the first. `kept` are tiles whose blocks stay wherever the view is: that of the focus and that of the tab
    /// stop, for a focus must never fall to the page's body, and the tab stop must always be found.
    pub fn next(&self, layout: &Layout, sight: Sight, kept: [Option<usize>; 2]) -> Self {
        let seen = layout.touched(sight.top, sight.top + sight.height);
        let wanted = if layout.count <= WHOLE {
            0..layout.blocks()
        } else {
            layout.touched(sight.top - MARGIN, sight.top + sight.height + MARGIN)
        };
        let stands = self.near.start.max(wanted.start)..self.near.end.min(wanted.end);
        let near = if stands.is_empty() || stands.end < seen.start || seen.end < stands.start {
            seen
        } else {
            // Downwards first: most people read that way.
            let near = stands.start.min(seen.start)..stands.end.max(seen.end);
            let below = AHEAD.min(wanted.end.saturating_sub(near.end));
            let above = (AHEAD - below).min(near.start.saturating_sub(wanted.start));
            near.start - above..near.end + below
        };
        let complete = near == wanted;
        let block = |index: Option<usize>| {
            index.filter(|index| *index < layout.count).map(|index| layout.block_of(index))
        };
        Self { near, kept: kept.map(block), complete }
    }

    /// Whether all that is near the view stands; otherwise another step is due.
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// The blocks in order, each once.
    pub fn blocks(&self) -> Vec<usize> {
        let mut blocks: Vec<usize> = self.near.clone().collect();
        for kept in self.kept.iter().flatten() {
            if let Err(place) = blocks.binary_search(kept) {
                blocks.insert(place, *kept);
            }
        }
        blocks
    }
}

/// Not a number, and less than nought, is nought.
#[expect(clippy::as_conversions, reason = "a float that is too large saturates")]
fn whole(number: f64) -> usize {
    number as usize
}

#[expect(clippy::as_conversions, reason = "a list is shorter than 2^52")]
fn real(number: usize) -> f64 {
    number as f64
}
