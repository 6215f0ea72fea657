//! What stands over whatever page: short messages, and how old is what is seen.

use leptos::prelude::*;
use portal_core::text::Later;

use super::connection::Connection;
use super::follow::use_follow;
use super::new_version;
use crate::components::{ToastText, Toasts};
use crate::i18n::tr;
use crate::state::{Callback, State, effect};
use crate::view::{Part, view};

/// Both regions stand in the document always, so that what is put into them is spoken.
#[component]
pub fn Notices() -> Part {
    let (told, message) = (use_follow(), State::new(None));
    new_version::watch(message);
    effect(move || {
        let text = told.message.get();
        if !text.is_empty() {
            message.set(Some(ToastText { text, action: None, link: told.way.get_untracked() }));
        }
    });
    view! {
        <Connection />
        <Toasts message close_label=tr(Later::VersionLater) on_close=Callback::new(move |()| message.set(None)) />
    }
}
