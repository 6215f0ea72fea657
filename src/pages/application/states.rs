//! What stands in the stead of a page: words and two ways out, never a blank (experience.md S8).

use portal_core::launch::Address;
use portal_core::notice::{self, Place, WayOut};
use portal_core::route::Route;
use portal_core::text::{Later, Text};

use super::Page;
use super::opened::{Closed, Opened};
use crate::components::slow::slow;
use crate::components::{IconName, PageState, Tone, again as try_again};
use crate::i18n::tr;
use crate::pages::problem::problem_with;
use crate::view::{Part, view};

/// The state, if no page is shown in a frame.
pub(super) fn state(page: Page) -> Part {
    match page.opened.get() {
        Opened::Waiting => view! {
            <div role="status">
                <div class="running"></div>
                <p class="hidden-text">{tr(Later::Loading)}</p>
            </div>
            {slow(Some(page.cancel))}
        },
        Opened::Frame { .. } => Part::empty(),
        Opened::Elsewhere { address, .. } => elsewhere(page, &address),
        Opened::Closed { why: Closed::Failed(error), .. } => {
            let back = notice::notice(&error, Place::Application).action == WayOut::Back;
            // The notice has one way out itself; this is the other.
            let more = if back { again(page) } else { back_to_all(page) };
            problem_with(&error, Place::Application, page.retry, more)
        }
        Opened::Closed { why, .. } => closed(page, &why),
    }
}

fn elsewhere(page: Page, address: &Address) -> Part {
    let title = page.i18n.fill(Later::ShellOpensElsewhere, &[("name", &page.name())]);
    let href = address.as_str().to_owned();
    view! {
        <PageState icon=IconName::NEW_TAB title quote=Some(href.clone())>
            <a class="button go" href=href target="_blank" rel="noopener noreferrer">
                {tr(Text::TileOpenNewTab)}
            </a>
            {back_to_all(page)}
        </PageState>
    }
}

fn closed(page: Page, why: &Closed) -> Part {
    let i18n = page.i18n;
    let named = |text, name: &str| i18n.fill(text, &[("name", name)]);
    let name = page.name();
    let application = page.application_name().unwrap_or_default();
    let administrator = || Some(i18n.text(Later::ContactAdministrator));
    let (icon, title, detail) = match why {
        Closed::Failed(_) | Closed::UnknownApplication => {
            (IconName::EMPTY, i18n.text(Later::ShellUnknownApplication), administrator())
        }
        Closed::Disabled => (IconName::BAN, named(Later::ShellDisabled, &application), None),
        Closed::Refused(launch) => {
            let scheme = launch.scheme().unwrap_or_default();
            let reason = launch.reason().map(|reason| i18n.fill(reason, &[("scheme", scheme)]));
            (IconName::LOCK, named(Later::ShellCannotOpen, &name), reason)
        }
        Closed::UnknownMenu => {
            (IconName::EMPTY, named(Later::ShellUnknownMenu, &application), administrator())
        }
        Closed::NothingToOpen => (IconName::EMPTY, named(Later::ShellNothingToOpen, &name), None),
        Closed::NoMenus => (
            IconName::LOCK,
            named(Later::ShellNothingToOpen, &application),
            Some(i18n.text(Later::ShellNoMenus)),
        ),
    };
    let ways = ways_out(page);
    view! {
        <PageState icon title detail tone=Tone::Calm>
            {ways}
        </PageState>
    }
}

/// To the application, where it opens, and to all applications; another try where that is the only way.
fn ways_out(page: Page) -> Part {
    let home = page.places.href(&Route::launcher());
    let application = page.way_to_application().map(|(name, href)| {
        let words = page.i18n.fill(Later::ShellToApplication, &[("name", &name)]);
        view! { <a class="button go" href=href>{words}</a> }
    });
    let only = application.is_none();
    view! {
        {application}
        <a class=if only { "button go" } else { "button" } href=home>{tr(Later::ShellBack)}</a>
        {only.then(|| again(page))}
    }
}

fn back_to_all(page: Page) -> Part {
    let home = page.places.href(&Route::launcher());
    view! {
        <a class="button" href=home>{tr(Later::ShellBack)}</a>
    }
}

fn again(page: Page) -> Part {
    try_again("button", tr(Text::TryAgain), page.retry)
}
