//! What came back: the facts, what the portal made of it, and the text without the secrets in it.

use std::sync::Arc;

use leptos::prelude::*;
use portal_api::Error;
use portal_core::console::{Answer, explain, failure, pretty, verdict};
use portal_core::text::{Console, Word};

use super::desk::{Desk, REPLY_ID};
use super::kept::Entry;
use super::outgoing::copy;
use crate::components::{IconName, Notice, Tone};
use crate::i18n::tr;

/// So many lines at a time.
const LINES: usize = 1_000;
/// So many characters at a time.
const CHARACTERS: usize = 50_000;

/// The reply.
pub(super) fn reply(desk: Desk) -> AnyView {
    let raw = RwSignal::new(false);
    let title = move || match desk.shown.get() {
        Some(entry) => desk.i18n.fill(Console::ReplyOf, &[("operation", entry.description.spec.operation)]),
        None => desk.i18n.text(Console::Reply),
    };
    let inside = move || match desk.shown.get() {
        None => view! { <p class="console-none">{tr(Console::ReplyNone)}</p> }.into_any(),
        Some(entry) => match &entry.outcome {
            Ok(answer) => answered(desk, &entry, answer, raw),
            Err(error) => failed(desk, &entry, error),
        },
    };
    view! {
        <section class="console-reply" aria-labelledby=REPLY_ID>
            <h2 id=REPLY_ID tabindex="-1">
                {title}
            </h2>
            {inside}
        </section>
    }
    .into_any()
}

fn failed(desk: Desk, entry: &Entry, error: &Error) -> AnyView {
    let title = desk.i18n.text(failure(&error.kind));
    view! {
        <Notice title tone=Tone::Alert />
        <dl class="console-facts">{fact(Console::Time, time(desk, entry))}</dl>
    }
    .into_any()
}

fn fact(name: Console, value: String) -> AnyView {
    view! {
        <div>
            <dt>{tr(name)}</dt>
            <dd dir="auto">{value}</dd>
        </div>
    }
    .into_any()
}

fn time(desk: Desk, entry: &Entry) -> String {
    desk.i18n.fill(Console::TimeMs, &[("ms", &entry.milliseconds.to_string())])
}

fn answered(desk: Desk, entry: &Arc<Entry>, answer: &Answer, raw: RwSignal<bool>) -> AnyView {
    let i18n = desk.i18n;
    let good = answer.outcome.is_ok();
    let (reader, place) = verdict(answer);
    let reader = i18n.fill(reader, &[("place", place.unwrap_or_default())]);
    let meaning = answer.code().map(|code| i18n.text(explain(code)));
    let documented = answer.wire_code.filter(|_| !good).map(|code| documented(entry, code));
    let hidden = answer.hidden.then(|| {
        view! { <Notice title=i18n.text(Console::Hidden) tone=Tone::Calm icon=IconName::LOCK /> }
    });
    view! {
        <p class="console-verdict" data-good=if good { "yes" } else { "no" }>
            {reader}
        </p>
        <dl class="console-facts">
            {fact(Console::Status, answer.status.to_string())}
            <div>
                <dt>{tr(Console::Code)}</dt>
                <dd>
                    {answer.wire_code.map_or_else(|| i18n.text(Console::CodeNone), |code| code.to_string())}
                    {meaning.map(|meaning| view! { " " <span>{meaning}</span> })}
                    {documented.map(|text| view! { " " <small>{i18n.text(text)}</small> })}
                </dd>
            </div>
            {fact(Console::Time, time(desk, entry))}
            {fact(Console::Size, i18n.count(Console::SizeOne, Console::SizeOther, answer.bytes))}
            {answer.request_id.clone().map(|id| fact(Console::RequestId, id))}
        </dl>
        {hidden}
        {body(desk, entry, raw)}
    }
    .into_any()
}

/// Whether the documentation names a code for the operation; both families count (contract.md 0.2).
fn documented(entry: &Entry, code: i64) -> Console {
    let new = if code < 1_000 { code + 31_000 } else { code };
    let named = entry.description.codes.iter().any(|known| i64::from(*known) == new);
    if named { Console::CodeDocumented } else { Console::CodeUndocumented }
}

fn body(desk: Desk, entry: &Arc<Entry>, raw: RwSignal<bool>) -> AnyView {
    let entry = Arc::clone(entry);
    let most = RwSignal::new(1);
    let way = move |raw_way: bool, name: Console| {
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || if raw.get() == raw_way { "true" } else { "false" }
                on:click=move |_| raw.set(raw_way)
            >
                {tr(name)}
            </button>
        }
        .into_any()
    };
    let text = {
        let entry = Arc::clone(&entry);
        move || entry.outcome.as_ref().map(|answer| answer.text.clone()).unwrap_or_default()
    };
    let shown = move || {
        let Ok(answer) = &entry.outcome else { return ().into_any() };
        if answer.text.trim().is_empty() {
            return view! { <p class="console-none">{tr(Console::Empty)}</p> }.into_any();
        }
        if raw.get() { raw_text(desk, answer, most) } else { formatted(desk, answer, most) }
    };
    view! {
        <div class="console-ways" role="group" aria-label=tr(Console::View)>
            {way(false, Console::Pretty)}
            {way(true, Console::Raw)}
        </div>
        {shown}
        {copy(desk, Console::CopyReply, text)}
    }
    .into_any()
}

fn raw_text(desk: Desk, answer: &Answer, most: RwSignal<usize>) -> AnyView {
    let limit = CHARACTERS * most.get();
    let end = answer.text.char_indices().nth(limit).map(|(at, _)| at);
    let text = answer.text.get(..end.unwrap_or(answer.text.len())).unwrap_or_default().to_owned();
    let more = end.map(|_| more(desk, Console::CutText, limit, answer.text.chars().count(), most));
    text_box(text, more)
}

fn formatted(desk: Desk, answer: &Answer, most: RwSignal<usize>) -> AnyView {
    match pretty(&answer.text, LINES * most.get()) {
        None => view! { <p class="console-none">{tr(Console::NotJson)}</p> }.into_any(),
        Some(lines) => {
            let cut = lines.total > lines.shown;
            let more = cut.then(|| more(desk, Console::CutLines, lines.shown, lines.total, most));
            text_box(lines.text, more)
        }
    }
}

fn text_box(text: String, more: Option<AnyView>) -> AnyView {
    view! {
        <pre class="console-text reply" tabindex="0" role="group" aria-label=tr(Console::Body) dir="ltr">
            {text}
        </pre>
        {more}
    }
    .into_any()
}

fn more(desk: Desk, words: impl Into<Word>, shown: usize, total: usize, most: RwSignal<usize>) -> AnyView {
    let text = desk.i18n.fill(words, &[("shown", &shown.to_string()), ("total", &total.to_string())]);
    view! {
        <p class="console-note" role="status">
            {text}
        </p>
        <button type="button" class="button" on:click=move |_| most.update(|most| *most *= 2)>
            {tr(Console::More)}
        </button>
    }
    .into_any()
}
