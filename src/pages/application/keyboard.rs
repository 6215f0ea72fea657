//! What a person types reaches the page that they went to, and no other. A page out of view cannot be reached at all: the
//! style sheet takes it out of the layout, also while a dialog stands above it or a password is typed. One in view that takes
//! the focus without being asked loses it again; one that goes on is put away, and the person can bring it back.

use leptos::ev;
use portal_core::grabs::{Act, Evidence, Grabs};
use portal_core::text::Later;

use super::Page;
use super::desk::{Desk, Framed};
use super::panel::Panel;
use crate::browser::keyboard::{self, Did};
use crate::browser::{self, dom};
use crate::components::{IconName, Notice, Tone};
use crate::i18n::tr;
use crate::state::{State, Stored, effect};
use crate::view::{Part, view};

/// A page, and where the pointer is at one.
const PAGE: &str = ".kept > iframe";
const AT_PAGE: &str = ".glass,.kept > iframe";

/// What is known of a page that takes the keyboard.
#[derive(Clone, Copy)]
pub(super) struct Hold {
    /// It has taken the focus without being asked.
    known: State<bool>,
    /// It does so again and again, and is out of reach.
    pub(super) put_away: State<bool>,
    /// The person had it shown again.
    brought_back: State<bool>,
    grabs: Stored<Grabs>,
}

impl Hold {
    /// It has done nothing.
    pub(super) fn new() -> Self {
        let no = || State::new(false);
        Self { known: no(), put_away: no(), brought_back: no(), grabs: Stored::new(Grabs::default()) }
    }
}

/// Begins to watch over the focus.
pub(super) fn watch(page: Page, panel: Panel) {
    let desk = page.desk;
    let last = Stored::new((Act::default(), f64::MIN));
    keyboard::on_portal(move |did, event| {
        if did == Did::Held {
            // It has been put away before: it would be again, for the price of a letter or two.
            if let Some(framed) = desk.current_now().filter(|framed| framed.hold.brought_back.get_untracked())
            {
                framed.hold.brought_back.set(false);
                framed.hold.put_away.set(true);
            }
            return;
        }
        let act = match did {
            Did::Over => {
                // What comes below a pointer that rests tells nothing: of a known page only moves over the glass count.
                let is_known = || desk.current_now().is_some_and(|framed| framed.hold.known.get_untracked());
                if dom::is_on(event, PAGE) && !is_known() {
                    desk.toward.set_if_changed(true);
                }
                return;
            }
            Did::Moved => {
                if desk.toward.get_untracked() && !dom::is_on(event, AT_PAGE) {
                    desk.toward.set_if_changed(false);
                }
                return;
            }
            // The glass does what is to be done.
            Did::Press if dom::is_on(event, AT_PAGE) => return,
            Did::Press | Did::Held => Act::Pointer,
            Did::Key(true) => Act::Tab,
            Did::Key(false) | Did::Back => Act::Key,
        };
        desk.toward.set_if_changed(false);
        last.set((act, browser::now()));
    });
    keyboard::on_entered(move |frame| {
        let is_it = |framed: &Framed| framed.node.get_untracked().is_some_and(|node| node == frame);
        let Some(framed) = desk.all().into_iter().find(is_it) else { return };
        let (act, at) = last.get();
        let evidence = Evidence {
            in_view: is_in_view(page, framed) && !keyboard::is_covered(),
            active: keyboard::is_active(),
            act,
            since: milliseconds(browser::now() - at),
            toward: desk.toward.get_untracked(),
            held: keyboard::was_held(),
            known: framed.hold.known.get_untracked(),
        };
        if evidence.is_wanted() || (evidence.in_view && keyboard::was_given()) {
            framed.used.set_if_changed(true);
            return;
        }
        // A press in the page closes the branch beside the rail. Browsers do not always tell that the pointer went there
        // before, so the page may have the focus once; from then on it is known.
        let pressed = evidence.in_view && !evidence.known && evidence.active != Some(false);
        if pressed && panel.fly.get_untracked().is_some() {
            panel.fly.set(None);
            framed.hold.known.set_if_changed(true);
            framed.used.set_if_changed(true);
            return;
        }
        keyboard::give_back(&frame);
        desk.toward.set_if_changed(false);
        framed.hold.known.set_if_changed(true);
        if evidence.in_view
            && framed.hold.grabs.update(|grabs| grabs.note(milliseconds(browser::now()), evidence.held))
                == Some(true)
        {
            framed.hold.put_away.set(true);
        }
    });
    // A frame keeps the focus when it goes out of view, and with it the keys would go nowhere.
    effect(move || {
        page.here.track();
        desk.shown.track();
        let Some(frame) = keyboard::entered() else { return };
        let is_seen = |framed: &Framed| {
            is_in_view(page, *framed) && framed.node.get_untracked().is_some_and(|node| node == frame)
        };
        if !desk.all().iter().any(is_seen) {
            keyboard::leave(&frame);
        }
    });
}

fn is_in_view(page: Page, framed: Framed) -> bool {
    page.here.get_untracked() && page.desk.is_shown_now(framed.id) && !framed.hold.put_away.get_untracked()
}

#[expect(clippy::cast_possible_truncation, reason = "saturates, which is far enough")]
fn milliseconds(span: f64) -> i64 {
    span as i64
}

/// Lies over a page that has taken the focus without being asked, until the pointer goes there: over another page's frame a
/// browser tells nothing of the pointer. It catches no press of a mouse, which moves before; the first touch of a finger.
pub(super) fn glass(desk: Desk, framed: Framed) -> Part {
    let is_there = move || framed.hold.known.get() && !desk.toward.get();
    let goes = move || desk.toward.set_if_changed(true);
    Part::of(move || {
        is_there().then(|| {
            view! {
                <div
                    class="glass"
                    aria-hidden="true"
                    on:pointermove=move |event: ev::PointerEvent| {
                        if keyboard::has_moved(&event) {
                            goes();
                        }
                    }
                    on:wheel=move |_| goes()
                    on:dragenter=move |_| goes()
                    on:pointerdown=move |event: ev::PointerEvent| {
                        // the browser would move the focus elsewhere afterwards
                        event.prevent_default();
                        goes();
                        enter(framed);
                    }
                ></div>
            }
        })
    })
}

fn enter(framed: Framed) {
    if let Some(frame) = framed.node.get_untracked() {
        keyboard::give(&frame);
    }
}

/// Says that a page was put away, and brings it back.
pub(super) fn put_away(page: Page, framed: Framed) -> Part {
    let show = move |_| {
        framed.hold.put_away.set(false);
        framed.hold.brought_back.set(true);
        // The person goes there: what it does with the focus now is wanted.
        page.desk.toward.set_if_changed(true);
        enter(framed);
    };
    Part::of(move || {
        framed.hold.put_away.get().then(|| {
            let title = page.i18n.fill(Later::ShellFrameGrabs, &[("name", &page.entry())]);
            let detail = page.i18n.text(Later::ShellFrameGrabsDetail);
            view! {
                <Notice title detail=Some(detail) tone=Tone::Warn icon=IconName::LOCK>
                    <button type="button" class="button" on:click=show>
                        {tr(Later::ShellFrameShow)}
                    </button>
                </Notice>
            }
        })
    })
}
