//! A failed call in place of a page's content: words and way out from portal-core, drawn by one component.

use portal_api::{Error, ErrorKind, TransportFailure};
use portal_core::notice::{Notice, Place, WayOut, notice};
use portal_core::route::Route;
use portal_core::text::{Later, Text};

use crate::browser;
use crate::components::{IconName, PageState, Tone, again, again_after};
use crate::i18n::{I18n, tr, use_i18n};
use crate::routes::use_places;
use crate::session::use_session;
use crate::state::{Callback, Signal};
use crate::view::{Part, view};

/// The failure with its way out. `retry` runs the same call again.
pub fn problem(error: &Error, place: Place, retry: Callback<()>) -> Part {
    problem_with(error, place, retry, Part::empty())
}

/// The failure with its way out, and `more` ways beside it.
pub fn problem_with(error: &Error, place: Place, retry: Callback<()>, more: Part) -> Part {
    let i18n = use_i18n();
    let told = notice(error, place);
    let icon = icon(error, &told);
    let detail = told.detail.map(|detail| i18n.text(detail));
    let quote = quote(i18n, &told);
    let trace = trace(i18n, &told);
    // Here and not in the children, which do not follow the language.
    let way_out = way_out(i18n, &told, retry);
    view! {
        <PageState icon title=i18n.text(told.title) detail quote trace tone=Tone::Warn>
            {way_out}
            {more}
        </PageState>
    }
}

/// What the service said, as a sentence.
pub fn quote(i18n: I18n, told: &Notice) -> Option<String> {
    told.service_text.as_ref().map(|text| i18n.fill(Later::NoticeServiceSays, &[("text", text)]))
}

/// For the help desk: operation, code and request id.
pub fn trace(i18n: I18n, told: &Notice) -> Option<String> {
    let mut parts = vec![i18n.fill(Later::NoticeOperation, &[("operation", told.operation)])];
    if let Some(code) = told.code {
        parts.push(i18n.fill(Later::NoticeCode, &[("code", &code.to_string())]));
    }
    if let Some(id) = &told.request_id {
        parts.push(i18n.fill(Later::NoticeRequestId, &[("id", id)]));
    }
    Some(parts.join(" · "))
}

/// The button of a notice that tries again: at once, when the time is up that the service asks for, or with a page that is
/// loaded again. `None` where none of them helps.
pub fn try_again(i18n: I18n, told: &Notice, class: &'static str, retry: Callback<()>) -> Option<Part> {
    button(i18n, told.action, told.wait_seconds, class, retry)
}

/// The part of it that loads the page again, for a form or a dialog whose own button tries again.
pub fn reload(i18n: I18n, told: &Notice) -> Option<Part> {
    (told.action == WayOut::Reload).then(|| try_again(i18n, told, "button", Callback::new(|()| {}))).flatten()
}

/// The same where another try may always help: what is not allowed now may be after a moment's work of an administrator.
pub fn try_again_anyway(i18n: I18n, told: &Notice, class: &'static str, retry: Callback<()>) -> Part {
    try_again(i18n, told, class, retry).unwrap_or_else(|| again(class, tr(Text::TryAgain), retry))
}

fn button(
    i18n: I18n,
    action: WayOut,
    seconds: Option<u32>,
    class: &'static str,
    retry: Callback<()>,
) -> Option<Part> {
    let name = i18n.text(action.text()?);
    match action {
        WayOut::Retry | WayOut::Wait => {
            let name = Signal::derive(move || name.clone());
            Some(again_after(class, name, seconds.unwrap_or_default(), retry))
        }
        WayOut::Reload => {
            Some(view! { <button type="button" class=class on:click=|_| browser::reload()>{name}</button> })
        }
        _ => None,
    }
}

fn way_out(i18n: I18n, told: &Notice, retry: Callback<()>) -> Option<Part> {
    let (action, seconds) = (told.action, told.wait_seconds);
    let (places, session) = (use_places(), use_session());
    // Who is at the choice already can only ask for it again.
    let at_choice = matches!(places.route_untracked(), Route::Organizations { .. });
    let action = if at_choice && action == WayOut::ChooseOrganization { WayOut::Retry } else { action };
    let name = i18n.text(action.text()?);
    if let Some(button) = button(i18n, action, seconds, "button go", retry) {
        return Some(button);
    }
    let press = move |_| match action {
        WayOut::SignIn => session.sign_out(),
        WayOut::ChooseOrganization => places.go(&Route::Organizations { next: places.here() }),
        WayOut::Back => places.go(&Route::launcher()),
        WayOut::Retry | WayOut::Wait | WayOut::Reload | WayOut::None => {}
    };
    Some(view! { <button type="button" class="button go" on:click=press>{name}</button> })
}

fn icon(error: &Error, told: &Notice) -> IconName {
    match (&error.kind, told.action) {
        (ErrorKind::Transport(TransportFailure::Offline | TransportFailure::Network), _) => IconName::OFFLINE,
        (ErrorKind::Transport(TransportFailure::Timeout), _) | (_, WayOut::Wait) => IconName::CLOCK,
        (_, WayOut::Back | WayOut::ChooseOrganization | WayOut::Reload) => IconName::LOCK,
        _ => IconName::ALERT,
    }
}
