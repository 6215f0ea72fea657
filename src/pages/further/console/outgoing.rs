//! The call as it would go out now, and the line for a shell that does the same.

use leptos::prelude::*;
use portal_api::Audience;
use portal_api::describe::Description;
use portal_core::console::{Outgoing, Piece, curl, shown};
use portal_core::text::Console;

use super::desk::Desk;
use crate::browser;
use crate::components::{Icon, IconName};
use crate::i18n::tr;

/// Both.
pub(super) fn outgoing(desk: Desk, description: &'static Description) -> AnyView {
    let request = move || {
        let call = desk.outgoing(description);
        let mut lines = vec![format!("{} {}", call.method, shown(&call.address))];
        lines.extend(call.headers.iter().map(|(name, value)| format!("{name}: {}", shown(value))));
        if let Some(body) = &call.body {
            lines.push(String::new());
            lines.push(shown(body));
        }
        lines.join("\n")
    };
    let line = move || curl(&desk.outgoing(description));
    let variables = move || {
        let names = variables(&desk.outgoing(description));
        let text = || desk.i18n.fill(Console::CurlVariables, &[("names", &names)]);
        (!names.is_empty()).then(|| view! { <p class="console-note">{text()}</p> })
    };
    let signature = (description.spec.audience == Audience::Server)
        .then(|| view! { <p class="console-note">{tr(Console::CurlSignature)}</p> });
    view! {
        <h3 id="console-request">{tr(Console::Request)}</h3>
        <pre class="console-text" tabindex="0" role="group" aria-labelledby="console-request" dir="ltr">
            {request}
        </pre>
        <h3 id="console-curl">{tr(Console::Curl)}</h3>
        <pre class="console-text" tabindex="0" role="group" aria-labelledby="console-curl" dir="ltr">
            {line}
        </pre>
        {copy(desk, Console::CopyCurl, line)}
        {variables}
        {signature}
    }
    .into_any()
}

/// The names of the variables of the shell, each once.
fn variables(call: &Outgoing) -> String {
    let pieces = call.address.iter().chain(call.headers.iter().flat_map(|(_, value)| value));
    let mut names: Vec<&str> = Vec::new();
    for piece in pieces.chain(call.body.iter().flatten()) {
        if let Piece::Secret(name) = piece
            && !names.contains(name)
        {
            names.push(name);
        }
    }
    names.join(", ")
}

/// A button that copies a text, and says so beside it.
pub(super) fn copy(desk: Desk, name: Console, text: impl Fn() -> String + Send + Sync + 'static) -> AnyView {
    let said = RwSignal::new(None);
    let press = move |_| {
        let text = text();
        browser::spawn(async move {
            let copied = browser::copy(&text).await;
            said.set(Some(if copied { Console::Copied } else { Console::NotCopied }));
        });
    };
    view! {
        <div class="console-copy">
            <button type="button" class="text-link" on:click=press>
                <Icon name=IconName::COPY class="i small" />
                {tr(name)}
            </button>
            <span role="status">{move || said.get().map(|said| desk.i18n.text(said))}</span>
        </div>
    }
    .into_any()
}
