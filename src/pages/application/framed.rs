//! The page of an application in a frame. Each source gets a fresh frame whose address is set once, before it is in
//! the document: a changed address would add to the history, a moved frame would load again.

use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use portal_core::launch::{Address, FrameContext, frame_address, permissions, sandbox};
use portal_core::text::{Later, Text};

use super::desk::{Desk, Framed, Hindrance};
use super::opened::Source;
use super::{Page, keyboard};
use crate::browser::{Timer, draw};
use crate::components::{IconName, Notice, Tone};
use crate::i18n::tr;
use crate::pages::own_tab::{Look, tab_way};
use crate::settings::Deployment;
use crate::state::{Stored, effect, provided};
use crate::view::{Part, each, view};

/// How long a page may take until the person is offered another way, in milliseconds (hostile.md 55).
const SLOW_MS: u64 = 15_000;
/// How long a page that speaks with the portal may be silent once it has loaded.
const SILENT_MS: u64 = 10_000;

/// All frames. They stand in order of creation, and none is ever moved.
pub(super) fn frames(page: Page, desk: Desk) -> Part {
    Part::of(each(move || desk.rows(), move |(_, id)| framed(page, desk, id)))
}

fn framed(page: Page, desk: Desk, id: usize) -> Part {
    let framed = desk.draw(id);
    let Some(source) = desk.source(id) else { return Part::empty() };
    let deployment = provided::<Rc<Deployment>>();
    let (address, policy) = (written(page, &source), &deployment.policy);
    let (rights, allow) = (sandbox(&source.address, policy), permissions(&source.address, policy));
    let origin = source.address.origin().unwrap_or_default().to_owned();
    let speaks = deployment.settings.bridge_origins.contains(&origin);
    let is_shown = move || desk.is_shown(id);
    // Two frames of one entry must not be called the same: only the one that is shown is called anything.
    let title = move || is_shown().then(|| page.entry());
    let done = watch(framed, desk, origin, speaks);
    let waiting = move || {
        (!framed.loaded.get() && is_shown()).then(|| {
            let words = page.i18n.fill(Later::ShellFrameLoading, &[("name", &page.entry())]);
            view! {
                <div class="running"></div>
                <p class="hidden-text">{words}</p>
            }
        })
    };
    let open = source.address.clone();
    let late = move || {
        let hindrance = framed.hindered.get().filter(|_| !framed.hold.put_away.get());
        hindrance.map(|hindrance| told(page, framed, hindrance, &open))
    };
    view! {
        <div class="kept" data-shown=move || is_shown().then_some("") inert=move || !is_shown()>
            <div role="status">{waiting}</div>
            {late}
            {keyboard::put_away(page, framed)}
            <iframe
                node_ref=framed.node
                title=title
                sandbox=rights
                referrerpolicy="no-referrer"
                allow=allow
                src=address
                data-away=move || framed.hold.put_away.get().then_some("")
                on:load=move |_| done()
            ></iframe>
            {keyboard::glass(desk, framed)}
        </div>
    }
}

/// Notices that a page does not come, is refused, does not speak, or is used. What is given here notes that it has loaded.
fn watch(framed: Framed, desk: Desk, origin: String, speaks: bool) -> impl Fn() + Copy + 'static {
    let Framed { id, loaded, hindered, told, .. } = framed;
    let timer = Stored::new(Timer::default());
    let late = move |after, hindrance| {
        timer.update(|timer| {
            timer.start(after, move || {
                hindered.set(Some(hindrance));
            });
        });
    };
    late(SLOW_MS, Hindrance::Slow);
    on_cleanup(move || {
        timer.update(Timer::stop);
    });
    draw::on_window("securitypolicyviolation", move |event: ev::SecurityPolicyViolationEvent| {
        // What is refused is named: the address of a page that comes, or, of one that is there, where it wants to go.
        let mine = if loaded.get_untracked() {
            desk.is_shown_now(id)
        } else {
            event.blocked_uri().starts_with(&*origin)
        };
        if event.effective_directive() == "frame-src" && mine {
            hindered.set(Some(Hindrance::Blocked));
        }
    });
    let lift = move |hindrance| {
        if hindered.get_untracked() == Some(hindrance) {
            hindered.set(None);
        }
    };
    effect(move || {
        if told.with(|told| told.greeted) {
            lift(Hindrance::Silent);
        }
    });
    move || {
        timer.update(Timer::stop);
        loaded.set(true);
        desk.arrived(framed);
        // A page that was blocked has loaded too, as an error page of the browser.
        lift(Hindrance::Slow);
        if speaks && !told.with_untracked(|told| told.greeted) {
            timer.update(|timer| {
                timer.start(SILENT_MS, move || {
                    if !told.with_untracked(|told| told.greeted) {
                        hindered.set(Some(Hindrance::Silent));
                    }
                });
            });
        }
    }
}

/// The frame's address.
fn written(page: Page, source: &Source) -> String {
    let locale = page.i18n.locale_untracked();
    let context = FrameContext {
        app_id: source.application.as_str(),
        menu_code: source.menu.as_ref().map(|(key, _)| key.as_str()),
        category_id: source.category.as_deref(),
        state: source.state.as_deref(),
        locale: locale.as_str(),
    };
    frame_address(&source.address, &context)
}

fn told(page: Page, framed: Framed, hindrance: Hindrance, address: &Address) -> Part {
    let (text, detail, icon) = match hindrance {
        Hindrance::Slow => (Later::ShellFrameSlow, Some(Later::ShellFrameSlowDetail), IconName::CLOCK),
        Hindrance::Blocked => (Later::ShellFrameBlocked, None, IconName::LOCK),
        Hindrance::Silent => (Later::ShellFrameSilent, Some(Later::ShellFrameSilentDetail), IconName::CLOCK),
    };
    let title = page.i18n.fill(text, &[("name", &page.entry())]);
    let detail = detail.map(|detail| page.i18n.text(detail));
    let address = address.clone();
    view! {
        <Notice title detail tone=Tone::Warn icon>
            {tab_way(&address, Text::TileOpenNewTab, Look::Words("button"))}
            <button type="button" class="button" on:click=move |_| framed.hindered.set(None)>
                {tr(Later::ShellFrameWait)}
            </button>
        </Notice>
    }
}
