//! What the address names, and the loading of it.

use std::sync::Arc;

use leptos::prelude::*;
use portal_api::application::{AppResources, GetAppMenuAndPermission, GetUserApplications};
use portal_api::{Application, ApplicationId, Listed};
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
use crate::pages::follow::use_follow;
use crate::query::{Queries, Query, use_applications, use_query};
use crate::reactive::SetIfChanged;
use crate::routes::Places;
use crate::session::use_session;
use crate::settings::Deployment;

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
    pub(super) fn follow(places: Places) -> Option<Memo<Self>> {
        let route = places.route_memo();
        let first = route.with_untracked(Self::of)?;
        Some(Memo::new(move |before: Option<&Self>| {
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

/// What was loaded, as the service sent it, also of applications behind the one that is shown.
#[derive(Clone, Copy)]
pub(super) struct Loads {
    queries: Queries,
    /// The menu and the permissions of the application that is shown.
    pub(super) shown: Query<AppResources>,
}

impl Loads {
    /// All applications.
    pub(super) fn list(self) -> Option<Arc<Listed<Application>>> {
        self.queries.known(&GetUserApplications)
    }

    /// The menu and the permissions of an application that is or was open.
    pub(super) fn resources(self, application: ApplicationId) -> Option<Arc<AppResources>> {
        self.queries.known(&GetAppMenuAndPermission { application })
    }
}

/// Loads the list for the application's facts, and its menu, both at once.
pub(super) fn load(i18n: I18n, places: Places, place: Memo<Place>, here: Memo<bool>) -> Page {
    // Who leaves gives up the calls under way, and who comes back asks again.
    let list = use_applications(move || here.get());
    let id = Memo::new(move |_| place.with(|place| place.application.clone()));
    let resources = use_query(move || here.get().then(|| GetAppMenuAndPermission { application: id.get() }));
    let deployment = StoredValue::new(expect_context::<Arc<Deployment>>());
    let checked = check(list, id);
    let application =
        Memo::new(move |before: Option<&Got<Option<Entry>>>| match (list.value(), list.error()) {
            // What is behind another screen stays as it is.
            _ if !here.get() => before.cloned().unwrap_or(Got::Waiting),
            (Some(all), _) => {
                let locale = i18n.locale();
                let found = place
                    .with(|place| deployment.with_value(|deployment| find(&all, place, &locale, deployment)));
                let waits = found.is_none() && (list.is_loading() || checked.get() != Some(id.get()));
                if waits { Got::Waiting } else { Got::Here(found) }
            }
            (None, Some(error)) => Got::Failed(error),
            (None, None) => Got::Waiting,
        });
    let menu =
        Memo::new(move |before: Option<&Got<Arc<MenuTree>>>| match (resources.value(), resources.error()) {
            _ if !here.get() => before.cloned().unwrap_or(Got::Waiting),
            (None, Some(error)) => Got::Failed(error),
            (None, None) => Got::Waiting,
            (Some(reply), _) => Got::Here(Arc::new(build(&reply, &i18n.locale(), deployment))),
        });
    let opened = Memo::new(move |_| {
        let opened = application
            .with(|application| menu.with(|menu| place.with(|place| open(application, menu, place))));
        // An entry that the menu of before lacks may be new.
        match opened {
            Opened::Closed { why: Closed::UnknownMenu, .. } if resources.is_loading() => Opened::Waiting,
            opened => opened,
        }
    });
    let current = Memo::new(move |_| opened.with(Opened::entry));
    let marked = Memo::new(move |_| {
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
        loads: Loads { queries: expect_context(), shown: resources },
        around: Around { session: use_session(), follow: use_follow(), leaving: use_leaving(), deployment },
        here,
        turn: RwSignal::new(0),
        desk: Desk::new(),
        room: NodeRef::new(),
        overruled: RwSignal::new(None),
    }
}

/// An application that the list lacks may be newer than the list: that is loaded again before it counts as unknown. Gives the
/// application for which that was done.
fn check(list: Query<Listed<Application>>, id: Memo<ApplicationId>) -> RwSignal<Option<ApplicationId>> {
    let checked = RwSignal::new(None);
    Effect::new(move || {
        let (id, value) = (id.get(), list.value());
        let is_loading = list.is_loading();
        let lacks = value.is_some_and(|list| list.entries.iter().all(|application| application.id != id));
        if lacks && !is_loading && checked.get_untracked().as_ref() != Some(&id) {
            list.retry();
        }
        if lacks || is_loading {
            checked.set_if_changed(Some(id));
        }
    });
    checked
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

fn build(resources: &AppResources, locale: &Locale, deployment: StoredValue<Arc<Deployment>>) -> MenuTree {
    deployment.with_value(|deployment| {
        let launcher = |address: Option<&str>| decide(&deployment.policy, &BrowserAddresses, address);
        MenuTree::build(&resources.menus, locale, &launcher)
    })
}
