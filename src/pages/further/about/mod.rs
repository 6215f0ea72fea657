//! `/about`: which portal this is, who helps with it, and what it keeps in this browser (experience.md P4, P5).

mod kept;

use std::sync::Arc;

use leptos::prelude::*;
use portal_core::text::{About, Later};

use super::facts::{Fact, facts};
use super::page;
use super::section::section;
use crate::browser;
use crate::i18n::{tr, use_i18n};
use crate::pages::title::product;
use crate::settings::Deployment;

/// Where the licence can be read.
const LICENCE: &str = "https://www.apache.org/licenses/LICENSE-2.0";

/// The page.
#[component]
pub fn AboutPage() -> impl IntoView {
    page(About::Title, Box::new(sections))
}

fn sections() -> AnyView {
    view! {
        <div class="sections">
            {section("about-portal", About::ThisPortal, portal())}
            {section("about-help", About::Help, help())}
            {section("about-kept", About::Kept, kept::kept())}
        </div>
    }
    .into_any()
}

fn portal() -> AnyView {
    let i18n = use_i18n();
    let settings = &expect_context::<Arc<Deployment>>().settings;
    let operations = if settings.server_operations.is_empty() {
        Fact::Words(About::ServerOperationsNone.into())
    } else {
        Fact::Text(settings.server_operations.join(" · "))
    };
    let build = browser::build().map_or(Fact::Words(About::BuildOwn.into()), Fact::Code);
    let known = vec![
        (About::Product.into(), Some(Fact::Text(product().get_untracked()))),
        (About::Version.into(), Some(Fact::Text(env!("CARGO_PKG_VERSION").to_owned()))),
        (About::Build.into(), Some(build)),
        (About::Service.into(), Some(Fact::Code(settings.api_base.clone()))),
        (About::ServerOperations.into(), Some(operations)),
    ];
    view! {
        {facts(i18n, known)}
        <dl class="facts">
            <div>
                <dt>{tr(About::Licence)}</dt>
                <dd>
                    <a class="text-link" href=LICENCE target="_blank" rel="noopener noreferrer license">
                        {tr(About::LicenceName)}
                    </a>
                </dd>
            </div>
        </dl>
    }
    .into_any()
}

fn help() -> AnyView {
    let i18n = use_i18n();
    let settings = &expect_context::<Arc<Deployment>>().settings;
    let contact = settings.contact.as_deref();
    let contact = Fact::text(contact).unwrap_or(Fact::Words(About::ContactNone.into()));
    let link = |address: &Option<String>, name: AnyView| {
        address.clone().map(|address| {
            view! {
                <li>
                    <a class="text-link" href=address target="_blank" rel="noopener noreferrer">
                        {name}
                    </a>
                </li>
            }
        })
    };
    let help = link(&settings.help_url, tr(About::HelpLink).into_any());
    let privacy = link(&settings.privacy_url, tr(Later::Privacy).into_any());
    view! {
        {facts(i18n, vec![(About::Contact.into(), Some(contact))])}
        {(help.is_some() || privacy.is_some()).then(|| view! { <ul class="names">{help} {privacy}</ul> })}
    }
    .into_any()
}
