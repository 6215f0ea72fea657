//! The banner of every page behind sign-in: product, organization, a place for the page's search, account menu.

use leptos::prelude::*;
use portal_core::route::Route;
use portal_core::text::Text;

use super::person::use_person;
use super::title::product;
use super::waiting::use_waiting;
use crate::components::{Icon, IconName, MenuButton, mark};
use crate::i18n::{tr, use_i18n};
use crate::lazy;
use crate::routes::use_places;
use crate::session::use_session;

/// The banner, with the skip link before it. The page's content has the id `main`.
#[component]
pub fn Banner(
    /// The page's search box.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (i18n, session, places) = (use_i18n(), use_session(), use_places());
    let organization =
        Memo::new(move |_| session.stage().organization().map(|o| o.name.clone()).unwrap_or_default());
    let organization_label =
        move || i18n.fill(Text::BannerOrganization, &[("organization", &organization.get())]);
    let choose = move || places.href(&places.choice());
    view! {
        <a class="skip" href="#main" rel="external">
            {tr(Text::SkipToContent)}
        </a>
        <header class="banner">
            <div class="banner-start">
                <a class="brand" href=places.href(&Route::launcher())>
                    <Icon name=IconName::LOGO />
                    <span>{product()}</span>
                </a>
                <a class="org" href=choose aria-label=organization_label title=organization>
                    <bdi>{organization}</bdi>
                    <Icon name=IconName::DOWN class="i small" />
                </a>
            </div>
            {children.map(|children| children())}
            <div class="banner-end">
                {use_waiting().bell()}
                <AccountMenu />
            </div>
        </header>
    }
}

#[component]
fn AccountMenu() -> impl IntoView {
    let person = use_person();
    let panel = Box::new(lazy::account_menu);
    view! {
        <MenuButton label=tr(Text::AccountMenu) class="me" panel>
            <span aria-hidden="true">{move || mark::initials(&person.name())}</span>
        </MenuButton>
    }
}
