//! Taking up new assets of the organization (contract.md 1.20). The call is never repeated by itself.

use leptos::prelude::*;
use portal_api::asset::SyncAsset;
use portal_core::text::Assets;

use super::Screen;
use super::writing::Writing;
use crate::components::Dialog;
use crate::i18n::tr;

/// The question before it is done.
pub(super) fn dialog(screen: Screen, writing: Writing) -> AnyView {
    let i18n = screen.i18n;
    let will = move || i18n.fill(Assets::SyncWill, &[("organization", &screen.organization_name())]);
    let go = move || {
        let Some(organization) = screen.organization() else { return };
        let name = organization.name;
        let done = move || i18n.fill(Assets::SyncDone, &[("organization", &name)]);
        writing.run(screen, SyncAsset { organization: organization.id }, done);
    };
    let verb = move || i18n.text(Assets::Sync);
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
            {writing.actions(verb, go)}
        </Dialog>
    }
    .into_any()
}
