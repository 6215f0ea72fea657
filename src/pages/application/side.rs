//! The menu's region: the application's name, the tree, and what is wrong with it.

use leptos::ev;
use portal_api::Error;
use portal_core::notice::{Place, notice};
use portal_core::text::{Later, Text};

use super::opened::{Closed, Got, Opened};
use super::panel::Panel;
use super::tree::Tree;
use super::{Page, branch};
use crate::components::{Icon, IconName, Mark, Notice, SkeletonRows, Tone};
use crate::i18n::tr;
use crate::view::{Part, view};

/// What stands below the application's name.
#[derive(Clone, PartialEq)]
pub(super) enum Content {
    Waiting,
    Failed(Error),
    Tree,
    /// There is no menu, and the main region says why; or the application needs none. The page gets all the room.
    Nothing,
}

/// The region.
pub(super) fn side(page: Page, tree: Tree, panel: Panel) -> Part {
    let content = panel.content;
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            panel.close_sheet();
        }
    };
    view! {
        <nav class="side" id="menu" aria-label=tr(Later::MenuTitle) on:keydown=on_key>
            <div class="side-head">
                {move || head(page)}
                <button
                    type="button"
                    class="icon-button"
                    aria-label=tr(Later::MenuClose)
                    on:click=move |_| panel.close_sheet()
                >
                    <Icon name=IconName::Close />
                </button>
            </div>
            {move || match content.get() {
                Content::Waiting => view! { <SkeletonRows /> },
                Content::Failed(error) => failed(page, &error),
                Content::Tree => branch::tree(tree, panel),
                Content::Nothing => Part::empty(),
            }}
            {move || dropped(page)}
        </nav>
        <div class="shade" on:click=move |_| panel.close_sheet()></div>
    }
}

/// Decides what stands below the application's name.
pub(super) fn content(page: Page) -> Content {
    let refused = page.opened.with(|opened| match opened {
        Opened::Closed { why, .. } => {
            matches!(why, Closed::Failed(_) | Closed::UnknownApplication | Closed::Disabled)
        }
        _ => false,
    });
    page.menu.with(|menu| match menu {
        _ if refused => Content::Nothing,
        Got::Waiting => Content::Waiting,
        Got::Failed(error) => Content::Failed(error.clone()),
        Got::Here(menu) if menu.nodes().is_empty() && menu.dropped() == 0 => Content::Nothing,
        Got::Here(_) => Content::Tree,
    })
}

fn head(page: Page) -> Option<Part> {
    let entry = page.application.with(|application| application.here().cloned().flatten())?;
    let category = entry.category.as_ref().map(|category| category.as_str().to_owned());
    let name = entry.name.clone();
    let view = view! {
        <Mark small=true category key=entry.id.as_str().to_owned() name=entry.name />
        <h2 dir="auto">{name}</h2>
    };
    Some(view)
}

/// The page is open without its menu: words and another try.
fn failed(page: Page, error: &Error) -> Part {
    let told = notice(error, Place::Application);
    let detail = told.detail.map(|detail| page.i18n.text(detail));
    view! {
        <Notice title=page.i18n.text(told.title) detail tone=Tone::Warn>
            <button type="button" class="button" on:click=move |_| page.retry.run(())>
                {tr(Text::TryAgain)}
            </button>
        </Notice>
    }
}

/// How many entries of the reply are missing (hostile.md 65), quietly.
fn dropped(page: Page) -> Option<Part> {
    let count = page.menu.with(|menu| menu.here().map(|menu| menu.dropped())).filter(|count| *count > 0)?;
    let words = page.i18n.count(Later::MenuDroppedOne, Later::MenuDroppedOther, count);
    Some(view! { <p class="side-foot" role="status">{words}</p> })
}
