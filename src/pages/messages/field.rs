//! The fields of the form for a new message: each with its label, what is meant by it, and what is wrong with it.

use leptos::prelude::*;
use portal_core::inbox::{Draft, Field, Problem};
use portal_core::text::{Inbox as Words, Word};

use crate::i18n::{I18n, tr};

/// What the fields write to, and what is wrong once the person wanted to go on.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub(super) draft: RwSignal<Draft>,
    pub(super) problems: RwSignal<Vec<(Field, Problem)>>,
    pub(super) i18n: I18n,
}

/// How a text is entered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// In one line.
    Line,
    /// In several.
    Lines,
}

/// A field for a text.
pub(super) struct TextField {
    pub(super) id: String,
    pub(super) label: Signal<String>,
    pub(super) hint: Option<Words>,
    /// Whether it can be wrong.
    pub(super) field: Option<Field>,
    /// Whether it is needed.
    pub(super) required: bool,
    pub(super) kind: Kind,
}

impl Form {
    /// The words for what is wrong with a field.
    fn problem(self, field: Option<Field>) -> Option<String> {
        let field = field?;
        let problem = self.problems.with(|all| all.iter().find(|(of, _)| *of == field).map(|(_, it)| *it))?;
        Some(self.i18n.text(words(problem)))
    }

    /// A text, read and written by `of`.
    pub(super) fn text(
        self,
        it: TextField,
        of: impl Fn(&mut Draft) -> &mut String + Clone + 'static,
    ) -> AnyView {
        let TextField { id, label, hint, field, required, kind } = it;
        let mut now = self.draft.with_untracked(Draft::clone);
        let value = of(&mut now).clone();
        let on_input = move |event| {
            let typed = event_target_value(&event);
            self.draft.update(|draft| *of(draft) = typed);
        };
        let problem_id = format!("{id}-problem");
        let described = format!("{id}-hint {problem_id}");
        let invalid = move || self.problem(field).map(|_| "true");
        let input = match kind {
            Kind::Line => view! {
                <input
                    id=id.clone()
                    prop:value=value
                    autocomplete="off"
                    dir="auto"
                    aria-required=required.then_some("true")
                    aria-invalid=invalid
                    aria-describedby=described
                    on:input=on_input
                />
            }
            .into_any(),
            Kind::Lines => view! {
                <textarea
                    id=id.clone()
                    rows="3"
                    prop:value=value
                    dir="auto"
                    aria-invalid=invalid
                    aria-describedby=described
                    on:input=on_input
                ></textarea>
            }
            .into_any(),
        };
        self.frame(id, label, hint, field, required, input)
    }

    /// A choice among values, read and written by the caller. What can be chosen may come later, or in another language.
    pub(super) fn select(
        self,
        it: TextField,
        read: impl Fn(&Draft) -> String + Send + Sync + 'static,
        options: impl Fn() -> Vec<(String, String)> + Send + 'static,
        write: impl Fn(&mut Draft, String) + Send + Sync + 'static,
    ) -> AnyView {
        let TextField { id, label, hint, field, required, .. } = it;
        let described = format!("{id}-hint {id}-problem");
        let list = move || {
            let value = self.draft.with_untracked(&read);
            let option = |(key, name): (String, String)| {
                view! { <option value=key.clone() prop:selected=key == value>{name}</option> }.into_any()
            };
            options().into_iter().map(option).collect::<Vec<_>>()
        };
        let on_change = move |event| {
            let chosen = event_target_value(&event);
            self.draft.update(|draft| write(draft, chosen));
        };
        let input = view! {
            <select
                id=id.clone()
                aria-required=required.then_some("true")
                aria-invalid=move || self.problem(field).map(|_| "true")
                aria-describedby=described
                on:change=on_change
            >
                {list}
            </select>
        }
        .into_any();
        self.frame(id, label, hint, field, required, input)
    }

    fn frame(
        self,
        id: String,
        label: Signal<String>,
        hint: Option<Words>,
        field: Option<Field>,
        required: bool,
        input: AnyView,
    ) -> AnyView {
        let needed = required.then(|| view! { <span aria-hidden="true">" *"</span> });
        let hint_id = format!("{id}-hint");
        let problem_id = format!("{id}-problem");
        view! {
            <div class="field">
                <label for=id>{label}{needed}</label>
                {input}
                <p class="field-hint" id=hint_id>
                    {hint.map(tr)}
                </p>
                <p class="field-problem" id=problem_id>
                    {move || self.problem(field)}
                </p>
            </div>
        }
        .into_any()
    }
}

fn words(problem: Problem) -> Word {
    match problem {
        Problem::Missing => Words::FieldMissing,
        Problem::NoCommonText => Words::FieldNoCommonText,
        Problem::NoTime => Words::FieldNoTime,
        Problem::NoZone => Words::FieldNoZone,
        Problem::NoLinkedApplication => Words::FieldNoLinked,
        Problem::NoAddress => Words::FieldNoAddress,
        Problem::HalfAction => Words::FieldHalfAction,
    }
    .into()
}
