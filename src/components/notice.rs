//! What went wrong or what is missing, in plain words and with a way out. `Notice` stands inside a page or a form,
//! `PageState` in place of a page's content.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// How loud a notice is. The icon and the words say the same as the colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tone {
    /// Something failed.
    #[default]
    Alert,
    /// Something is limited or left out.
    Warn,
    /// Good to know.
    Calm,
}

impl Tone {
    const fn name(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Warn => "warn",
            Self::Calm => "calm",
        }
    }

    const fn icon(self) -> IconName {
        match self {
            Self::Alert | Self::Warn => IconName::ALERT,
            Self::Calm => IconName::CLOCK,
        }
    }
}

/// A box inside a page. Failures are spoken at once (`alert`), the others when there is time (`status`).
#[component]
pub fn Notice(
    /// What happened, one sentence.
    #[prop(into)]
    title: String,
    /// What it means or what to do.
    #[prop(optional_no_strip)]
    detail: Option<String>,
    /// Words of the service, already made safe to show.
    #[prop(optional_no_strip)]
    quote: Option<String>,
    /// How loud.
    #[prop(optional)]
    tone: Tone,
    /// Instead of the tone's own.
    #[prop(optional)]
    icon: Option<IconName>,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="notice" role=if tone == Tone::Alert { "alert" } else { "status" } data-tone=tone.name()>
            <Icon name=icon.unwrap_or(tone.icon()) />
            <p class="notice-title">{title}</p>
            {detail.map(|detail| view! { <p class="notice-detail">{detail}</p> })}
            {quote.map(|quote| view! { <p class="quote" dir="auto">{quote}</p> })}
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </div>
    }
}

/// A page that has nothing else to show: empty, no match, refused, failed.
#[component]
pub fn PageState(
    /// The sign above the title.
    icon: IconName,
    /// The title.
    #[prop(into)]
    title: String,
    /// What it means and what can be done.
    #[prop(optional_no_strip)]
    detail: Option<String>,
    /// Words of the service, already made safe to show.
    #[prop(optional_no_strip)]
    quote: Option<String>,
    /// For the administrator: operation and request id.
    #[prop(optional_no_strip)]
    trace: Option<String>,
    /// `Alert` and `Warn` colour the sign and are spoken at once; `Calm` is an ordinary state.
    #[prop(default = Tone::Calm)]
    tone: Tone,
    /// The title is the page's own heading.
    #[prop(optional)]
    heading: bool,
    /// Ways out, the likely one first with the class `go`.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="state" role=(tone != Tone::Calm).then_some("alert") data-tone=tone.name()>
            <span class="state-sign">
                <Icon name=icon />
            </span>
            {if heading {
                view! { <h1 tabindex="-1">{title}</h1> }.into_any()
            } else {
                view! { <h2>{title}</h2> }.into_any()
            }}
            {detail.map(|detail| view! { <p class="state-detail">{detail}</p> })}
            {quote.map(|quote| view! { <p class="quote" dir="auto">{quote}</p> })}
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
            {trace.map(|trace| view! { <p class="trace">{trace}</p> })}
        </div>
    }
}
