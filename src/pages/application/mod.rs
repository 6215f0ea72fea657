//! Applications: the menu tree of one beside the page that is open. Addresses: `/portal/<application id>` and
//! `/portal/<application id>/<menu identifier>?state=` (experience.md S1).
//!
//! Stands behind the other screens from the first application on that is opened, so that pages stay alive.

mod about;
mod answer;
mod bar;
mod branch;
mod branches;
mod bridge;
mod desk;
mod filter;
mod fly;
mod framed;
mod keyboard;
mod opened;
mod panel;
mod place;
mod rail;
mod side;
mod states;
mod tree;
mod unsaved;
mod why;

use std::rc::Rc;
use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use portal_core::bridge::ViewMode;
use portal_core::catalog::Entry;
use portal_core::launch::Launch;
use portal_core::menu::MenuTree;
use portal_core::text::Later;

use self::about::About;
use self::desk::Desk;
use self::opened::{Closed, Got, Opened, forbids};
use self::panel::Panel;
use self::place::{Loads, Place};
use self::tree::Tree;
use super::banner::Banner;
use super::follow::{Follow, use_follow};
use super::title::set_page_title_while;
use crate::browser::{dom, scroll, viewport};
use crate::i18n::{I18n, use_i18n};
use crate::landing;
use crate::leaving::Leaving;
use crate::routes::{Places, use_places};
use crate::session::Session;
use crate::settings::Deployment;
use crate::state::{Callback, Derived, Signal, State, Stored, effect};
use crate::view::{NodeRef, Part, view};

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
    /// The entry that the menu marks: the one that is open, or else the one that leads to the same page as the
    /// application's own address.
    marked: Derived<Option<usize>>,
    /// Runs the failed calls again.
    retry: Callback<()>,
    /// Gives the calls under way up.
    cancel: Callback<()>,
    /// What was loaded, as the service sent it.
    loads: Loads,
    /// What the app provides, for who is called from outside.
    around: Around,
    /// Whether this is on screen, and not behind another one.
    here: Derived<bool>,
    /// Counts up when what the address says shall be shown again although it is the same.
    turn: State<u32>,
    desk: Desk,
    /// Holds the frames.
    room: NodeRef<html::Div>,
    /// The frame that wanted all the room for itself and is not given it, by the person's wish.
    overruled: State<Option<usize>>,
}

/// What the app provides.
#[derive(Clone, Copy)]
struct Around {
    session: Session,
    follow: Follow,
    leaving: Leaving,
    deployment: Stored<Rc<Deployment>>,
}

impl Page {
    /// The application's name, where it is known.
    fn application_name(self) -> Option<String> {
        self.application
            .with(|application| application.here().and_then(Option::as_ref).map(|entry| entry.name.clone()))
    }

    /// The name of the entry that is open.
    fn entry_name(self) -> Option<String> {
        // Before what follows from it, see `Derived`.
        self.menu.track();
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
        let name = self.name();
        match self.application_name() {
            Some(application) if application != name => format!("{name} · {application}"),
            _ => name,
        }
    }

    /// What the page that is shown wants to have of the portal around it.
    fn mode(self) -> ViewMode {
        let framed = self.desk.current().filter(|framed| self.overruled.get() != Some(framed.id));
        framed.map(|framed| framed.told.with(|told| told.mode)).unwrap_or_default()
    }

    /// Whether the page that is shown wants the menu shown or hidden.
    fn menu_wish(self) -> Option<bool> {
        let menu = self.desk.current().and_then(|framed| framed.told.with(|told| told.menu));
        if self.mode() == ViewMode::NoMenu { Some(false) } else { menu }
    }

    /// Whether the page that is shown has all the room but for the bar.
    fn is_alone(self) -> bool {
        self.mode() == ViewMode::Alone
    }

