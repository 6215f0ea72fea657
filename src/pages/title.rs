//! The title of the tab: page, organization, product (experience.md O6).

use std::sync::Arc;

use leptos::prelude::*;
use portal_core::text::{Text, fill};

use crate::browser;
use crate::i18n::use_i18n;
use crate::session::use_session;
use crate::settings::Deployment;

/// The product's name: the deployment's own, or ours.
pub fn product() -> Signal<String> {
    let i18n = use_i18n();
    let own = expect_context::<Arc<Deployment>>().settings.title.clone();
    Signal::derive(move || own.clone().unwrap_or_else(|| i18n.text(Text::Product)))
}

/// Keeps the title of the tab.
pub fn set_page_title(page: Signal<String>) {
    keep_title(None, page);
}

/// Keeps the title of the tab while a page is on screen that stays behind others.
pub fn set_page_title_while(shown: Memo<bool>, page: Signal<String>) {
    keep_title(Some(shown), page);
}

fn keep_title(shown: Option<Memo<bool>>, page: Signal<String>) {
    let (i18n, session, product) = (use_i18n(), use_session(), product());
    Effect::new(move || {
        if shown.is_some_and(|shown| !shown.get()) {
            return;
        }
        let (page, product) = (page.get(), product.get());
        let title = match session.stage().organization() {
            Some(organization) => fill(
                &i18n.text(Text::PageTitle),
                &[("page", &page), ("organization", &organization.name), ("product", &product)],
            ),
            None => fill(&i18n.text(Text::PageTitleSignedOut), &[("page", &page), ("product", &product)]),
        };
        browser::set_title(&title);
    });
}
