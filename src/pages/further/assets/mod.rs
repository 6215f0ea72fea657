//! `/assets` and `/assets/<application id>`: the assets of an application as a tree, what is known of one of them, and
//! what may be done with them (contract.md 1.15 to 1.21).

mod authorize;
mod check;
mod choose;
mod details;
mod facts;
mod field;
mod long;
mod look;
mod members;
mod of_user;
mod outline;
mod sync;
mod told;
mod writing;

use leptos::prelude::*;
use portal_api::ApplicationId;
use portal_api::asset::{GetAssetsByOrganization, SyncAsset};
use portal_core::route::further::Further;
use portal_core::text::Assets;

use self::authorize::Authorizing;
use self::check::Checking;
use self::look::Look;
use self::writing::Writing;
use super::offered::{is_offered, not_offered};
use super::page;
use crate::components::{Icon, IconName};
use crate::i18n::{I18n, tr, use_i18n};
use crate::pages::follow::{Follow, use_follow};
use crate::routes::{Places, use_places};
use crate::session::{Session, use_session};

/// What all parts of the screen use.
#[derive(Clone, Copy)]
struct Screen {
    i18n: I18n,
    session: Session,
    places: Places,
    follow: Follow,
    look: Look,
    /// Goes up when something was changed at the service: what is shown is asked for anew.
    fresh: RwSignal<usize>,
}

impl Screen {
    /// Says something at the edge of the page.
    fn tell(self, text: String) {
        self.follow.tell(text, None);
    }

    /// The working organization: its id and name.
    fn organization(self) -> Option<portal_api::Organization> {
        self.session.stage_untracked().organization().cloned()
    }

    fn organization_name(self) -> String {
        self.organization().map(|organization| organization.name).unwrap_or_default()
    }
}

/// The page.
#[component]
pub fn AssetsPage(
    /// Of which application; `None` asks.
    application: Option<ApplicationId>,
) -> impl IntoView {
    let places = use_places();
    let screen = Screen {
        i18n: use_i18n(),
        session: use_session(),
        places,
        follow: use_follow(),
        look: Look::new(places, Further::Assets { application: application.clone() }),
        fresh: RwSignal::new(0),
    };
    page(Assets::Title, Box::new(move || content(screen, application)))
}

fn content(screen: Screen, application: Option<ApplicationId>) -> AnyView {
    let (checking, authorizing) = (Checking::new(), Authorizing::new());
    let syncing = Writing::new(Assets::SyncTitle);
    let of_user = Memo::new(move |_| screen.look.is_of_user());
    let shown = move || match (of_user.get(), application.clone()) {
        (true, _) if !is_offered::<GetAssetsByOrganization>() => not_offered::<GetAssetsByOrganization>(),
        (true, _) => of_user::of_user(screen),
        (false, None) => choose::choose(screen),
        (false, Some(application)) => outline::outline(screen, application, checking, authorizing),
    };
    view! {
            <div class="assets-bar">
                {views(screen, of_user)}
                <div class="actions">
                    <button
                        type="button"
                        class="button"
                        aria-haspopup="dialog"
                        on:click=move |_| checking.ask(String::new())
                    >
                        <Icon name=IconName::CHECK class="i small" />
                        {tr(Assets::Check)}
                    </button>
                    {is_offered::<SyncAsset>()
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="button"
                                    aria-haspopup="dialog"
                                    on:click=move |_| syncing.ask()
                                >
                                    <Icon name=IconName::RELOAD class="i small" />
                                    {tr(Assets::Sync)}
                                </button>
                            }
    })}
                </div>
            </div>
            {shown}
            {check::dialog(screen, checking)}
            {authorize::dialog(screen, authorizing)}
            {sync::dialog(screen, syncing)}
            {members::members(screen, Signal::derive(move || of_user.get() || authorizing.is_open()))}
        }
    .into_any()
}

/// Two ways to look: by application, or by user.
fn views(screen: Screen, of_user: Memo<bool>) -> AnyView {
    let view = move |user: bool, name: Assets| {
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || if of_user.get() == user { "true" } else { "false" }
                on:click=move |_| screen.look.show_user(user)
            >
                {tr(name)}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="chips" role="group" aria-label=tr(Assets::View)>
            {view(false, Assets::ViewApplication)}
            {view(true, Assets::ViewUser)}
        </div>
    }
    .into_any()
}
