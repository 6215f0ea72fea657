//! The menu's region: the application's name, the filter and the tree, or the rail, and what is wrong with it.

use leptos::ev;
use portal_api::Error;
use portal_core::notice::{Place, notice};
use portal_core::text::Later;

use super::opened::{Closed, Got, Opened};
use super::panel::Panel;
use super::tree::Tree;
use super::why::Why;
use super::{Page, branch, filter, rail};
use crate::components::{Icon, IconName, Mark, Notice, SkeletonRows, Tone};
use crate::i18n::tr;
use crate::pages::problem::try_again_anyway;
use crate::state::Derived;
use crate::view::{Part, view};

/// What stands below the application's name.
#[derive(Clone, PartialEq)]
pub(super) enum Content {
    Waiting,
    Failed(Error),
    Tree,
    /// The service sent entries, and none of them can be shown.
    Empty,
    /// There is no menu, and the main region says why; or the application needs none. The page gets all the room.
    Nothing,
}

/// The region.
pub(super) fn side(page: Page, tree: Tree, panel: Panel) -> Part {
    let why = Why::new(page);
    let is_rail = Derived::new(move |_| panel.state() == Some("rail"));
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !tree.sift.is_some_and(filter::dismiss) {
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
                    <Icon name=IconName::CLOSE />
                </button>
            </div>
            {move || {
                let content = panel.content.get();
                match content {
                    Content::Waiting if is_rail.get() => Part::empty(),
                    Content::Waiting => view! { <SkeletonRows quiet=true /> },
                    Content::Failed(error) => failed(page, &error),
                    Content::Tree if is_rail.get() => rail::rail(tree, panel),
                    Content::Tree => whole(tree, panel),
                    Content::Empty => view! { <p class="side-none">{tr(Later::MenuEmpty)}</p> },
                    Content::Nothing => Part::empty(),
                }
            }}
            {move || foot(page, panel, why)}
        </nav>
        <div class="shade" on:click=move |_| panel.close_sheet()></div>
        {why.dialog(page)}
    }
}

/// The tree, with the filter above it.
fn whole(tree: Tree, panel: Panel) -> Part {
    let rows = move || branch::tree(tree, panel, tr(Later::MenuTitle));
    match tree.sift {
        Some(sift) => view! {
            {filter::filter_box(tree, sift)}
            {filter::in_vain(tree, sift, rows)}
        },
        None => rows(),
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
        Got::Here(menu) if !menu.nodes().is_empty() => Content::Tree,
        Got::Here(menu) if menu.report().hidden + menu.report().unreadable > 0 => Content::Empty,
        Got::Here(_) => Content::Nothing,
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
            {try_again_anyway(page.i18n, &told, "button", page.retry)}
        </Notice>
    }
}

/// What is missing, quietly.
fn foot(page: Page, panel: Panel, why: Why) -> Option<Part> {
    panel.content.with(|content| matches!(content, Content::Tree | Content::Empty)).then(|| {
        view! {
            <div class="side-foot">
                {move || dropped(page)}
                {why.button()}
            </div>
        }
    })
}

/// How many entries of the reply could not be read (hostile.md 65).
fn dropped(page: Page) -> Option<Part> {
    let count = page.menu.with(|menu| menu.here().map(|menu| menu.report().unreadable));
    let count = count.filter(|count| *count > 0)?;
    let words = page.i18n.count(Later::MenuDroppedOne, Later::MenuDroppedOther, count);
    Some(view! { <p role="status">{words}</p> })
}
