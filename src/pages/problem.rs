//! A failed call in place of a page's content: words and way out from portal-core, drawn by one component.

use leptos::prelude::*;
use portal_api::{Error, ErrorKind, TransportFailure};
use portal_core::notice::{Notice, Place, WayOut, notice};
use portal_core::route::Route;
use portal_core::text::Later;

use crate::components::{IconName, PageState, Tone, again};
use crate::i18n::{I18n, use_i18n};
use crate::routes::use_places;
use crate::session::use_session;

/// The failure with its way out. `retry` runs the same call again.
pub fn problem(error: &Error, place: Place, retry: Callback<()>) -> AnyView {
    problem_with(error, place, retry, ().into_any())
}

/// The failure with its way out, and `more` ways beside it.
pub fn problem_with(error: &Error, place: Place, retry: Callback<()>, more: AnyView) -> AnyView {
    let i18n = use_i18n();
    let told = notice(error, place);
    let icon = icon(error, &told);
    let detail = told.detail.map(|detail| i18n.text(detail));
    let quote = quote(i18n, &told);
    let trace = trace(i18n, &told);
    // Here and not in the children, which do not follow the language.
    let way_out = way_out(i18n, told.action, retry);
    view! {
        <PageState icon title=i18n.text(told.title) detail quote trace tone=Tone::Warn>
            {way_out}
            {more}
        </PageState>
    }
    .into_any()
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

fn way_out(i18n: I18n, action: WayOut, retry: Callback<()>) -> Option<AnyView> {
    let (places, session) = (use_places(), use_session());
    // Who is at the choice already can only ask for it again.
    let at_choice = matches!(places.route_untracked(), Route::Organizations { .. });
    let action = if at_choice && action == WayOut::ChooseOrganization { WayOut::Retry } else { action };
    let name = i18n.text(action.text()?);
    if matches!(action, WayOut::Retry | WayOut::Wait) {
        return Some(again("button go", Signal::derive(move || name.clone()), retry));
    }
    let press = move |_| match action {
        WayOut::SignIn => session.sign_out(),
        WayOut::ChooseOrganization => places.go(&Route::Organizations { next: places.here() }),
        WayOut::Back => places.go(&Route::launcher()),
        WayOut::Retry | WayOut::Wait | WayOut::None => {}
    };
    Some(view! { <button type="button" class="button go" on:click=press>{name}</button> }.into_any())
}

fn icon(error: &Error, told: &Notice) -> IconName {
    match (&error.kind, told.action) {
        (ErrorKind::Transport(TransportFailure::Offline | TransportFailure::Network), _) => IconName::OFFLINE,
        (ErrorKind::Transport(TransportFailure::Timeout), _) | (_, WayOut::Wait) => IconName::CLOCK,
        (_, WayOut::Back | WayOut::ChooseOrganization) => IconName::LOCK,
        _ => IconName::ALERT,
    }
}
