//! What a page can ask for: the calls of the EnOS front-end kit by the same names (contract.md 4.4), and our own.

use portal_api::ApplicationId;
use portal_api::json::RawValue;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Failure, MAX_STATE, MAX_TITLE};
use crate::names::is_unseen;

/// How much of the portal stands around a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ViewMode {
    /// 0: everything.
    #[default]
    All,
    /// 1: without the menu.
    NoMenu,
    /// 2: the page alone, below the thin bar.
    Alone,
}

/// Another place to go to. Names an application, a menu entry, or both.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Switch {
    /// The application by its id.
    pub application: Option<ApplicationId>,
    /// The application by its code, where no id is given.
    pub code: Option<String>,
    /// The menu entry by its code.
    pub menu: Option<String>,
    /// Whether it opens in a new tab.
    pub new_tab: bool,
    /// What the page there shall show.
    pub state: Option<String>,
}

/// A call with its arguments.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Call {
    /// `getUserInfo`
    UserInfo,
    /// `getAppInfo`
    AppInfo,
    /// `getPermissions`
    Permissions,
    /// `getLocale`
    Locale,
    /// `getAvailableLocales`
    AvailableLocales,
    /// `getTheme`
    Theme,
    /// `getAppAssets`
    AppAssets,
    /// `setPageTitle`: fit to be shown; an empty one takes back what was set.
    PageTitle(String),
    /// `setViewMode`
    ViewMode(ViewMode),
    /// `toggleMenu`: whether the menu is shown.
    ToggleMenu(bool),
    /// `switchPage`
    SwitchPage(Switch),
    /// `setHelpUrl`: as sent, for the launch policy to look at; `None` takes it back.
    HelpUrl(Option<String>),
    /// `setNotificationUrl`: the same.
    NotificationUrl(Option<String>),
    /// `logout`
    Logout,
    /// `setUnsaved`: whether leaving the page would lose something.
    Unsaved(bool),
    /// `setState`
    State {
        /// What the page shows now.
        state: Option<String>,
        /// Whether the way back leads to what it showed before.
        step: bool,
    },
    /// `getAccessToken`
    AccessToken {
        /// Whether the service is asked first if the token is good.
        check: bool,
    },
}

impl Call {
    /// Reads a call with its arguments: an object, or nothing. Members that are not known are left alone, as everywhere
    /// (contract.md §6, 18).
    pub(super) fn read(name: &str, with: &RawValue) -> Result<Self, Failure> {
        let with = if with.get() == "null" { NOTHING } else { with.get() };
        if !with.starts_with('{') {
            return Err(Failure::BadArgument);
        }
        Ok(match name {
            "getUserInfo" => Self::UserInfo,
            "getAppInfo" => Self::AppInfo,
            "getPermissions" => Self::Permissions,
            "getLocale" => Self::Locale,
            "getAvailableLocales" => Self::AvailableLocales,
            "getTheme" => Self::Theme,
            "getAppAssets" => Self::AppAssets,
            "setPageTitle" => Self::PageTitle(title(&arguments::<Title>(with)?.title)),
            "setViewMode" => Self::ViewMode(match arguments::<Mode>(with)?.mode {
                0 => ViewMode::All,
                1 => ViewMode::NoMenu,
                2 => ViewMode::Alone,
                _ => return Err(Failure::BadArgument),
            }),
            "toggleMenu" => Self::ToggleMenu(arguments::<Shown>(with)?.shown),
            "switchPage" => Self::SwitchPage(switch(arguments(with)?)?),
            "setHelpUrl" => Self::HelpUrl(filled(arguments::<Url>(with)?.url)),
            "setNotificationUrl" => Self::NotificationUrl(filled(arguments::<Url>(with)?.url)),
            "logout" => Self::Logout,
            "setUnsaved" => Self::Unsaved(arguments::<Unsaved>(with)?.unsaved),
            "setState" => {
                let moved: Moved = arguments(with)?;
                Self::State { state: state(moved.state)?, step: moved.step.unwrap_or_default() }
            }
            "getAccessToken" => {
                Self::AccessToken { check: arguments::<Check>(with)?.check.unwrap_or_default() }
            }
            _ => return Err(Failure::UnknownCall),
        })
    }

    /// Whether only a page with an origin of its own gets an answer: what is given says more of the person than name
    /// and language (hostile.md 51). Others get [`Failure::NotAllowed`].
    pub fn needs_origin(&self) -> bool {
        matches!(self, Self::AppAssets | Self::AccessToken { .. })
    }
}

/// The arguments of a call without any.
const NOTHING: &str = "{}";

#[derive(Deserialize)]
struct Title {
    title: String,
}

#[derive(Deserialize)]
struct Mode {
    mode: i64,
}

#[derive(Deserialize)]
struct Shown {
    shown: bool,
}

/// `url` must be said even where it is `null`: a misspelt name would take the address back.
#[derive(Deserialize)]
struct Url {
    #[serde(deserialize_with = "Option::deserialize")]
    url: Option<String>,
}

#[derive(Deserialize)]
struct Unsaved {
    unsaved: bool,
}

#[derive(Deserialize)]
struct Moved {
    state: Option<String>,
    step: Option<bool>,
}

#[derive(Deserialize)]
struct Check {
    check: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Target {
    app_id: Option<String>,
    app_code: Option<String>,
    menu_code: Option<String>,
    open_on_new_tab: Option<bool>,
    state: Option<String>,
}

/// Arguments of a call. One that is missing and `null` are the same.
fn arguments<T: DeserializeOwned>(with: &str) -> Result<T, Failure> {
    serde_json::from_str(with).map_err(|_| Failure::BadArgument)
}

/// A text in which something stands.
fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

fn state(state: Option<String>) -> Result<Option<String>, Failure> {
    let state = filled(state);
    let long = state.as_ref().is_some_and(|state| state.chars().nth(MAX_STATE).is_some());
    if long { Err(Failure::BadArgument) } else { Ok(state) }
}

fn switch(target: Target) -> Result<Switch, Failure> {
    let switch = Switch {
        application: target.app_id.as_deref().and_then(ApplicationId::parse),
        code: filled(target.app_code),
        menu: filled(target.menu_code),
        new_tab: target.open_on_new_tab.unwrap_or_default(),
        state: state(target.state)?,
    };
    let names_a_place = switch.application.is_some() || switch.code.is_some() || switch.menu.is_some();
    if names_a_place { Ok(switch) } else { Err(Failure::BadArgument) }
}

/// A title as it can stand in a bar and on a tab: one line, of a length that can be read, and without the marks that
/// would turn or hide the words of the portal around it. Joiners stay: scripts and pictures are written with them.
fn title(text: &str) -> String {
    let joins = |c: char| matches!(c, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}');
    let mut out = String::new();
    let mut length = 0;
    let mut blank = false;
    for c in text.chars() {
        if c.is_whitespace() {
            blank = true;
        } else if !is_unseen(c) || (joins(c) && !out.is_empty() && !blank) {
            let gap = usize::from(blank && !out.is_empty());
            if length + gap + 1 > MAX_TITLE {
                break;
            }
            if gap == 1 {
                out.push(' ');
            }
            out.push(c);
            length += gap + 1;
            blank = false;
        }
    }
    out
}
