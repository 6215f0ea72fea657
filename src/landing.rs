//! Where a person lands who asked for no place: at the launcher, or in the application that they used last (portal.json,
//! `landing`; people who know the original portal expect that).

use std::sync::Arc;

use leptos::prelude::*;
use portal_api::ApplicationId;
use portal_core::route::Route;
use portal_core::settings::Landing;

use crate::browser::{Shelf, Store};
use crate::routes::Places;
use crate::session::{Session, use_session};
use crate::settings::Deployment;

/// The id of the last application, by a digest of person and organization. A preference without a name in it, so it
/// survives sign-out (hostile.md 25).
const LAST: Store = Store::new(Shelf::Device, "portal.last");
/// Whether this tab has shown its first page: who loads the launcher anew stays there.
const LANDED: Store = Store::new(Shelf::Tab, "portal.landed");

/// Whether people land in the application that they used last.
#[derive(Clone, Copy, Debug)]
pub struct ToLast(bool);

/// The page that a person comes to who asked for none.
pub fn landing(session: Session, to_last: ToLast) -> Route {
    LANDED.write("1");
    let last = LAST.remembered_for(&here(session)).filter(|_| to_last.0);
    let application = last.and_then(|id| ApplicationId::parse(&id));
    application.map_or_else(Route::launcher, |application| Route::Application {
        application,
        menu: None,
        n: 1,
        menu_n: 1,
        state: None,
    })
}

/// Goes to the landing page if the tab has just been opened at the portal's own address.
pub fn land(session: Session, places: Places, to_last: ToLast) {
    // An address that names an organization asks for a place: the launcher of that one.
    let asks_for_none = || places.route_untracked() == Route::launcher() && places.organization().is_none();
    if LANDED.read().is_none() && asks_for_none() {
        let first = landing(session, to_last);
        if first != Route::launcher() {
            places.replace(&first);
        }
    }
    LANDED.write("1");
}

/// Remembers an application that is open.
pub fn remember(application: &ApplicationId) {
    if to_last().0 {
        LAST.remember_for(&here(use_session()), application.as_str());
    }
}

/// What the deployment wants; asked for where a component is made, and used whenever somebody lands.
pub fn to_last() -> ToLast {
    ToLast(expect_context::<Arc<Deployment>>().settings.landing == Landing::LastApplication)
}

/// The digest of the person and the working organization.
fn here(session: Session) -> String {
    let stage = session.stage_untracked();
    let organization = stage.organization().map(|organization| organization.id.as_str()).unwrap_or_default();
    digest(&user(session), organization)
}

/// The id of the person.
pub fn user(session: Session) -> String {
    session.viewer_untracked().id.map(|id| id.as_str().to_owned()).unwrap_or_default()
}

/// FNV-1a of user and organization: tells people apart on a shared device without naming them.
pub fn digest(user: &str, organization: &str) -> String {
    let bytes = user.bytes().chain([0]).chain(organization.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
