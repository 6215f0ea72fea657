//! `/messages`: applications with how many of their messages wait, and beside them what one of them has, a new message, or
//! the settings.

use std::sync::Arc;

use leptos::prelude::*;
use portal_api::message::{CreateMessage, GetMessageColors, GetMessageRingtones, GetUnresolvedMessages};
use portal_api::{Application, ApplicationId, Listed};
use portal_core::catalog::{Catalog, Entry};
use portal_core::launch::Launch;
use portal_core::notice::Place;
use portal_core::route::further::Further;
use portal_core::text::Inbox as Words;

use super::create::create_panel;
use super::ids::ids_panel;
use super::inbox::{Inbox, use_inbox};
use super::leave::question;
use super::list::application_list;
use super::settings::settings_panel;
use crate::browser::{self, Collator, dom};
use crate::components::{IconName, PageState, SkeletonRows};
use crate::i18n::{I18n, tr, use_i18n};
use crate::pages::further::offered::{is_offered, not_offered};
use crate::pages::further::page;
use crate::pages::problem::problem;
use crate::query::{Query, use_applications, use_query};

/// The id of the panel's heading.
pub(super) const PANEL_ID: &str = "inbox-panel-title";

/// The id of the heading of the list.
pub(super) const LIST_ID: &str = "inbox-list-title";

/// What stands beside the list.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Panel {
    /// Nothing was chosen.
    Hint,
    /// The messages of an application.
    Ids(ApplicationId),
    /// A new message.
    Create,
    /// How new messages make themselves felt.
    Settings,
}

impl Panel {
    fn read(query: &[(String, String)]) -> Self {
        let value = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        match (value("application").and_then(ApplicationId::parse), value("show")) {
            (Some(application), _) => Self::Ids(application),
            (None, Some("new")) => Self::Create,
            (None, Some("settings")) => Self::Settings,
            _ => Self::Hint,
        }
    }

    fn query(&self) -> Vec<(String, String)> {
        let pair = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
        match self {
            Self::Hint => Vec::new(),
            Self::Ids(application) => pair("application", application.as_str()),
            Self::Create => pair("show", "new"),
            Self::Settings => pair("show", "settings"),
        }
    }
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) inbox: Inbox,
    pub(super) i18n: I18n,
    /// In the order of the launcher; ids that repeat stand once, for their messages are the same.
    pub(super) applications: Memo<Option<Arc<Applications>>>,
    pub(super) panel: Memo<Panel>,
}

/// The applications of the person.
pub(super) struct Applications {
    pub(super) list: Arc<Listed<Application>>,
    pub(super) entries: Vec<Entry>,
}

impl Applications {
    /// The application with an id.
    pub(super) fn find(&self, id: &ApplicationId) -> Option<(&Entry, &Application)> {
        let entry = self.entries.iter().find(|entry| entry.id == *id)?;
        Some((entry, self.list.entries.get(entry.application)?))
    }
}

impl Desk {
    /// Shows something else beside the list. The step can be taken back.
    pub(super) fn open(self, panel: &Panel) {
        self.inbox.places.step(&Further::Messages.with(panel.query()));
        dom::focus_id(PANEL_ID);
        // Drawn a moment later where it is another part.
        browser::viewport::next_frame(|| {
            dom::focus_id(PANEL_ID);
            // On a phone the list stands in the place of the panel.
            if !browser::viewport::has_focus(PANEL_ID) {
                dom::focus_id(LIST_ID);
            }
        });
    }

    /// The name of an application; its id where the list does not have it.
    pub(super) fn name(self, id: &ApplicationId) -> String {
        let found = |all: &Arc<Applications>| all.find(id).map(|(entry, _)| entry.name.clone());
        let name = self.applications.with(|all| all.as_ref().and_then(found));
        name.unwrap_or_else(|| id.as_str().to_owned())
    }
}

/// What can be chosen of colours and sounds.
pub(super) type Choices = Query<Listed<portal_api::message::Choice>>;

/// The two lists, asked for where one is shown.
pub(super) fn choices() -> (Choices, Choices) {
    (use_query(|| Some(GetMessageColors)), use_query(|| Some(GetMessageRingtones)))
}

