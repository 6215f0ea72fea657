//! What stands over whatever page: short messages, and how old is what is seen.

use std::sync::Arc;

use leptos::prelude::*;
use portal_api::Endpoint;
use portal_api::message::GetUnresolvedMessages;
use portal_core::text::Later;

use super::connection::Connection;
use super::follow::use_follow;
use super::new_version;
use crate::components::{ToastText, Toasts};
use crate::i18n::tr;
use crate::lazy;
use crate::session::use_session;
use crate::settings::Deployment;

/// Both regions stand in the document always, so that what is put into them is spoken.
#[component]
pub fn Notices() -> impl IntoView {
    let (told, session, message) = (use_follow(), use_session(), RwSignal::new(None));
    new_version::watch(message);
    Effect::new(move || {
        // One that leads to a page stays until it is closed, but not for the next person (hostile.md 45).
        let _ = session.epoch();
        let leads = |message: &Option<ToastText>| message.as_ref().is_some_and(|it| it.link.is_some());
        if message.with_untracked(leads) {
            message.set(None);
        }
    });
    Effect::new(move || {
        let text = told.message.get();
        if !text.is_empty() {
            message.set(Some(ToastText { text, action: None, link: told.way.get_untracked() }));
        }
    });
    let watched =
        expect_context::<Arc<Deployment>>().settings.lets_call(GetUnresolvedMessages::SPEC.operation);
    view! {
        <Connection />
        {watched.then(lazy::messages)}
        <Toasts message close_label=tr(Later::VersionLater) on_close=Callback::new(move |()| message.set(None)) />
    }
}
