//! What the address names, and the loading of it.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::untrack;
use portal_api::application::{AppResources, GetAppMenuAndPermission, GetUserApplications};
use portal_api::{Application, ApplicationId, Endpoint, Listed};
use portal_core::catalog::{Catalog, Entry};
use portal_core::launch::{application_launch, decide};
use portal_core::menu::MenuTree;
use portal_core::names::Locale;
use portal_core::route::Route;

use super::desk::Desk;
use super::opened::{Closed, Got, Opened, open};
use super::{Around, HEADING, Page};
use crate::browser::{BrowserAddresses, Collator, dom};
use crate::i18n::I18n;
use crate::leaving::use_leaving;
use crate::load::Load;
use crate::pages::follow::use_follow;
use crate::routes::Places;
use crate::session::use_session;
use crate::settings::Deployment;
use crate::state::{Callback, Derived, State, Stored, effect, provided};
use crate::view::NodeRef;

/// What the address names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Place {
    pub(super) application: ApplicationId,
    /// Which of the applications with this id.
    pub(super) n: u32,
    /// The entry, by its key and which of those with this key.
    pub(super) menu: Option<(String, u32)>,
    pub(super) state: Option<String>,
}

impl Place {
    fn of(route: &Route) -> Option<Self> {
        let Route::Application { application, menu, n, menu_n, state } = route else { return None };
        let menu = menu.clone().map(|menu| (menu, *menu_n));
        Some(Self { application: application.clone(), n: *n, menu, state: state.clone() })
    }

    /// Follows the address bar. The last place stays while the page is being left.
    pub(super) fn follow(places: Places) -> Option<Derived<Self>> {
        let route = places.route_memo();
        let first = route.with_untracked(Self::of)?;
        Some(Derived::new(move |before: Option<&Self>| {
            route.with(Self::of).or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
        }))
    }

    /// The address of the application itself.
    pub(super) fn of_application(&self) -> Route {
        self.route(None)
    }

    /// The address of one of its entries.
    pub(super) fn of_entry(&self, key: &str, nth: u32) -> Route {
        self.route(Some((key.to_owned(), nth)))
    }

    fn route(&self, menu: Option<(String, u32)>) -> Route {
        let (menu, menu_n) = menu.map_or((None, 1), |(key, nth)| (Some(key), nth));
        Route::Application { application: self.application.clone(), menu, n: self.n, menu_n, state: None }
    }
}

/// The reply for an application, with its id: while the address changes the old reply is still there.
pub(super) type Resources = (ApplicationId, AppResources);

/// How many menus are remembered, so that who comes back to an application does not wait for it.
const MENUS: usize = 8;

/// What was loaded, as the service sent it.
#[derive(Clone, Copy)]
pub(super) struct Loads {
    /// All applications. Stays while it is loaded again.
    pub(super) list: State<Option<Arc<Listed<Application>>>>,
    /// What the menus of the applications opened last were.
    menus: State<Vec<Arc<Resources>>>,
}

impl Loads {
    /// The menu and the permissions of an application that is or was open.
    pub(super) fn resources(self, application: &ApplicationId) -> Option<Arc<Resources>> {
        self.menus.with(|menus| menus.iter().find(|reply| reply.0 == *application).cloned())
    }

    /// The same, now.
    pub(super) fn resources_untracked(self, application: &ApplicationId) -> Option<Arc<Resources>> {
        untrack(|| self.resources(application))
    }

    fn remember(self, reply: Arc<Resources>) {
        self.menus.update(|menus| {
            menus.retain(|held| held.0 != reply.0);
            menus.insert(0, reply);
            menus.truncate(MENUS);
        });
    }
}

