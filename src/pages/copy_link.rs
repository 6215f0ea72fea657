//! A link into the portal for another tab, another day or another person, put on the clipboard.

use leptos::prelude::*;
use portal_core::route::Route;
use portal_core::text::Later;

use super::follow::use_follow;
use crate::browser;
use crate::i18n::use_i18n;
use crate::routes::{Places, use_places};
use crate::session::{Session, use_session};

/// The whole address of a place in the working organization, which it names.
pub fn link_to(places: Places, session: Session, route: &Route) -> String {
    let stage = session.stage_untracked();
    places.link(route, stage.organization().map(|organization| &organization.id))
}

/// Copies the link of a place, and says so. The link itself is shown where that could not be: then a person can.
pub fn copy_link(route: impl Fn() -> Route + Send + Sync + 'static) -> Callback<()> {
    let (i18n, follow, places, session) = (use_i18n(), use_follow(), use_places(), use_session());
    Callback::new(move |()| {
        let link = link_to(places, session, &route());
        browser::spawn(async move {
            let text = if browser::copy(&link).await {
                i18n.text(Later::LinkCopied)
            } else {
                i18n.fill(Later::LinkNotCopied, &[("link", &link)])
            };
            follow.tell(text, None);
        });
    })
}
