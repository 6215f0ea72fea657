//! One branch of the menu beside the rail. Escape, a press outside, an entry that is chosen and a focus that leaves close
//! it (experience.md S5).

use leptos::prelude::*;
use leptos::{ev, html};

use super::branch::{self, address};
use super::panel::rail_id;
use super::rail::Rail;
use crate::browser::window::on_window;
use crate::browser::{dom, scroll};

/// The id of its heading.
const TITLE: &str = "fly-title";
/// What opens such a branch: a press there is no press outside.
const OPENERS: &str = "[aria-haspopup]";

/// The branch of an entry of the rail.
pub(super) fn fly(rail: Rail, index: usize) -> Option<AnyView> {
    let panel = rail.panel;
    let (node, facts) = rail.tree.node(index).zip(rail.tree.facts(index))?;
    let tree = rail.tree.below(index, Callback::new(move |()| panel.close_fly()));
    let root = NodeRef::<html::Div>::new();
    on_window("pointerdown", move |event: ev::Event| {
        let inside = root.try_get_untracked().flatten().is_some_and(|root| dom::holds(&root, &event));
        if !inside && !dom::is_on(&event, OPENERS) {
            panel.close_fly();
        }
    });
    on_window("keydown", move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            panel.close_fly();
        }
    });
    // The focus is nowhere for a moment while rows change, and where it was when another window is in front.
    let on_leave = move |_| {
        request_animation_frame(move || {
            let Some(root) = root.try_get_untracked().flatten() else { return };
            if !scroll::nothing_has_focus() && !dom::focus_is_in(&root, "*") {
                panel.fly.set(None);
            }
        });
    };
    request_animation_frame(move || tree.rows.enter());
    // Beside its entry where there is room, else higher.
    let at =
        rail.root.try_get_untracked().flatten().and_then(|root| scroll::place_of(&root, &rail_id(index)));
    let (href, target) = address(rail.tree.page, &facts);
    let name = node.name.clone();
    let title = match href {
        Some(href) => {
            let stays = target.is_none();
            view! {
                <a
                    href=href
                    target=target
                    rel=target.map(|_| "noopener noreferrer")
                    aria-current=move || (rail.tree.page.marked.get() == Some(index)).then_some("page")
                    on:click=move |_| {
                        if stays {
                            panel.entry_opened();
                        }
                    }
                >
                    {name}
                </a>
            }
            .into_any()
        }
        None => name.into_any(),
    };
    let label = node.name;
    Some(
        view! {
            <div class="fly-port">
                <div class="fly-gap" style:--at=at.map(|at| format!("{at}px"))></div>
                <div
                    class="fly"
                    role="dialog"
                    aria-labelledby=TITLE
                    node_ref=root
                    on:focusout=on_leave
                >
                    <h2 id=TITLE dir="auto">
                        {title}
                    </h2>
                    {branch::tree(tree, panel, Signal::derive(move || label.clone()))}
                </div>
            </div>
        }
        .into_any(),
    )
}
