//! Where a person lands who asked for no place: at the launcher, or in the application that they used last (portal.json,
//! `landing`; people who know the original portal expect that).

use std::rc::Rc;

use portal_api::ApplicationId;
use portal_core::route::Route;
use portal_core::settings::Landing;

use crate::browser::{Shelf, Store};
use crate::routes::Places;
use crate::session::{Session, use_session};
use crate::settings::Deployment;
use crate::state::provided;

/// The last application of each person in each organization: a digest of both and the id, one pair a line, the newest
/// first. A preference without a name in it, so it survives sign-out (hostile.md 25).
const LAST: Store = Store::new(Shelf::Device, "portal.last");
/// How many pairs are kept.
const KEPT: usize = 20;
/// Whether this tab has shown its first page: who loads the launcher anew stays there.
const LANDED: Store = Store::new(Shelf::Tab, "portal.landed");

/// The page that a person comes to who asked for none.
pub fn landing() -> Route {
    LANDED.write("1");
    let digest = digest(use_session());
    let kept = LAST.read().unwrap_or_default();
    let last = kept.lines().find_map(|line| line.strip_prefix(&digest)?.strip_prefix(' '));
    let application = last.and_then(ApplicationId::parse).filter(|_| wanted());
    application.map_or_else(Route::launcher, |application| Route::Application {
        application,
        menu: None,
        n: 1,
        menu_n: 1,
        state: None,
    })
}

/// Goes to the landing page if the tab has just been opened at the portal's own address.
pub fn land(places: Places) {
    if LANDED.read().is_none() && places.route_untracked() == Route::launcher() {
        let first = landing();
        if first != Route::launcher() {
            places.replace(&first);
        }
    }
    LANDED.write("1");
}

/// Remembers an application that is open.
pub fn remember(application: &ApplicationId) {
    if !wanted() {
        return;
    }
    let digest = digest(use_session());
    let kept = LAST.read().unwrap_or_default();
    let others = kept.lines().filter(|line| !line.starts_with(&digest)).take(KEPT - 1);
    let newest = format!("{digest} {}", application.as_str());
    LAST.write(&core::iter::once(newest.as_str()).chain(others).collect::<Vec<_>>().join("\n"));
}

fn wanted() -> bool {
    provided::<Rc<Deployment>>().settings.landing == Landing::LastApplication
}

/// FNV-1a of user and organization: tells people apart on a shared device without naming them.
fn digest(session: Session) -> String {
    let user = session.viewer_untracked().id.map(|id| id.as_str().to_owned()).unwrap_or_default();
    let stage = session.stage_untracked();
    let organization = stage.organization().map(|organization| organization.id.as_str()).unwrap_or_default();
    let bytes = user.bytes().chain([0]).chain(organization.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
