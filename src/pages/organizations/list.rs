//! The list of organizations, with a search box from eight on.

use leptos::prelude::*;
use portal_api::{Listed, Organization};
use portal_core::search::{fold, matches};
use portal_core::text::Later;

use super::choosing::Choosing;
use super::last::Last;
use crate::browser::{dom, scroll, viewport};
use crate::components::{Icon, IconName, InitialsMark, SearchBox, Spinner};
use crate::i18n::{tr, use_i18n};

/// From this many on the list has a search box (experience.md O3: more than seven).
const SEARCH_FROM: usize = 8;

/// The list.
pub(super) fn choice(list: Vec<Organization>, choosing: Choosing) -> AnyView {
    let i18n = use_i18n();
    let query = RwSignal::new(String::new());
    let searchable = list.len() >= SEARCH_FROM;
    let list = rows(list, choosing);
    let has_last = list.first().is_some_and(|row| row.badge == Some(Later::OrganizationsLast));
    let shown = move || {
        let folded = fold(&query.get());
        let hits: Vec<AnyView> =
            list.iter().filter(|row| matches(&row.key, &folded)).map(|row| row.view(choosing)).collect();
        if hits.is_empty() {
            let text = i18n.fill(Later::OrganizationsNoMatch, &[("query", &query.get())]);
            return view! { <p role="status">{text}</p> }.into_any();
        }
        view! { <ul class="rows" aria-label=tr(Later::OrganizationsList)>{hits}</ul> }.into_any()
    };
    let rows = NodeRef::<leptos::html::Div>::new();
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowDown" => dom::Step::Next,
            "ArrowUp" => dom::Step::Previous,
            _ => return,
        };
        if let Some(rows) = rows.get_untracked() {
            event.prevent_default();
            dom::focus_step(&rows, "input,.row", step);
        }
    };
    // In an empty box Enter opens the organization of the last time, and nothing where there is none.
    let open_first = Callback::new(move |()| {
        if let Some(rows) = rows.get_untracked()
            && (has_last || query.with_untracked(|query| !query.trim().is_empty()))
        {
            dom::press_first(&rows, ".row");
        }
    });
    take_focus(rows, searchable, has_last);
    view! {
            <div node_ref=rows on:keydown=on_key>
                {searchable
                    .then(|| {
                        view! {
                            <SearchBox
                                id="organization-search"
                                label=tr(Later::OrganizationsSearch)
                                clear_label=tr(Later::Clear)
                                value=query
                                on_input=Callback::new(move |text| query.set(text))
                                on_enter=open_first
                                focus=true
                            />
                        }
    })} {shown}
            </div>
        }
    .into_any()
}

/// Without a search box, Enter opens the organization of the last time at once (experience.md O4). Who came to switch
/// finds the focus on the heading, for what had it is gone (experience.md S16).
fn take_focus(rows: NodeRef<leptos::html::Div>, searchable: bool, has_last: bool) {
    let arrived = !viewport::is_first_screen();
    Effect::new(move || {
        let Some(rows) = rows.get().filter(|_| !searchable) else { return };
        if has_last {
            dom::focus_first(&rows, ".row");
        } else if arrived && scroll::nothing_has_focus() {
            dom::focus_id(super::HEADING);
        }
    });
}

/// An organization in the list.
struct Row {
    organization: Organization,
    /// What a search looks at, folded.
    key: String,
    /// Whether another one has the same name: then the id is shown (experience.md O3).
    ambiguous: bool,
    /// What is special about it.
    badge: Option<Later>,
}

/// In the order of the service, but the organization of the last time first.
fn rows(list: Vec<Organization>, choosing: Choosing) -> Vec<Row> {
    let names: Vec<String> = list.iter().map(|organization| fold(&organization.name)).collect();
    let stage = choosing.session.stage_untracked();
    let current = stage.organization();
    let last = current.is_none().then(|| Last::read(choosing.session)).flatten();
    let mut rows: Vec<Row> = list
        .iter()
        .zip(&names)
        .map(|(organization, name)| Row {
            organization: organization.clone(),
            key: format!("{name}\n{}", fold(organization.id.as_str())),
            ambiguous: names.iter().filter(|other| *other == name).count() > 1,
            badge: if current.is_some_and(|current| current.id == organization.id) {
                Some(Later::OrganizationsCurrent)
            } else if last.as_ref().is_some_and(|last| last.is(&organization.id)) {
                Some(Later::OrganizationsLast)
            } else {
                None
            },
        })
        .collect();
    rows.sort_by_key(|row| row.badge != Some(Later::OrganizationsLast));
    rows
}

impl Row {
    fn view(&self, choosing: Choosing) -> AnyView {
        let organization = self.organization.clone();
        let (id, name) = (organization.id.as_str().to_owned(), organization.name.clone());
        let i18n = use_i18n();
        let detail = self
            .ambiguous
            .then(|| view! { <small>{i18n.fill(Later::OrganizationsId, &[("id", &id)])}</small> });
        let badge = self.badge.map(|badge| view! { <span class="badge">{i18n.text(badge)}</span> });
        let is_busy = {
            let id = id.clone();
            move || choosing.busy.with(|busy| busy.as_ref() == Some(&id))
        };
        let waits = move || if choosing.busy.with(Option::is_some) { "true" } else { "false" };
        let sign = move || {
            if is_busy() {
                view! { <Spinner /> }.into_any()
            } else {
                view! { <Icon name=IconName::NEXT class="i small turns" /> }.into_any()
            }
        };
        view! {
            <li>
                <button
                    type="button"
                    class="row"
                    aria-disabled=waits
                    on:click=move |_| choosing.choose(organization.clone())
                >
                    <InitialsMark key=id name=name.clone() />
                    <span class="row-text">
                        <b dir="auto">{name}</b>
                        {detail}
                    </span>
                    {badge}
                    {sign}
                </button>
            </li>
        }
        .into_any()
    }
}

/// The box "Always start here", with what it means now. It can be unticked at any time: who starts somewhere without
/// asking still comes to this page by "Switch organization".
pub(super) fn always(list: &Listed<Organization>, choosing: Choosing) -> AnyView {
    let i18n = use_i18n();
    let last = Last::read(choosing.session).and_then(|last| last.find(list));
    let meaning = move || match last.as_ref().filter(|_| choosing.always.get()) {
        Some(last) => i18n.fill(Later::OrganizationsAlwaysIn, &[("organization", &last.name)]),
        None => i18n.text(Later::OrganizationsAlwaysNext),
    };
    let on_change = move |event| {
        let always = event_target_checked(&event);
        choosing.always.set(always);
        if let Some(last) = Last::read(choosing.session) {
            last.start_there(always);
        }
    };
    view! {
        <div class="always">
            <input
                type="checkbox"
                id="always"
                aria-describedby="always-means"
                prop:checked=choosing.always.get_untracked()
                on:change=on_change
            />
            <label for="always">{tr(Later::OrganizationsAlways)}</label>
            <p id="always-means">{meaning}</p>
        </div>
    }
    .into_any()
}
