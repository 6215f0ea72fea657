//! The tree and its rows on screen.

use leptos::attr::custom::custom_attribute;
use leptos::ev;
use leptos::prelude::*;
use portal_core::launch::Launch;
use portal_core::menu::MenuFacts;

use super::Page;
use super::panel::Panel;
use super::tree::Tree;
use crate::components::{Icon, IconName, marked, stable_for};
use crate::i18n::I18n;

/// The tree: a flat list of rows, each with its level (ARIA tree pattern, style/README.md).
pub(super) fn tree(tree: Tree, panel: Panel, label: Signal<String>) -> AnyView {
    view! {
        <div
            class="tree"
            role="tree"
            aria-label=label
            data-many=move || tree.rows.is_windowed().then_some("")
            node_ref=tree.rows.root
            on:keydown=move |event| tree.on_key(&event)
            on:scroll=move |_| tree.rows.on_scroll()
        >
            {move || tree.rows.height().map(|height| view! { <div role="none" style:block-size=height></div> })}
            {stable_for(move || tree.shown(), move |(_, index)| row(tree, panel, index))}
        </div>
    }.into_any()
}

fn row(tree: Tree, panel: Panel, index: usize) -> AnyView {
    let Some((node, facts)) = tree.node(index).zip(tree.facts(index)) else { return ().into_any() };
    let is_branch = node.place.children > 0;
    let page = tree.page;
    let reason = reason(page.i18n, &facts);
    let refused = matches!(facts.launch, Launch::Refused(_) | Launch::Disabled);
    // For eyes; an assistive technology gets it from the title.
    let mark =
        reason.clone().filter(|_| refused).map(|reason| view! { <small aria-hidden="true">{reason}</small> });
    // Names are cut off where rows have one height.
    let name = node.name.clone();
    let title = move || reason.clone().or_else(|| tree.rows.is_windowed().then(|| name.clone()));
    let (href, target) = address(page, &facts);
    let open = move || is_branch.then(|| if tree.is_open(index) { "true" } else { "false" });
    let twist = move || if is_branch && tree.is_open(index) { "twist is-open" } else { "twist" };
    let is_current = move || page.marked.get() == Some(index);
    let stays = target.is_none() && href.is_some();
    let click = move |event: ev::MouseEvent| {
        let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
        if stays && !modified {
            // The page that is open is not loaded again (experience.md S10).
            if untrack(is_current) {
                event.prevent_default();
            }
            panel.entry_opened();
        } else if !stays && target.is_none() {
            tree.toggle(index);
        }
    };
    let (depth, (set_size, position)) = (tree.depth(&node), tree.place(index, &node));
    view! {
        <div class="branch" role="none" style:--l=depth.to_string() style:top=move || tree.rows.top(index)>
            <span
                class=twist
                aria-hidden="true"
                // keeps the focus where it is
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| tree.toggle(index)
            >
                {is_branch.then(|| view! { <Icon name=IconName::NEXT class="i small turns" /> })}
            </span>
            <a
                class="twig"
                role="treeitem"
                {..custom_attribute("aria-level", depth + 1)}
                id=tree.rows.row_id(index)
                href=href
                target=target
                rel=target.map(|_| "noopener noreferrer")
                title=title
                aria-setsize=set_size
                aria-posinset=position
                aria-expanded=open
                aria-disabled=refused.then_some("true")
                aria-current=move || is_current().then_some("page")
                tabindex=move || if tree.is_stop(index) { "0" } else { "-1" }
                on:focus=move |_| tree.on_focus(index)
                on:click=click
            >
                <bdi>{marked(&node.name, &tree.query())}</bdi>
                {refused.then(|| view! { <Icon name=IconName::BAN class="i small" /> })}
                {target.map(|_| view! { <Icon name=IconName::NEW_TAB class="i small" /> })}
                {mark}
            </a>
        </div>
    }
    .into_any()
}

/// Why an entry cannot be opened, or opens elsewhere.
pub(super) fn reason(i18n: I18n, facts: &MenuFacts) -> Option<String> {
    let reason = facts.launch.reason().filter(|_| facts.launch != Launch::NoAddress)?;
    Some(i18n.fill(reason, &[("scheme", facts.launch.scheme().unwrap_or_default())]))
}

/// Where an entry leads, and whether in a new tab.
pub(super) fn address(page: Page, facts: &MenuFacts) -> (Option<String>, Option<&'static str>) {
    match &facts.launch {
        Launch::Frame(_) => (Some(page.href(&facts.key, facts.nth)), None),
        Launch::NewTab(address, _) => (Some(address.as_str().to_owned()), Some("_blank")),
        Launch::Refused(_) | Launch::Disabled | Launch::NoAddress => (None, None),
    }
}
