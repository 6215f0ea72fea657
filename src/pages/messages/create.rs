//! A new message, by Create Message (contract.md 1.22). Nothing typed is lost: the draft stays until the message is made
//! or the person gives it up.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use portal_api::message::{CreateMessage, NewMessage};
use portal_api::{ApplicationId, Error, MessageId, OrganizationId};
use portal_core::inbox::{Draft, Failure, Field, produced_at};
use portal_core::notice::{Place, notice};
use portal_core::text::{Inbox as Words, Later};

use super::field::{Form, Kind, TextField};
use super::page::{Desk, PANEL_ID, choices};
use super::settings::options;
use crate::browser::{self, dom};
use crate::components::{Dialog, Notice, Spinner};
use crate::i18n::{own_name, tr};
use crate::pages::further::offered::{is_offered, not_offered};
use crate::pages::problem::quote;
use crate::settings::Deployment;
use crate::state::{Callback, Signal, State, provided};
use crate::view::{Part, view};

/// How creating went.
#[derive(Clone, PartialEq)]
enum Outcome {
    Made { id: MessageId, application: ApplicationId, resolved: bool },
    Failed(Error),
}

/// What is at work.
#[derive(Clone, Copy)]
struct Work {
    desk: Desk,
    form: Form,
    /// The message that the person is asked about.
    checked: State<Option<NewMessage>>,
    busy: State<bool>,
    outcome: State<Option<Outcome>>,
    /// Counts up when the form begins anew.
    fresh: State<usize>,
}

/// The panel.
pub(super) fn create_panel(desk: Desk) -> Part {
    if !is_offered::<CreateMessage>() {
        return not_offered::<CreateMessage>();
    }
    let form = Form { draft: desk.inbox.draft, problems: State::new(Vec::new()), i18n: desk.i18n };
    let work = Work {
        desk,
        form,
        checked: State::new(None),
        busy: State::new(false),
        outcome: State::new(None),
        fresh: State::new(0),
    };
    form.draft.update(|draft| draft.complete(begin()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        work.check();
    };
    view! {
        <h2 id=PANEL_ID tabindex="-1">
            {tr(Words::CreateTitle)}
        </h2>
        <p class="inbox-note">{tr(Words::CreateNote)}</p>
        <div role="status">{move || made(work)}</div>
        <form class="inbox-form" novalidate=true on:submit=submit>
            {move || {
                work.fresh.track();
                untrack(|| fields(work))
            }}
            {move || failed(work)}
            <div class="actions">
                <button type="submit" class="button go" aria-busy=move || work.busy.get().then_some("true")>
                    {move || work.busy.get().then(|| view! { <Spinner /> })}
                    {tr(Words::CreateButton)}
                </button>
            </div>
        </form>
        {question(work)}
    }
}

/// What the portal fills in by itself: an id of chance, the time now, the zone here.
fn begin() -> Draft {
    let (produced, zone) = produced_at(&browser::time_text(), browser::offset_minutes());
    Draft { id: format!("portal-{:x}", browser::number()), produced, zone, ..Draft::default() }
}

impl Work {
    fn organization(self) -> Option<OrganizationId> {
        let stage = self.desk.inbox.session.stage_untracked();
        stage.organization().map(|organization| organization.id.clone())
    }

    /// Says what is wrong, or asks whether to go on.
    fn check(self) {
        let Some(organization) = self.organization().filter(|_| !self.busy.get_untracked()) else { return };
        self.outcome.set(None);
        match self.form.draft.with_untracked(|draft| draft.check(&organization)) {
            Ok(message) => {
                self.form.problems.set(Vec::new());
                self.checked.set(Some(message));
            }
            Err(problems) => {
                if let Some((field, _)) = problems.first() {
                    dom::focus_id(id_of(*field));
                }
                self.form.problems.set(problems);
            }
        }
    }

    /// After `sent` was taken. What the person has written since stays, and so does the focus where they have gone on.
    fn begin_anew(self, sent: Draft) {
        if self.form.draft.with_untracked(|draft| *draft != sent) {
            return;
        }
        self.form.draft.set(Draft { application: sent.application, ..begin() });
        if self.busy.try_get_untracked().is_some() {
            self.fresh.update(|fresh| *fresh += 1);
            dom::focus_id(PANEL_ID);
        }
    }

    /// Creates it. What was typed stays until the service has taken it.
    fn send(self, message: NewMessage) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let sent = self.form.draft.get_untracked();
        browser::spawn(async move {
            let (id, application) = (message.id.clone(), message.application.clone());
            let resolved = message.resolved;
            let call = CreateMessage { messages: vec![message] };
            let reply = self.desk.inbox.session.request_by_server(&call).await;
            self.busy.set(false);
            match reply {
                Ok(()) => {
                    self.desk.inbox.changed(&application, false);
                    self.outcome.set(Some(Outcome::Made { id, application, resolved }));
                    self.begin_anew(sent);
                }
                Err(error) => self.outcome.set(Some(Outcome::Failed(error))),
            }
        });
    }
}

