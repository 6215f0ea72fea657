//! What the portal does and tells when the page in a frame asks for it (docs/embedding.md, "Calls").

use leptos::prelude::untrack;
use leptos::prelude::*;
use portal_api::application::{AppResources, GetAppMenuAndPermission};
use portal_api::asset::GetAssetsByApplication;
use portal_api::json::{self, RawValue};
use portal_api::organization::GetUserInformation;
use portal_api::{ApplicationId, Endpoint, User, authentication};
use portal_core::bridge::{self, Call, Facts, Failure, Switch, TokenGrant, Trust, token_grant};
use portal_core::launch::{Address, decide};
use portal_core::route::Route;
use portal_core::text::Later;

use super::Page;
use super::bridge::{Answer, theme};
use super::desk::Framed;
use crate::browser::{BrowserAddresses, frames};
use crate::pages::copy_link::link_to;
use crate::session::Session;

/// What an answer needs.
#[derive(Clone)]
struct Asked {
    page: Page,
    framed: Framed,
    trust: Trust,
    id: u64,
    session: Session,
}

/// Does what a call wants. Gives the text of the answer.
pub(super) fn answer(page: Page, framed: Framed, trust: Trust, id: u64, call: Call) -> Answer {
    let asked = Asked { page, framed, trust, id, session: page.around.session };
    match call {
        Call::UserInfo => Box::pin(asked.user_info()),
        Call::AppInfo => Box::pin(asked.app_info()),
        Call::Permissions => Box::pin(asked.permissions()),
        Call::AppAssets => Box::pin(asked.app_assets()),
        Call::AccessToken { check } => Box::pin(asked.access_token(check)),
        call => {
            let outcome = asked.at_once(call).map(|result| bridge::result(id, &result));
            Box::pin(async move { outcome })
        }
    }
}

impl Asked {
    /// What needs no service.
    fn at_once(&self, call: Call) -> Result<Box<RawValue>, Failure> {
        let Self { page, framed, session, .. } = *self;
        let told = framed.told;
        // A page that nobody sees does not move the portal, and none does while the person is asked: the answer is meant for
        // what they wished themselves.
        let shown = || {
            let asked = untrack(|| page.around.leaving.asked()).is_some();
            if page.desk.is_shown_now(framed.id) && !asked { Ok(()) } else { Err(Failure::NotAllowed) }
        };
        match call {
            Call::Locale => return Ok(json::raw(page.i18n.locale_untracked().as_str())),
            Call::AvailableLocales => {
                return Ok(page.around.deployment.with_value(|deployment| {
                    let locales = deployment.settings.locales.iter();
                    json::raw(&locales.map(|locale| locale.as_str()).collect::<Vec<_>>())
                }));
            }
            Call::Theme => return Ok(json::raw(&theme())),
            Call::PageTitle(title) => {
                told.update(|told| told.title = Some(title).filter(|title| !title.is_empty()));
            }
            Call::ViewMode(mode) => {
                // What the person wished stands against the same wish of the page, however often it is said.
                let other = told.with_untracked(|told| told.mode != mode);
                if other && page.overruled.get_untracked() == Some(framed.id) {
                    page.overruled.set(None);
                }
                told.update(|told| told.mode = mode);
            }
            Call::ToggleMenu(shown) => told.update(|told| told.menu = Some(shown)),
            Call::HelpUrl(url) => {
                let url = self.checked(url)?;
                told.update(|told| told.help = url);
            }
            Call::NotificationUrl(url) => {
                let url = self.checked(url)?;
                told.update(|told| told.notifications = url);
            }
            Call::Unsaved(unsaved) => page.desk.hold(framed.id, unsaved),
            Call::State { state, step } => self.moved(state, step),
            Call::SwitchPage(switch) => {
                shown()?;
                return Ok(json::raw(&self.switch(&switch)));
            }
            Call::Logout => {
                shown()?;
                page.around.leaving.ask_for_all(move || session.sign_out());
            }
            Call::UserInfo
            | Call::AppInfo
            | Call::Permissions
            | Call::AppAssets
            | Call::AccessToken { .. } => {
                return Err(Failure::UnknownCall);
            }
        }
        Ok(json::raw(&true))
    }

    /// An address for a link of the bar, by the one launch policy.
    fn checked(&self, url: Option<String>) -> Result<Option<Address>, Failure> {
        let Some(url) = url else { return Ok(None) };
        let launch = self
            .page
            .around
            .deployment
            .with_value(|deployment| decide(&deployment.policy, &BrowserAddresses, Some(&url)));
        launch.address().cloned().map(Some).ok_or(Failure::BadArgument)
    }

    /// The page shows another state: so does the address, and it can be shared, reloaded, and gone back from.
    fn moved(&self, state: Option<String>, step: bool) {
        let Self { page, framed, .. } = *self;
        page.desk.moved(framed.id, state);
        framed.told.update(|told| told.moved = true);
        page.desk.write(page, framed.id, step);
    }

