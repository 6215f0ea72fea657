//! The ways to sign in, side by side: the form, the sign-in of the person's domain, the provider of the deployment.

use leptos::html;
use leptos::prelude::*;
use portal_core::text::Later;

use super::domain::{DomainOffer, Domains};
use super::failure::FailureNotice;
use super::form::{AccountForm, Form};
use super::keep::Keep;
use super::{Desk, way};
use crate::browser::dom;
use crate::i18n::{tr, use_i18n};

/// The ways.
#[component]
pub fn Choices(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    if !desk.has_form() {
        return view! {
            <h1>{tr(Later::SignInTitle)}</h1>
            <p class="lead">{tr(Later::SignOnLead)}</p>
            <FailureNotice desk again=Callback::new(|()| ()) />
            <Keep desk />
            <SignOnButton desk first=true />
        }
        .into_any();
    }
    let domains = Domains::new(desk);
    let form = Form::new(desk, domains);
    let provider = desk.sign_on().provider().is_some();
    let or =
        move || (provider || domains.offers()).then(|| view! { <p class="or">{tr(Later::SignOnOr)}</p> });
    view! {
        <h1>{tr(Later::SignInTitle)}</h1>
        <p class="lead">{tr(Later::SignInLead)}</p>
        <FailureNotice desk again=Callback::new(move |()| form.submit()) />
        <AccountForm form />
        {or}
        <DomainOffer domains />
        <SignOnButton desk first=false />
    }
    .into_any()
}

/// The way to the provider of the settings, where there is one.
#[component]
pub fn SignOnButton(
    /// The page.
    desk: Desk,
    /// Whether it is the one next action.
    first: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let button = NodeRef::<html::Button>::new();
    Effect::new(move || {
        if let Some(button) = button.get().filter(|_| first) {
            dom::focus(&button);
        }
    });
    let sign_on = desk.sign_on();
    sign_on.provider().map(|_| {
        let name = move || match &sign_on.name {
            Some(name) => i18n.fill(Later::SignOnButtonNamed, &[("name", name)]),
            None => i18n.text(Later::SignOnButton),
        };
        let class = if first { "button go wide" } else { "button wide" };
        view! {
            <button node_ref=button type="button" class=class on:click=move |_| way::to_provider(desk)>
                {name}
            </button>
        }
    })
}
