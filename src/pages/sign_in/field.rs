//! The fields. Visible labels, names that password managers know, problems beside the field (experience.md L1,
//! L3).

use leptos::prelude::*;
use leptos::{ev, html};
use portal_core::text::Later;

use crate::browser::dom;
use crate::components::{Icon, IconName};
use crate::i18n::tr;

/// The account.
#[component]
pub fn AccountField(
    /// The box; its text is read when the form is sent.
    input: NodeRef<html::Input>,
    /// Whether the form was sent without it.
    missing: RwSignal<bool>,
    /// What stands in it first.
    first: String,
    /// Hears each change.
    typed: Callback<String>,
    /// Hears what stands in it when it is left.
    settled: Callback<String>,
    /// Where to go on when the account is known already.
    next: NodeRef<html::Input>,
) -> impl IntoView {
    let known = !first.is_empty();
    Effect::new(move || {
        let (account, next) = (input.get(), next.get());
        if let Some(input) = if known { next } else { account } {
            dom::focus(&input);
        }
    });
    let text = move || input.try_get_untracked().flatten().map(|input| input.value()).unwrap_or_default();
    let account = view! {
           <input
               node_ref=input
               id="account"
               name="username"
               type="text"
               autocomplete="username"
               autocapitalize="none"
               spellcheck="false"
               required
               aria-invalid=move || missing.get().then_some("true")
               aria-describedby="account-problem"
               prop:value=first
               on:input=move |_| {
                   missing.set(false);
                   typed.run(text());
               }
               on:change=move |_| {
    settled.try_run(text());
    }
           />
       }
    .into_any();
    framed("account", Later::SignInAccount, account, missing, Later::SignInAccountMissing, None)
}

/// A label, the box below it, below that what is wrong with it, and a hint.
fn framed(
    id: &'static str,
    label: Later,
    inside: AnyView,
    missing: RwSignal<bool>,
    problem: Later,
    hint: Option<AnyView>,
) -> AnyView {
    let problem_id = format!("{id}-problem");
    view! {
        <div class="field">
            <label for=id>{tr(label)}</label>
            <div class="field-box">{inside}</div>
            <p class="field-problem" id=problem_id>
                {move || missing.get().then(|| tr(problem))}
            </p>
            {hint}
        </div>
    }
    .into_any()
}

/// The password, which can be shown, with a hint when Caps Lock is on.
#[component]
pub fn PasswordField(
    /// The box; its text is read when the form is sent.
    input: NodeRef<html::Input>,
    /// Whether the form was sent without it.
    missing: RwSignal<bool>,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    let caps_lock = RwSignal::new(false);
    let watch = move |event: ev::KeyboardEvent| caps_lock.set(event.get_modifier_state("CapsLock"));
    let toggle_name =
        move || tr(if shown.get() { Later::SignInHidePassword } else { Later::SignInShowPassword }).get();
    let password = view! {
        <input
            node_ref=input
            id="password"
            name="password"
            type=move || if shown.get() { "text" } else { "password" }
            autocomplete="current-password"
            autocapitalize="none"
            spellcheck="false"
            required
            aria-invalid=move || missing.get().then_some("true")
            aria-describedby="password-problem password-hint"
            on:input=move |_| missing.set(false)
            on:keydown=watch
            on:keyup=watch
        />
        <button
            type="button"
            class="icon-button"
            aria-label=toggle_name
            on:click=move |_| shown.update(|shown| *shown = !*shown)
        >
            {move || {
                view! { <Icon name=if shown.get() { IconName::EYE_OFF } else { IconName::EYE } /> }.into_any()
            }}
        </button>
    }
    .into_any();
    let hint = view! {
        <p class="field-hint" id="password-hint" role="status">
            {move || caps_lock.get().then(|| tr(Later::SignInCapsLock))}
        </p>
    }
    .into_any();
    framed("password", Later::SignInPassword, password, missing, Later::SignInPasswordMissing, Some(hint))
}

/// The code of the second step. Phones offer it from the mail, and a pasted one may have blanks.
#[component]
pub fn CodeField(
    /// The box; its text is read when the form is sent.
    input: NodeRef<html::Input>,
    /// Whether the form was sent without it.
    missing: RwSignal<bool>,
) -> impl IntoView {
    Effect::new(move || {
        if let Some(input) = input.get() {
            dom::focus(&input);
        }
    });
    let code = view! {
        <input
            node_ref=input
            id="code"
            class="code"
            name="code"
            type="text"
            inputmode="numeric"
            autocomplete="one-time-code"
            autocapitalize="none"
            spellcheck="false"
            required
            aria-invalid=move || missing.get().then_some("true")
            aria-describedby="code-problem"
            on:input=move |_| missing.set(false)
        />
    }
    .into_any();
    framed("code", Later::SecondStepCode, code, missing, Later::SecondStepCodeMissing, None)
}
