//! The title of the tab: page, organization, product (experience.md O6).

use std::rc::Rc;

use portal_core::text::{Text, fill};

use crate::browser;
use crate::i18n::use_i18n;
use crate::session::use_session;
use crate::settings::Deployment;
use crate::state::{Signal, effect, provided};

/// The product's name: the deployment's own, or ours.
pub fn product() -> Signal<String> {
    let i18n = use_i18n();
    let own = provided::<Rc<Deployment>>().settings.title.clone();
    Signal::derive(move || own.clone().unwrap_or_else(|| i18n.text(Text::Product)))
}

/// Keeps the title of the tab.
pub fn set_page_title(page: Signal<String>) {
    let (i18n, session, product) = (use_i18n(), use_session(), product());
    effect(move || {
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
