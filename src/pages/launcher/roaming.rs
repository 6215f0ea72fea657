//! Where the person is in the grid: the part in view, the tab stop and the focus (experience.md, "Large lists").

use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::tick;
use portal_core::grid::{Layout, Measures, Sight, Step, Window};

use super::HEADING_ID;
use crate::browser::{self, dom, scroll, viewport};

/// See the module.
#[derive(Clone, Copy)]
pub(super) struct Roaming {
    pub(super) list: NodeRef<Div>,
    pub(super) layout: Memo<Layout>,
    /// The tile that Tab leads to.
    pub(super) stop: RwSignal<usize>,
    /// The tile that has the focus.
    focus: RwSignal<Option<usize>>,
    sight: RwSignal<Sight>,
    width: RwSignal<f64>,
    measures: RwSignal<Measures>,
    /// Counts the filters, so that the window begins anew with each.
    turn: RwSignal<u32>,
}

impl Roaming {
    /// At the start of a list of so many.
    pub(super) fn new(count: Signal<usize>) -> Self {
        let (width, measures) = (RwSignal::new(0.0), RwSignal::new(Measures::default()));
        Self {
            list: NodeRef::new(),
            layout: Memo::new(move |_| Layout::new(count.get(), width.get(), measures.get())),
            stop: RwSignal::new(0),
            focus: RwSignal::new(None),
            sight: RwSignal::new(Sight::default()),
            width,
            measures,
            turn: RwSignal::new(0),
        }
    }

    /// Back to the first tile, because others are shown.
    pub(super) fn reset(self) {
        self.turn.update(|turn| *turn = turn.wrapping_add(1));
        if self.stop.get_untracked() != 0 {
            self.stop.set(0);
        }
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

    /// Takes a step from the tab stop, which is where the focus is or was.
    pub(super) fn step(self, step: Step) {
        let (from, sight) = (self.stop.get_untracked(), self.sight.get_untracked());
        self.go(self.layout.with_untracked(|layout| layout.step(from, step, sight)));
    }

    /// Puts the focus on a tile, wherever it stands.
    pub(super) fn go(self, index: usize) {
        self.stop.set(index);
        let Some(list) = self.list.get_untracked() else { return };
        if !viewport::focus_item(&list, index + 1) {
            // With its neighbours, so that no frame is empty.
            let height = self.sight.with_untracked(|sight| sight.height);
            self.scroll_to(self.layout.with_untracked(|layout| layout.row_top(index)) - height / 2.0);
            viewport::next_frame(move || {
                viewport::focus_item(&list, index + 1);
            });
        }
    }

    /// The tiles are about to be drawn anew: who has the focus on one finds it on the tab stop again.
    pub(super) fn keep_focus(self) {
        if self.focus.get_untracked().is_some() {
            viewport::next_frame(move || {
                if let (true, Some(stop)) = (scroll::nothing_has_focus(), self.stop.try_get_untracked()) {
                    self.go(stop);
                }
            });
        }
    }

    /// Opens the first tile.
    pub(super) fn open_first(self) {
        if let Some(list) = self.list.get_untracked() {
            viewport::open_item(&list, 1);
        }
    }

    /// The focus came to the tile at this place, counted from 1, or left the tiles.
    pub(super) fn focused(self, position: Option<usize>) {
        let index = position.and_then(|position| position.checked_sub(1));
        self.focus.set(index);
        if let Some(index) = index {
            self.stop.set(index);
        }
    }

    /// How far the view is below the upper edge of the grid, and the tab stop; for coming back.
    pub(super) fn place(self) -> (f64, usize) {
        (self.sight.with_untracked(|sight| sight.top), self.stop.get_untracked())
    }

    /// Back to a place that was left. The focus comes along from the heading, unless it went on from there.
    pub(super) fn restore(self, top: f64, stop: usize) {
        self.stop.set(stop.min(self.layout.with_untracked(Layout::count).saturating_sub(1)));
        self.scroll_to(top);
        viewport::next_frame(move || {
            if viewport::has_focus(HEADING_ID) {
                self.go(stop);
            }
        });
    }

    /// Whether text runs from right to left in the list.
    pub(super) fn is_right_to_left(self) -> bool {
        self.list.get_untracked().is_some_and(|list| dom::is_right_to_left(&list))
    }

    fn scroll_to(self, top: f64) {
        let sight = self.sight.get_untracked();
        viewport::scroll_to(viewport::scrolled() + top - sight.top);
        self.sight.set(Sight { top, ..sight });
    }

    /// Follows the view once the list stands in the document; `settled` runs when it has its height.
    pub(super) fn watch(self, settled: Callback<()>) {
        Effect::new(move || {
            let Some(list) = self.list.get() else { return };
            viewport::watch(list, move |seen, resized| {
                if resized {
                    self.measures.set(Measures {
                        height: viewport::root_pixels("--tile-h"),
                        min_width: viewport::root_pixels("--tile-min"),
                        gap: viewport::root_pixels("--tile-gap"),
                    });
                    self.width.set(seen.width);
                }
                self.sight.set(Sight { top: seen.top, height: seen.height });
            });
        });
        let mut done = false;
        Effect::new(move || {
            let stands = self.layout.with(|layout| layout.height() > 0.0) && self.width.get() > 0.0;
            if stands && !done {
                browser::spawn(async move {
                    // The view writes the height in this same turn.
                    tick().await;
                    settled.try_run(());
                });
            }
            done |= stands;
        });
    }

    /// What of the list is in the document. Begins with what is seen, also after a key press in the search box, and
    /// goes on frame by frame until all that is near the view stands.
    pub(super) fn window(self) -> Memo<(u32, Window)> {
        let frame = RwSignal::new(0_u32);
        let window = Memo::new(move |before: Option<&(u32, Window)>| {
            frame.track();
            let (sight, kept, turn) =
                (self.sight.get(), [self.focus.get(), Some(self.stop.get())], self.turn.get());
            let first = Window::default();
            let before = before.filter(|(then, _)| *then == turn).map_or(&first, |(_, window)| window);
            (turn, self.layout.with(|layout| before.next(layout, sight, kept)))
        });
        Effect::new(move || {
            if !window.with(|(_, window)| window.is_complete()) {
                viewport::next_frame(move || {
                    frame.update(|frame| *frame = frame.wrapping_add(1));
                });
            }
        });
        window
    }
}
