//! The frames of the applications: the one that is shown, and the last ones behind it, which stay alive (experience.md
//! S11). What stays is decided by [`Frames`]; here it is tied to the address and to the document.

use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use portal_core::bridge::ViewMode;
use portal_core::frames::Frames;
use portal_core::launch::Address;
use portal_core::pace::Pace;
use portal_core::route::Route;

use super::Page;
use super::keyboard::Hold;
use super::opened::{Opened, Source};
use crate::browser::{self, Timer, frames as browser_frames};
use crate::leaving::{Leaving, use_leaving};
use crate::pages::way_back;
use crate::settings::Deployment;
use crate::state::{Derived, State, Stored, effect, provided};
use crate::view::NodeRef;

/// Who leaves unsaved work is elsewhere after so many milliseconds, or stays.
const MOMENT_MS: u32 = 300;

/// Why a page may not be seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Hindrance {
    /// It has not loaded in time.
    Slow,
    /// The portal's own content security policy refused it, or where it led to.
    Blocked,
    /// It is one that speaks with the portal, and it has not said a word.
    Silent,
}

/// What a page has said about itself by the bridge. Counts while it is shown.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Told {
    /// It speaks with the portal.
    pub(super) greeted: bool,
    /// What it calls itself, to be told from another page in the same frame.
    pub(super) page: Option<String>,
    /// It takes another state without being loaded anew.
    pub(super) takes_state: bool,
    /// It has moved to another state by itself.
    pub(super) moved: bool,
    pub(super) title: Option<String>,
    /// How much of the portal it wants around it.
    pub(super) mode: ViewMode,
    /// Whether it wants the menu shown or hidden.
    pub(super) menu: Option<bool>,
    pub(super) help: Option<Address>,
    pub(super) notifications: Option<Address>,
}

/// How a page's calls went. Apart from what it told, since each call changes it and the bar need not be drawn anew.
#[derive(Clone, Debug, Default)]
pub(super) struct Calls {
    pub(super) answered: usize,
    /// How the last calls failed that did.
    pub(super) failed: Vec<&'static str>,
}

/// A frame in the document.
#[derive(Clone, Copy)]
pub(super) struct Framed {
    pub(super) id: usize,
    pub(super) node: NodeRef<html::Iframe>,
    pub(super) loaded: State<bool>,
    /// The person has been in it.
    pub(super) used: State<bool>,
    pub(super) hindered: State<Option<Hindrance>>,
    pub(super) hold: Hold,
    pub(super) told: State<Told>,
    pub(super) calls: State<Calls>,
    /// Calls that wait for an answer.
    pub(super) waiting: Stored<usize>,
    /// What the page called itself that spoke when something was loaded last.
    pub(super) spoke: Stored<Option<String>>,
}

/// All frames.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    kept: State<Frames<Source>>,
    drawn: State<Vec<Framed>>,
    /// The frame that is shown.
    pub(super) shown: State<Option<usize>>,
    /// Messages that came from nobody, or that nobody could read.
    pub(super) ignored: State<usize>,
    /// The last that the person did was to go to the page with the pointer.
    pub(super) toward: State<bool>,
    leaving: Leaving,
    pace: Stored<Pace>,
    /// What writes the address later, and the frame for which that is a step.
    late: Stored<(Timer, Option<usize>)>,
}

impl Desk {
    pub(super) fn new() -> Self {
        let cap = provided::<Rc<Deployment>>().settings.kept_frames;
        Self {
            kept: State::new(Frames::new(cap as usize)),
            drawn: State::new(Vec::new()),
            shown: State::new(None),
            ignored: State::new(0),
            toward: State::new(false),
            leaving: use_leaving(),
            pace: Stored::new(Pace::default()),
            late: Stored::new((Timer::default(), None)),
        }
    }

