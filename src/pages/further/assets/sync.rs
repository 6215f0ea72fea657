//! Taking up new assets of the organization (contract.md 1.20). The call is never repeated by itself.

use portal_api::Error;
use portal_api::asset::SyncAsset;
use portal_core::text::{Assets, Later};

use super::Screen;
use super::told::told;
use crate::browser;
use crate::components::{Dialog, Spinner};
use crate::i18n::tr;
use crate::state::{Callback, Signal, State};
use crate::view::{Part, view};

/// The question before it is done.
pub(super) fn dialog(screen: Screen, open: State<bool>) -> Part {
    let i18n = screen.i18n;
    let (busy, error) = (State::new(false), State::new(None::<Error>));
    let close = move || {
        error.set(None);
        open.set(false);
    };
    let will = move || i18n.fill(Assets::SyncWill, &[("organization", &screen.organization_name())]);
    let go = move |_| {
        let Some(organization) = screen.organization().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        error.set(None);
        browser::spawn(async move {
            let outcome =
                screen.session.request_by_server(&SyncAsset { organization: organization.id }).await;
            busy.set(false);
            match outcome {
                Ok(()) => {
                    open.set(false);
                    screen.fresh.update(|fresh| *fresh += 1);
                    let name = [("organization", &*organization.name)];
                    screen.tell(i18n.fill(Assets::SyncDone, &name));
                }
                Err(failed) => error.set(Some(failed)),
            }
        });
    };
    let is_busy = move || busy.get().then_some("true");
    view! {
        <Dialog
            open=Signal::from(open)
            id="sync-title"
            title=tr(Assets::SyncTitle)
            on_close=Callback::new(move |()| close())
        >
            <p class="dialog-body" dir="auto">
                {will}
            </p>
            {move || error.get().map(|error| told(&error, None))}
            <div class="actions">
                <button type="button" class="button" on:click=move |_| close()>
                    {tr(Later::Cancel)}
                </button>
                <button type="button" class="button go" aria-disabled=is_busy aria-busy=is_busy on:click=go>
                    {move || busy.get().then(|| view! { <Spinner /> })}
                    {tr(Assets::Sync)}
                </button>
            </div>
        </Dialog>
    }
}
