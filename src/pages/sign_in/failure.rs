//! Why signing in failed, and what to do.

use leptos::prelude::*;
use portal_api::Error;
use portal_core::notice::{Place, WayOut, notice};
use portal_core::text::{Later, Text};

use crate::components::Notice;
use crate::i18n::{tr, use_i18n};
use crate::pages::problem::quote;
use crate::state::{Callback, Signal};
use crate::view::{Part, view};

/// Why signing in failed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Failure {
    /// The call failed.
    Call(Error),
    /// The service wants a second factor.
    SecondFactor,
}

/// How long the service wants the person to wait, where it says so.
pub fn wait_seconds(error: &Error) -> Option<u32> {
    notice(error, Place::SignIn).wait_seconds
}

/// The failure in words. It is spoken at once.
#[component]
pub fn FailureNotice(
    /// What failed; nothing while all is well.
    #[prop(into)]
    failure: Signal<Option<Failure>>,
    /// Sends the form again.
    again: Callback<()>,
) -> Part {
    let i18n = use_i18n();
    Part::of(move || {
        let told = match failure.get()? {
            Failure::Call(error) => notice(&error, Place::SignIn),
            Failure::SecondFactor => {
                let detail = i18n.text(Later::ContactAdministrator);
                return Some(
                    view! { <Notice title=i18n.text(Later::SignInSecondFactor) detail=Some(detail) /> },
                );
            }
        };
        let (title, detail) = (i18n.text(told.title), told.detail.map(|detail| i18n.text(detail)));
        let quote = quote(i18n, &told);
        if told.action == WayOut::Retry {
            let press = move |_| again.run(());
            return Some(view! {
                <Notice title detail quote>
                    <button type="button" class="button" on:click=press>
                        {tr(Text::TryAgain)}
                    </button>
                </Notice>
            });
        }
        Some(view! { <Notice title detail quote /> })
    })
}