    /// Shows what the address says, from now on.
    pub(super) fn follow(self, page: Page) {
        // By source and not by what is shown: a change of name or language must not load the page anew.
        let source = Derived::new(move |_| {
            page.here.get().then_some(())?;
            page.opened.with(|opened| match opened {
                Opened::Frame { source, .. } => Some(source.clone()),
                _ => None,
            })
        });
        effect(move || {
            page.turn.track();
            match source.get() {
                Some(source) => self.present(page, &source),
                None => self.shown.set_if_changed(None),
            }
        });
        effect(move || {
            let shown = self.shown.get();
            self.kept.with(|kept| {
                let held = |id| kept.held().any(|held| Some(held) == id);
                self.leaving.note(shown.is_some() && held(shown), kept.held().next().is_some());
            });
        });
        way_back::follow(page.places, self.leaving);
        browser_frames::on_unload(move || self.leaving.is_any_held());
        // The session can end without asking: nobody would be there to ask any more.
        on_cleanup(move || {
            self.leaving.end();
            self.late.update(|(timer, _)| timer.stop());
        });
    }

    fn present(self, page: Page, source: &Source) {
        let place = |source: &Source| Source { state: None, ..source.clone() };
        let told = |id: usize| self.framed(id).map(|framed| framed.told.get_untracked()).unwrap_or_default();
        let (exact, same) = self.kept.with_untracked(|kept| {
            let exact = kept.find(|_, held| held == source);
            (exact, kept.find(|_, held| place(held) == place(source)))
        });
        let id = match (exact, same) {
            (Some(id), _) => {
                self.kept.update(|kept| kept.show(id));
                id
            }
            // A link to the entry, whose page has moved on by itself: it stays where it is. A page that is shown already is
            // meant to go back instead.
            (None, Some(id)) if source.state.is_none() && told(id).moved && !self.is_shown_now(id) => {
                self.kept.update(|kept| kept.show(id));
                if let Some(state) = self.source(id).and_then(|source| source.state) {
                    page.places.note(&with_state(page, Some(state)));
                }
                id
            }
            (None, Some(id)) if told(id).takes_state => {
                self.kept.update(|kept| {
                    kept.moved(id, source.clone());
                    kept.show(id);
                });
                if let Some(framed) = self.framed(id) {
                    super::bridge::tell_state(page, framed, source.state.as_deref());
                }
                id
            }
            _ => self.open(source),
        };
        self.shown.set_if_changed(Some(id));
    }

    fn open(self, source: &Source) -> usize {
        let mut id = 0;
        self.kept.update(|kept| id = kept.open(source.clone()));
        id
    }

    /// The frames that stand in the document, in order of creation.
    pub(super) fn rows(self) -> Vec<(usize, usize)> {
        self.kept.with(|kept| kept.ids().map(|id| (0, id)).collect())
    }

    /// What a frame holds.
    pub(super) fn source(self, id: usize) -> Option<Source> {
        self.kept.with_untracked(|kept| kept.source(id).cloned())
    }

    /// Notes that a frame is drawn, until its end.
    pub(super) fn draw(self, id: usize) -> Framed {
        let framed = Framed {
            id,
            node: NodeRef::new(),
            loaded: State::new(false),
            used: State::new(false),
            hindered: State::new(None),
            hold: Hold::new(),
            told: State::new(Told::default()),
            calls: State::new(Calls::default()),
            waiting: Stored::new(0),
            spoke: Stored::new(None),
        };
        self.drawn.update(|drawn| drawn.push(framed));
        on_cleanup(move || self.drawn.update(|drawn| drawn.retain(|framed| framed.id != id)));
        framed
    }

    /// A frame in the document.
    pub(super) fn framed(self, id: usize) -> Option<Framed> {
        self.drawn.with_untracked(|drawn| drawn.iter().find(|framed| framed.id == id).copied())
    }

    /// All frames in the document.
    pub(super) fn all(self) -> Vec<Framed> {
        self.drawn.get_untracked()
    }

    /// The frame that is shown; changes are followed.
    pub(super) fn current(self) -> Option<Framed> {
        let shown = self.shown.get()?;
        self.drawn.with(|drawn| drawn.iter().find(|framed| framed.id == shown).copied())
    }

    /// The frame that is shown now.
    pub(super) fn current_now(self) -> Option<Framed> {
        self.framed(self.shown.get_untracked()?)
    }

