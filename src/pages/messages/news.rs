//! What is new: spoken, shown as a short message, and sounded, once for a burst (experience.md M7, M11).

use leptos::html;
use leptos::prelude::*;
use portal_core::inbox::{News as What, tones};
use portal_core::route::further::Further;
use portal_core::text::{Inbox as Words, Later};

use super::bell::{color_name, count};
use super::inbox::Inbox;
use super::page::PANEL_ID;
use crate::browser::{self, dom, number_text, sound};
use crate::components::{Icon, IconName};
use crate::i18n::{I18n, tr, use_i18n};
use crate::pages::further::HEADING_ID;
use crate::reactive::SetIfChanged;

/// Sounds the ringtone for new messages, where the person wants it.
pub(super) fn ring(inbox: Inbox) {
    if inbox.wishes.with_untracked(|it| it.sound) {
        try_ring(inbox);
    }
}

/// Sounds the ringtone that the person has chosen.
pub(super) fn try_ring(inbox: Inbox) {
    let ring = inbox.wishes.with_untracked(|it| it.ring);
    browser::spawn(async move {
        let played = sound::play(&tones(ring)).await;
        inbox.wishes.is_mute.set_if_changed(!played);
    });
}

/// The region, which stands in the document always, so that what is put into it is spoken when there is time.
pub(super) fn news(inbox: Inbox) -> AnyView {
    let i18n = use_i18n();
    let region = NodeRef::<html::Div>::new();
    let shown = move || {
        let text = said(i18n, inbox, &inbox.news.get()?);
        if !inbox.wishes.with(|it| it.popup) {
            return Some(view! { <span class="hidden-text">{text}</span> }.into_any());
        }
        let href = inbox.places.href(&Further::Messages.route());
        let show = move |_| {
            if matches!(Further::of(&inbox.places.route_untracked()), Some((Further::Messages, _))) {
                // Nothing else is shown that would take the focus of the link.
                dom::focus_id(HEADING_ID);
            }
            inbox.news.set(None);
        };
        let close = move |_| {
            if region.get_untracked().is_some_and(|region| dom::focus_is_in(&region, "button")) {
                dom::focus_id_in_place("main");
            }
            inbox.news.set(None);
        };
        Some(
            view! {
                <div class="toast">
                    <span class="news-sign" data-color=color_name(inbox)>
                        <Icon name=IconName::BELL />
                    </span>
                    <span dir="auto">{text}</span>
                    <a class="text-link" href=href on:click=show>
                        {i18n.text(Words::NewsShow)}
                    </a>
                    {allow_sound(inbox)}
                    <button type="button" class="icon-button" aria-label=tr(Later::Close) on:click=close>
                        <Icon name=IconName::CLOSE class="i small" />
                    </button>
                </div>
            }
            .into_any(),
        )
    };
    view! {
        <div class="toasts news" role="status" node_ref=region>
            {shown}
        </div>
    }
    .into_any()
}

/// The way to sounds where the browser has refused one: it wants a press in this page first.
pub(super) fn allow_sound(inbox: Inbox) -> AnyView {
    let node = NodeRef::<html::Span>::new();
    (move || {
        let is_mute = inbox.wishes.is_mute.get();
        if !is_mute
            && let Some(node) =
                node.try_get_untracked().flatten().filter(|node| dom::focus_is_in(node, "button"))
        {
            // The button goes away, which was pressed.
            match dom::around(&node, ".toast") {
                Some(toast) => dom::focus_first(&toast, ".icon-button"),
                None => dom::focus_id(PANEL_ID),
            }
        }
        is_mute.then(|| {
            view! {
                <span class="news-mute" node_ref=node>
                    <span>{tr(Words::SoundRefused)}</span>
                    <button type="button" class="text-link" on:click=move |_| try_ring(inbox)>
                        {tr(Words::SoundAllow)}
                    </button>
                </span>
            }
        })
    })
    .into_any()
}

fn said(i18n: I18n, inbox: Inbox, news: &What) -> String {
    let number = number_text(news.messages, &i18n.locale());
    if let [application] = news.applications.as_slice()
        && let Some(name) = inbox.looking.name(application)
    {
        let text = if news.messages == 1 { Words::NewsOfOne } else { Words::NewsOfOther };
        return i18n.fill(text, &[("count", &number), ("name", &name)]);
    }
    match news.applications.len() {
        0 | 1 => count(i18n, Words::NewsOne, Words::NewsOther, news.messages),
        several => {
            i18n.fill(Words::NewsOfSeveral, &[("count", &number), ("applications", &several.to_string())])
        }
    }
}
