//! The page of the application in a frame. Each source gets a fresh frame whose address is set once, before it is in
//! the document: a changed address would add to the history, a moved frame would load again.

use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use portal_core::launch::{FrameContext, frame_address, sandbox};
use portal_core::text::{Later, Text};

use super::opened::{Opened, Source};
use super::{Page, states};
use crate::browser::{Timer, draw};
use crate::components::{IconName, Notice, Tone};
use crate::i18n::tr;
use crate::settings::Deployment;
use crate::state::{Derived, State, Stored, provided};
use crate::view::{Part, view};

/// How long a page may take until the person is offered another way (hostile.md 55).
const SLOW_MS: u64 = 15_000;

/// Why a page may not be seen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hindrance {
    /// It has not loaded in time.
    Slow,
    /// The portal's own content security policy refused it, or where it led to.
    Blocked,
}

/// The main region below the bar.
pub(super) fn frame(page: Page) -> Part {
    // By source and not by what is shown: a change of name or language must not load the page anew.
    let source = Derived::new(move |_| {
        page.opened.with(|opened| match opened {
            Opened::Frame { source, .. } => Some(source.clone()),
            _ => None,
        })
    });
    // Drawn anew for each source and each turn: a changed address of the same element would add to the history.
    let fresh = move || {
        page.turn.track();
        source.get().map(|source| framed(page, &source))
    };
    view! {
        <div class="frame">
            {fresh}
            {move || states::state(page)}
        </div>
    }
}

fn framed(page: Page, source: &Source) -> Part {
    let (address, rights) = untrack(|| written(page, source));
    let title = move || page.name();
    let loaded = State::new(false);
    let hindered = State::new(None::<Hindrance>);
    let timer = Stored::new(Timer::default());
    timer.update(|timer| {
        timer.start(SLOW_MS, move || {
            hindered.set(Some(Hindrance::Slow));
        })
    });
    on_cleanup(move || {
        timer.update(Timer::stop);
    });
    let done = move |_| {
        timer.update(Timer::stop);
        loaded.set(true);
        // A page that was blocked has loaded too, as an error page of the browser.
        if hindered.get_untracked() == Some(Hindrance::Slow) {
            hindered.set(None);
        }
    };
    draw::on_window("securitypolicyviolation", move |event: ev::SecurityPolicyViolationEvent| {
        if event.effective_directive() == "frame-src" {
            hindered.set(Some(Hindrance::Blocked));
        }
    });
    let waiting = move || {
        (!loaded.get()).then(|| {
            let words = page.i18n.fill(Later::ShellFrameLoading, &[("name", &page.name())]);
            view! {
                <div class="running"></div>
                <p class="hidden-text">{words}</p>
            }
        })
    };
    let open = source.address.as_str().to_owned();
    let late = move || hindered.get().map(|hindrance| told(page, hindrance, open.clone()));
    view! {
        <div role="status">{waiting}</div>
        {late}
        <iframe
            title=title
            sandbox=rights
            referrerpolicy="no-referrer"
            allow="fullscreen"
            src=address
            on:load=done
        ></iframe>
    }
}

/// The frame's address and rights.
fn written(page: Page, source: &Source) -> (String, String) {
    let deployment = provided::<Rc<Deployment>>();
    let locale = page.i18n.locale();
    let context = FrameContext {
        app_id: source.application.as_str(),
        menu_code: source.menu.as_ref().map(|(key, _)| key.as_str()),
        category_id: source.category.as_deref(),
        state: source.state.as_deref(),
        locale: locale.as_str(),
    };
    (frame_address(&source.address, &context), sandbox(&source.address, &deployment.policy))
}

fn told(page: Page, hindrance: Hindrance, href: String) -> Part {
    let (text, detail, icon) = match hindrance {
        Hindrance::Slow => (Later::ShellFrameSlow, Some(Later::ShellFrameSlowDetail), IconName::Clock),
        Hindrance::Blocked => (Later::ShellFrameBlocked, None, IconName::Lock),
    };
    let title = page.i18n.fill(text, &[("name", &page.name())]);
    let detail = detail.map(|detail| page.i18n.text(detail));
    view! {
        <Notice title detail tone=Tone::Warn icon>
            <a class="button" href=href target="_blank" rel="noopener noreferrer">
                {tr(Text::TileOpenNewTab)}
            </a>
        </Notice>
    }
}
