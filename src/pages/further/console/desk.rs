//! What the parts of the console share: the operation, what is typed, and the call under way.

use std::sync::Arc;

use futures::channel::oneshot;
use futures::future::{Either, select};
use leptos::prelude::*;
use portal_api::describe::{self, Description};
use portal_api::{Application, Audience, Error, ErrorKind, Listed, TransportFailure};
use portal_core::console::{Caller, Filled, Known, Outgoing, callers, fill_in, find};
use portal_core::route::Route;
use portal_core::route::further::Further;

use super::kept::{Entry, Kept};
use crate::browser::{self, dom};
use crate::i18n::{I18n, use_i18n};
use crate::query::{Query, use_applications};
use crate::routes::{Places, use_places};
use crate::session::{RawCall, Session, use_session};
use crate::settings::Deployment;

/// The pair of the query that names the operation.
const OPERATION: &str = "operation";
/// The operation where the address names none: it only reads, and takes nothing.
const FIRST: &str = "get-user-information";
/// The id of the heading of the reply.
pub(super) const REPLY_ID: &str = "console-reply";

/// A form as it is drawn.
#[derive(Clone)]
pub(super) struct Form {
    /// Of which operation.
    pub description: &'static Description,
    /// What stands in it first, one text for each parameter.
    pub first: Arc<Vec<String>>,
    /// Whether that is from the history, and to be left as it is.
    taken_up: bool,
}

/// The console.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub session: Session,
    pub i18n: I18n,
    pub kept: Kept,
    pub form: RwSignal<Option<Form>>,
    /// What is typed.
    pub texts: RwSignal<Vec<String>>,
    pub caller: RwSignal<Caller>,
    pub sending: RwSignal<bool>,
    /// Whether the person is asked before something is changed.
    pub asked: RwSignal<bool>,
    /// The call whose reply is shown.
    pub shown: RwSignal<Option<Arc<Entry>>>,
    /// The applications that the person may use, to choose from.
    pub applications: Query<Listed<Application>>,
    places: Places,
    deployment: StoredValue<Arc<Deployment>>,
    slug: Memo<String>,
    /// An entry of the history to take up, once the address has changed.
    taking_up: StoredValue<Option<Arc<Entry>>>,
    /// Ends the call under way when it is dropped.
    under_way: StoredValue<Option<oneshot::Sender<()>>>,
}

impl Desk {
    /// The console of the page that is being drawn.
    pub(super) fn new() -> Self {
        let (session, places) = (use_session(), use_places());
        let slug = Memo::new(move |before: Option<&String>| match Further::of(&places.route()) {
            Some((Further::Console, query)) => {
                let named = query.iter().find(|(key, _)| key == OPERATION);
                named.map_or_else(|| FIRST.to_owned(), |(_, slug)| slug.clone())
            }
            // On the way to another screen.
            _ => before.cloned().unwrap_or_default(),
        });
        let desk = Self {
            session,
            i18n: use_i18n(),
            kept: Kept::of(session),
            form: RwSignal::new(None),
            texts: RwSignal::new(Vec::new()),
            caller: RwSignal::new(Caller::This),
            sending: RwSignal::new(false),
            asked: RwSignal::new(false),
            shown: RwSignal::new(None),
            applications: use_applications(|| true),
            places,
            deployment: StoredValue::new(expect_context()),
            slug,
            taking_up: StoredValue::new(None),
            under_way: StoredValue::new(None),
        };
        desk.follow();
        desk
    }

    /// Draws the form of the operation that the address names; again with what is known later, unless something was typed.
    fn follow(self) {
        let mut drawn = None;
        Effect::new(move || {
            let slug = self.slug.get();
            let known = self.known();
            let changed = drawn.as_ref() != Some(&slug);
            let Some(description) = find(&slug) else {
                // Coming back to the operation of before is coming to another.
                drawn = None;
                self.form.set(None);
                self.shown.set(None);
                return;
            };
            if let Some(entry) = self.taking_up.try_update_value(Option::take).flatten() {
                drawn = Some(slug);
                return self.take_up_now(&entry);
            }
            let first: Vec<String> =
                description.parameters.iter().map(|parameter| known.first(parameter)).collect();
            let untouched = self.form.with_untracked(|form| {
                form.as_ref().is_some_and(|form| {
                    !form.taken_up && self.texts.with_untracked(|texts| texts == &*form.first)
                })
            });
            let better =
                self.form.with_untracked(|form| form.as_ref().is_none_or(|form| *form.first != first));
            if changed {
                drawn = Some(slug);
                self.shown.set(None);
                self.caller.set(callers(description).first().copied().unwrap_or(Caller::Nobody));
                self.draw(description, first, false);
            } else if untouched && better {
                self.draw(description, first, false);
            }
        });
    }

    fn draw(self, description: &'static Description, first: Vec<String>, taken_up: bool) {
        self.texts.set(first.clone());
        self.form.set(Some(Form { description, first: Arc::new(first), taken_up }));
    }

    fn known(self) -> Known {
        let stage = self.session.stage();
        let applications: Option<Arc<Listed<Application>>> = self.applications.value();
        let first = applications.as_ref().and_then(|listed| listed.entries.first());
        Known {
            organization: stage.organization().map(|organization| organization.id.to_string()),
            application: first.map(|application| application.id.to_string()),
            user: self.session.viewer().id.map(|id| id.to_string()),
            locale: Some(self.i18n.locale().underscore()),
        }
    }

    /// Whether the address names an operation that there is not; changes are followed.
    pub(super) fn is_unknown(self) -> bool {
        find(&self.slug.get()).is_none()
    }

    /// The operation that the address names; changes are followed.
    pub(super) fn slug(self) -> String {
        self.slug.get()
    }

