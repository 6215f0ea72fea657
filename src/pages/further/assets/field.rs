//! The fields of the screen's forms: a label, a box, and below it what is wrong.

use leptos::prelude::*;
use portal_api::AssetId;
use portal_core::assets::{MOST_IDS, ids};
use portal_core::text::Assets;

use super::members;
use crate::i18n::{tr, use_i18n};

/// Why a form was not sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    /// Nothing stands there that is of use.
    Missing,
    /// So many ids stand there, which are more than are taken at once.
    TooMany(usize),
}

/// What a field holds, and why the form could not be sent with it.
#[derive(Clone, Copy)]
pub(super) struct Field {
    pub(super) text: RwSignal<String>,
    pub(super) wrong: RwSignal<Option<Wrong>>,
}

impl Field {
    pub(super) fn new(text: String) -> Self {
        Self { text: RwSignal::new(text), wrong: RwSignal::new(None) }
    }

    /// Puts this in.
    pub(super) fn fill(self, text: String) {
        self.text.set(text);
        self.wrong.set(None);
    }

    /// The ids in it, if the form may be sent with them; else says why not.
    pub(super) fn ids(self) -> Option<Vec<AssetId>> {
        let ids = self.text.with_untracked(|text| ids(text));
        let wrong = match ids.len() {
            0 => Some(Wrong::Missing),
            count if count > MOST_IDS => Some(Wrong::TooMany(count)),
            _ => None,
        };
        self.wrong.set(wrong);
        wrong.is_none().then_some(ids)
    }

    fn type_in(self, text: String) {
        self.fill(text);
    }

    /// A box for the id of a user, which offers those that are known.
    pub(super) fn user(self, id: &'static str, label: Assets, problem: Assets) -> AnyView {
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
                aria-invalid=move || self.wrong.get().map(|_| "true")
                aria-describedby=format!("{id}-problem")
                prop:value=self.text
                on:input=move |event| self.type_in(event_target_value(&event))
            />
        }
        .into_any();
        self.framed(id, label, problem, inside, None)
    }

    /// A box of several lines, with a hint.
    pub(super) fn lines(self, id: &'static str, label: Assets, problem: Assets, hint: AnyView) -> AnyView {
        let inside = view! {
            <textarea
                id=id
                rows="4"
                dir="auto"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                aria-required="true"
                aria-invalid=move || self.wrong.get().map(|_| "true")
                aria-describedby=format!("{id}-problem {id}-hint")
                prop:value=self.text
                on:input=move |event| self.type_in(event_target_value(&event))
            ></textarea>
        }
        .into_any();
        let hint = view! {
            <p class="field-hint" id=format!("{id}-hint")>
                {hint}
            </p>
        }
        .into_any();
        self.framed(id, label, problem, inside, Some(hint))
    }

    fn framed(
        self,
        id: &'static str,
        label: Assets,
        problem: Assets,
        inside: AnyView,
        hint: Option<AnyView>,
    ) -> AnyView {
        let i18n = use_i18n();
        let said = move |wrong| match wrong {
            Wrong::Missing => i18n.text(problem),
            Wrong::TooMany(count) => {
                let (count, most) = (count.to_string(), MOST_IDS.to_string());
                i18n.fill(Assets::IdsTooMany, &[("count", &count), ("most", &most)])
            }
        };
        view! {
            <div class="field">
                <label for=id>{tr(label)}</label>
                <div class="field-box">{inside}</div>
                <p class="field-problem" id=format!("{id}-problem")>
                    {move || self.wrong.get().map(said)}
                </p>
                {hint}
            </div>
        }
        .into_any()
    }
}
