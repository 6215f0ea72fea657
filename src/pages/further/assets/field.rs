//! The fields of the screen's forms: a label, a box, and below it what is wrong.

use leptos::prelude::*;
use portal_core::text::Assets;

use super::members;
use crate::i18n::tr;
use crate::state::State;
use crate::view::{Part, view};

/// What a field holds, and whether the form was sent without it.
#[derive(Clone, Copy)]
pub(super) struct Field {
    pub(super) text: State<String>,
    pub(super) missing: State<bool>,
}

impl Field {
    pub(super) fn new(text: String) -> Self {
        Self { text: State::new(text), missing: State::new(false) }
    }

    /// Puts this in.
    pub(super) fn fill(self, text: String) {
        self.text.set(text);
        self.missing.set(false);
    }

    fn type_in(self, text: String) {
        self.fill(text);
    }

    /// A box for the id of a user, which offers those that are known.
    pub(super) fn user(self, id: &'static str, label: Assets, problem: Assets) -> Part {
        let inside = view! {
            <input
                id=id
                type="text"
                list=members::LIST_ID
                dir="auto"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                aria-required="true"
                aria-invalid=move || self.missing.get().then_some("true")
                aria-describedby=format!("{id}-problem")
                prop:value=self.text
                on:input=move |event| self.type_in(event_target_value(&event))
            />
        };
        self.framed(id, label, problem, inside, None)
    }

    /// A box of several lines, with a hint.
    pub(super) fn lines(self, id: &'static str, label: Assets, problem: Assets, hint: Part) -> Part {
        let inside = view! {
            <textarea
                id=id
                rows="4"
                dir="auto"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                aria-required="true"
                aria-invalid=move || self.missing.get().then_some("true")
                aria-describedby=format!("{id}-problem {id}-hint")
                prop:value=self.text
                on:input=move |event| self.type_in(event_target_value(&event))
            ></textarea>
        };
        let hint = view! {
            <p class="field-hint" id=format!("{id}-hint")>
                {hint}
            </p>
        };
        self.framed(id, label, problem, inside, Some(hint))
    }

    fn framed(
        self,
        id: &'static str,
        label: Assets,
        problem: Assets,
        inside: Part,
        hint: Option<Part>,
    ) -> Part {
        view! {
            <div class="field">
                <label for=id>{tr(label)}</label>
                <div class="field-box">{inside}</div>
                <p class="field-problem" id=format!("{id}-problem")>
                    {move || self.missing.get().then(|| tr(problem))}
                </p>
                {hint}
            </div>
        }
    }
}
