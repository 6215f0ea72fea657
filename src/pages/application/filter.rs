//! The filter above the tree (experience.md S6): the box, and what is said of what it finds. Only what fits is listed, and
//! what is above it; the entry that is open is seen again when the filter is gone.

use leptos::prelude::*;
use portal_core::text::Later;

use super::branches::Branches;
use super::tree::Tree;
use crate::browser::dom;
use crate::components::Sift;
use crate::i18n::tr;

/// From so many entries on there is a filter (experience.md S6).
const FROM: usize = 12;
/// The id of the box.
const BOX: &str = "menu-filter";

/// The filter of the menu that is shown. Another application has another one, and a small menu none.
pub(super) fn filter(branches: Branches) -> Sift {
    let sift = Sift::new(branches.nodes, String::new());
    Effect::new(move || {
        branches.key.track();
        sift.clear();
    });
    let wanted = wanted(branches);
    Effect::new(move || {
        if !wanted.get() {
            sift.clear();
        }
    });
    sift
}

fn wanted(branches: Branches) -> Memo<bool> {
    Memo::new(move |_| branches.nodes.with(|nodes| nodes.len() >= FROM))
}

/// Shows the whole tree again and leads to the box; false where nothing was typed.
pub(super) fn dismiss(sift: Sift) -> bool {
    let stood = sift.clear();
    if stood {
        dom::focus_id(BOX);
    }
    stood
}

/// The box, and in words how many entries fit.
pub(super) fn filter_box(tree: Tree, sift: Sift) -> AnyView {
    let wanted = wanted(tree.branches);
    let i18n = tree.page.i18n;
    let told = move || {
        let found = sift.found()?;
        Some(i18n.count(Later::MenuFilterOne, Later::MenuFilterOther, found.hits()))
    };
    let drawn = move || {
        wanted.get().then(|| {
            view! {
                <div class="sift">
                    {sift.search_box(BOX, tr(Later::MenuFilter), tr(Later::MenuFilterClear), tree.rows)}
                    <p class="sift-count" role="status">{told}</p>
                </div>
            }
        })
    };
    drawn.into_any()
}

/// In place of the tree where nothing fits.
pub(super) fn in_vain(tree: Tree, sift: Sift, fits: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    let in_vain = Memo::new(move |_| sift.is_in_vain());
    let words = move || tree.page.i18n.fill(Later::MenuFilterNone, &[("query", sift.query().trim())]);
    (move || {
        if !in_vain.get() {
            return fits();
        }
        view! {
            <div class="sift-none">
                <p>{words}</p>
                <button type="button" class="button" on:click=move |_| {
                    dismiss(sift);
                }>
                    {tr(Later::Clear)}
                </button>
            </div>
        }
        .into_any()
    })
    .into_any()
}
