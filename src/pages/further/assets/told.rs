//! A failed call inside the screen: words, the service's own, and another try where it makes sense.

use portal_api::Error;
use portal_core::notice::{Place, notice};
use portal_core::text::Later;

use crate::components::{Notice, Tone};
use crate::i18n::use_i18n;
use crate::pages::problem::{quote, reload, trace, try_again};
use crate::state::Callback;
use crate::view::{Part, view};

/// The failure.
pub(super) fn told(error: &Error, retry: Option<Callback<()>>) -> Part {
    let i18n = use_i18n();
    let told = notice(error, Place::Assets);
    let detail = told.detail.filter(|detail| *detail != Later::ContactAdministrator);
    let button = match retry {
        Some(retry) => try_again(i18n, &told, "button", retry),
        None => reload(i18n, &told),
    };
    let detail = detail.map(|detail| i18n.text(detail));
    view! {
        <Notice title=i18n.text(told.title) detail quote=quote(i18n, &told) tone=Tone::Warn>
            {button}
        </Notice>
        {trace(i18n, &told).map(|trace| view! { <p class="trace">{trace}</p> })}
    }
}
