//! An application: its menu tree beside the page that is open. Addresses: `/portal/<application id>` and
//! `/portal/<application id>/<menu identifier>?state=` (experience.md S1).

mod bar;
mod branch;
mod branches;
mod filter;
mod fly;
mod frame;
mod keys;
mod opened;
mod panel;
mod place;
mod rail;
mod side;
mod states;
mod tree;
mod walk;
mod why;

use std::sync::Arc;

use leptos::prelude::*;
use portal_core::catalog::Entry;
use portal_core::launch::Launch;
use portal_core::menu::MenuTree;
use portal_core::text::Later;

use self::opened::{Closed, Got, Opened, forbids};
use self::panel::Panel;
use self::place::{Place, Resources};
use self::tree::Tree;
use super::banner::Banner;
use super::follow::use_follow;
use super::title::set_page_title;
use crate::browser::{dom, scroll, viewport};
use crate::i18n::{I18n, use_i18n};
use crate::landing;
use crate::load::Load;
use crate::routes::{Places, use_places};
use crate::state::{Callback, Derived, Signal, State, effect};
use crate::view::{Part, view};

pub use branches::OpenBranches;

/// Takes the focus after navigation.
const HEADING: &str = "place";

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Page {
    i18n: I18n,
    places: Places,
    /// What the address names.
    place: Derived<Place>,
    /// The application; `Here(None)` where there is none with this id.
    application: Derived<Got<Option<Entry>>>,
    /// Its menu.
    menu: Derived<Got<Arc<MenuTree>>>,
    /// What is shown.
    opened: Derived<Opened>,
    /// The entry that is open.
    current: Derived<Option<usize>>,
    /// Runs the failed calls again.
    retry: Callback<()>,
    /// What the service sent for it.
    resources: Load<Resources>,
    /// Counts up when the frame shall be loaded anew.
    turn: State<u32>,
}

impl Page {
    /// The application's name, where it is known.
    fn application_name(self) -> Option<String> {
        self.application
            .with(|application| application.here().and_then(Option::as_ref).map(|entry| entry.name.clone()))
    }

    /// The name of the entry that is open.
    fn entry_name(self) -> Option<String> {
        let current = self.current.get()?;
        self.menu.with(|menu| menu.here()?.nodes().get(current).map(|node| node.name.clone()))
    }

    /// The address of the application itself, where it opens something other than what is shown.
    fn way_to_application(self) -> Option<(String, String)> {
        let place = self.place.get();
        let elsewhere = place.menu.is_some() || place.state.is_some();
        let entry = self.application.with(|application| application.here().cloned().flatten())?;
        let opens = match &entry.launch {
            Launch::Frame(_) | Launch::NewTab(..) => true,
            Launch::NoAddress => {
                self.menu.with(|menu| menu.here().is_some_and(|menu| menu.first_open().is_some()))
            }
            Launch::Refused(_) | Launch::Disabled => false,
        };
        (elsewhere && opens).then(|| (entry.name, self.places.href(&place.of_application())))
    }

    /// The address of an entry.
    fn href(self, key: &str, nth: u32) -> String {
        self.places.href(&self.place.with_untracked(|place| place.of_entry(key, nth)))
    }

    /// The words for the title of the tab: the breadcrumb backwards (experience.md S15).
    fn title(self) -> String {
        match (self.entry_name(), self.application_name()) {
            (Some(entry), Some(application)) => format!("{entry} · {application}"),
            (Some(name), None) | (None, Some(name)) => name,
            (None, None) => self.fallback_name(),
        }
    }

    /// The name of what is shown.
    fn name(self) -> String {
        self.entry_name().or_else(|| self.application_name()).unwrap_or_else(|| self.fallback_name())
    }

    fn fallback_name(self) -> String {
        let waiting = self.application.with(|application| matches!(application, Got::Waiting));
        self.i18n.text(if waiting { Later::Loading } else { Later::NotFoundTitle })
    }
}

/// The application page.
#[component]
pub fn ApplicationPage() -> Part {
    let (i18n, places) = (use_i18n(), use_places());
    let Some(place) = Place::follow(places) else { return Part::empty() };
    let page = place::load(i18n, places, place);
    let tree = Tree::new(page);
    let panel = Panel::new(page);
    set_page_title(Signal::derive(move || page.title()));
    keep_focus(page);
    follow(page);
    effect(move || {
        if page.application.with(|application| application.here().is_some_and(Option::is_some)) {
            page.place.with(|place| landing::remember(&place.application));
        }
    });

    view! {
        <div class="shell" data-menu=move || panel.state()>
            <Banner />
            {side::side(page, tree, panel)}
            <main class="work" id="main" tabindex="-1" aria-labelledby=HEADING>
                <h1 class="hidden-text" id=HEADING tabindex="-1" dir="auto">
                    {move || page.name()}
                </h1>
                {bar::bar(page, tree, panel)}
                {frame::frame(page)}
            </main>
        </div>
    }
}

/// Who switched the organization inside an application comes here with the same address. Where there is no such place
/// here, the launcher says so (experience.md O7).
fn follow(page: Page) {
    let follow = use_follow();
    let mut arrives = follow.arrives();
    effect(move || {
        let lacks = page.opened.with(|opened| match opened {
            Opened::Waiting => None,
            Opened::Frame { .. } | Opened::Elsewhere { .. } => Some(false),
            Opened::Closed { why: Closed::Failed(error), .. } => Some(forbids(error)),
            Opened::Closed { why: Closed::Refused(_), .. } => Some(false),
            Opened::Closed { .. } => Some(true),
        });
        match lacks {
            Some(true) if arrives => follow.gives_up(page.places),
            Some(false) => {
                arrives = false;
                follow.note(page.name());
            }
            _ => {}
        }
    });
}

/// After navigation the focus goes to the heading if it was lost with what had it; who uses the tree stays there
/// (experience.md S16). A page that is loaded at this address leaves the focus to the browser.
fn keep_focus(page: Page) {
    let mut arrived = !viewport::is_first_screen();
    effect(move || {
        page.place.track();
        if std::mem::replace(&mut arrived, true) {
            request_animation_frame(move || {
                if scroll::nothing_has_focus() {
                    dom::focus_id(HEADING);
                }
            });
        }
    });
}
