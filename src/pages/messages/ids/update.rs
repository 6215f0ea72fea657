//! Tells the service what is dealt with (contract.md 1.27): shown at once, taken back where it is refused.

use std::collections::BTreeSet;

use leptos::prelude::*;
use portal_api::message::{GetUnresolvedMessages, MessageUpdate, UpdateMessage};
use portal_api::{ApplicationId, Error, MessageId, OrganizationId, Page};
use portal_core::inbox::batches;
use portal_core::text::Inbox as Words;

use super::super::confirm::{Asked, confirm};
use super::super::rows::Rows;
use super::paging::Shown;
use super::tools::Refusal;
use super::{PANEL_ID, Work};
use crate::browser::{self, dom, number_text};
use crate::pages::further::offered::is_offered;

/// More pages of ids than anybody has.
const MOST_PAGES: u32 = 1_000;

/// Whether the deployment lets the page say what is dealt with.
pub(super) fn is_possible() -> bool {
    is_offered::<UpdateMessage>()
}

/// What is done with messages, which may go on when the panel is left.
struct Job {
    application: ApplicationId,
    /// Who is signed in, and in which organization.
    epoch: u64,
}

impl Work {
    /// Marks these as processed. Those that are marked already are left out, so that pressing twice does it once.
    pub(super) fn mark(self, ids: Vec<MessageId>) {
        self.mark_of(self.job(), ids);
    }

    fn job(self) -> Job {
        Job { application: self.application(), epoch: self.desk.inbox.session.epoch_untracked() }
    }

    /// Whether somebody else is signed in since, or works in another organization: there it means nothing.
    fn is_over(self, job: &Job) -> bool {
        self.desk.inbox.session.epoch_untracked() != job.epoch
    }

    /// The same for who may have left the panel meanwhile.
    fn mark_of(self, job: Job, ids: Vec<MessageId>) {
        let application = job.application.clone();
        // The marks are gone with the panel: then nothing is left out.
        let mut fresh = ids;
        self.marks.update(|marks| fresh = marks.begin(core::mem::take(&mut fresh)));
        if fresh.is_empty() {
            return;
        }
        self.marked.set(None);
        // What was refused before and is not sent again stays refused.
        let sent = fresh.iter().collect();
        self.change_refusal(&application, |refusal| refusal?.without(&sent));
        self.chosen.update(|chosen| chosen.retain(|id| !fresh.contains(id)));
        self.change(&application, -i64::try_from(fresh.len()).unwrap_or_default());
        browser::spawn(async move { self.send(job, fresh).await });
    }

    /// The focus goes on to the next row that waits, for the button that was pressed goes away: to its checkbox, so that a
    /// key held down marks no more. Without such a row it goes to the heading.
    pub(super) fn go_on(self, rows: Rows, index: usize) {
        let next = self.shown.get_untracked().and_then(|shown| {
            let waits = |row: &usize| {
                let id = shown.ids.get(*row);
                id.is_some_and(|id| self.marks.with_untracked(|marks| marks.of(id).is_none()))
            };
            (index + 1..shown.ids.len()).find(waits).or_else(|| (0..index).rev().find(waits))
        });
        match next {
            Some(row) => rows.go(row),
            None => dom::focus_id(PANEL_ID),
        }
    }

    /// Marks all of the application, those of other pages too.
    fn mark_all(self) {
        self.marked.set(None);
        self.busy.update(|busy| *busy += 1);
        let job = self.job();
        browser::spawn(async move {
            let all = self.all_ids(&job.application).await;
            self.busy.update(|busy| *busy = busy.saturating_sub(1));
            match all {
                _ if self.is_over(&job) => {}
                Ok(ids) => {
                    self.change_refusal(&job.application, |refusal| refusal?.asked());
                    self.mark_of(job, ids);
                }
                Err(error) => self.refuse(&job.application, Refusal { error, ids: Vec::new(), all: true }),
            }
        });
    }

