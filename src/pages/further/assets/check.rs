//! Which of many assets the person may see (contract.md 1.16): ids are pasted, and each gets its answer.

use std::sync::Arc;

use portal_api::asset::CheckAssetPermission;
use portal_api::{AssetId, Error};
use portal_core::assets::{AssetTree, Inquiry, MOST_IDS, Verdict};
use portal_core::notice::{Place, notice};
use portal_core::text::{Assets, Later};

use super::Screen;
use super::field::Field;
use super::outline::Known;
use super::told::told;
use crate::browser;
use crate::components::{Countdown, Dialog, Icon, IconName, Spinner};
use crate::i18n::tr;
use crate::state::{Callback, Derived, Signal, State, effect};
use crate::view::{Part, view};

/// The question under way.
#[derive(Clone, Copy)]
pub(super) struct Checking {
    open: State<bool>,
    field: Field,
    inquiry: State<Option<Inquiry>>,
    error: State<Option<Error>>,
    busy: State<bool>,
    /// Until the service takes another call, where it told.
    wait: Countdown,
    /// Which question it is: an answer to an earlier one is not looked at.
    serial: State<usize>,
    /// The assets of the application that is shown.
    known: State<Option<Arc<AssetTree>>>,
}

impl Checking {
    pub(super) fn new() -> Self {
        Self {
            open: State::new(false),
            field: Field::new(String::new()),
            inquiry: State::new(None),
            error: State::new(None),
            busy: State::new(false),
            wait: Countdown::new(0),
            serial: State::new(0),
            known: State::new(None),
        }
    }

    /// Opens the dialog with these ids in it.
    pub(super) fn ask(self, ids: String) {
        self.serial.update(|serial| *serial += 1);
        self.field.fill(ids);
        self.inquiry.set(None);
        self.error.set(None);
        self.busy.set(false);
        self.wait.start(0);
        self.open.set(true);
    }

    /// Learns the names of assets.
    pub(super) fn know(self, known: Known) {
        effect(move || self.known.set(known.get()));
    }

    /// Asks the service until all is known.
    fn run(self, screen: Screen) {
        let Some(ids) = self.field.ids() else { return };
        self.serial.update(|serial| *serial += 1);
        let serial = self.serial.get_untracked();
        self.error.set(None);
        self.inquiry.set(Some(Inquiry::new(ids)));
        self.busy.set(true);
        browser::spawn(async move {
            while let Some(next) = self.next(serial) {
                match screen.session.request(&CheckAssetPermission { assets: next }).await {
                    Ok(all) if self.is_asked(serial) => self.inquiry.update(|inquiry| {
                        if let Some(inquiry) = inquiry {
                            inquiry.answer(all);
                        }
                    }),
                    Err(error) if self.is_asked(serial) => {
                        self.wait.start(notice(&error, Place::Assets).wait_seconds.unwrap_or_default());
                        self.error.set(Some(error));
                        break;
                    }
                    _ => return,
                }
            }
            self.busy.set(false);
        });
    }

    fn is_asked(self, serial: usize) -> bool {
        self.serial.try_get_untracked() == Some(serial)
    }

    fn next(self, serial: usize) -> Option<Vec<AssetId>> {
        if !self.is_asked(serial) {
            return None;
        }
        self.inquiry.with_untracked(|inquiry| inquiry.as_ref().and_then(Inquiry::next))
    }
}

