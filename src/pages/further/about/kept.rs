//! What the portal keeps in this browser, and the way to erase it (experience.md P5). The session stays: signing out is
//! what ends it.

use leptos::prelude::*;
use portal_core::text::{About, Later};

use crate::browser::{self, Shelf};
use crate::components::{Dialog, Icon, IconName, Notice, Tone};
use crate::i18n::{I18n, tr, use_i18n};
use crate::pages::further::section::none;

/// The session and what its tabs need of each other: the record, the marker of all tabs, when it was used last; and the
/// memory of the demonstration, without which it would not know the session. And when the page has loaded itself again, so
/// that it does not do so for ever.
const SESSION: [&str; 4] = ["portal.session", "portal.active", "portal.demo", "portal.renewed"];

type Kept = Vec<(Shelf, String)>;

fn list() -> Kept {
    let of = |shelf: Shelf| {
        let mut keys = browser::kept(shelf);
        keys.sort();
        keys.into_iter().map(move |key| (shelf, key))
    };
    let all = of(Shelf::Device).chain(of(Shelf::Tab));
    all.filter(|(_, key)| !SESSION.contains(&key.as_str())).collect()
}

/// The list with its button.
pub(super) fn kept() -> AnyView {
    let i18n = use_i18n();
    let (entries, asks, erased) = (RwSignal::new(list()), RwSignal::new(false), RwSignal::new(false));
    let erase = Callback::new(move |()| {
        for (shelf, key) in list() {
            browser::forget(shelf, &key);
        }
        // The theme is on the page; the language is what the person reads now.
        browser::set_theme(None);
        asks.set(false);
        erased.set(true);
        entries.set(list());
    });
    let shown = move || entries.with(|entries| rows(i18n, entries));
    let button = move || {
        (!entries.with(Vec::is_empty)).then(|| {
            let ask = move |_| {
                // Other tabs may have written since.
                entries.set(list());
                erased.set(false);
                asks.set(true);
            };
            view! {
                <button type="button" class="button" aria-haspopup="dialog" on:click=ask>
                    {tr(About::Erase)}
                </button>
            }
        })
    };
    let done = move || {
        erased.get().then(|| {
            view! { <Notice title=i18n.text(About::Erased) tone=Tone::Calm icon=IconName::CHECK /> }
        })
    };
    view! {
        <p class="section-about">{tr(About::KeptAbout)}</p>
        {shown}
        <p class="section-about">{tr(About::KeptSession)}</p>
        {done}
        <div class="actions">{button}</div>
        {question(asks, erase)}
    }
    .into_any()
}

fn question(asks: RwSignal<bool>, erase: Callback<()>) -> AnyView {
    let close = Callback::new(move |()| asks.set(false));
    view! {
        <Dialog open=asks id="erase" title=tr(About::EraseTitle) on_close=close>
            <p class="dialog-body">{tr(About::EraseDetail)}</p>
            <div class="actions">
                <button type="button" class="button" on:click=move |_| close.run(())>
                    {tr(Later::Cancel)}
                </button>
                <button type="button" class="button danger" on:click=move |_| erase.run(())>
                    {tr(About::EraseDo)}
                </button>
            </div>
        </Dialog>
    }
    .into_any()
}

fn rows(i18n: I18n, entries: &Kept) -> AnyView {
    if entries.is_empty() {
        return none(About::KeptNothing);
    }
    let row = |(shelf, key): &(Shelf, String)| {
        let name = match name(key) {
            Some(name) => i18n.text(name),
            None => i18n.fill(About::KeptOther, &[("key", key.trim_start_matches("portal."))]),
        };
        let place = if *shelf == Shelf::Device { About::KeptDevice } else { About::KeptTab };
        view! {
            <li>
                <Icon name=IconName::CHECK class="i small" />
                <bdi>{name}</bdi>
                <small>{i18n.text(place)}</small>
            </li>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = entries.iter().map(row).collect();
    view! { <ul class="names">{rows}</ul> }.into_any()
}

fn name(key: &str) -> Option<About> {
    Some(match key {
        "portal.theme" => About::KeptTheme,
        "portal.locale" => About::KeptLanguage,
        "portal.account" => About::KeptAccount,
        "portal.organizations" => About::KeptOrganizations,
        "portal.last" => About::KeptLast,
        "portal.menu" => About::KeptMenu,
        "portal.branches" => About::KeptBranches,
        "portal.launcher" | "portal.categories" => About::KeptLauncher,
        "portal.landed" => About::KeptLanded,
        "portal.keep" => About::KeptKeep,
        _ => return None,
    })
}
