//! What the account menu of the banner holds.

use portal_api::Endpoint;
use portal_api::organization::{GetUserInformation, UserInformation};
use portal_core::text::{Later, Text};

use super::preferences::use_preferences;
use crate::components::{IconName, Menu, MenuEntry, menu_panel};
use crate::i18n::{tr, use_i18n};
use crate::leaving::use_leaving;
use crate::load::Load;
use crate::routes::use_places;
use crate::session::{Session, use_session};
use crate::state::{Callback, Signal};
use crate::view::Part;

/// Who is signed in, for the button and its menu.
#[derive(Clone, Copy)]
pub struct Person {
    session: Session,
    told: Load<UserInformation>,
}

impl Person {
    /// Asks the service.
    pub fn load() -> Self {
        let session = use_session();
        let told = Load::new(
            GetUserInformation::SPEC.repeatable,
            move || Some(session.epoch()),
            move |_| Box::pin(async move { session.request(&GetUserInformation).await }),
        );
        Self { session, told }
    }

    /// The shown name. The sign-in reply knows the account's name only; a failure of the call leaves that (contract.md
    /// 1.12).
    pub fn name(self) -> String {
        let told = self.told.value().and_then(|person| person.shown_name().map(str::to_owned));
        told.unwrap_or_else(|| self.session.viewer().name)
    }

    /// The e-mail address, or else the account's name.
    fn detail(self) -> String {
        let viewer = self.session.viewer();
        let told = self.told.value().and_then(|person| person.email.clone());
        told.or(viewer.email).unwrap_or(viewer.name)
    }
}

/// The panel.
pub fn account_menu(menu: Menu, person: Person) -> Part {
    let (i18n, session, places) = (use_i18n(), use_session(), use_places());
    let preferences = use_preferences();
    let head = Signal::derive(move || (person.name(), person.detail()));
    let switch = Callback::new(move |()| places.go(&places.choice()));
    let leaving = use_leaving();
    let sign_out = Callback::new(move |()| leaving.ask_for_all(move || session.sign_out()));
    let entries = Signal::derive(move || {
        vec![
            MenuEntry::Action {
                label: i18n.text(Later::AccountSwitchOrganization),
                icon: IconName::Swap,
                run: switch,
            },
            MenuEntry::Choice {
                label: i18n.text(Later::AccountLanguage),
                icon: IconName::Globe,
                value: preferences.language(),
                options: preferences.languages(),
                choose: preferences.choose_language(),
            },
            MenuEntry::Choice {
                label: i18n.text(Later::AccountTheme),
                icon: IconName::Moon,
                value: preferences.theme(),
                options: preferences.themes(),
                choose: preferences.choose_theme(),
            },
            MenuEntry::Rule,
            MenuEntry::Action {
                label: i18n.text(Text::AccountSignOut),
                icon: IconName::SignOut,
                run: sign_out,
            },
        ]
    });
    menu_panel(menu, tr(Text::AccountMenu), head, entries)
}
