//! The operation, its form, and the button that sends it.

use leptos::ev;
use leptos::prelude::*;
use portal_api::Endpoint;
use portal_api::authentication::RevokeRefreshToken;
use portal_api::describe::Description;
use portal_core::console::{Caller, callers, touches_session};
use portal_core::names::pick;
use portal_core::text::{Console, Later};

use super::desk::{Desk, Form};
use super::field::{APPLICATIONS_ID, field};
use super::list::{family_name, marks};
use super::outgoing::outgoing;
use crate::components::{Choice, Icon, IconName, Notice, Spinner, Tone};
use crate::i18n::tr;

/// At most so many applications are offered to choose from.
const MOST_APPLICATIONS: usize = 200;

/// The form of an operation.
pub(super) fn form(desk: Desk, form: &Form) -> AnyView {
    let description = form.description;
    // What is typed, and not what stood there first: another language draws the form anew.
    let texts = desk.texts.with_untracked(Clone::clone);
    let fields: Vec<AnyView> = description
        .parameters
        .iter()
        .zip(texts)
        .enumerate()
        .map(|(index, (parameter, text))| field(desk, index, parameter, text))
        .collect();
    let none = fields.is_empty().then(|| view! { <p class="console-none">{tr(Console::NoParameters)}</p> });
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        desk.send();
    };
    view! {
        <section aria-labelledby="console-operation">
            <h2 id="console-operation" lang="en">
                {description.spec.operation}
            </h2>
            <p class="console-marks">
                {tr(family_name(description.spec.family))} " " {marks(desk, description)}
            </p>
            <form on:submit=on_submit autocomplete="off">
                <h3>{tr(Console::Parameters)}</h3>
                {none}
                {fields}
                {applications(desk)}
                {caller(desk, description)}
                {reasons(desk, description)}
                {buttons(desk, description)}
                {outgoing(desk, description)}
            </form>
        </section>
    }
    .into_any()
}

/// The applications to choose from in a field.
fn applications(desk: Desk) -> AnyView {
    let locale = desk.i18n.locale();
    let options = move || {
        let listed = desk.applications.value()?;
        let options = listed.entries.iter().take(MOST_APPLICATIONS).map(|application| {
            let name = pick(&application.name, &locale).unwrap_or_default().to_owned();
            view! { <option value=application.id.to_string()>{name}</option> }
        });
        Some(options.collect::<Vec<_>>())
    };
    view! { <datalist id=APPLICATIONS_ID>{options}</datalist> }.into_any()
}

/// Who it is sent as.
fn caller(desk: Desk, description: &'static Description) -> AnyView {
    let options = Signal::derive(move || {
        let name = |caller: &Caller| {
            let word = match caller {
                Caller::This => Console::CallerThis,
                Caller::Own => Console::CallerOwn,
                Caller::Nobody => Console::CallerNobody,
            };
            (caller.word().to_owned(), desk.i18n.text(word))
        };
        callers(description).iter().map(name).collect()
    });
    let touches = touches_session(description);
    let revokes = description.spec.operation == RevokeRefreshToken::SPEC.operation;
    view! {
        <div class="console-caller">
            <Choice
                label=tr(Console::Caller)
                value=Signal::derive(move || desk.caller.get().word().to_owned())
                options=options
                on_change=Callback::new(move |word: String| {
                    if let Some(caller) = Caller::of(&word) {
                        desk.caller.set(caller);
                    }
                })
            />
            {touches.then(|| view! { <p class="console-note">{tr(Console::CallerTouches)}</p> })}
            {revokes.then(|| view! { <p class="console-note">{tr(Console::RevokesAll)}</p> })}
            {move || {
                (touches || desk.caller.get() == Caller::Own).then(|| own(desk))
            }}
            {move || {
                let adds = desk.kept.aside.adds(&desk.call(description)).is_some();
                adds.then(|| view! { <p class="console-note">{tr(Console::OwnToken)}</p> })
            }}
        </div>
    }
    .into_any()
}

/// Whose session the console has beside that of the page.
fn own(desk: Desk) -> AnyView {
    let text = move || match desk.kept.aside.who() {
        None => desk.i18n.text(Console::OwnNone),
        Some(who) => {
            let account = [("account", who.account.as_str())];
            match &who.organization {
                None => desk.i18n.fill(Console::OwnAccount, &account),
                Some(organization) => {
                    let both = [account[0], ("organization", organization.as_str())];
                    desk.i18n.fill(Console::OwnWorking, &both)
                }
            }
        }
    };
    view! {
            <p class="console-note" role="status" dir="auto">
                {text}
            </p>
            {move || {
                desk.kept
                    .aside
                    .who()
                    .map(|_| {
                        view! {
                            <button
                                type="button"
                                class="text-link"
                                on:click=move |_| desk.kept.aside.end(desk.session)
                            >
                                {tr(Console::OwnEnd)}
                            </button>
                        }
    })
            }}
        }
    .into_any()
}

/// Why it cannot be sent, or what the service will say to it.
fn reasons(desk: Desk, description: &'static Description) -> AnyView {
    (move || {
        let i18n = desk.i18n;
        if !desk.is_offered(description) {
            let operation = [("operation", description.spec.operation)];
            let (title, detail) =
                (i18n.text(Later::NotOffered), i18n.fill(Later::NotOfferedDetail, &operation));
            return Some(
                view! {
                    <div id="console-reason">
                        <Notice title detail=Some(detail) tone=Tone::Calm icon=IconName::LOCK />
                    </div>
                }
                .into_any(),
            );
        }
        let missing = desk.filled(description).missing?;
        // The session adds it.
        if desk.kept.aside.adds(&desk.call(description)).is_some() {
            return None;
        }
        let text = i18n.fill(Console::Missing, &[("name", missing.name)]);
        Some(view! { <p class="console-note" id="console-reason">{text}</p> }.into_any())
    })
    .into_any()
}

fn buttons(desk: Desk, description: &'static Description) -> AnyView {
    let refused = move || (!desk.can_send(description) || desk.sending.get()).then_some("true");
    let cancel = move || {
        desk.sending.get().then(|| {
            view! {
                <button type="button" class="button" on:click=move |_| desk.cancel()>
                    {tr(Later::Cancel)}
                </button>
                <span class="console-note" role="status">
                    {tr(Console::Sending)}
                </span>
            }
        })
    };
    let sign = move || {
        if desk.sending.get() {
            view! { <Spinner /> }.into_any()
        } else {
            view! { <Icon name=IconName::NEXT class="i small turns" /> }.into_any()
        }
    };
    view! {
        <div class="console-send">
            <button
                type="submit"
                class="button go"
                aria-disabled=refused
                aria-describedby="console-reason"
                aria-keyshortcuts="Control+Enter Meta+Enter"
            >
                {sign}
                {tr(Console::Send)}
            </button>
            {cancel}
            <small class="console-note">{tr(Console::SendKeys)}</small>
        </div>
    }
    .into_any()
}
