//! A failed call inside the screen: words, the service's own, and another try where it makes sense.

use leptos::prelude::*;
use portal_api::Error;
use portal_core::notice::{Place, WayOut, notice};
use portal_core::text::{Later, Text};

use crate::components::{Notice, Tone, again};
use crate::i18n::{tr, use_i18n};
use crate::pages::problem::quote;

/// The failure.
pub(super) fn told(error: &Error, retry: Option<Callback<()>>) -> AnyView {
    let i18n = use_i18n();
    let told = notice(error, Place::Assets);
    let detail = told.detail.filter(|detail| *detail != Later::ContactAdministrator);
    let retry = matches!(told.action, WayOut::Retry | WayOut::Wait).then_some(retry).flatten();
    let button = retry.map(|retry| again("button", tr(Text::TryAgain), retry));
    let detail = detail.map(|detail| i18n.text(detail));
    view! {
        <Notice title=i18n.text(told.title) detail quote=quote(i18n, &told) tone=Tone::Warn>
            {button}
        </Notice>
    }
    .into_any()
}
