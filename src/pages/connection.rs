//! That the network is away, that the session is being renewed, or that what is shown is old: said in a quiet way, while
//! the page stays as it is.

use leptos::prelude::*;
use portal_core::text::Later;

use crate::browser;
use crate::components::{Icon, IconName};
use crate::i18n::use_i18n;
use crate::query::Queries;
use crate::reactive::SetIfChanged;
use crate::session::{Session, use_session};

/// After so long what is seen is loaded anew when the tab comes into view, in milliseconds.
const OLD_MS: i64 = 15 * 60_000;

/// A renewal of the session that takes this long is mentioned, in milliseconds.
const RENEWING_MS: u32 = 3_000;
/// After this long the user is offered a choice, in milliseconds. A reply that comes later still counts.
const CHOICE_MS: u32 = 15_000;

/// What there is to say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Age {
    Fresh,
    Offline,
    Renewing,
    RenewingLong,
    Stale,
}

/// How long a renewal has been under way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Renewing {
    Short,
    Noticeable,
    Long,
}

/// What the user can do about it.
#[derive(Clone, Copy)]
enum Action {
    Refresh,
    Wait,
    SignIn,
}

/// Follows the renewal of the session.
fn renewing(session: Session) -> RwSignal<Renewing> {
    let renewing = RwSignal::new(Renewing::Short);
    let turn = StoredValue::new(0_u32);
    Effect::new(move || {
        let this = turn.get_value() + 1;
        turn.set_value(this);
        renewing.set_if_changed(Renewing::Short);
        if !session.is_renewing() {
            return;
        }
        browser::spawn(async move {
            for (wait, reached) in
                [(RENEWING_MS, Renewing::Noticeable), (CHOICE_MS - RENEWING_MS, Renewing::Long)]
            {
                browser::sleep(wait).await;
                // Another renewal counts from its own beginning.
                if turn.try_get_value() != Some(this) {
                    return;
                }
                renewing.set(reached);
            }
        });
    });
    renewing
}

/// The region.
#[component]
pub fn Connection() -> impl IntoView {
    let (i18n, session, queries) = (use_i18n(), use_session(), expect_context::<Queries>());
    let online = RwSignal::new(browser::is_online());
    browser::on_network("online", move || online.set(true));
    browser::on_network("offline", move || online.set(false));
    renew_when_old(queries);
    let renewing = renewing(session);
    let state = Memo::new(move |_| {
        if session.stage().organization().is_none() {
            Age::Fresh
        } else if !online.get() {
            Age::Offline
        } else if renewing.get() != Renewing::Short {
            if renewing.get() == Renewing::Long { Age::RenewingLong } else { Age::Renewing }
        } else if queries.is_stale() {
            Age::Stale
        } else {
            Age::Fresh
        }
    });
    let told = move || {
        let (icon, text, actions): (_, _, &[Action]) = match state.get() {
            Age::Fresh => return None,
            Age::Offline => (IconName::OFFLINE, Later::ConnectionOffline, &[]),
            Age::Renewing => (IconName::CLOCK, Later::ConnectionRenewing, &[]),
            Age::RenewingLong => {
                (IconName::CLOCK, Later::ConnectionRenewingLong, &[Action::Wait, Action::SignIn])
            }
            Age::Stale => (IconName::CLOCK, Later::ConnectionStale, &[Action::Refresh]),
        };
        let button = |action: Action| {
            let (text, run): (_, Box<dyn Fn()>) = match action {
                Action::Refresh => (Later::ConnectionRenew, Box::new(move || queries.renew())),
                Action::Wait => (Later::ConnectionWait, Box::new(move || renewing.set(Renewing::Noticeable))),
                Action::SignIn => (Later::ConnectionSignIn, Box::new(move || session.sign_in_again())),
            };
            view! {
                <button type="button" class="text-link" on:click=move |_| run()>
                    {i18n.text(text)}
                </button>
            }
            .into_any()
        };
        let action: Vec<AnyView> = actions.iter().copied().map(button).collect();
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
fn renew_when_old(queries: Queries) {
    let since = StoredValue::new(browser::clock());
    browser::on_visible(move || {
        let now = browser::clock();
        if (now - since.get_value()).abs() >= OLD_MS {
            since.set_value(now);
            queries.renew();
        }
    });
}
