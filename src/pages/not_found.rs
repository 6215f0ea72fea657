//! An address that leads nowhere.

use leptos::prelude::*;
use portal_core::route::Route;
use portal_core::text::Later;

use super::banner::Banner;
use super::title::set_page_title;
use crate::components::{IconName, PageState};
use crate::i18n::{tr, use_i18n};
use crate::routes::use_places;

/// The page.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let (i18n, places) = (use_i18n(), use_places());
    set_page_title(tr(Later::NotFoundTitle));
    view! {
        <Banner />
        <main class="page" id="main" tabindex="-1">
            {move || {
                let title = i18n.text(Later::NotFoundTitle);
                let detail = Some(i18n.text(Later::NotFoundDetail));
                view! {
                    <PageState icon=IconName::EMPTY title detail heading=true>
                        <a class="button go" href=places.href(&Route::launcher())>
                            {tr(Later::NotFoundHome)}
                        </a>
                    </PageState>
                }.into_any()
            }}
        </main>
    }
}