    /// The place of an operation.
    pub(super) fn place(description: &Description) -> Route {
        Further::Console.with(vec![(OPERATION.to_owned(), description.slug())])
    }

    /// The address of an operation.
    pub(super) fn href(self, description: &Description) -> String {
        self.places.href(&Self::place(description))
    }

    /// Goes to an operation.
    pub(super) fn choose(self, slug: &str) {
        if let Some(description) = describe::all().find(|description| description.slug() == slug) {
            self.places.step(&Self::place(description));
        }
    }

    /// Takes up a call of before: its form, and what came back.
    pub(super) fn take_up(self, entry: Arc<Entry>) {
        let slug = entry.description.slug();
        if self.slug.with_untracked(|now| *now == slug) {
            self.take_up_now(&entry);
        } else {
            self.taking_up.set_value(Some(entry));
            self.choose(&slug);
        }
    }

    fn take_up_now(self, entry: &Arc<Entry>) {
        self.caller.set(entry.caller);
        self.draw(entry.description, entry.texts.clone(), true);
        self.shown.set(Some(Arc::clone(entry)));
    }

    /// The form as it is typed; changes are followed.
    pub(super) fn filled(self, description: &Description) -> Filled {
        self.texts.with(|texts| fill_in(description, texts))
    }

    /// The call as it would go out; changes are followed.
    pub(super) fn call(self, description: &'static Description) -> RawCall {
        RawCall { description, parts: self.filled(description).parts, caller: self.caller.get() }
    }

    /// The call as people may see it; changes are followed.
    pub(super) fn outgoing(self, description: &'static Description) -> Outgoing {
        let call = self.call(description);
        let own = self.kept.aside.adds(&call);
        let base = self.deployment.with_value(|deployment| deployment.settings.api_base.clone());
        let base = if base.starts_with('/') { browser::origin() + &base } else { base };
        Outgoing::new(description, &call.parts, base.trim_end_matches('/'), self.carries(&call), own)
    }

    /// Whether a token goes out with a call.
    fn carries(self, call: &RawCall) -> bool {
        match call.caller {
            Caller::This => true,
            Caller::Own => self.kept.aside.who().is_some(),
            Caller::Nobody => false,
        }
    }

    /// Whether the deployment lets the page send an operation.
    pub(super) fn is_offered(self, description: &Description) -> bool {
        description.spec.audience != Audience::Server
            || self
                .deployment
                .with_value(|deployment| deployment.settings.lets_call(description.spec.operation))
    }

    /// Whether the console would have to have a session of its own for this.
    pub(super) fn lacks_session(self) -> bool {
        self.caller.get() == Caller::Own && self.kept.aside.who().is_none()
    }

    /// Whether the call can be sent; changes are followed.
    pub(super) fn can_send(self, description: &Description) -> bool {
        self.is_offered(description) && !self.lacks_session() && self.filled(description).unfit.is_empty()
    }

    /// Sends what is typed, or asks first.
    pub(super) fn send(self) {
        let Some(Form { description, .. }) = self.form.get_untracked() else { return };
        if self.sending.get_untracked() || self.asked.get_untracked() || !self.can_send(description) {
            return;
        }
        if description.writes {
            self.asked.set(true);
        } else {
            self.send_now(description);
        }
    }

    /// Sends what is typed.
    pub(super) fn send_now(self, description: &'static Description) {
        self.asked.set(false);
        let call = self.call(description);
        let texts = self.texts.with_untracked(|texts| without_secrets(description, texts));
        let (stop, stopped) = oneshot::channel();
        self.under_way.set_value(Some(stop));
        self.sending.set(true);
        let (session, kept, caller) = (self.session, self.kept, call.caller);
        let epoch = session.epoch_untracked();
        let begun = browser::now();
        browser::spawn(async move {
            let outcome = match select(stopped, Box::pin(session.raw(call, kept.aside))).await {
                Either::Right((outcome, _)) => outcome,
                Either::Left(_) => Err(cancelled(description)),
            };
            if session.epoch_untracked() != epoch {
                return;
            }
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a short time")]
            let milliseconds = (browser::now() - begun).round() as u32;
            let number = kept.entries.with_untracked(|all| all.last().map_or(1, |last| last.number + 1));
            let entry = Arc::new(Entry { number, description, texts, caller, outcome, milliseconds });
            kept.add(Arc::clone(&entry));
            self.show(entry);
        });
    }

    fn show(self, entry: Arc<Entry>) {
        // The page may be another by now.
        if self.sending.try_get_untracked().is_none() {
            return;
        }
        self.sending.set(false);
        self.forget_secrets(entry.description);
        self.shown.set(Some(entry));
        dom::focus_id(REPLY_ID);
    }

    /// Takes out of the form what nobody may see, once it has served (hostile.md 28).
    fn forget_secrets(self, description: &'static Description) {
        let is_drawn = self.form.with_untracked(|form| {
            form.as_ref().is_some_and(|form| std::ptr::eq(form.description, description))
        });
        if is_drawn && description.parameters.iter().any(|parameter| parameter.secret) {
            let texts = self.texts.with_untracked(|texts| without_secrets(description, texts));
            self.draw(description, texts, true);
        }
    }

    /// Gives the call under way up.
    pub(super) fn cancel(self) {
        self.under_way.set_value(None);
    }
}

fn cancelled(description: &Description) -> Error {
    let kind = ErrorKind::Transport(TransportFailure::Aborted);
    Error { operation: description.spec.operation, kind, request_id: None }
}

fn without_secrets(description: &Description, texts: &[String]) -> Vec<String> {
    let keep = |(parameter, text): (&describe::Parameter, &String)| {
        if parameter.secret { String::new() } else { text.clone() }
    };
    description.parameters.iter().zip(texts).map(keep).collect()
}
