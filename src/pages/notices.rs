//! What stands over whatever page: short messages, and how old is what is seen.

use leptos::prelude::*;
use portal_core::text::Later;

use super::connection::Connection;
use super::follow::Message;
use super::new_version;
use crate::components::Toasts;
use crate::i18n::tr;
use crate::state::{Callback, provided};
use crate::view::{Part, view};

/// Both regions stand in the document always, so that what is put into them is spoken.
#[component]
pub fn Notices() -> Part {
    let Message(message) = provided();
    new_version::watch(message);
    view! {
        <Connection />
        <Toasts message close_label=tr(Later::VersionLater) on_close=Callback::new(move |()| message.set(None)) />
    }
}