    /// Whether this frame is shown; changes are followed.
    pub(super) fn is_shown(self, id: usize) -> bool {
        self.shown.get() == Some(id)
    }

    /// Whether this frame is shown now.
    pub(super) fn is_shown_now(self, id: usize) -> bool {
        self.shown.get_untracked() == Some(id)
    }

    /// The page of a frame moved to another state by itself.
    pub(super) fn moved(self, id: usize, state: Option<String>) {
        if let Some(source) = self.source(id) {
            self.kept.update(|kept| kept.moved(id, Source { state, ..source }));
        }
    }

    /// Writes into the address what the page of a frame shows, as a step of the history or not; if that is too often, later
    /// and once.
    pub(super) fn write(self, page: Page, id: usize, step: bool) {
        let Some(source) = self.source(id).filter(|_| self.is_shown_now(id)) else { return };
        let turn = self.pace.update(|pace| pace.write(browser::now())).unwrap_or(Ok(()));
        self.late.update(|(timer, late)| {
            let step = late.take() == Some(id) || step;
            timer.stop();
            let route = with_state(page, source.state);
            match turn {
                Ok(()) if step => page.places.step(&route),
                Ok(()) => page.places.note(&route),
                Err(wait) => {
                    *late = step.then_some(id);
                    timer.start(wait.into(), move || self.write(page, id, false));
                }
            }
        });
    }

    /// Whether the page of a frame holds unsaved work.
    pub(super) fn hold(self, id: usize, held: bool) {
        self.kept.update(|kept| kept.hold(id, held));
    }

    /// A page begins to speak. If it is another one than before, the frame went there by itself, and what the one before
    /// said is over.
    pub(super) fn begin(self, framed: Framed, takes_state: bool, page: Option<String>) {
        let again = page.is_some() && framed.told.with_untracked(|told| told.page == page);
        // Nobody has spoken since something was loaded: it is that which speaks now.
        if framed.loaded.get_untracked() && framed.told.with_untracked(|told| !told.greeted) {
            framed.spoke.set(page.clone());
        }
        if !again {
            framed.told.set_if_changed(Told { greeted: true, takes_state, page, ..Told::default() });
            self.hold(framed.id, false);
        }
    }

    /// Something has loaded in a frame. If the page that speaks is the same as when that happened before, it is gone, and
    /// what has come instead has not said a word.
    pub(super) fn arrived(self, framed: Framed) {
        let speaks = framed.told.with_untracked(|told| told.page.clone());
        if speaks.is_some() && framed.spoke.get() == speaks {
            framed.told.set(Told::default());
            self.hold(framed.id, false);
        }
        framed.spoke.set(speaks);
    }

    /// Loads the page that is shown anew, by the person's wish.
    pub(super) fn renew(self, page: Page) {
        self.leaving.ask(move || {
            let mut fresh = None;
            self.kept.update(|kept| fresh = self.shown.get_untracked().and_then(|id| kept.renew(id)));
            self.shown.set(fresh);
            // One that held unsaved work is closed already.
            page.turn.update(|turn| *turn += 1);
        });
    }

    /// The person leaves unsaved work: its pages are closed, all or the one that is shown. Where the person stays in
    /// the same place after all, the page is loaded anew.
    pub(super) fn leave(self, page: Page, all: bool) {
        let shown = self.shown.get_untracked();
        self.kept.update(|kept| {
            let closed: Vec<usize> = kept.held().filter(|id| all || Some(*id) == shown).collect();
            closed.into_iter().for_each(|id| kept.close(id));
        });
        self.leaving.leave();
        browser::spawn(async move {
            // The way back takes a moment, and what is left is not loaded once more meanwhile.
            browser::sleep(MOMENT_MS).await;
            page.turn.update(|turn| *turn += 1);
        });
    }
}

/// The address of the place that is shown, in another state.
fn with_state(page: Page, to: Option<String>) -> Route {
    let mut route = page.places.route_untracked();
    if let Route::Application { state, .. } = &mut route {
        *state = to;
    }
    route
}
