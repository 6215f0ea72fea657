//! A tree of data, after the ARIA tree pattern: one tab stop, the keys of the pattern, one entry selected. Of large trees
//! only the rows near the view stand in the document.

use std::sync::Arc;

use leptos::attr::custom::custom_attribute;
use leptos::ev;
use leptos::prelude::*;
use portal_core::outline::{Node, OpenSet, ancestors, walk};

use super::icon::{Icon, IconName};
use super::marked::marked;
use super::rows::{Press, Rows};
use super::sift::Sift;
use crate::components::stable_for;
use crate::reactive::SetIfChanged;

/// What the ids of rows begin with: one tree on a page.
const PREFIX: &str = "node";
/// In trees up to this size the first two levels are open at first.
const SMALL: usize = 60;

/// The state of a tree.
#[derive(Clone, Copy)]
pub struct Tree {
    nodes: Memo<Arc<[Node]>>,
    /// Which branches are open; `None` until the first nodes have come. The owner may keep it longer than the tree.
    open: RwSignal<Option<OpenSet>>,
    /// The search in it.
    pub sift: Sift,
    rows: Rows,
    selected: Signal<Option<usize>>,
    on_select: Callback<usize>,
}

impl Tree {
    /// A tree of these nodes. `query` is looked for at first; without a set of open branches some are open at first.
    pub fn new(
        nodes: Memo<Arc<[Node]>>,
        open: RwSignal<Option<OpenSet>>,
        query: String,
        selected: Signal<Option<usize>>,
        on_select: Callback<usize>,
    ) -> Self {
        let sift = Sift::new(nodes, query);
        let active = RwSignal::new(selected.get_untracked().unwrap_or_default());
        let visible = Memo::new(move |_| {
            nodes.with(|nodes| {
                sift.visible(nodes).unwrap_or_else(|| {
                    open.with(|open| walk::visible(nodes, 0..nodes.len(), &|index| is_in(nodes, open, index)))
                })
            })
        });
        let stop = Memo::new(move |_| {
            nodes.with(|nodes| visible.with(|visible| walk::nearest(nodes, visible, active.get())))
        });
        let tree =
            Self { nodes, open, sift, rows: Rows::new(PREFIX, active, visible, stop), selected, on_select };
        tree.follow();
        tree
    }

    /// The first branches of a small tree are open where none was opened before; the selected entry is seen; Tab reaches it, or
    /// the first that a search finds.
    fn follow(self) {
        let mut before: (Arc<[Node]>, Option<u64>) = Default::default();
        Effect::new(move || {
            let nodes = self.nodes.get();
            let selected = self.selected.get();
            if nodes.is_empty() {
                return;
            }
            // Once: who closes all of them finds them closed.
            let first = self.open.with_untracked(Option::is_none);
            let mut opened: Vec<u64> = Vec::new();
            if first {
                let levels = if nodes.len() <= SMALL { 2 } else { 1 };
                let top = nodes.iter().filter(|node| node.depth < levels && node.place.children > 0);
                opened.extend(top.map(|node| node.mark));
            }
            if let Some(selected) = selected {
                let above = ancestors(&nodes, selected);
                opened.extend(above.into_iter().filter_map(|index| nodes.get(index)).map(|node| node.mark));
            }
            let is_news = |open: &OpenSet| opened.iter().any(|mark| !open.contains(*mark));
            if self.open.with_untracked(|open| open.as_ref().is_none_or(is_news)) {
                self.change(|open| open.open_all(opened.into_iter()));
            }
            // Who is at another entry stays there when the tree is loaded anew.
            let mark = selected.and_then(|selected| nodes.get(selected)).map(|node| node.mark);
            let stays = mark == before.1 && self.rows.stay(&before.0, &nodes);
            before = (nodes, mark);
            if let Some(selected) = selected.filter(|_| !stays) {
                self.rows.lead_to(selected);
            }
        });
        let mut looked_for = None;
        Effect::new(move || {
            let now = (self.nodes.with(|nodes| nodes.is_empty()), self.sift.query());
            let first = self.sift.found().and_then(|found| found.first());
            if looked_for.as_ref() == Some(&now) {
                return;
            }
            looked_for = Some(now);
            if let Some(to) = first.or_else(|| self.selected.get_untracked()) {
                self.rows.lead_to(to);
            }
        });
    }

    fn change(self, change: impl FnOnce(&mut OpenSet)) {
        self.open.update(|open| change(open.get_or_insert_default()));
    }

    /// Puts the focus on the entry that Tab reaches.
    pub fn enter(self) {
        self.rows.enter();
    }

    fn node(self, index: usize) -> Option<Node> {
        self.nodes.with_untracked(|nodes| nodes.get(index).cloned())
    }

    fn is_open(self, index: usize) -> bool {
        self.sift
            .is_open(index)
            .unwrap_or_else(|| self.nodes.with(|nodes| self.open.with(|open| is_in(nodes, open, index))))
    }