    /// What is shown, as the page itself calls it, or else by its entry.
    fn name(self) -> String {
        let told = self.desk.current().and_then(|framed| framed.told.with(|told| told.title.clone()));
        told.unwrap_or_else(|| self.entry())
    }

    /// The name of what is shown: its entry, or else the application.
    fn entry(self) -> String {
        self.application.track();
        self.entry_name().or_else(|| self.application_name()).unwrap_or_else(|| self.fallback_name())
    }

    fn fallback_name(self) -> String {
        let waiting = self.application.with(|application| matches!(application, Got::Waiting));
        self.i18n.text(if waiting { Later::Loading } else { Later::NotFoundTitle })
    }
}

/// The applications, of which one is on screen while `shown` says so.
pub fn applications(shown: Derived<bool>) -> Part {
    let begun = Derived::new(move |before: Option<&bool>| before == Some(&true) || shown.get());
    Part::of(move || begun.get().then(|| application(shown)))
}

fn application(here: Derived<bool>) -> Option<Part> {
    let (i18n, places) = (use_i18n(), use_places());
    let place = Place::follow(places)?;
    let page = place::load(i18n, places, place, here);
    let tree = Tree::new(page);
    let panel = Panel::new(page);
    let about = About::new();
    page.desk.follow(page);
    bridge::listen(page);
    keyboard::watch(page, panel);
    set_page_title_while(here, Signal::derive(move || page.title()));
    keep_focus(page);
    follow(page);
    effect(move || {
        if here.get() && page.application.with(|application| application.here().is_some_and(Option::is_some))
        {
            page.place.with(|place| landing::remember(&place.application));
        }
    });
    // Only another wish, or one of another page: the person has had the last word about this one.
    let wish = Derived::new(move |_| (page.desk.shown.get(), page.menu_wish()));
    effect(move || panel.wish(wish.get().1));
    let root = NodeRef::<html::Div>::new();
    save_focus(page, panel, root);

    let around = move || {
        here.get().then(|| {
            view! {
                <Banner />
                {side::side(page, tree, panel)}
            }
        })
    };
    let above = move || {
        here.get().then(|| {
            view! {
                <h1 class="hidden-text" id=HEADING tabindex="-1" dir="auto">
                    {move || page.name()}
                </h1>
                {bar::bar(page, tree, panel, about)}
            }
        })
    };
    Some(view! {
        <div
            class="shell"
            node_ref=root
            data-menu=move || panel.state()
            data-alone=move || page.is_alone()
            data-away=move || !here.get()
            inert=move || !here.get()
        >
            {around}
            <main class="work" id=move || here.get().then_some("main") tabindex="-1" aria-labelledby=HEADING>
                {above}
                <div class="frame" node_ref=page.room>
                    {framed::frames(page, page.desk)}
                    {move || here.get().then(|| states::state(page))}
                </div>
            </main>
        </div>
        {unsaved::question(page)}
        {about::dialog(page, about)}
    })
}

/// Who switched the organization inside an application comes here with the same address. Where there is no such place
/// here, the launcher says so (experience.md O7).
fn follow(page: Page) {
    let follow = use_follow();
    let mut arrives = follow.arrives();
    effect(move || {
        if !page.here.get() {
            return;
        }
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
        if !page.here.get() {
            return;
        }
        if std::mem::replace(&mut arrived, true) {
            request_animation_frame(move || {
                if scroll::nothing_has_focus() {
                    dom::focus_id(HEADING);
                }
            });
        }
    });
}

/// The page takes away what the person is in: the menu, or all that is around it. The focus goes to the heading.
fn save_focus(page: Page, panel: Panel, root: NodeRef<html::Div>) {
    effect(move || {
        let gone = match (page.is_alone(), panel.state()) {
            (true, _) => ".banner, .side",
            (false, Some("closed")) => ".side",
            _ => return,
        };
        if root.get_untracked().is_some_and(|root| dom::focus_is_in(&root, gone)) {
            dom::focus_id(HEADING);
        }
    });
}
