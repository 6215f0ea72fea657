//! What is known of an application: asked for in the menu of its tile. Its code comes when it is first shown.

use std::sync::Arc;

use portal_core::text::{Later, People, Word};

use super::menu::Asked;
use crate::components::Dialog;
use crate::i18n::{tr, use_i18n};
use crate::pages::further::facts::{Fact, facts};
use crate::state::{Callback, Signal, State};
use crate::view::{Part, view};

/// The dialog.
pub fn tile_details(asked: Asked) -> Part {
    let i18n = use_i18n();
    let open = State::new(true);
    let close = move || {
        // Closed first: the focus goes back to the tile then.
        open.set(false);
        asked.roaming.go(asked.index());
        asked.details.set(None);
    };
    let known = move || asked.application().map(|(entry, application)| known(&entry, &application));
    let title = Signal::derive(move || {
        asked.application().map_or_else(|| i18n.text(Later::TileDetails), |(entry, _)| entry.name)
    });
    let children = move || {
        view! {
            {move || known().map(|known| facts(i18n, known))}
            <div class="actions">
                <button type="button" class="button" on:click=move |_| close()>
                    {tr(Later::Close)}
                </button>
            </div>
        }
    };
    let on_close = Callback::new(move |()| close());
    view! { <Dialog open id="tile-details" title on_close children=Arc::new(children) /> }
}

fn known(
    entry: &portal_core::catalog::Entry,
    application: &portal_api::Application,
) -> Vec<(Word, Option<Fact>)> {
    vec![
        (People::ColumnName.into(), Fact::text(Some(&entry.name))),
        (Later::TileDescription.into(), Fact::text(entry.description.as_deref())),
        (Later::TileCategory.into(), Fact::text(entry.category_name.as_deref())),
        (Later::TileIdentifier.into(), Fact::code(application.code.as_deref())),
        (Later::TileId.into(), Fact::code(Some(application.id.as_str()))),
        (Later::TileCreated.into(), Fact::time(application.created.as_deref())),
    ]
}
