//! The line above the page: menu button, breadcrumb (experience.md S15), reload, open in a new tab.

use leptos::prelude::*;
use portal_core::route::Route;
use portal_core::text::{Later, Text};

use super::Page;
use super::opened::Opened;
use super::panel::Panel;
use super::tree::Tree;
use crate::components::{Icon, IconName};
use crate::i18n::tr;
use crate::session::use_session;
use crate::state::Derived;
use crate::view::{Part, view};

/// The bar.
pub(super) fn bar(page: Page, tree: Tree, panel: Panel) -> Part {
    let toggle = move |_| {
        if panel.toggle() {
            // The tree can take the focus when the sheet is seen.
            request_animation_frame(move || tree.enter());
        }
    };
    view! {
        <div class="bar" on:focusin=move |_| panel.focus_left()>
            {move || {
                panel
                    .has_menu()
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="icon-button"
                                node_ref=panel.button
                                aria-label=tr(Later::MenuTitle)
                                aria-controls="menu"
                                aria-expanded=move || if panel.is_shown() { "true" } else { "false" }
                                on:click=toggle
                            >
                                <Icon name=IconName::Panel class="i turns" />
                            </button>
                        }
                    })
            }}
            {crumbs(page)}
            {move || tools(page)}
        </div>
    }
}

fn crumbs(page: Page) -> Part {
    let session = use_session();
    let organization =
        Derived::new(move |_| session.stage().organization().map(|organization| organization.name.clone()));
    let home = page.places.href(&Route::launcher());
    let application = move || {
        let name = page.application_name()?;
        let link = page.entry_name().is_some() && page.place.with(|place| place.menu.is_some());
        let part = if link {
            let href = page.places.href(&page.place.with(|place| place.of_application()));
            view! {
                <a href=href>
                    <bdi>{name}</bdi>
                </a>
            }
        } else {
            let current = page.entry_name().is_none().then_some("page");
            view! { <bdi aria-current=current>{name}</bdi> }
        };
        Some((between(), part))
    };
    let entry = move || {
        let name = page.entry_name()?;
        Some((between(), view! { <bdi aria-current="page">{name}</bdi> }))
    };
    view! {
        <nav class="crumbs" aria-label=tr(Later::ShellBreadcrumb)>
            <a href=home>
                <bdi>{organization}</bdi>
            </a>
            {application}
            {entry}
        </nav>
    }
}

fn between() -> Part {
    view! { <Icon name=IconName::Next class="i turns" /> }
}

/// A page can refuse to be framed without the portal noticing (hostile.md 55), so the way to a tab of its own always
/// stands here.
fn tools(page: Page) -> Option<Part> {
    let (address, framed) = page.opened.with(|opened| match opened {
        Opened::Frame { source, .. } => Some((source.address.clone(), true)),
        Opened::Elsewhere { address, .. } => Some((address.clone(), false)),
        Opened::Waiting | Opened::Closed { .. } => None,
    })?;
    let reload = framed.then(|| {
        view! {
            <button
                type="button"
                class="icon-button"
                aria-label=tr(Later::ShellReload)
                title=tr(Later::ShellReload)
                on:click=move |_| page.turn.update(|turn| *turn += 1)
            >
                <Icon name=IconName::Reload />
            </button>
        }
    });
    let view = view! {
        {reload}
        <a
            class="icon-button"
            href=address.as_str().to_owned()
            target="_blank"
            rel="noopener noreferrer"
            aria-label=tr(Text::TileOpenNewTab)
            title=tr(Text::TileOpenNewTab)
        >
            <Icon name=IconName::PopOut />
        </a>
    };
    Some(view)
}
