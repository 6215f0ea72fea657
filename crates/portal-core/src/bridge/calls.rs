//! What a page can ask for: the calls of the EnOS front-end kit by the same names (contract.md 4.4), and our own.

use portal_api::ApplicationId;
use portal_api::json::Json;

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
    /// Reads a call. Members that are not known are left alone, as everywhere (contract.md §6, 18).
    pub(super) fn read(name: &str, with: Option<&Json<'_>>) -> Result<Self, Failure> {
        let none = Json::Null;
        let with = Arguments(with.unwrap_or(&none));
        Ok(match name {
            "getUserInfo" => Self::UserInfo,
            "getAppInfo" => Self::AppInfo,
            "getPermissions" => Self::Permissions,
            "getLocale" => Self::Locale,
            "getAvailableLocales" => Self::AvailableLocales,
            "getTheme" => Self::Theme,
            "getAppAssets" => Self::AppAssets,
            "setPageTitle" => Self::PageTitle(title(with.text("title")?.ok_or(Failure::BadArgument)?)),
            "setViewMode" => Self::ViewMode(match with.0.get("mode").and_then(Json::as_i64) {
                Some(0) => ViewMode::All,
                Some(1) => ViewMode::NoMenu,
                Some(2) => ViewMode::Alone,
                _ => return Err(Failure::BadArgument),
            }),
            "toggleMenu" => Self::ToggleMenu(with.flag("shown")?.ok_or(Failure::BadArgument)?),
            "switchPage" => Self::SwitchPage(switch(&with)?),
            "setHelpUrl" => Self::HelpUrl(with.address()?),
            "setNotificationUrl" => Self::NotificationUrl(with.address()?),
            "logout" => Self::Logout,
            "setUnsaved" => Self::Unsaved(with.flag("unsaved")?.ok_or(Failure::BadArgument)?),
            "setState" => Self::State { state: with.state()?, step: with.flag("step")?.unwrap_or_default() },
            "getAccessToken" => Self::AccessToken { check: with.flag("check")?.unwrap_or_default() },
            _ => return Err(Failure::UnknownCall),
        })
    }

    /// Whether only a page with an origin of its own gets an answer: what is given says more of the person than name
    /// and language (hostile.md 51). Others get [`Failure::NotAllowed`].
    pub fn needs_origin(&self) -> bool {
        matches!(self, Self::AppAssets | Self::AccessToken { .. })
    }
}

/// The arguments of a call: an object, or nothing.
struct Arguments<'v, 'a>(&'v Json<'a>);

impl<'v> Arguments<'v, '_> {
    /// A text; one that is missing and `null` are the same.
    fn text(&self, key: &str) -> Result<Option<&'v str>, Failure> {
        match self.0.get(key) {
            None | Some(Json::Null) => Ok(None),
            Some(Json::Text(text)) => Ok(Some(text)),
            Some(_) => Err(Failure::BadArgument),
        }
    }

    /// A text in which something stands.
    fn filled(&self, key: &str) -> Result<Option<String>, Failure> {
        Ok(self.text(key)?.filter(|text| !text.is_empty()).map(str::to_owned))
    }

    fn flag(&self, key: &str) -> Result<Option<bool>, Failure> {
        match self.0.get(key) {
            None | Some(Json::Null) => Ok(None),
            Some(Json::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(Failure::BadArgument),
        }
    }

    /// `url`, which must be said even where it is `null`: a misspelt name would take the address back.
    fn address(&self) -> Result<Option<String>, Failure> {
        self.0.get("url").ok_or(Failure::BadArgument)?;
        self.filled("url")
    }

    fn state(&self) -> Result<Option<String>, Failure> {
        let state = self.filled("state")?;
        let long = state.as_ref().is_some_and(|state| state.chars().nth(MAX_STATE).is_some());
        if long { Err(Failure::BadArgument) } else { Ok(state) }
    }
}

fn switch(with: &Arguments<'_, '_>) -> Result<Switch, Failure> {
    let switch = Switch {
        application: with.text("appId")?.and_then(ApplicationId::parse),
        code: with.filled("appCode")?,
        menu: with.filled("menuCode")?,
        new_tab: with.flag("openOnNewTab")?.unwrap_or_default(),
        state: with.state()?,
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