/// The dialog.
pub(super) fn dialog(screen: Screen, checking: Checking) -> Part {
    let i18n = screen.i18n;
    let close = move || {
        checking.serial.update(|serial| *serial += 1);
        checking.open.set(false);
    };
    let busy = move || checking.busy.get();
    let hint = move || i18n.fill(Assets::IdsHint, &[("count", &MOST_IDS.to_string())]);
    view! {
        <Dialog
            open=Signal::from(checking.open)
            id="check-title"
            title=tr(Assets::CheckTitle)
            class="dialog assets-dialog"
            on_close=Callback::new(move |()| close())
        >
            {checking.field.lines("check-ids", Assets::Ids, Assets::IdsMissing, Part::of(hint))}
            <div role="status">{move || summary(screen, checking)}</div>
            {move || checking.error.get().map(|error| told(&error, None))}
            {answers(checking)}
            <div class="actions">
                <button type="button" class="button" on:click=move |_| close()>
                    {tr(Later::Close)}
                </button>
                <button
                    type="button"
                    class="button go"
                    aria-disabled=move || (busy() || checking.wait.runs()).then_some("true")
                    aria-busy=move || busy().then_some("true")
                    on:click=move |_| {
                        if !checking.busy.get_untracked() && !checking.wait.runs_untracked() {
                            checking.run(screen);
                        }
                    }
                >
                    {move || busy().then(|| view! { <Spinner /> })}
                    {move || checking.wait.text(i18n).unwrap_or_else(|| i18n.text(Assets::CheckGo))}
                </button>
            </div>
        </Dialog>
    }
}

/// How many are permitted, once all is known: what could not be asked is not refused.
fn summary(screen: Screen, checking: Checking) -> Option<Part> {
    if checking.busy.get() || checking.error.with(Option::is_some) {
        return None;
    }
    checking.inquiry.with(|inquiry| {
        let verdicts: Vec<Verdict> = inquiry.as_ref()?.verdicts().map(|(_, verdict)| verdict).collect();
        let yes = verdicts.iter().filter(|verdict| **verdict == Verdict::Yes).count().to_string();
        let count = verdicts.len().to_string();
        let words = screen.i18n.fill(Assets::CheckSummary, &[("yes", &yes), ("count", &count)]);
        Some(view! { <p class="assets-said">{words}</p> })
    })
}

/// Each id with its answer, in the order given. Drawn once for a question; each answer changes only what it tells.
fn answers(checking: Checking) -> Part {
    // Which ids are asked about; an answer does not change them.
    let asked = Derived::new(move |_| {
        checking.inquiry.with(|inquiry| {
            inquiry
                .as_ref()
                .map(|inquiry| Arc::new(inquiry.verdicts().map(|(id, _)| id.clone()).collect::<Vec<_>>()))
        })
    });
    Part::of(move || {
        let asked = asked.get()?;
        let known = checking.known.get();
        let names = known.as_ref().map(|known| known.names());
        let row = |(place, id): (usize, &AssetId)| {
            let name = names.as_ref().and_then(|names| names.get(id.as_str())).map(|name| (*name).to_owned());
            answer(checking, place, id, name, names.is_some())
        };
        let rows: Vec<Part> = asked.iter().enumerate().map(row).collect();
        Some(view! {
            <ul class="assets-answers" aria-label=tr(Assets::Answers) tabindex="0">
                {rows}
            </ul>
        })
    })
}

fn answer(checking: Checking, place: usize, id: &AssetId, name: Option<String>, names_known: bool) -> Part {
    let verdict = Derived::new(move |_| {
        checking
            .inquiry
            .with(|inquiry| inquiry.as_ref().map(|inquiry| inquiry.verdict(place)).unwrap_or_default())
    });
    let mark = move || match verdict.get() {
        Verdict::Yes => "yes",
        Verdict::No => "no",
        Verdict::Open => "open",
    };
    let told = move || {
        let (icon, words) = match verdict.get() {
            Verdict::Yes => (IconName::CHECK, Assets::CheckYes),
            Verdict::No => (IconName::BAN, Assets::CheckNo),
            Verdict::Open => (IconName::HELP, Assets::CheckOpen),
        };
        view! {
            <span class="assets-may" data-may=mark>
                <Icon name=icon class="i small" />
                {tr(words)}
            </span>
        }
    };
    // The service says the same of what the person may not see and of what is not there.
    let is_strange = names_known && name.is_none();
    let unknown = move || {
        (is_strange && verdict.get() == Verdict::No)
            .then(|| view! { <small>{tr(Assets::CheckUnknown)}</small> })
    };
    view! {
        <li data-may=mark>
            {told}
            <code dir="auto">{id.as_str().to_owned()}</code>
            {name.map(|name| view! { <bdi>{name}</bdi> })}
            {unknown}
        </li>
    }
}