    /// Goes to another page of the portal; gives false where there is none.
    fn switch(&self, switch: &Switch) -> bool {
        let Self { page, session, .. } = *self;
        let Some((application, n)) = self.application(switch) else { return false };
        // The menus of other applications are not known here: the page there says if there is no such entry.
        let here = page.place.with_untracked(|place| place.application == application);
        let is_missing = |menu: &String| {
            page.menu.with_untracked(|menus| menus.here().is_some_and(|menus| menus.find(menu, 1).is_none()))
        };
        if here && switch.menu.as_ref().is_some_and(is_missing) {
            return false;
        }
        let (menu, state) = (switch.menu.clone(), switch.state.clone());
        let route = Route::Application { application, menu, n, menu_n: 1, state };
        if !switch.new_tab {
            page.places.go(&route);
            return true;
        }
        let link = link_to(page.places, session, &route);
        frames::open_tab(&link);
        // Whether the browser let it is not told, so the way stays here (hostile.md 13).
        let text = page.i18n.fill(Later::ShellOpenedTab, &[("name", &untrack(|| page.name()))]);
        page.around.follow.tell(text, Some((page.i18n.text(Later::ShellOpenedTabLink), link)));
        true
    }

    /// The application that a switch means, and which of those with its id.
    fn application(&self, switch: &Switch) -> Option<(ApplicationId, u32)> {
        let source = self.page.desk.source(self.framed.id)?;
        let (id, code) = (switch.application.as_ref(), switch.code.as_deref());
        if id.is_none() && code.is_none() {
            return Some((source.application, source.n));
        }
        let list = self.page.loads.list()?;
        let fits = |application: &&portal_api::Application| match id {
            Some(id) => application.id == *id,
            None => application.code.as_deref() == code,
        };
        list.entries.iter().find(fits).map(|application| (application.id.clone(), 1))
    }

    async fn request<E: Endpoint<Access = User>>(&self, endpoint: &E) -> Result<E::Reply, Failure>
    where
        E::Reply: 'static,
    {
        self.session.request(endpoint).await.map_err(|_| Failure::Failed)
    }

    fn grant(&self) -> Option<TokenGrant> {
        let deployment = self.page.around.deployment;
        deployment.with_value(|deployment| token_grant(&self.trust, &deployment.settings.token_origins))
    }

    async fn user_info(self) -> Result<String, Failure> {
        let user = self.request(&GetUserInformation).await?;
        let stage = self.session.stage_untracked();
        let organization = stage.organization().ok_or(Failure::Failed)?;
        let locale = self.page.i18n.locale_untracked();
        let facts = Facts { user: &user, organization, theme: theme(), locale: &locale, token: None };
        let without = || bridge::result(self.id, &bridge::user_info(&facts, &self.trust));
        let with = self.grant().and_then(|grant| {
            self.session.lend(&grant, |token| {
                let facts = Facts { token: Some((&grant, token)), ..facts };
                bridge::result(self.id, &bridge::user_info(&facts, &self.trust))
            })
        });
        Ok(with.unwrap_or_else(without))
    }

    async fn app_info(self) -> Result<String, Failure> {
        let source = self.page.desk.source(self.framed.id).ok_or(Failure::NotFound)?;
        let list = self.page.loads.list().ok_or(Failure::Failed)?;
        let application = list.entries.iter().find(|application| application.id == source.application);
        let application = application.ok_or(Failure::NotFound)?;
        let locale = self.page.i18n.locale_untracked();
        let tell = |resources: &AppResources| {
            let answer = bridge::app_info(application, &resources.menus, &resources.permissions, &locale);
            bridge::result(self.id, &answer)
        };
        self.with_resources(source.application.clone(), tell).await
    }

    async fn permissions(self) -> Result<String, Failure> {
        let source = self.page.desk.source(self.framed.id).ok_or(Failure::NotFound)?;
        let locale = self.page.i18n.locale_untracked();
        let tell = |resources: &AppResources| {
            bridge::result(self.id, &bridge::permissions(&resources.permissions, &locale))
        };
        self.with_resources(source.application, tell).await
    }

    /// What the service said of an application, which the page of the portal has asked already, or will ask now.
    async fn with_resources(
        &self,
        application: ApplicationId,
        tell: impl Fn(&AppResources) -> String,
    ) -> Result<String, Failure> {
        if let Some(reply) = self.page.loads.resources(application.clone()) {
            return Ok(tell(&reply));
        }
        Ok(tell(&self.request(&GetAppMenuAndPermission { application }).await?))
    }

    async fn app_assets(self) -> Result<String, Failure> {
        let source = self.page.desk.source(self.framed.id).ok_or(Failure::NotFound)?;
        let assets = self
            .request(&GetAssetsByApplication { application: source.application, kinds: Vec::new() })
            .await?;
        let locale = self.page.i18n.locale_untracked();
        Ok(bridge::result(self.id, &bridge::assets(&assets.entries, &locale)))
    }

    /// The access token, for origins that the deployment names and nobody else (hostile.md 52). `check`: the service is
    /// asked first whether it is good, and if it is not, the one refresh of the session renews it.
    async fn access_token(self, check: bool) -> Result<String, Failure> {
        let grant = self.grant().ok_or(Failure::NotAllowed)?;
        if check {
            self.request(&authentication::GetTokenInformation).await?;
        }
        let answer = |token: &portal_api::AccessToken| bridge::result(self.id, token.reveal());
        self.session.lend(&grant, answer).ok_or(Failure::Failed)
    }
}
