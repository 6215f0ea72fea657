//! What is known of the selected asset, and what may be done with it: beside the tree, on a phone a sheet over it.

use leptos::ev;
use leptos::prelude::*;
use portal_api::AssetId;
use portal_api::asset::AuthorizeAsset;
use portal_core::assets::AssetFacts;
use portal_core::text::Assets;

use super::authorize::Authorizing;
use super::outline::Known;
use super::{Screen, facts};
use crate::components::{Icon, IconName, Notice, Tone, Tree};
use crate::i18n::tr;
use crate::pages::further::offered::is_offered;

/// What the address selects.
#[derive(Clone, PartialEq)]
pub(super) enum Picked {
    /// A node of the tree.
    Here(Box<Here>),
    /// An id that is not in the tree.
    Missing(AssetId),
}

/// A node of the tree, and where it stands.
#[derive(Clone, PartialEq)]
pub(super) struct Here {
    pub(super) name: String,
    pub(super) facts: AssetFacts,
    /// The names above, from the top down.
    pub(super) path: Vec<String>,
    /// How many nodes stand below.
    pub(super) below: u32,
}

impl Picked {
    /// Looks the selected asset up; `None` while nothing is selected, or the tree has not come.
    pub(super) fn of(asset: Option<(AssetId, u32)>, selected: Option<usize>, known: Known) -> Option<Self> {
        let (id, _) = asset?;
        known.with(|known| {
            let known = known.as_ref()?;
            let here = selected.and_then(|index| {
                let node = known.nodes().get(index).cloned()?;
                Some(Self::Here(Box::new(Here {
                    name: node.name,
                    facts: known.facts(index)?.clone(),
                    path: known.path(index).into_iter().map(str::to_owned).collect(),
                    below: node.place.descendants,
                })))
            });
            Some(here.unwrap_or(Self::Missing(id)))
        })
    }
}

/// The panel.
pub(super) fn details(screen: Screen, picked: Picked, tree: Tree, authorizing: Authorizing) -> AnyView {
    let close = move || {
        screen.look.select(None);
        // What had the focus goes away.
        tree.enter();
    };
    let name = match &picked {
        Picked::Here(here) => here.name.clone(),
        Picked::Missing(id) => id.as_str().to_owned(),
    };
    let content = match picked {
        Picked::Here(here) => found(screen, *here, authorizing),
        Picked::Missing(id) => {
            let title = screen.i18n.fill(Assets::Gone, &[("id", id.as_str())]);
            view! { <Notice title tone=Tone::Warn /> }.into_any()
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            close();
        }
    };
    view! {
        <section class="assets-details" aria-labelledby=facts::HEADING_ID on:keydown=on_key>
            <div class="assets-details-head">
                <h2 id=facts::HEADING_ID tabindex="-1" dir="auto">
                    {name}
                </h2>
                <button
                    type="button"
                    class="icon-button"
                    aria-label=tr(Assets::Close)
                    on:click=move |_| close()
                >
                    <Icon name=IconName::CLOSE />
                </button>
            </div>
            {content}
        </section>
    }
    .into_any()
}

fn found(screen: Screen, here: Here, authorizing: Authorizing) -> AnyView {
    let id = here.facts.id.clone();
    let may = is_offered::<AuthorizeAsset>().then(|| {
        let id = id.clone();
        view! {
            <button
                type="button"
                class="button"
                aria-haspopup="dialog"
                on:click=move |_| authorizing.ask(id.as_str().to_owned())
            >
                <Icon name=IconName::PERSON class="i small" />
                {tr(Assets::Authorize)}
            </button>
        }
    });
    let is_asset = here.facts.is_asset;
    view! {
        {facts::facts(screen, &here)}
        {facts::permission(screen, id.clone())}
        {is_asset.then(|| facts::structure(screen, id.clone()))}
        // Before the users, who may be many.
        <div class="actions">{may}</div>
        {facts::users(screen, id)}
    }
    .into_any()
}
