//! Pages of the portal's own origin in a tab of their own: only where their server isolates them. That is asked before, once
//! for each address, and what cannot be opened says why.

use std::rc::Rc;

use portal_core::launch::{Address, TabRule, is_isolated};
use portal_core::text::{Later, Word};

use super::follow::use_follow;
use crate::browser::{self, frames};
use crate::components::{Icon, IconName};
use crate::i18n::{tr, use_i18n};
use crate::settings::Deployment;
use crate::state::{Callback, State, provided};
use crate::view::{Part, view};

/// What is known of pages of the portal's own origin; `app.rs` provides it.
#[derive(Clone, Copy, Debug)]
pub struct OwnTabs(State<Vec<(String, bool)>>);

impl OwnTabs {
    /// Nothing is known yet.
    pub fn start() -> Self {
        Self(State::new(Vec::new()))
    }

    /// Whether an address is isolated, where it is known; changes are followed.
    fn known(self, address: &str) -> Option<bool> {
        self.0.with(|known| known.iter().find(|(of, _)| of == address).map(|(_, isolated)| *isolated))
    }

    /// The same, asked if need be; `None` where no answer came.
    async fn ask(self, address: &str) -> Option<bool> {
        if let Some(known) = leptos::prelude::untrack(|| self.known(address)) {
            return Some(known);
        }
        let isolated = is_isolated(&browser::page_policy(address).await?);
        self.0.update(|known| known.push((address.to_owned(), isolated)));
        Some(isolated)
    }
}

/// What of an address the server sees.
fn asked(address: &Address) -> String {
    address.as_str().split('#').next().unwrap_or_default().to_owned()
}

/// Whether a page has to be asked before it may open in a tab.
pub fn is_asked(address: &Address) -> bool {
    provided::<Rc<Deployment>>().policy.tab_rule(address) == TabRule::Isolated
}

/// Opens a page that [`is_asked`] in a tab, or says why not.
pub fn open_own(address: &Address) -> Callback<()> {
    let (tabs, follow, i18n) = (provided::<OwnTabs>(), use_follow(), use_i18n());
    let address = address.clone();
    Callback::new(move |()| {
        let address = address.clone();
        browser::spawn(async move {
            let why = match tabs.ask(&asked(&address)).await {
                Some(true) => return frames::open_tab(address.as_str()),
                Some(false) => Later::ShellNoTab,
                None => Later::ShellNoTabNow,
            };
            follow.tell(i18n.text(why), None);
        });
    })
}

/// How a way looks.
#[derive(Clone, Copy, Debug)]
pub enum Look {
    /// A picture in a bar.
    Icon(IconName),
    /// Words, by this class.
    Words(&'static str),
}

/// The way to a page in a tab of its own: a link, or a button where the page has to be asked first.
pub fn tab_way(address: &Address, label: impl Into<Word>, look: Look) -> Part {
    let label = label.into();
    let (class, icon) = match look {
        Look::Icon(icon) => ("icon-button", Some(icon)),
        Look::Words(class) => (class, None),
    };
    let (label, why) = (tr(label), tr(Later::ShellNoTab));
    let name = move || icon.is_some().then(|| label.get());
    let content = move || match icon {
        Some(name) => view! { <Icon name /> },
        None => Part::of(label),
    };
    if !is_asked(address) {
        return view! {
            <a
                class=class
                href=address.as_str().to_owned()
                target="_blank"
                rel="noopener noreferrer"
                aria-label=name
                title=name
            >
                {content()}
            </a>
        };
    }
    let (tabs, key, run) = (provided::<OwnTabs>(), asked(address), open_own(address));
    let is_closed = {
        let key = key.clone();
        move || tabs.known(&key) == Some(false)
    };
    // Before it is pressed, so that one that can only refuse says so.
    browser::spawn(async move {
        let _ = tabs.ask(&key).await;
    });
    let closed = is_closed.clone();
    let title = move || if closed() { Some(why.get()) } else { name() };
    view! {
        <button
            type="button"
            class=class
            aria-label=name
            title=title
            aria-disabled=move || is_closed().then_some("true")
            on:click=move |_| run.run(())
        >
            {content()}
        </button>
    }
}
