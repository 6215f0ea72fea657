//! "Why don't I see an entry?": what was left out of the menu and by which rule, and what the person may do here.

use std::sync::Arc;

use leptos::prelude::*;
use portal_core::menu::{Hidden, HiddenWhy, MenuTree};
use portal_core::names::pick;
use portal_core::text::{Later, Text};

use super::Page;
use crate::components::{Dialog, Icon, IconName};
use crate::i18n::tr;
use crate::settings::Deployment;

/// So many permissions are listed; the rest is counted.
const LISTED: usize = 500;

/// Whether the dialog is open.
#[derive(Clone, Copy)]
pub(super) struct Why(RwSignal<bool>);

impl Why {
    pub(super) fn new(page: Page) -> Self {
        let open = RwSignal::new(false);
        // It speaks of one menu, and back leads to another below it.
        let application = Memo::new(move |_| page.place.with(|place| place.application.clone()));
        Effect::new(move || {
            application.track();
            open.set(false);
        });
        Self(open)
    }

    /// The button that opens it.
    pub(super) fn button(self) -> AnyView {
        view! {
            <button
                type="button"
                class="why-open"
                aria-haspopup="dialog"
                title=tr(Later::MenuWhy)
                on:click=move |_| self.0.set(true)
            >
                <Icon name=IconName::HELP class="i small" />
                <span>{tr(Later::MenuWhy)}</span>
            </button>
        }
        .into_any()
    }

    /// The dialog.
    pub(super) fn dialog(self, page: Page) -> AnyView {
        let close = move || self.0.set(false);
        view! {
            <Dialog
                open=Signal::derive(move || self.0.get())
                id="why"
                title=tr(Later::MenuWhy)
                class="dialog why"
                on_close=Callback::new(move |()| close())
            >
                <div class="dialog-body" tabindex="0" role="group" aria-labelledby="why">
                    {move || left_out(page)}
                    {not_sent(page)}
                    {move || permissions(page)}
                </div>
                <div class="actions">
                    <button type="button" class="button" on:click=move |_| close()>
                        {tr(Later::Close)}
                    </button>
                </div>
            </Dialog>
        }
        .into_any()
    }
}

/// Entries that were sent and are not shown, and what else was not as it should be.
fn left_out(page: Page) -> AnyView {
    let menu = page.menu.with(|menu| menu.here().cloned()).unwrap_or_default();
    let report = menu.report();
    let count = |one, other, count: usize| (count > 0).then(|| page.i18n.count(one, other, count));
    let told = [
        count(Later::MenuWhyMoreOne, Later::MenuWhyMoreOther, report.hidden - menu.hidden().len()),
        count(Later::MenuDroppedOne, Later::MenuDroppedOther, report.unreadable),
        count(Later::MenuWhyCycleOne, Later::MenuWhyCycleOther, report.cycles),
        count(Later::MenuWhyRepeatedOne, Later::MenuWhyRepeatedOther, report.repeated),
    ];
    let told: Vec<AnyView> =
        told.into_iter().flatten().map(|told| view! { <p>{told}</p> }.into_any()).collect();
    let nothing = (report.hidden + report.unreadable == 0)
        .then(|| view! { <p>{tr(Later::MenuWhyNothing)}</p> }.into_any());
    view! {
        <section>
            <h3>{tr(Later::MenuWhyHidden)}</h3>
            {nothing}
            {hidden(page, &menu)}
            {told}
        </section>
    }
    .into_any()
}

fn hidden(page: Page, menu: &Arc<MenuTree>) -> Option<AnyView> {
    let row = |hidden: &Hidden| {
        let rule = match hidden.why {
            HiddenWhy::NothingToOpen => Later::MenuWhyNothingToOpen,
            HiddenWhy::EmptyBranch => Later::MenuWhyEmptyBranch,
        };
        let above = hidden.above.as_deref().map(|above| {
            let words = page.i18n.fill(Later::MenuWhyBelow, &[("name", above)]);
            view! { <small dir="auto">{words}</small> }.into_any()
        });
        view! {
            <li>
                <b dir="auto">{hidden.name.clone()}</b>
                {above}
                <span>{page.i18n.text(rule)}</span>
            </li>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = menu.hidden().iter().map(row).collect();
    (!rows.is_empty()).then(|| view! { <ul>{rows}</ul> }.into_any())
}

/// What the service keeps back cannot be listed: whom to ask stands here.
fn not_sent(page: Page) -> AnyView {
    let contact = expect_context::<Arc<Deployment>>().settings.contact.clone();
    let contact = contact.map(|contact| {
        let words = move || page.i18n.fill(Text::Contact, &[("contact", &contact)]);
        view! { <p>{words}</p> }.into_any()
    });
    view! {
        <section>
            <h3>{tr(Later::MenuWhyNotSent)}</h3>
            <p>{tr(Later::MenuWhyNotSentDetail)}</p>
            {contact}
        </section>
    }
    .into_any()
}

fn permissions(page: Page) -> AnyView {
    let resources = page.loads.shown.value();
    let list =
        resources.as_ref().map(|resources| resources.permissions.entries.as_slice()).unwrap_or_default();
    let locale = page.i18n.locale();
    let rows: Vec<AnyView> = list
        .iter()
        .take(LISTED)
        .map(|permission| {
            let identifier = permission.identifier.as_deref().unwrap_or(&permission.id);
            let name = pick(&permission.name, &locale).unwrap_or(identifier).to_owned();
            view! {
                <li>
                    <b dir="auto">{name}</b>
                    <code dir="auto">{identifier.to_owned()}</code>
                </li>
            }
            .into_any()
        })
        .collect();
    let more = list.len() - rows.len();
    let more = (more > 0).then(|| page.i18n.count(Later::MenuWhyMoreOne, Later::MenuWhyMoreOther, more));
    let name = page.application_name().unwrap_or_default();
    let none = rows.is_empty().then(|| view! { <p>{tr(Later::MenuWhyNoPermission)}</p> }.into_any());
    view! {
        <section>
            <h3 dir="auto">{page.i18n.fill(Later::MenuWhyPermissions, &[("name", &name)])}</h3>
            {none}
            <ul>{rows}</ul>
            {more.map(|more| view! { <p>{more}</p> }.into_any())}
        </section>
    }
    .into_any()
}
