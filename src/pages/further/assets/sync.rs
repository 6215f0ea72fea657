//! Taking up new assets of the organization (contract.md 1.20). The call is never repeated by itself.

use portal_api::asset::SyncAsset;
use portal_core::text::{Assets, Later};

use super::Screen;
use super::writing::Writing;
use crate::components::{Dialog, Spinner};
use crate::i18n::tr;
use crate::state::{Callback, Signal};
use crate::view::{Part, view};

/// The question before it is done.
pub(super) fn dialog(screen: Screen, writing: Writing) -> Part {
    let i18n = screen.i18n;
    let will = move || i18n.fill(Assets::SyncWill, &[("organization", &screen.organization_name())]);
    let go = move |_| {
        let Some(organization) = screen.organization().filter(|_| !writing.is_busy()) else { return };
        let name = organization.name;
        let done = move || i18n.fill(Assets::SyncDone, &[("organization", &name)]);
        writing.run(screen, SyncAsset { organization: organization.id }, done);
    };
    let waits = move || writing.waits();
    view! {
        <Dialog
            open=Signal::from(writing.open)
            id="sync-title"
            title=tr(Assets::SyncTitle)
            on_close=Callback::new(move |()| writing.close())
        >
            <p class="dialog-body" dir="auto">
                {will}
            </p>
            {move || writing.problem()}
            <div class="actions">
                <button type="button" class="button" aria-disabled=waits on:click=move |_| writing.cancel()>
                    {tr(Later::Cancel)}
                </button>
                <button type="button" class="button go" aria-disabled=waits aria-busy=waits on:click=go>
                    {move || waits().map(|_| view! { <Spinner /> })}
                    {tr(Assets::Sync)}
                </button>
            </div>
        </Dialog>
    }
}
