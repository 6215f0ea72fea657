//! What stays on a device when a session ends. Nothing does that says who was there, but for what is named here.

use crate::browser::{self, Shelf};
use crate::session::{Session, Stage};
use crate::state::effect;

/// What survives the end of a session, with the reason.
const SURVIVES: [(Shelf, &str); 14] = [
    // What the person asked for: language, theme, sounds of messages, the menu as a rail, the account on the sign-in page.
    (Shelf::Device, "portal.locale"),
    (Shelf::Device, "portal.theme"),
    (Shelf::Device, "portal.messages"),
    (Shelf::Device, "portal.menu"),
    (Shelf::Device, "portal.account"),
    // "Always start here", and the organization of the last time; by digests, without a name.
    (Shelf::Device, "portal.organizations"),
    // The application used last, by a digest; written only where the deployment sets `landing` to `last-app`.
    (Shelf::Device, "portal.last"),
    // When the portal was used last, for the limit of idle time.
    (Shelf::Device, "portal.active"),
    // A sign-in that is under way at another place, and whether it shall last.
    (Shelf::Tab, "portal.signOn"),
    (Shelf::Tab, "portal.keep"),
    // The memory of the reference service, where it is in the page.
    (Shelf::Tab, "portal.demo"),
    // The session erases its own id; another tab may have begun one since.
    (Shelf::Tab, "portal.session"),
    // Whether this tab has shown its first page.
    (Shelf::Tab, "portal.landed"),
    // When the page loaded itself again for a new version: without it, it would do so forever.
    (Shelf::Tab, "portal.renewed"),
];

/// Erases the rest.
fn forget_traces() {
    for shelf in [Shelf::Device, Shelf::Tab] {
        let ends = |key: &String| !SURVIVES.iter().any(|(of, survives)| *of == shelf && survives == key);
        browser::kept(shelf).into_iter().filter(ends).for_each(|key| browser::forget(shelf, &key));
    }
}

/// Erases the rest whenever nobody is signed in, whichever tab ended the session: at once, and when the screens that it had
/// are gone, since they write where they were left.
pub fn follow(session: Session) {
    effect(move || {
        if matches!(session.stage(), Stage::SignedOut { .. }) {
            forget_traces();
            browser::spawn(async {
                browser::sleep(0).await;
                forget_traces();
            });
        }
    });
}
