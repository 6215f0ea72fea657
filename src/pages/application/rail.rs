//! The menu as a rail: the entries at the top, each as a mark with its name, and the branch of one beside it
//! (experience.md S5). One tab stop, as in a tool bar.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::{ev, html};
use portal_core::launch::Launch;
use portal_core::menu::MenuFacts;
use portal_core::outline::{Node, again, walk};
use portal_core::text::Later;

use super::branch::{address, reason};
use super::fly;
use super::panel::{Panel, rail_id};
use super::tree::Tree;
use crate::browser::dom::{self, Step};
use crate::browser::scroll;
use crate::components::mark::initials;
use crate::components::{Icon, IconName};
use crate::i18n::tr;
use crate::reactive::SetIfChanged;

/// So many entries stand in the rail; who wants another opens the whole menu.
const SHOWN: usize = 40;
/// Stands for the button that opens the whole menu.
const ALL: usize = usize::MAX;
/// What the arrow keys step through.
const ITEMS: &str = ".rail-item";

/// The rail.
#[derive(Clone, Copy)]
pub(super) struct Rail {
    pub(super) tree: Tree,
    pub(super) panel: Panel,
    /// The entry that Tab reaches.
    stop: Memo<usize>,
    /// Where the focus was last.
    active: RwSignal<Option<usize>>,
    pub(super) root: NodeRef<html::Div>,
}

/// Draws it.
pub(super) fn rail(tree: Tree, panel: Panel) -> AnyView {
    panel.fly.set(None);
    let nodes = tree.branches.nodes;
    let active = RwSignal::new(None);
    let stop = Memo::new(move |_| {
        nodes.with(|nodes| {
            let top: Vec<usize> = walk::top(nodes).into_iter().take(SHOWN).collect();
            let current = tree.page.marked.get().and_then(|current| walk::top_of(&top, current));
            let active = active.get().filter(|active| *active == ALL || top.contains(active));
            active.or(current).or(top.first().copied()).unwrap_or_default()
        })
    });
    let rail = Rail { tree, panel, stop, active, root: NodeRef::new() };
    rail.follow();
    let items = move || {
        tree.branches.menu.track();
        rail.hold_focus();
        nodes.with(|nodes| {
            let top = walk::top(nodes);
            let shown = top.iter().take(SHOWN);
            let mut items: Vec<AnyView> = shown.filter_map(|&index| untrack(|| rail.item(index))).collect();
            items.extend((top.len() > SHOWN).then(|| rail.all()));
            items
        })
    };
    view! {
        <div
            class="rail"
            role="toolbar"
            aria-orientation="vertical"
            aria-label=tr(Later::MenuTitle)
            node_ref=rail.root
            on:keydown=move |event| rail.on_key(&event)
        >
            {items}
        </div>
        {move || panel.fly.get().map(|index| untrack(|| fly::fly(rail, index)))}
    }
    .into_any()
}

impl Rail {
    /// After the menu was loaded anew the same entry is the one that Tab reaches, and the same branch stands beside it.
    fn follow(self) {
        let mut before: (Arc<[Node]>, String) = Default::default();
        Effect::new(move || {
            let nodes = self.tree.branches.nodes.get();
            let key = self.tree.branches.key.get_untracked();
            let now = |index: usize| match index {
                _ if before.1 != key => None,
                ALL => Some(ALL),
                index => again(&before.0, &nodes, index),
            };
            let (active, fly) = (self.active.get_untracked(), self.panel.fly.get_untracked());
            self.active.set_if_changed(active.and_then(now));
            if fly.is_some() {
                self.panel.fly.set(fly.and_then(now));
            }
            before = (nodes, key);
        });
    }

    /// Entries that are made anew lose the focus: it comes back.
    fn hold_focus(self) {
        let Some(root) = self.root.try_get_untracked().flatten().filter(|root| dom::focus_is_in(root, "*"))
        else {
            return;
        };
        request_animation_frame(move || {
            if let Some(stop) = self.stop.try_get_untracked() {
                scroll::restore_focus(&root, &rail_id(stop));
            }
        });
    }

    fn item(self, index: usize) -> Option<AnyView> {
        let (node, facts) = self.tree.node(index).zip(self.tree.facts(index))?;
        Some(if node.place.children > 0 {
            self.branch(index, &node)
        } else {
            self.leaf(index, &node, &facts)
        })
    }