    /// Opens or closes a branch.
    fn toggle(self, index: usize) {
        let Some(node) = self.node(index).filter(|node| node.place.children > 0) else { return };
        if untrack(|| self.is_open(index)) {
            self.rows.close(index, node.place.descendants as usize);
        }
        if !self.sift.turn(index) {
            self.change(|open| open.set(node.mark, !open.contains(node.mark)));
        }
    }

    /// Opens the branches beside an entry, and itself.
    fn open_beside(self, at: usize) {
        let nodes = self.nodes.get_untracked();
        let mut shut = walk::beside(&nodes, at);
        shut.retain(|index| !untrack(|| self.is_open(*index)));
        if self.sift.stands() {
            self.sift.turn_all(&shut);
        } else {
            self.change(|open| {
                open.open_all(shut.iter().filter_map(|index| nodes.get(*index)).map(|node| node.mark))
            });
        }
    }

    fn press(self, index: usize) {
        if !untrack(|| self.is_open(index)) {
            self.toggle(index);
        }
        self.rows.active.set_if_changed(index);
        self.on_select.run(index);
    }

    fn on_key(self, event: &ev::KeyboardEvent) {
        let nodes = self.nodes.get_untracked();
        let act = |press, at| {
            match press {
                Press::Toggle => self.toggle(at),
                Press::Enter | Press::Space => self.on_select.run(at),
                Press::OpenBeside => self.open_beside(at),
                Press::Out => {}
            }
            true
        };
        self.rows.on_key(event, &nodes, |at| self.is_open(at), act);
    }

    /// The box above the tree. Enter and the arrow down lead into the tree.
    pub fn search_box(self, id: &'static str, label: Signal<String>, clear_label: Signal<String>) -> AnyView {
        self.sift.search_box(id, label, clear_label, self.rows)
    }

    /// The rows, each with `face` before its name.
    pub fn view(
        self,
        label: Signal<String>,
        face: impl Fn(usize) -> AnyView + Send + Sync + 'static,
    ) -> AnyView {
        let face: Arc<dyn Fn(usize) -> AnyView + Send + Sync> = Arc::new(face);
        let rows = self.rows;
        let shown = move || {
            // First what `visible` follows from, then it, as in `Rows::shown`.
            let nodes = self.nodes.with(|nodes| nodes.as_ptr().addr());
            let version = nodes.wrapping_add(self.sift.serial());
            rows.visible.track();
            rows.shown().into_iter().map(|index| (version, index)).collect()
        };
        view! {
            <div
                class="tree outline"
                role="tree"
                aria-label=label
                data-many=move || rows.is_windowed().then_some("")
                node_ref=rows.root
                on:keydown=move |event| self.on_key(&event)
                on:scroll=move |_| rows.on_scroll()
            >
                {move || rows.height().map(|height| view! { <div role="none" style:block-size=height></div> })}
                {stable_for(shown, move |(_, index)| self.row(index, &*face))}
            </div>
        }.into_any()
    }

    fn row(self, index: usize, face: &dyn Fn(usize) -> AnyView) -> AnyView {
        let Some(node) = self.node(index) else { return ().into_any() };
        let rows = self.rows;
        let is_branch = node.place.children > 0;
        let open = move || is_branch.then(|| if self.is_open(index) { "true" } else { "false" });
        let twist = move || if is_branch && self.is_open(index) { "twist is-open" } else { "twist" };
        let selected = move || if self.selected.get() == Some(index) { "true" } else { "false" };
        let place = self.sift.found().and_then(|found| found.place(index));
        let (set_size, position) = place.unwrap_or((node.place.set_size, node.place.position));
        let query = untrack(|| self.sift.query());
        view! {
            <div
                class="branch"
                role="none"
                style:--l=node.depth.to_string()
                style:top=move || rows.top(index)
            >
                <span
                    class=twist
                    aria-hidden="true"
                    // keeps the focus where it is
                    on:mousedown=|event| event.prevent_default()
                    on:click=move |_| self.toggle(index)
                >
                    {is_branch.then(|| view! { <Icon name=IconName::NEXT class="i small turns" /> })}
                </span>
                <div
                    class="twig"
                    role="treeitem"
                    id=rows.row_id(index)
                    title=node.name.clone()
                    {..custom_attribute("aria-level", node.depth + 1)}
                    aria-setsize=set_size
                    aria-posinset=position
                    aria-expanded=open
                    aria-selected=selected
                    tabindex=move || if rows.stop.get() == index { "0" } else { "-1" }
                    on:focus=move |_| rows.active.set_if_changed(index)
                    on:click=move |_| self.press(index)
                >
                    {face(index)}
                    <bdi>{marked(&node.name, &query)}</bdi>
                </div>
            </div>
        }
        .into_any()
    }
}

/// Whether a branch is among those that are open.
fn is_in(nodes: &[Node], open: &Option<OpenSet>, index: usize) -> bool {
    let node = nodes.get(index);
    node.zip(open.as_ref()).is_some_and(|(node, open)| open.contains(node.mark))
}
