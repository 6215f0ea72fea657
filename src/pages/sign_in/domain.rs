//! The sign-in that the domain of an e-mail address has of its own (contract.md 1.13), offered beside the form. Where there
//! is none, or the service cannot say, nothing is shown: the password works as before.

use leptos::prelude::*;
use portal_api::Localized;
use portal_api::organization::GetUserDomain;
use portal_core::names::pick;
use portal_core::notice::service_text;
use portal_core::sign_on::{Provider, mail_domain};
use portal_core::text::Later;

use super::{Desk, way};
use crate::browser::{self, BrowserAddresses, Timer};
use crate::components::{IconName, Notice, Tone};
use crate::i18n::use_i18n;

/// How long nothing must be typed before the service is asked, in milliseconds.
const PAUSE_MS: u64 = 700;

/// What is offered.
#[derive(Clone)]
struct Offer {
    name: Localized,
    /// What follows the `@`, for a domain without a name.
    mail: String,
    provider: Provider,
}

/// What is known about the address in the box.
#[derive(Clone, Copy)]
pub struct Domains {
    desk: Desk,
    wanted: bool,
    offer: RwSignal<Option<Offer>>,
    /// The text that was asked about. A reply about another one comes too late.
    asked: StoredValue<String>,
    timer: StoredValue<Timer>,
}

impl Domains {
    /// Nothing is known yet.
    pub fn new(desk: Desk) -> Self {
        Self {
            desk,
            wanted: desk.deployment.with_value(|deployment| deployment.settings.user_domains),
            offer: RwSignal::new(None),
            asked: StoredValue::new(String::new()),
            timer: StoredValue::new(Timer::default()),
        }
    }

    /// Something was typed: asked about when the typing pauses.
    pub fn typed(self, text: &str) {
        let text = text.trim().to_owned();
        if !self.wanted || self.asked.get_value() == text {
            return;
        }
        self.asked.set_value(String::new());
        self.offer.update(|offer| *offer = None);
        self.timer.update_value(|timer| {
            timer.stop();
            if mail_domain(&text).is_some() {
                timer.start(PAUSE_MS, move || self.settled(&text));
            }
        });
    }

    /// The box was left, or nothing was typed for a while.
    pub fn settled(self, text: &str) {
        let text = text.trim().to_owned();
        // The part of the page may be gone.
        let Some(asked) = self.asked.try_get_value() else { return };
        let Some(mail) = mail_domain(&text).map(str::to_owned) else { return };
        if !self.wanted || asked == text {
            return;
        }
        self.timer.update_value(Timer::stop);
        self.asked.set_value(text.clone());
        browser::spawn(async move {
            let reply = self.desk.session.ask(&GetUserDomain { email: text.clone() }).await;
            if self.asked.try_get_value() != Some(text) {
                return;
            }
            let Ok(domain) = reply else { return };
            let provider = self.desk.deployment.with_value(|deployment| {
                Provider::of_domain(&deployment.policy, &BrowserAddresses, domain.address.as_deref())
            });
            self.offer.set(provider.map(|provider| Offer { name: domain.name, mail, provider }));
        });
    }

    /// Whether something is offered; changes are followed.
    pub fn offers(self) -> bool {
        self.offer.with(Option::is_some)
    }
}

/// The offer.
#[component]
pub fn DomainOffer(
    /// What is known.
    domains: Domains,
) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        let Offer { name, mail, provider } = domains.offer.get()?;
        let name = pick(&name, &i18n.locale()).and_then(service_text).unwrap_or(mail);
        let title = i18n.fill(Later::SignOnDomain, &[("name", &name)]);
        let button = i18n.fill(Later::SignOnButtonNamed, &[("name", &name)]);
        let go = move |_| way::go(domains.desk, &provider, Some(name.clone()), true);
        Some(
            view! {
                <Notice title tone=Tone::Calm icon=IconName::BUILDING>
                    <button type="button" class="button" on:click=go>
                        {button}
                    </button>
                </Notice>
            }
            .into_any(),
        )
    }
}