    fn leaf(self, index: usize, node: &Node, facts: &MenuFacts) -> AnyView {
        let page = self.tree.page;
        let (href, target) = address(page, facts);
        let refused = matches!(facts.launch, Launch::Refused(_) | Launch::Disabled);
        let title = match reason(page.i18n, facts) {
            Some(reason) => format!("{} · {reason}", node.name),
            None => node.name.clone(),
        };
        let is_current = move || page.marked.get() == Some(index);
        let click = move |event: ev::MouseEvent| {
            let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
            // The page that is open is not loaded again (experience.md S10).
            if !modified && untrack(is_current) {
                event.prevent_default();
            }
        };
        view! {
            <a
                class="rail-item"
                id=rail_id(index)
                href=href
                target=target
                rel=target.map(|_| "noopener noreferrer")
                title=title
                role=refused.then_some("link")
                aria-disabled=refused.then_some("true")
                aria-current=move || is_current().then_some("page")
                tabindex=move || self.tab_index(index)
                on:focus=move |_| self.active.set(Some(index))
                on:click=click
            >
                {face(&node.name)}
                {refused.then(|| view! { <Icon name=IconName::BAN class="i small" /> })}
                {target.map(|_| view! { <Icon name=IconName::NEW_TAB class="i small" /> })}
            </a>
        }
        .into_any()
    }

    fn branch(self, index: usize, node: &Node) -> AnyView {
        let (page, panel) = (self.tree.page, self.panel);
        let last = index + node.place.descendants as usize;
        let holds_current = move || page.marked.get().is_some_and(|it| (index..=last).contains(&it));
        view! {
            <button
                type="button"
                class="rail-item"
                id=rail_id(index)
                title=node.name.clone()
                aria-haspopup="dialog"
                aria-expanded=move || if panel.fly.get() == Some(index) { "true" } else { "false" }
                aria-current=move || holds_current().then_some("true")
                tabindex=move || self.tab_index(index)
                on:focus=move |_| self.active.set(Some(index))
                on:click=move |_| {
                    if panel.fly.get_untracked() == Some(index) {
                        panel.close_fly();
                    } else {
                        panel.fly.set(Some(index));
                    }
                }
            >
                {face(&node.name)}
                <Icon name=IconName::NEXT class="i small turns" />
            </button>
        }
        .into_any()
    }

    fn all(self) -> AnyView {
        let holds_current = move || {
            let current = self.tree.page.marked.get()?;
            let top = self.tree.branches.nodes.with(|nodes| walk::top(nodes));
            let place = top.partition_point(|top| *top <= current);
            (place > SHOWN).then_some("true")
        };
        view! {
            <button
                type="button"
                class="rail-item"
                aria-current=holds_current
                tabindex=move || self.tab_index(ALL)
                on:focus=move |_| self.active.set(Some(ALL))
                on:click=move |_| {
                    self.panel.expand();
                    request_animation_frame(move || self.tree.rows.enter());
                }
            >
                <span class="rail-mark" aria-hidden="true">
                    <Icon name=IconName::PANEL class="i small turns" />
                </span>
                <span class="rail-name">{tr(Later::MenuAllEntries)}</span>
            </button>
        }
        .into_any()
    }

    fn tab_index(self, index: usize) -> &'static str {
        if self.stop.get() == index { "0" } else { "-1" }
    }

    fn on_key(self, event: &ev::KeyboardEvent) {
        let Some(root) = self.root.try_get_untracked().flatten() else { return };
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let key = event.key();
        let step = match key.as_str() {
            "ArrowDown" => Step::Next,
            "ArrowUp" => Step::Previous,
            "Home" => Step::First,
            "End" => Step::Last,
            "ArrowRight" | "ArrowLeft" => {
                event.prevent_default();
                if (key == "ArrowRight") != dom::is_right_to_left(&root) {
                    self.open_branch();
                } else {
                    self.panel.close_fly();
                }
                return;
            }
            letter if letter.chars().count() == 1 && letter != " " => {
                return dom::focus_letter(&root, ITEMS, letter);
            }
            _ => return,
        };
        event.prevent_default();
        dom::focus_step(&root, ITEMS, step);
    }

    /// Opens the branch of the entry with the focus.
    fn open_branch(self) {
        let index = self.stop.get_untracked();
        if self.tree.node(index).is_some_and(|node| node.place.children > 0) {
            self.panel.fly.set(Some(index));
        }
    }
}

/// A mark, and the name in small letters.
fn face(name: &str) -> AnyView {
    view! {
        <span class="rail-mark" aria-hidden="true">
            {initials(name)}
        </span>
        <span class="rail-name">
            <bdi>{name.to_owned()}</bdi>
        </span>
    }
    .into_any()
}