    async fn all_ids(self, application: &ApplicationId) -> Result<Vec<MessageId>, Error> {
        let stage = self.desk.inbox.session.stage_untracked();
        let Some(organization) = stage.organization().map(|organization| organization.id.clone()) else {
            return Ok(Vec::new());
        };
        let (mut all, mut known) = (Vec::new(), BTreeSet::new());
        for number in 0..MOST_PAGES {
            let Shown { sheet, ids } = self.ask(application, organization.clone(), number).await?;
            let before = all.len();
            all.extend(ids.into_iter().filter(|id| known.insert(id.clone())));
            // Without a sum a full page says that there may be more; one that repeats another says that there is none.
            let complete = sheet.exact().is_some_and(|total| all.len() as u64 >= total);
            if complete || all.len() == before {
                break;
            }
        }
        Ok(all)
    }

    async fn ask(
        self,
        application: &ApplicationId,
        organization: OrganizationId,
        number: u32,
    ) -> Result<Shown, Error> {
        let (application, page) = (application.clone(), Page { number, ..Page::FIRST });
        let call = GetUnresolvedMessages { application, organization, page };
        Ok(Shown::of(page, &self.desk.inbox.session.request_by_server(&call).await?))
    }

    /// One call after the other; after one that fails the rest is not sent.
    async fn send(self, job: Job, ids: Vec<MessageId>) {
        self.busy.update(|busy| *busy += 1);
        let application = job.application.clone();
        let (mut taken, mut failed) = (0, None);
        for batch in batches(&ids) {
            if failed.is_none() {
                let update = |id: &MessageId| MessageUpdate {
                    id: id.clone(),
                    application: application.clone(),
                    processed: true,
                };
                let call = UpdateMessage { messages: batch.iter().map(update).collect() };
                failed = self.desk.inbox.session.request_by_server(&call).await.err();
                if self.is_over(&job) {
                    return;
                }
            }
            if failed.is_some() {
                self.marks.update(|marks| marks.refused(batch));
                self.change(&application, i64::try_from(batch.len()).unwrap_or_default());
            } else {
                self.marks.update(|marks| marks.done(batch));
                taken += batch.len();
            }
        }
        self.busy.update(|busy| *busy = busy.saturating_sub(1));
        // Whatever was taken: the service knows how many wait now.
        self.desk.inbox.changed(&application, true);
        match failed {
            None => self.marked.set(Some(taken)),
            Some(error) => {
                let ids = ids.get(taken..).unwrap_or_default().to_vec();
                self.refuse(&application, Refusal { error, ids, all: false });
            }
        }
    }

    /// Says what was not done, beside what was not done before.
    fn refuse(self, application: &ApplicationId, refusal: Refusal) {
        self.change_refusal(application, |before| Some(refusal.after(before)));
    }

    /// What is refused of an application from now on.
    pub(super) fn change_refusal(
        self,
        application: &ApplicationId,
        change: impl FnOnce(Option<Refusal>) -> Option<Refusal>,
    ) {
        self.desk.inbox.refusals.update(|all| {
            let before = all.remove(application);
            all.extend(change(before).map(|refusal| (application.clone(), refusal)));
        });
    }

    /// What the numbers everywhere say.
    fn change(self, application: &ApplicationId, by: i64) {
        self.desk.inbox.counts.update(|counts| counts.change(application, by));
    }
}

/// Asks before all are marked.
pub(super) fn question(work: Work) -> AnyView {
    let i18n = work.desk.i18n;
    let open = Signal::derive(move || work.asks.get());
    let close = move || work.asks.set(false);
    let number = Memo::new(move |_| {
        let application = work.application.get();
        work.desk.inbox.counts.with(|counts| counts.number(&application)).unwrap_or_default()
    });
    let detail = move || {
        let (number, name) = (number_text(number.get(), &i18n.locale()), work.desk.name(&work.application()));
        Some(i18n.fill(Words::MarkAllDetail, &[("count", &number), ("name", &name)]))
    };
    let agree = move || {
        close();
        dom::focus_id(PANEL_ID);
        work.mark_all();
    };
    let asked = Asked { id: "mark-all-title", title: Words::MarkAllTitle, verb: Words::MarkAllAgree };
    confirm(open, asked, detail, close, agree)
}