/// The page.
pub(super) fn messages_page() -> AnyView {
    if !is_offered::<GetUnresolvedMessages>() {
        return page(Words::Title, Box::new(not_offered::<GetUnresolvedMessages>));
    }
    page(Words::Title, Box::new(content))
}

fn content() -> AnyView {
    let (inbox, i18n) = (use_inbox(), use_i18n());
    let load = use_applications(|| true);
    let applications = Memo::new_with_compare(
        move |_| {
            let list = load.value()?;
            let locale = i18n.locale();
            let undecided = |_: &Application| Launch::NoAddress;
            let catalog = Catalog::new(&list, &locale, &Collator::new(&locale), &undecided, &|_| None);
            let entries = catalog.entries().iter().filter(|entry| entry.nth == 1).cloned().collect();
            Some(Arc::new(Applications { list, entries }))
        },
        |_, _| true,
    );
    let panel = Memo::new(move |before: Option<&Panel>| match Further::of(&inbox.places.route()) {
        Some((Further::Messages, query)) => Panel::read(query),
        // On the way to another screen.
        _ => before.cloned().unwrap_or(Panel::Hint),
    });
    let desk = Desk { inbox, i18n, applications, panel };
    Effect::new(move || {
        applications.with(|all| {
            let Some(all) = all else { return };
            inbox.looking.note_listed(all.entries.len());
            for entry in &all.entries {
                inbox.looking.note_name(&entry.id, entry.name.clone());
            }
        });
    });
    let state =
        Memo::new(move |_| match applications.with(|all| all.as_ref().map(|all| all.entries.is_empty())) {
            Some(empty) => Ok(Some(empty)),
            None => load.error().map_or(Ok(None), Err),
        });
    let retry = Callback::new(move |()| load.retry());
    let shown = move || match state.get() {
        Err(error) => problem(&error, Place::Launcher, retry),
        Ok(None) => view! { <SkeletonRows cancel=load.canceller() /> }.into_any(),
        Ok(Some(true)) => {
            let title = i18n.text(Words::NoApplications);
            view! { <PageState icon=IconName::EMPTY title /> }.into_any()
        }
        Ok(Some(false)) => both(desk),
    };
    view! {
        {shown}
        {question(desk)}
    }
    .into_any()
}

/// The list and what stands beside it. On a phone one of them is seen.
fn both(desk: Desk) -> AnyView {
    let Desk { i18n, panel, .. } = desk;
    let beside = move || match panel.get() {
        Panel::Hint => hint(i18n),
        Panel::Ids(application) => ids_panel(desk, application),
        Panel::Create => create_panel(desk),
        Panel::Settings => settings_panel(desk),
    };
    let one = move || (panel.get() != Panel::Hint).then_some("panel");
    let go = move |to: Panel| move |_| desk.open(&to);
    let create = is_offered::<CreateMessage>().then(|| {
        view! {
            <button type="button" class="button" on:click=go(Panel::Create)>
                {tr(Words::CreateOpen)}
            </button>
        }
    });
    view! {
        <div class="inbox-tools">
            {super::list::summary(desk)}
            {create}
            <button type="button" class="button" on:click=go(Panel::Settings)>
                {tr(Words::SettingsTitle)}
            </button>
        </div>
        <div class="inbox" data-shows=one>
            {application_list(desk)}
            <section class="inbox-panel" aria-labelledby=PANEL_ID>
                <div class="inbox-back">
                    <button type="button" class="text-link" on:click=go(Panel::Hint)>
                        {tr(Words::Back)}
                    </button>
                </div>
                {beside}
            </section>
        </div>
    }
    .into_any()
}

fn hint(i18n: I18n) -> AnyView {
    view! {
        <h2 id=PANEL_ID tabindex="-1">
            {i18n.text(Words::HintTitle)}
        </h2>
        <p class="inbox-note">{i18n.text(Words::HintDetail)}</p>
        <p class="inbox-note">{i18n.text(Words::OnlyIds)}</p>
    }
    .into_any()
}
