//! What the form for a new message has: all fields of Create Message (contract.md 1.22), in groups.

use std::sync::Arc;

use leptos::prelude::*;
use portal_core::inbox::Field;
use portal_core::text::Inbox as Words;

use super::super::field::{Form, Kind, TextField};
use super::super::page::{Choices, choices};
use super::super::settings::options;
use super::Work;
use crate::i18n::{own_name, tr};
use crate::settings::Deployment;

/// The id of the field that something is wrong with.
pub(super) fn id_of(field: Field) -> &'static str {
    match field {
        Field::Id => "message-id",
        Field::Application => "message-application",
        Field::Body => "message-body",
        Field::Produced => "message-produced",
        Field::Zone => "message-zone",
        Field::Linked => "message-linked",
        Field::Unit => "message-unit",
        Field::Callback => "message-callback",
        Field::Action => "message-action",
    }
}

/// All of them, in the order of what the person thinks of.
pub(super) fn fields(work: Work) -> AnyView {
    let (desk, form) = (work.desk, work.form);
    let i18n = desk.i18n;
    let field = |id: &str, label: Words, hint: Option<Words>, field: Option<Field>| TextField {
        id: id.to_owned(),
        label: tr(label),
        hint,
        field,
        required: matches!(
            field,
            Some(Field::Id | Field::Application | Field::Produced | Field::Zone | Field::Unit)
        ),
        kind: Kind::Line,
    };
    let lines = |it: TextField| TextField { kind: Kind::Lines, ..it };
    let applications = move |none: Option<Words>| {
        let first = none.map(|none| (String::new(), i18n.text(none)));
        let all = desk.applications.with_untracked(|all| {
            let entries = all.iter().flat_map(|all| &all.entries);
            entries.map(|entry| (entry.id.as_str().to_owned(), entry.name.clone())).collect::<Vec<_>>()
        });
        first.into_iter().chain(all).collect::<Vec<_>>()
    };
    let (colors, ringtones) = choices();
    let numbered = move |listed: Choices| {
        let mut all = vec![(String::new(), i18n.text(Words::Unsaid))];
        all.extend(options(i18n, listed));
        all
    };
    let (kinds, states) = (Words::KIND, Words::STATE);
    let two = move |words: [Words; 2]| {
        words.into_iter().zip(["0", "1"]).map(|(word, key)| (key.to_owned(), i18n.text(word))).collect()
    };
    let organization = work.desk.inbox.session.stage_untracked().organization().map(|it| it.name.clone());
    view! {
        <fieldset>
            <legend>{tr(Words::GroupWhat)}</legend>
            <p class="inbox-note">
                {tr(Words::FieldOrganization)}" "<bdi>{organization}</bdi>
            </p>
            {form.select(
                field("message-application", Words::FieldApplication, None, Some(Field::Application)),
                |draft| draft.application.clone(),
                move || applications(Some(Words::ChooseApplication)),
                |draft, id| draft.application = id,
            )}
            {form.select(
                field("message-type", Words::FieldType, None, None),
                |draft| flag(draft.alert),
                move || two(kinds),
                |draft, kind| draft.alert = kind == "1",
            )}
            {lines_of(form, lines(field("message-body", Words::FieldBody, Some(Words::FieldBodyHint), Some(Field::Body))))}
            {by_locale(form)}
            {form.text(
                lines(field("message-tags", Words::FieldTags, Some(Words::FieldTagsHint), None)),
                |draft| &mut draft.tags,
            )}
            {form.select(
                field("message-color", Words::Color, None, None),
                move |draft| number(draft.color),
                move || numbered(colors),
                |draft, id| draft.color = id.parse().ok(),
            )}
            {form.select(
                field("message-ring", Words::Ringtone, None, None),
                move |draft| number(draft.ring),
                move || numbered(ringtones),
                |draft, id| draft.ring = id.parse().ok(),
            )}
        </fieldset>
        <fieldset>
            <legend>{tr(Words::GroupWho)}</legend>
            {form.text(
                field("message-unit", Words::FieldUnit, Some(Words::FieldUnitHint), Some(Field::Unit)),
                |draft| &mut draft.unit,
            )}
            {form.text(field("message-asset", Words::FieldAsset, Some(Words::FieldAssetHint), None), |draft| &mut draft.asset)}
        </fieldset>
        <fieldset>
            <legend>{tr(Words::GroupLink)}</legend>
            {form.select(
                field("message-linked", Words::FieldLinked, None, Some(Field::Linked)),
                |draft| draft.linked_application.clone(),
                move || applications(Some(Words::Unsaid)),
                |draft, id| draft.linked_application = id,
            )}
            {form.text(field("message-menu", Words::FieldMenu, Some(Words::FieldMenuHint), None), |draft| &mut draft.linked_menu)}
            {form.text(field("message-state", Words::FieldState, Some(Words::FieldStateHint), None), |draft| &mut draft.linked_state)}
            {form.text(
                field("message-action", Words::FieldAction, Some(Words::FieldActionHint), Some(Field::Action)),
                |draft| &mut draft.action,
            )}
            {form.text(
                field("message-callback", Words::FieldCallback, Some(Words::FieldCallbackHint), Some(Field::Callback)),
                |draft| &mut draft.callback,
            )}
        </fieldset>
        <fieldset>
            <legend>{tr(Words::GroupFacts)}</legend>
            {move || {
                work.creating.fresh_id.track();
                let it = field("message-id", Words::FieldId, Some(Words::FieldIdHint), Some(Field::Id));
                untrack(|| form.text(it, |draft| &mut draft.id))
            }}
            {form.text(
                field("message-produced", Words::FieldProduced, Some(Words::FieldProducedHint), Some(Field::Produced)),
                |draft| &mut draft.produced,
            )}
            {form.text(field("message-zone", Words::FieldZone, Some(Words::FieldZoneHint), Some(Field::Zone)), |draft| &mut draft.zone)}
            {form.select(
                field("message-resolved", Words::FieldResolved, None, None),
                |draft| flag(draft.resolved),
                move || two(states),
                |draft, state| draft.resolved = state == "1",
            )}
            {form.text(field("message-feature", Words::FieldFeature, None, None), |draft| &mut draft.feature)}
        </fieldset>
    }.into_any()
}

/// A number among what can be chosen; none where nothing is said.
fn number(number: Option<i64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// Which of two, by the key of the second.
fn flag(second: bool) -> String {
    if second { "1" } else { "0" }.to_owned()
}

fn lines_of(form: Form, it: TextField) -> AnyView {
    form.text(it, |draft| &mut draft.body)
}

/// The text in each language of the portal, besides the one for all.
fn by_locale(form: Form) -> Vec<AnyView> {
    let locales = expect_context::<Arc<Deployment>>().settings.locales.clone();
    form.draft.update(|draft| {
        for locale in &locales {
            if !draft.body_by_locale.iter().any(|(known, _)| known == locale.as_str()) {
                draft.body_by_locale.push((locale.as_str().to_owned(), String::new()));
            }
        }
    });
    let field = |locale: &portal_core::names::Locale| {
        let (key, language, i18n) = (locale.as_str().to_owned(), own_name(locale), form.i18n);
        let it = TextField {
            id: format!("message-body-{key}"),
            label: Signal::derive(move || i18n.fill(Words::FieldBodyIn, &[("language", &language)])),
            hint: None,
            field: None,
            required: false,
            kind: Kind::Lines,
        };
        form.text(it, move |draft| draft.body_in(&key))
    };
    locales.iter().map(field).collect()
}