fn made(work: Work) -> Option<Part> {
    let Some(Outcome::Made { id, application, resolved }) = work.outcome.get() else { return None };
    let name = work.desk.name(&application);
    let word = if resolved { Words::CreatedResolved } else { Words::Created };
    let text = work.desk.i18n.fill(word, &[("id", id.as_str()), ("name", &name)]);
    Some(view! { <p class="inbox-made" dir="auto">{text}</p> })
}

fn failed(work: Work) -> Option<Part> {
    let Some(Outcome::Failed(error)) = work.outcome.get() else { return None };
    let i18n = work.desk.i18n;
    let told = notice(&error, Place::Application);
    let (title, detail) = if Failure::of(&error) == Failure::Closed {
        (i18n.text(Words::CreateForbidden), Some(i18n.text(Words::CreateForbiddenDetail)))
    } else {
        (i18n.text(told.title), told.detail.map(|detail| i18n.text(detail)))
    };
    let quote = quote(i18n, &told);
    Some(view! { <Notice title detail quote /> })
}

/// The id of the field that something is wrong with.
fn id_of(field: Field) -> &'static str {
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

fn fields(work: Work) -> Part {
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
    let (colors, ringtones) = choices(desk.inbox);
    let numbered = move |listed: super::page::Choices| {
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
            {form.text(field("message-id", Words::FieldId, Some(Words::FieldIdHint), Some(Field::Id)), |draft| &mut draft.id)}
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
    }
}

/// A number among what can be chosen; none where nothing is said.
fn number(number: Option<i64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// Which of two, by the key of the second.
fn flag(second: bool) -> String {
    if second { "1" } else { "0" }.to_owned()
}

fn lines_of(form: Form, it: TextField) -> Part {
    form.text(it, |draft| &mut draft.body)
}

/// The text in each language of the portal, besides the one for all.
fn by_locale(form: Form) -> Vec<Part> {
    let locales = provided::<Rc<Deployment>>().settings.locales.clone();
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

/// Says what will happen, and asks.
fn question(work: Work) -> Part {
    let i18n = work.desk.i18n;
    let open = Signal::derive(move || work.checked.with(Option::is_some));
    let close = move || work.checked.set(None);
    let children = move || {
        let detail = move || {
            let message = work.checked.get()?;
            let (name, stage) =
                (work.desk.name(&message.application), work.desk.inbox.session.stage_untracked());
            let organization = stage.organization().map(|it| it.name.as_str()).unwrap_or_default();
            let unit = message.authorization_unit.as_str();
            let word = if message.resolved { Words::ConfirmResolved } else { Words::Confirm };
            Some(i18n.fill(
                word,
                &[
                    ("name", &name),
                    ("organization", organization),
                    ("unit", unit),
                    ("id", message.id.as_str()),
                ],
            ))
        };
        let agree = move |_| {
            if let Some(message) = work.checked.get_untracked() {
                close();
                work.send(message);
            }
        };
        view! {
            <p class="dialog-body">{detail}</p>
            <div class="actions">
                <button type="button" class="button go" on:click=agree>
                    {tr(Words::ConfirmAgree)}
                </button>
                <button type="button" class="button" on:click=move |_| close()>
                    {tr(Later::Cancel)}
                </button>
            </div>
        }
    };
    let on_close = Callback::new(move |()| close());
    view! {
        <Dialog open id="create-title" title=tr(Words::ConfirmTitle) on_close children=Arc::new(children) />
    }
}
