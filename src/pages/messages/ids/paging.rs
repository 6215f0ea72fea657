//! The pages of ids: which is shown, and where the others are, while what is marked leaves the list.

use std::sync::Arc;

use leptos::prelude::*;
use portal_api::{MessageId, Page, Paged};
use portal_core::inbox::{Marks, Sheet};
use portal_core::text::Inbox as Words;

use super::{PANEL_ID, Work};
use crate::browser::{dom, number_text};

/// A page of ids.
#[derive(Clone, PartialEq)]
pub(super) struct Shown {
    pub(super) sheet: Sheet,
    pub(super) ids: Vec<MessageId>,
}

impl Shown {
    /// What a reply gives.
    pub(super) fn of(asked: Page, reply: &Paged<MessageId>) -> Self {
        Self { sheet: Sheet::of(asked, reply), ids: reply.listed.entries.clone() }
    }

    /// Whether all of it stood on the page before: a service that gives the same again and again has no more.
    fn repeats(&self, before: &Self) -> bool {
        let follows = before.sheet.number.checked_add(1) == Some(self.sheet.number);
        follows && self.sheet.total.is_none() && self.ids == before.ids
    }
}

impl Work {
    /// A page has come.
    pub(super) fn arrived(self, shown: &Arc<Shown>) {
        // What was marked before is known to the service, which leaves it out.
        self.marks.set(Marks::default());
        let (sheet, inbox) = (shown.sheet, self.desk.inbox);
        let repeats =
            self.before.with_value(|before| before.as_ref().is_some_and(|before| shown.repeats(before)));
        let back = if repeats { sheet.number.checked_sub(1) } else { sheet.back() };
        if let Some(to) = back {
            self.last.set(Some(to).filter(|_| sheet.total.is_none()));
            return self.go(to);
        }
        inbox.learn(&self.application(), sheet.known());
        self.before.set_value(Some(Arc::clone(shown)));
    }

    /// Asks for a page anew, and forgets what was chosen on it.
    fn go(self, number: u32) {
        self.chosen.set(std::collections::BTreeSet::new());
        self.page.update(|(page, again)| {
            *page = number;
            *again += 1;
        });
    }

    /// The person asks for a page anew. What they pressed goes away meanwhile.
    fn reload(self, number: u32) {
        dom::focus_id(PANEL_ID);
        self.go(number);
    }
}

/// The pages, where there is more than one, and the way to a fresh list.
pub(super) fn pager(work: Work) -> AnyView {
    let i18n = work.desk.i18n;
    let Some(shown) = work.shown.get() else { return ().into_any() };
    let (sheet, last) = (shown.sheet, work.last.get());
    let number = sheet.number;
    let before = number.checked_sub(1);
    let next = sheet.has_next() && last.is_none_or(|last| number < last);
    let step = |word: Words, is_there: bool, to: Box<dyn Fn() -> u32>| {
        let press = move |_| {
            if is_there {
                work.reload(to());
            }
        };
        let off = (!is_there).then_some("true");
        view! {
            <button type="button" class="button" aria-disabled=off on:click=press>
                {i18n.text(word)}
            </button>
        }
        .into_any()
    };
    let at = (number + 1).to_string();
    let text = match sheet.pages() {
        Some(pages) => {
            let pages = number_text(pages, &i18n.locale());
            i18n.fill(Words::PageOf, &[("page", &at), ("pages", &pages)])
        }
        None => i18n.fill(Words::PageAt, &[("page", &at)]),
    };
    let told = (next || before.is_some()).then(|| {
        let forward = move || sheet.next(work.marks.with_untracked(Marks::len));
        view! {
            {step(Words::PagePrevious, before.is_some(), Box::new(move || before.unwrap_or_default()))}
            <span>{text}</span>
            {step(Words::PageNext, next, Box::new(forward))}
        }
    });
    let refresh = move |_| {
        work.last.set(None);
        work.before.set_value(None);
        work.reload(number);
    };
    view! {
        {told}
        <button type="button" class="button" on:click=refresh>
            {i18n.text(Words::Refresh)}
        </button>
    }
    .into_any()
}