/// Loads the list for the application's facts, and its menu, both at once.
pub(super) fn load(i18n: I18n, places: Places, place: Derived<Place>, here: Derived<bool>) -> Page {
    let session = use_session();
    let list: Load<Listed<Application>> = Load::new(
        GetUserApplications::SPEC,
        // Who leaves gives up the calls under way, and who comes back asks anew.
        move || here.get().then_some(()),
        move |()| Box::pin(async move { session.request(&GetUserApplications).await }),
    );
    let resources: Load<Resources> = Load::new(
        GetAppMenuAndPermission::SPEC,
        move || here.get().then(|| place.with(|place| place.application.clone())),
        move |application| {
            Box::pin(async move {
                let endpoint = GetAppMenuAndPermission { application };
                let resources = session.request(&endpoint).await?;
                Ok((endpoint.application, resources))
            })
        },
    );
    let deployment = Stored::new(provided::<Rc<Deployment>>());
    let loads = Loads { list: State::new(None), menus: State::new(Vec::new()) };
    effect(move || {
        if let Some(list) = list.value() {
            loads.list.set(Some(list));
        }
    });
    let list_is_loading = move || list.value().is_none() && list.error().is_none();
    let application = Derived::new(move |_| match (loads.list.get(), list.error()) {
        (Some(list), _) => {
            let locale = i18n.locale();
            let found =
                place.with(|place| deployment.with(|deployment| find(&list, place, &locale, deployment)));
            // It may be new since the list was asked for.
            if found.is_none() && list_is_loading() { Got::Waiting } else { Got::Here(found) }
        }
        (None, Some(error)) => Got::Failed(error),
        (None, None) => Got::Waiting,
    });
    effect(move || {
        if let Some(reply) = resources.value() {
            loads.remember(reply);
        }
    });
    let menu = Derived::new(move |_| {
        let at = place.with(|place| place.application.clone());
        let new = resources.value().filter(|reply| reply.0 == at);
        match (new.or_else(|| loads.resources(&at)), resources.error()) {
            (None, Some(error)) => Got::Failed(error),
            (None, None) => Got::Waiting,
            (Some(reply), _) => Got::Here(Arc::new(build(&reply.1, &i18n.locale(), deployment))),
        }
    });
    let menu_is_loading = move || {
        let is_here = |reply: Arc<Resources>| place.with(|place| place.application == reply.0);
        !resources.value().is_some_and(is_here) && resources.error().is_none()
    };
    let opened = Derived::new(move |_| {
        let opened = application
            .with(|application| menu.with(|menu| place.with(|place| open(application, menu, place))));
        // An entry that the menu of before lacks may be new.
        match opened {
            Opened::Closed { why: Closed::UnknownMenu, .. } if menu_is_loading() => Opened::Waiting,
            opened => opened,
        }
    });
    let current = Derived::new(move |_| opened.with(Opened::entry));
    let marked = Derived::new(move |_| {
        opened.with(|opened| opened.entry().or_else(|| menu.with(|menu| opened.same_page(menu.here()?))))
    });
    let retry = Callback::new(move |()| {
        // The button that was pressed goes away.
        dom::focus_id(HEADING);
        if list.error().is_some()
            || application.with_untracked(|application| application.here() == Some(&None))
        {
            list.retry();
        }
        // Also where it came: permissions may have been given since.
        resources.retry();
    });
    let (no_list, no_menu) = (list.canceller(), resources.canceller());
    let cancel = Callback::new(move |()| {
        no_list.run(());
        no_menu.run(());
    });
    Page {
        i18n,
        places,
        place,
        application,
        menu,
        opened,
        current,
        marked,
        retry,
        cancel,
        loads,
        around: Around { session, follow: use_follow(), leaving: use_leaving(), deployment },
        here,
        turn: State::new(0),
        desk: Desk::new(),
        room: NodeRef::new(),
        overruled: State::new(None),
    }
}

/// The application that the address names. Only those with its id are put in order: which of them is the first
/// does not depend on the others.
fn find(
    list: &Listed<Application>,
    place: &Place,
    locale: &Locale,
    deployment: &Deployment,
) -> Option<Entry> {
    let same = list.entries.iter().filter(|application| application.id == place.application);
    let same = Listed { entries: same.cloned().collect(), dropped: 0 };
    let launcher =
        |application: &Application| application_launch(&deployment.policy, &BrowserAddresses, application);
    Catalog::new(&same, locale, &Collator::new(locale), &launcher, &|_| None)
        .find(&place.application, place.n)
        .cloned()
}

fn build(resources: &AppResources, locale: &Locale, deployment: Stored<Rc<Deployment>>) -> MenuTree {
    deployment.with(|deployment| {
        let launcher = |address: Option<&str>| decide(&deployment.policy, &BrowserAddresses, address);
        MenuTree::build(&resources.menus, locale, &launcher)
    })
}
