//! Shapes of what is about to come, with its true heights, so that nothing jumps (experience.md A1). They appear after
//! a moment only: what loads quickly shows no skeleton.

use leptos::prelude::*;

use super::slow::slow;
use crate::state::Callback;
use crate::view::{Part, view};

/// Tiles of the launcher.
#[component]
pub fn SkeletonTiles(
    /// How many.
    #[prop(default = 20)]
    count: usize,
    /// Gives the load up.
    #[prop(optional)]
    cancel: Option<Callback<()>>,
) -> Part {
    let tile = || {
        view! {
            <div class="cell">
                <div class="tile">
                    <span class="mark"></span>
                    <span class="tile-text">
                        <span class="bone w1"></span>
                        <span class="bone w2"></span>
                        <span class="bone w3"></span>
                    </span>
                </div>
            </div>
        }
    };
    view! {
        <div class="grid flow skeleton late" aria-hidden="true">
            {(0..count).map(|_| tile()).collect::<Vec<_>>()}
        </div>
        {slow(cancel)}
    }
}

/// Lines of a list or a menu tree.
#[component]
pub fn SkeletonRows(
    /// How many.
    #[prop(default = 6)]
    count: usize,
    /// Gives the load up.
    #[prop(optional)]
    cancel: Option<Callback<()>>,
    /// Another part of the page says that it takes long.
    #[prop(optional)]
    quiet: bool,
) -> Part {
    let width = |n: usize| if n % 3 == 2 { "bone w2" } else { "bone w1" };
    view! {
        <div class="tree skeleton late" aria-hidden="true">
            {(0..count)
                .map(|n| {
                    view! {
                        <div class="branch">
                            <span class="twist"></span>
                            <span class="twig">
                                <span class=width(n)></span>
                            </span>
                        </div>
                    }
                })
                .collect::<Vec<_>>()}
        </div>
        {(!quiet).then(|| slow(cancel))}
    }
}
