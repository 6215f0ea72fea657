//! The banner of every page behind sign-in: product, organization, a place for the page's search, account menu.

use leptos::prelude::*;
use portal_api::organization::GetUserInformation;
use portal_core::route::Route;
use portal_core::text::Text;

use super::preferences::use_preferences;
use super::title::product;
use crate::components::{Icon, IconName, MenuButton, MenuEntry, mark};
use crate::i18n::{tr, use_i18n};
use crate::load::Load;
use crate::routes::use_places;
use crate::session::use_session;
use crate::view::{Children, Part, view};
use crate::state::Derived;

/// The banner, with the skip link before it. The page's content has the id `main`.
#[component]
pub fn Banner(
    /// The page's search box.
    #[prop(optional)]
    children: Option<Children>,
) -> Part {
    let (i18n, session, places) = (use_i18n(), use_session(), use_places());
    let organization =
        Derived::new(move |_| session.stage().organization().map(|o| o.name.clone()).unwrap_or_default());
    let organization_label =
        move || i18n.fill(Text::BannerOrganization, &[("organization", &organization.get())]);
    let choose = places.href(&Route::Organizations { next: None });
    view! {
        <a class="skip" href="#main" rel="external">
            {tr(Text::SkipToContent)}
        </a>
        <header class="banner">
            <div class="banner-start">
                <a class="brand" href=places.href(&Route::launcher())>
                    <Icon name=IconName::Logo />
                    <span>{product()}</span>
                </a>
                <a class="org" href=choose aria-label=organization_label title=organization>
                    <bdi>{organization}</bdi>
                    <Icon name=IconName::Down class="i small" />
                </a>
            </div>
            {children.map(|children| children())}
            <div class="banner-end">
                <AccountMenu />
            </div>
        </header>
    }
}

#[component]
fn AccountMenu() -> Part {
    let (i18n, session, places) = (use_i18n(), use_session(), use_places());
    let preferences = use_preferences();
    // The sign-in reply knows the account's name only; a failure here leaves that (contract.md 1.12).
    let person = Load::new(
        move || Some(session.epoch()),
        move |_| Box::pin(async move { session.request(&GetUserInformation).await }),
    );
    let name = Derived::new(move |_| {
        let told = person.value().and_then(|person| person.shown_name().map(str::to_owned));
        told.unwrap_or_else(|| session.viewer().name)
    });
    let head = Signal::derive(move || {
        let email = person.value().and_then(|person| person.email.clone()).or_else(|| session.viewer().email);
        Some((name.get(), email.unwrap_or_else(|| session.viewer().name)))
    });
    let switch = Callback::new(move |()| places.go(&Route::Organizations { next: None }));
    let sign_out = Callback::new(move |()| session.sign_out());
    let entries = Signal::derive(move || {
        vec![
            MenuEntry::Action {
                label: i18n.text(Text::AccountSwitchOrganization),
                icon: IconName::Swap,
                run: switch,
            },
            MenuEntry::Choice {
                label: i18n.text(Text::AccountLanguage),
                icon: IconName::Globe,
                value: preferences.language(),
                options: preferences.languages(),
                choose: preferences.choose_language(),
            },
            MenuEntry::Choice {
                label: i18n.text(Text::AccountTheme),
                icon: IconName::Moon,
                value: preferences.theme(),
                options: preferences.themes(),
                choose: preferences.choose_theme(),
            },
            MenuEntry::Rule,
            MenuEntry::Action {
                label: i18n.text(Text::AccountSignOut),
                icon: IconName::SignOut,
                run: sign_out,
            },
        ]
    });
    view! {
        <MenuButton label=tr(Text::AccountMenu) class="me" head entries>
            <span aria-hidden="true">{move || mark::initials(&name.get())}</span>
        </MenuButton>
    }
}
