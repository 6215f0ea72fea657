//! The screens besides launcher and applications. Their code comes when one of them is first shown.

pub mod about;
pub mod assets;
pub mod console;
pub mod facts;
pub mod offered;
pub mod people;
pub mod profile;
pub mod section;
pub mod structures;

use leptos::prelude::*;
use portal_core::route::Route;
use portal_core::route::further::Further;
use portal_core::text::Word;

use super::banner::Banner;
use super::messages::MessagesPage;
use super::not_found::NotFoundPage;
use super::title::set_page_title;
use crate::browser::{dom, scroll, viewport};
use crate::i18n::tr;
use crate::lazy;
use crate::routes::use_places;

/// The id of the heading.
pub const HEADING_ID: &str = "title";

/// The screen that the address names.
#[component]
pub fn FurtherPage() -> impl IntoView {
    let places = use_places();
    let screen = Memo::new(move |before: Option<&Option<Further>>| match places.route() {
        route @ Route::Further { .. } => Further::of(&route).map(|(screen, _)| screen),
        // On the way to another screen.
        _ => before.cloned().flatten(),
    });
    move || match screen.get() {
        Some(Further::Messages) => view! { <MessagesPage /> }.into_any(),
        Some(Further::Profile) => view! { <profile::ProfilePage /> }.into_any(),
        Some(Further::Assets { application }) => view! { <assets::AssetsPage application /> }.into_any(),
        Some(Further::People) => view! { <people::PeoplePage /> }.into_any(),
        Some(Further::Console) => lazy::console(),
        Some(Further::About) => view! { <about::AboutPage /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

/// What these screens share: banner, heading, the title of the tab. Who comes from another page finds the focus on the
/// heading.
pub fn page(title: impl Into<Word>, children: Children) -> AnyView {
    let title = title.into();
    set_page_title(tr(title));
    if !viewport::is_first_screen() {
        Effect::new(|| {
            if scroll::nothing_has_focus() {
                dom::focus_id(HEADING_ID);
            }
        });
    }
    view! {
        <Banner />
        <main class="page" id="main" tabindex="-1">
            <div class="page-head">
                <h1 id=HEADING_ID tabindex="-1">
                    {tr(title)}
                </h1>
            </div>
            {children()}
        </main>
    }
    .into_any()
}
