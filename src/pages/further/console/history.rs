//! What this tab has sent.

use std::sync::Arc;

use leptos::prelude::*;
use portal_core::text::Console;

use super::desk::Desk;
use super::kept::Entry;
use crate::i18n::tr;

/// The history, the newest call first.
pub(super) fn history(desk: Desk) -> AnyView {
    let list = move || {
        let entries = desk.kept.entries.get();
        if entries.is_empty() {
            return view! { <p class="console-none">{tr(Console::HistoryEmpty)}</p> }.into_any();
        }
        let rows: Vec<AnyView> = entries.iter().rev().map(|entry| row(desk, entry)).collect();
        view! {
            <ol class="console-past" reversed>
                {rows}
            </ol>
            <button type="button" class="text-link" on:click=move |_| desk.kept.entries.set(Vec::new())>
                {tr(Console::HistoryClear)}
            </button>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="console-history">
            <h2 id="console-history">{tr(Console::History)}</h2>
            <p class="console-note">{tr(Console::HistoryDetail)}</p>
            {list}
        </section>
    }
    .into_any()
}

fn row(desk: Desk, entry: &Arc<Entry>) -> AnyView {
    let i18n = desk.i18n;
    let outcome = match &entry.outcome {
        Ok(answer) => {
            let code = answer.wire_code.map(|code| code.to_string());
            format!(
                "HTTP {} · {} {}",
                answer.status,
                i18n.text(Console::Code),
                code.unwrap_or_else(|| "–".to_owned())
            )
        }
        Err(_) => i18n.text(Console::HistoryFailed),
    };
    let time = i18n.fill(Console::TimeMs, &[("ms", &entry.milliseconds.to_string())]);
    let good = entry.outcome.as_ref().is_ok_and(|answer| answer.outcome.is_ok());
    let number = entry.number;
    let current = move || {
        desk.shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.number == number)).then_some("true")
    };
    let operation = entry.description.spec.operation;
    let entry = Arc::clone(entry);
    view! {
        <li value=number>
            <button
                type="button"
                class="row"
                aria-current=current
                on:click=move |_| desk.take_up(Arc::clone(&entry))
            >
                <b lang="en">{operation}</b>
                " "
                <small data-good=if good { "yes" } else { "no" }>{outcome} " · " {time}</small>
            </button>
        </li>
    }
    .into_any()
}
