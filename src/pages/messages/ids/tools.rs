//! What stands above the ids: how many wait, the ways to mark them, the pages, and how the last change went.

use std::collections::BTreeSet;

use portal_api::message::UpdateMessage;
use portal_api::{Error, MessageId};
use portal_core::inbox::Failure;
use portal_core::notice::{Place, notice};
use portal_core::text::Inbox as Words;

use super::super::bell::count;
use super::paging::pager;
use super::{PANEL_ID, Work, update};
use crate::browser::{dom, number_text};
use crate::components::Notice;
use crate::pages::further::offered::not_offered;
use crate::pages::problem::{quote, try_again_anyway};
use crate::state::{Callback, Derived};
use crate::view::{Part, view};

/// What was not done, until it is tried again.
#[derive(Clone, PartialEq)]
pub(in crate::pages::messages) struct Refusal {
    /// Why, the last time.
    pub(super) error: Error,
    /// Which wait as before.
    pub(super) ids: Vec<MessageId>,
    /// All were to be marked, and it could not even be asked which there are.
    pub(super) all: bool,
}

impl Refusal {
    /// This one together with one from before, which stands for its own messages.
    pub(super) fn after(mut self, before: Option<Self>) -> Self {
        if let Some(before) = before {
            let known: BTreeSet<_> = self.ids.iter().cloned().collect();
            self.ids.extend(before.ids.into_iter().filter(|id| !known.contains(id)));
            self.all |= before.all;
        }
        self
    }

    /// What is left once it could be asked which there are.
    pub(super) fn asked(self) -> Option<Self> {
        Self { all: false, ..self }.without(&BTreeSet::new())
    }

    /// What is left once these are sent again; nothing where that is all.
    pub(super) fn without(mut self, sent: &BTreeSet<&MessageId>) -> Option<Self> {
        self.ids.retain(|id| !sent.contains(id));
        (self.all || !self.ids.is_empty()).then_some(self)
    }
}

/// See the module.
pub(super) fn tools(work: Work) -> Part {
    let (i18n, inbox) = (work.desk.i18n, work.desk.inbox);
    let total = Derived::new(move |_| {
        let application = work.application.get();
        inbox.counts.with(|counts| counts.number(&application))
    });
    let waiting =
        move || total.get().map(|number| count(i18n, Words::UnresolvedOne, Words::UnresolvedOther, number));
    let busy = move || (work.busy.get() > 0).then(|| i18n.text(Words::Working));
    let chosen = Derived::new(move |_| work.chosen.with(BTreeSet::len));
    let none_chosen = move || (chosen.get() == 0).then_some("true");
    let chosen_label = move || i18n.fill(Words::MarkChosen, &[("count", &chosen.get().to_string())]);
    let send_chosen = move |_| {
        let ids = work.chosen.with_untracked(|chosen| chosen.iter().cloned().collect());
        work.mark(ids);
        // Where none waits any more the buttons go away.
        if total.get_untracked() == Some(0) {
            dom::focus_id(PANEL_ID);
        }
    };
    let all_label = move || {
        let number = number_text(total.get().unwrap_or_default(), &i18n.locale());
        i18n.fill(Words::MarkAll, &[("count", &number)])
    };
    // Another number changes what the buttons say, and leaves them where the focus is.
    let waits = Derived::new(move |_| total.get().is_some_and(|total| total > 0));
    let buttons = move || {
        if !update::is_possible() {
            return Some(not_offered::<UpdateMessage>());
        }
        waits.get().then(|| {
            view! {
                <button type="button" class="button" aria-disabled=none_chosen on:click=send_chosen>
                    {chosen_label}
                </button>
                <button type="button" class="button" on:click=move |_| work.asks.set(true)>
                    {all_label}
                </button>
            }
        })
    };
    view! {
        <p class="inbox-note" role="status">
            <span>{waiting}</span>
            <span>{busy}</span>
            <span>{move || marked(work)}</span>
        </p>
        <div class="inbox-actions">{buttons}{move || pager(work)}</div>
        {move || refused(work)}
    }
}

fn marked(work: Work) -> Option<String> {
    let number = work.marked.get()?;
    Some(count(work.desk.i18n, Words::MarkedOne, Words::MarkedOther, number as u64))
}

/// What was refused, and the way to try it again.
fn refused(work: Work) -> Option<Part> {
    let i18n = work.desk.i18n;
    let application = work.application.get();
    let Refusal { error, ids, all } = work.desk.inbox.refusals.with(|all| all.get(&application).cloned())?;
    let left = ids.len();
    let told = notice(&error, Place::Application);
    let title = match (all, Failure::of(&error)) {
        (false, Failure::Closed) => i18n.text(Words::MarkForbidden),
        (false, _) => i18n.text(Words::MarkFailed),
        (true, _) => i18n.text(Words::AllFailed),
    };
    let waits =
        (left > 0).then(|| count(i18n, Words::WaitAsBeforeOne, Words::WaitAsBeforeOther, left as u64));
    let detail = match (told.detail.map(|detail| i18n.text(detail)), waits) {
        (Some(detail), Some(waits)) => Some(format!("{detail} {waits}")),
        (detail, waits) => waits.or(detail),
    };
    let retry = Callback::new(move |()| {
        work.change_refusal(&application, |_| None);
        if all {
            work.asks.set(true);
        } else {
            work.mark(ids.clone());
        }
    });
    let quote = quote(i18n, &told);
    let button = try_again_anyway(i18n, &told, "button", retry);
    Some(view! {
        <Notice title detail quote>
            {button}
        </Notice>
    })
}
