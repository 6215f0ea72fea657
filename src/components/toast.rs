//! One short message at a time at the bottom start edge. The region is always in the document, so that what is put into
//! it is spoken.

use std::sync::Arc;

use leptos::prelude::*;

use super::icon::{Icon, IconName};
use crate::browser::Timer;

/// How long a message without an action stays, in milliseconds. With an action it stays until it is closed: nobody is hurried.
const STAY_MS: u64 = 6_000;

/// A message.
#[derive(Clone)]
pub struct ToastText {
    /// What happened.
    pub text: String,
    /// The name of an action, such as "Undo", and what it does. Not a `Callback`: that would end with the part of the
    /// page which made it, such as a menu that closes, and the message outlives that.
    pub action: Option<(String, Arc<dyn Fn() + Send + Sync>)>,
    /// The name and the address of a page that opens in a new tab.
    pub link: Option<(String, String)>,
}

/// The region.
#[component]
pub fn Toasts(
    /// The message shown now.
    #[prop(into)]
    message: Signal<Option<ToastText>>,
    /// The name of the button that closes.
    #[prop(into)]
    close_label: Signal<String>,
    /// Called when the message is closed or its time is over. The owner takes it away.
    on_close: Callback<()>,
) -> impl IntoView {
    let mut timer = Timer::default();
    Effect::new(move || {
        timer.stop();
        if message.with(|message| message.as_ref().is_some_and(|it| it.action.is_none() && it.link.is_none()))
        {
            timer.start(STAY_MS, move || {
                on_close.try_run(());
            });
        }
    });
    let shown = move || {
        message.get().map(|ToastText { text, action, link }| {
            let link = link.map(|(name, href)| {
                view! {
                    <a class="text-link" href=href target="_blank" rel="noopener noreferrer">
                        {name}
                    </a>
                }
});
            let act = action.map(|(name, run)| {
                let run = move |_| {
                    run();
                    on_close.run(());
                };
                view! { <button type="button" class="text-link" on:click=run>{name}</button> }
});
            view! {
                <div class="toast">
                    <span dir="auto">{text}</span>
                    {act}
                    {link}
                    <button type="button" class="icon-button" aria-label=close_label on:click=move |_| on_close.run(())>
                        <Icon name=IconName::CLOSE class="i small" />
                    </button>
                </div>
            }
})
    };
    view! {
        <div class="toasts" role="status">
            {shown}
        </div>
    }
}
