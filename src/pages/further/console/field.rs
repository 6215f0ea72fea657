//! A field of the form, as the parameter's description wants it.

use leptos::prelude::*;
use portal_api::describe::{Kind, Parameter, Place};
use portal_core::console::{self, unfit};
use portal_core::text::Console;

use super::desk::Desk;
use crate::i18n::{I18n, tr};

/// The id of the list of applications.
pub(super) const APPLICATIONS_ID: &str = "console-applications";

/// The field of the parameter at this place of the form.
pub(super) fn field(desk: Desk, index: usize, parameter: &'static Parameter, first: String) -> AnyView {
    let id = format!("console-field-{index}");
    let about = format!("{id}-about");
    let trouble = format!("{id}-trouble");
    let described = format!("{about} {trouble}");
    let problem = move || {
        let why = desk.texts.with(|texts| parameter.value(texts.get(index)?).err())?;
        Some(desk.i18n.text(unfit(why)))
    };
    let box_ = input(desk, index, parameter, first, &id, described, move || problem().map(|_| "true"));
    let facts = facts(desk.i18n, parameter);
    let explained = match console::about(parameter) {
        Some(text) => view! { <span>{tr(text)}</span> }.into_any(),
        None => view! { <span lang="en">{parameter.words}</span> }.into_any(),
    };
    view! {
        <div class="field console-field">
            <label for=id>
                <code>{parameter.name}</code>
                " "
                <small>{facts}</small>
            </label>
            <div class="field-box">{box_}</div>
            <p class="field-hint" id=about>
                <span>
                    {explained}
                    {example(parameter)}
                </span>
            </p>
            <p class="field-problem" id=trouble>
                {problem}
            </p>
        </div>
    }
    .into_any()
}

/// The same for all kinds: what is typed goes to the desk.
fn input(
    desk: Desk,
    index: usize,
    parameter: &'static Parameter,
    first: String,
    id: &str,
    described: String,
    invalid: impl Fn() -> Option<&'static str> + Send + Sync + 'static,
) -> AnyView {
    let id = id.to_owned();
    let typed = move |event| {
        let text = event_target_value(&event);
        desk.texts.update(|texts| {
            if let Some(held) = texts.get_mut(index) {
                *held = text;
            }
        });
    };
    match parameter.kind {
        Kind::Choice(choices) => options(desk, choices, &first, id, described, typed),
        Kind::Flag => options(desk, &["true", "false"], &first, id, described, typed),
        Kind::Texts | Kind::Json => {
            let class = if parameter.kind == Kind::Json { "code tall" } else { "code" };
            view! {
                <textarea
                    id=id
                    class=class
                    spellcheck="false"
                    autocapitalize="none"
                    autocomplete="off"
                    dir="ltr"
                    aria-describedby=described
                    aria-invalid=invalid
                    prop:value=first
                    on:input=typed
                ></textarea>
            }
            .into_any()
        }
        Kind::Text | Kind::Number => {
            let listed = matches!(parameter.name, "accessKey" | "appId").then_some(APPLICATIONS_ID);
            view! {
                <input
                    id=id
                    type=if parameter.secret { "password" } else { "text" }
                    inputmode=(parameter.kind == Kind::Number).then_some("numeric")
                    list=listed
                    spellcheck="false"
                    autocapitalize="none"
                    autocomplete="off"
                    aria-describedby=described
                    aria-invalid=invalid
                    prop:value=first
                    on:input=typed
                />
            }
            .into_any()
        }
    }
}

fn options(
    desk: Desk,
    choices: &'static [&'static str],
    first: &str,
    id: String,
    described: String,
    typed: impl FnMut(leptos::ev::Event) + 'static,
) -> AnyView {
    let list: Vec<AnyView> = choices
        .iter()
        .map(|choice| {
            view! { <option value=*choice prop:selected=first == *choice>{*choice}</option> }.into_any()
        })
        .collect();
    view! {
        <select id=id aria-describedby=described on:change=typed>
            <option value="" prop:selected=first.is_empty()>
                {desk.i18n.text(Console::NotSent)}
            </option>
            {list}
        </select>
    }
    .into_any()
}

/// Where it stands, what it is, whether it must be there.
fn facts(i18n: I18n, parameter: &Parameter) -> String {
    let place = match parameter.place {
        Place::Query => Console::PlaceQuery,
        Place::Header => Console::PlaceHeader,
        Place::Body => Console::PlaceBody,
    };
    let kind = match parameter.kind {
        Kind::Text => Console::KindText,
        Kind::Number => Console::KindNumber,
        Kind::Flag => Console::KindFlag,
        Kind::Texts => Console::KindTexts,
        Kind::Json => Console::KindJson,
        Kind::Choice(_) => Console::KindChoice,
    };
    let needed = if parameter.required { Console::Required } else { Console::Optional };
    let mut words = vec![i18n.text(place), i18n.text(kind), i18n.text(needed)];
    if let Some(version) = parameter.since {
        words.push(i18n.fill(Console::Since, &[("version", version)]));
    }
    if parameter.secret {
        words.push(i18n.text(Console::Secret));
    }
    words.join(", ")
}

/// What could be typed; not where it stands in the field already, and not what looks like a secret.
fn example(parameter: &'static Parameter) -> Option<AnyView> {
    let shown = !parameter.secret && !matches!(parameter.kind, Kind::Json | Kind::Choice(_) | Kind::Flag);
    shown.then(|| {
        view! {
            " "
            {tr(Console::Example)}
            ": "
            <code>{parameter.example}</code>
        }
        .into_any()
    })
}
