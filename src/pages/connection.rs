//! That the network is away, or that what is seen is old: said in a quiet way, while the page stays as it is
//! (hostile.md 46, 76). It goes away by itself.

use leptos::prelude::*;
use portal_core::text::Later;

use crate::browser;
use crate::components::{Icon, IconName};
use crate::i18n::use_i18n;
use crate::load::Pulse;
use crate::session::use_session;

/// After so long what is seen is loaded anew when the tab comes into view, in milliseconds.
const OLD_MS: i64 = 15 * 60_000;

/// What there is to say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Age {
    Fresh,
    Offline,
    Stale,
}

/// The region.
#[component]
pub fn Connection() -> impl IntoView {
    let (i18n, session, pulse) = (use_i18n(), use_session(), expect_context::<Pulse>());
    let online = RwSignal::new(browser::is_online());
    browser::on_network("online", move || online.set(true));
    browser::on_network("offline", move || online.set(false));
    renew_when_old(pulse);
    let state = Memo::new(move |_| {
        if session.stage().organization().is_none() {
            Age::Fresh
        } else if !online.get() {
            Age::Offline
        } else if pulse.is_stale() {
            Age::Stale
        } else {
            Age::Fresh
        }
    });
    let told = move || {
        let (icon, text, action) = match state.get() {
            Age::Fresh => return None,
            Age::Offline => (IconName::OFFLINE, Later::ConnectionOffline, None),
            Age::Stale => (IconName::CLOCK, Later::ConnectionStale, Some(Later::ConnectionRenew)),
        };
        let action = action.map(|action| {
            view! {
                <button type="button" class="text-link" on:click=move |_| pulse.renew()>
                    {i18n.text(action)}
                </button>
            }
        });
        Some(
            view! {
                <div class="toast">
                    <Icon name=icon class="i small" />
                    <span>{i18n.text(text)}</span>
                    {action}
                </div>
            }
            .into_any(),
        )
    };
    view! {
        <div class="toasts quiet" role="status">
            {told}
        </div>
    }
}

/// By the time of day: the browser's own count may stand still while the machine sleeps. A clock that was set looks like
/// a sleep, and loading once more does no harm.
fn renew_when_old(pulse: Pulse) {
    let since = StoredValue::new(browser::clock());
    browser::on_visible(move || {
        let now = browser::clock();
        if (now - since.get_value()).abs() >= OLD_MS {
            since.set_value(now);
            pulse.renew();
        }
    });
}
