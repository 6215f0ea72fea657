//! A new message, by Create Message (contract.md 1.22). Nothing typed is lost: the draft stays until the message is made
//! or the person gives it up.

mod fields;

use leptos::prelude::*;
use portal_api::message::{CreateMessage, NewMessage};
use portal_api::{ApplicationId, Error, MessageId, OrganizationId};
use portal_core::inbox::{Draft, Failure, produced_at};
use portal_core::notice::{Place, notice};
use portal_core::text::Inbox as Words;

use self::fields::{fields, id_of};
use super::confirm::{Asked, confirm};
use super::field::Form;
use super::page::{Desk, PANEL_ID};
use crate::browser::{self, dom};
use crate::components::{Countdown, Notice, Spinner};
use crate::i18n::tr;
use crate::pages::further::offered::{is_offered, not_offered};
use crate::pages::problem::{quote, reload, trace};
use crate::state::{Signal, State};
use crate::view::{Part, view};

/// How creating went.
#[derive(Clone, PartialEq)]
pub(super) enum Outcome {
    Made { id: MessageId, application: ApplicationId, resolved: bool },
    Failed(Error),
}

/// A message that is being created: that goes on when the panel is left, and its outcome is told to who comes back.
#[derive(Clone, Copy)]
pub(super) struct Creating {
    busy: State<bool>,
    outcome: State<Option<Outcome>>,
    /// Counts up when the form begins anew.
    fresh: State<usize>,
    /// Counts up when only the id is another.
    fresh_id: State<usize>,
}

impl Creating {
    /// Nothing is under way.
    pub(super) fn start() -> Self {
        Self {
            busy: State::new(false),
            outcome: State::new(None),
            fresh: State::new(0),
            fresh_id: State::new(0),
        }
    }

    /// Another person or organization: what is under way is not theirs.
    pub(super) fn forget(self) {
        self.busy.set(false);
        self.outcome.set(None);
    }
}

/// What is at work.
#[derive(Clone, Copy)]
struct Work {
    desk: Desk,
    form: Form,
    /// The message that the person is asked about.
    checked: State<Option<NewMessage>>,
    creating: Creating,
    /// Until the service takes another call, where it told.
    wait: Countdown,
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
        creating: desk.inbox.creating,
        wait: Countdown::new(0),
    };
    form.draft.update(|draft| draft.complete(begin()));
    on_cleanup(move || {
        // What was told is not told again.
        if !work.creating.busy.get_untracked() {
            work.creating.outcome.set(None);
        }
    });
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
                work.creating.fresh.track();
                untrack(|| fields(work))
            }}
            {move || failed(work)}
            <div class="actions">
                <button
                    type="submit"
                    class="button go"
                    aria-busy=move || work.creating.busy.get().then_some("true")
                    aria-disabled=move || work.wait.runs().then_some("true")
                >
                    {move || work.creating.busy.get().then(|| view! { <Spinner /> })}
                    {move || work.wait.text(work.desk.i18n).unwrap_or_else(|| work.desk.i18n.text(Words::CreateButton))}
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
        let held = self.creating.busy.get_untracked() || self.wait.runs_untracked();
        let Some(organization) = self.organization().filter(|_| !held) else { return };
        self.creating.outcome.set(None);
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
            // An id that is used again would replace the message that was made.
            if self.form.draft.with_untracked(|draft| draft.id == sent.id) {
                self.form.draft.update(|draft| draft.id = begin().id);
                self.creating.fresh_id.update(|fresh| *fresh += 1);
            }
            return;
        }
        self.form.draft.set(Draft { application: sent.application, ..begin() });
        self.creating.fresh.update(|fresh| *fresh += 1);
        if self.checked.try_get_untracked().is_some() {
            dom::focus_id(PANEL_ID);
        }
    }

    /// Creates it. What was typed stays until the service has taken it.
    fn send(self, message: NewMessage) {
        if self.creating.busy.get_untracked() {
            return;
        }
        self.creating.busy.set(true);
        let sent = self.form.draft.get_untracked();
        let epoch = self.desk.inbox.session.epoch_untracked();
        browser::spawn(async move {
            let (id, application) = (message.id.clone(), message.application.clone());
            let resolved = message.resolved;
            let call = CreateMessage { messages: vec![message] };
            let reply = self.desk.inbox.session.request_by_server(&call).await;
            if self.desk.inbox.session.epoch_untracked() != epoch {
                return;
            }
            self.creating.busy.set(false);
            match reply {
                Ok(()) => {
                    self.desk.inbox.changed(&application, false);
                    self.creating.outcome.set(Some(Outcome::Made { id, application, resolved }));
                    self.begin_anew(sent);
                }
                Err(error) => {
                    self.wait.start(notice(&error, Place::Application).wait_seconds.unwrap_or_default());
                    self.creating.outcome.set(Some(Outcome::Failed(error)));
                }
            }
        });
    }
}

fn made(work: Work) -> Option<Part> {
    let Some(Outcome::Made { id, application, resolved }) = work.creating.outcome.get() else { return None };
    let name = work.desk.name(&application);
    let word = if resolved { Words::CreatedResolved } else { Words::Created };
    let text = work.desk.i18n.fill(word, &[("id", id.as_str()), ("name", &name)]);
    Some(view! { <p class="inbox-made" dir="auto">{text}</p> })
}

fn failed(work: Work) -> Option<Part> {
    let Some(Outcome::Failed(error)) = work.creating.outcome.get() else { return None };
    let i18n = work.desk.i18n;
    let told = notice(&error, Place::Application);
    let (title, detail) = if Failure::of(&error) == Failure::Closed {
        (i18n.text(Words::CreateForbidden), Some(i18n.text(Words::CreateForbiddenDetail)))
    } else {
        (i18n.text(told.title), told.detail.map(|detail| i18n.text(detail)))
    };
    let (quote, trace) = (quote(i18n, &told), trace(i18n, &told));
    let reload = reload(i18n, &told);
    Some(view! {
        <div>
            <Notice title detail quote>
                {reload}
            </Notice>
            {trace.map(|trace| view! { <p class="trace">{trace}</p> })}
        </div>
    })
}

/// Says what will happen, and asks.
fn question(work: Work) -> Part {
    let i18n = work.desk.i18n;
    let open = Signal::derive(move || work.checked.with(Option::is_some));
    let close = move || work.checked.set(None);
    let detail = move || {
        let message = work.checked.get()?;
        let (name, stage) = (work.desk.name(&message.application), work.desk.inbox.session.stage_untracked());
        let organization = stage.organization().map(|it| it.name.as_str()).unwrap_or_default();
        let unit = message.authorization_unit.as_str();
        let word = if message.resolved { Words::ConfirmResolved } else { Words::Confirm };
        Some(i18n.fill(
            word,
            &[("name", &name), ("organization", organization), ("unit", unit), ("id", message.id.as_str())],
        ))
    };
    let agree = move || {
        if let Some(message) = work.checked.get_untracked() {
            close();
            work.send(message);
        }
    };
    let asked = Asked { id: "create-title", title: Words::ConfirmTitle, verb: Words::ConfirmAgree };
    confirm(open, asked, detail, close, agree)
}
