//! What the account menu of the banner holds.

use leptos::prelude::*;
use portal_core::route::further::Further;
use portal_core::text::{Later, Text};

use super::person::use_person;
use super::preferences::use_preferences;
use crate::components::{IconName, Menu, MenuEntry, menu_panel};
use crate::i18n::{tr, use_i18n};
use crate::leaving::use_leaving;
use crate::routes::use_places;
use crate::session::use_session;

/// The panel.
pub fn account_menu(menu: Menu) -> AnyView {
    let (i18n, session, places) = (use_i18n(), use_session(), use_places());
    let (preferences, person) = (use_preferences(), use_person());
    let head = Signal::derive(move || (person.name(), person.detail()));
    let switch = Callback::new(move |()| places.go(&places.choice()));
    let leaving = use_leaving();
    let sign_out = Callback::new(move |()| leaving.ask_for_all(move || session.sign_out()));
    let entries = Signal::derive(move || {
        let link = |label, icon, screen: &Further| MenuEntry::Link {
            label: i18n.text(label),
            icon,
            href: places.href(&screen.route()),
            new_tab: false,
        };
        vec![
            link(Later::AccountProfile, IconName::PERSON, &Further::Profile),
            link(Later::AccountMessages, IconName::BELL, &Further::Messages),
            link(Later::AccountPeople, IconName::PEOPLE, &Further::People),
            link(Later::AccountAssets, IconName::ASSETS, &Further::Assets { application: None }),
            link(Later::AccountConsole, IconName::CONSOLE, &Further::Console),
            link(Later::AccountAbout, IconName::INFO, &Further::About),
            MenuEntry::Rule,
            MenuEntry::Action {
                label: i18n.text(Later::AccountSwitchOrganization),
                icon: IconName::SWAP,
                run: switch,
            },
            MenuEntry::Choice {
                label: i18n.text(Later::AccountLanguage),
                icon: IconName::GLOBE,
                value: preferences.language(),
                options: preferences.languages(),
                choose: preferences.choose_language(),
            },
            MenuEntry::Choice {
                label: i18n.text(Later::AccountTheme),
                icon: IconName::MOON,
                value: preferences.theme(),
                options: preferences.themes(),
                choose: preferences.choose_theme(),
            },
            MenuEntry::Rule,
            MenuEntry::Action {
                label: i18n.text(Text::AccountSignOut),
                icon: IconName::SIGN_OUT,
                run: sign_out,
            },
        ]
    });
    menu_panel(menu, tr(Text::AccountMenu), head, entries)
}
