//! A list of many rows of one height, of which those in sight stand in the document. One tab stop: the arrows, Page, Home
//! and End lead to every row.

use leptos::prelude::*;
use leptos::{ev, html};
use portal_core::inbox;

use crate::browser::window::on_window;
use crate::browser::{dom, scroll, viewport};
use crate::components::stable_for;
use crate::reactive::SetIfChanged;

/// How many rows stand in the document beyond each edge.
const BEYOND: usize = 10;
/// Before the list is measured.
const USUAL_HEIGHT: usize = 800;

/// A list.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    node: NodeRef<html::Div>,
    /// How far it is scrolled, and how much is seen, in px.
    sight: RwSignal<(usize, usize)>,
    /// The row that Tab leads to.
    pub(super) stop: RwSignal<usize>,
    /// The height of a row, in px.
    height: usize,
}

impl Rows {
    /// A list of rows so high.
    pub(super) fn new(height: usize) -> Self {
        Self { node: NodeRef::new(), sight: RwSignal::new((0, USUAL_HEIGHT)), stop: RwSignal::new(0), height }
    }

    /// Draws the list. `rows` tells what the rows are made of, which makes all of them anew, and how many there are;
    /// `draw` one row. What has the class `stop` in a row takes the focus.
    pub(super) fn draw(
        self,
        label: Signal<String>,
        rows: Signal<(usize, usize)>,
        draw: impl Fn(usize, usize) -> AnyView + Send + Sync + 'static,
    ) -> AnyView {
        Effect::new(move || self.measure());
        on_window("resize", move |_: dom::Happening| self.measure());
        let window = Memo::new(move |_| {
            let ((_, count), (top, height)) = (rows.get(), self.sight.get());
            inbox::rows(count, top, height, self.height, BEYOND)
        });
        let list = move || {
            let ((version, count), window, stop) = (rows.get(), window.get(), self.stop.get());
            let stop = Some(stop.min(count.saturating_sub(1))).filter(|stop| *stop < count);
            let before = stop.filter(|stop| *stop < window.start);
            let after = stop.filter(|stop| *stop >= window.end);
            before.into_iter().chain(window).chain(after).map(|row| (version, row)).collect()
        };
        let row = move |(_, index): (usize, usize)| {
            let count = rows.get_untracked().1;
            view! {
                <div
                    class="inbox-row"
                    role="listitem"
                    aria-setsize=count
                    aria-posinset=index + 1
                    style:inset-block-start=format!("{}px", index * self.height)
                >
                    {draw(index, count)}
                </div>
            }
            .into_any()
        };
        let height = move || format!("{}px", rows.get().1 * self.height);
        let node = self.node;
        view! {
            <div
                node_ref=node
                class="inbox-rows"
                role="list"
                aria-label=label
                style:--row=format!("{}px", self.height)
                on:scroll=move |_: ev::Event| self.measure()
                on:keydown=move |event: ev::KeyboardEvent| self.on_key(&event, rows.get_untracked().1)
                on:focusin=move |event: ev::FocusEvent| {
                    if let Some(position) = viewport::item_of(&event) {
                        self.stop.set_if_changed(position - 1);
                    }
                }
            >
                <div class="inbox-space" role="none" style:block-size=height>
                    {stable_for(list, row)}
                </div>
            </div>
        }
        .into_any()
    }

    /// The place in the order of Tab of what stands in a row.
    pub(super) fn tab_stop(self, index: usize) -> Signal<&'static str> {
        Signal::derive(move || if self.stop.get() == index { "0" } else { "-1" })
    }

    /// Back to the first row.
    pub(super) fn rewind(self) {
        self.stop.set(0);
        if let Some(node) = self.node.try_get_untracked().flatten() {
            scroll::show(&node, 0, self.height);
        }
    }

    fn measure(self) {
        if let Some(node) = self.node.get() {
            let (top, height) = scroll::span(&node);
            self.sight.set_if_changed((top, if height == 0 { USUAL_HEIGHT } else { height }));
        }
    }

    fn on_key(self, event: &ev::KeyboardEvent, count: usize) {
        let page = (self.sight.with_untracked(|(_, height)| *height) / self.height).max(2) - 1;
        let (now, last) = (self.stop.get_untracked(), count.saturating_sub(1));
        let next = match event.key().as_str() {
            "ArrowDown" => now + 1,
            "ArrowUp" => now.saturating_sub(1),
            "PageDown" => now + page,
            "PageUp" => now.saturating_sub(page),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        event.prevent_default();
        self.go(next.min(last));
    }

    /// Leads to a row, wherever it is.
    pub(super) fn go(self, row: usize) {
        self.stop.set(row);
        let Some(node) = self.node.try_get_untracked().flatten() else { return };
        scroll::show(&node, row * self.height, self.height);
        self.measure();
        // Once the row stands in the document.
        viewport::next_frame(move || {
            dom::focus_first(&node, &format!("[aria-posinset=\"{}\"] .stop", row + 1));
        });
    }
}
