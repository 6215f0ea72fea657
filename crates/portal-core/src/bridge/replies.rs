//! What the portal says, as text.

use portal_api::json;
use serde::Serialize;

use super::{Failure, Theme, VERSION};

/// The answer to a greeting.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Welcome<'a> {
    /// The language of the portal, as `en-US`.
    pub locale: &'a str,
    /// How it looks.
    pub theme: Theme,
    /// What the page shall show.
    pub state: Option<&'a str>,
}

/// What changed around a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Event<'a> {
    /// The language of the portal, as `en-US`.
    Locale(&'a str),
    /// How it looks.
    Theme(Theme),
    /// What the page shall show. Only for pages that said in their greeting that they take it.
    State(Option<&'a str>),
}

/// What is said; the version of the protocol comes first in each.
#[derive(Serialize)]
#[serde(untagged)]
enum Message<'a, T: ?Sized> {
    Welcome { portal: i64, welcome: Told<'a> },
    Result { portal: i64, id: u64, result: &'a T },
    Error { portal: i64, id: u64, error: Problem },
    Event { portal: i64, event: &'a str, value: Option<&'a str> },
}

#[derive(Serialize)]
struct Told<'a> {
    version: i64,
    locale: &'a str,
    theme: Theme,
    state: Option<&'a str>,
}

#[derive(Serialize)]
struct Problem {
    code: &'static str,
    message: &'static str,
}

/// A welcome.
pub fn welcome(welcome: &Welcome<'_>) -> String {
    let Welcome { locale, theme, state } = *welcome;
    say(Message::Welcome { portal: VERSION, welcome: Told { version: VERSION, locale, theme, state } })
}

/// The answer to a call.
pub fn result(id: u64, result: &(impl Serialize + ?Sized)) -> String {
    json::to_text(&Message::Result { portal: VERSION, id, result })
}

/// The answer to a call that was not done.
pub fn failure(id: u64, failure: Failure) -> String {
    let error = Problem { code: failure.code(), message: failure.message() };
    say(Message::Error { portal: VERSION, id, error })
}

/// An event.
pub fn event(event: Event<'_>) -> String {
    let (event, value) = match event {
        Event::Locale(locale) => ("locale", Some(locale)),
        Event::Theme(theme) => ("theme", Some(theme.as_str())),
        Event::State(state) => ("state", state),
    };
    say(Message::Event { portal: VERSION, event, value })
}

fn say(message: Message<'_, ()>) -> String {
    json::to_text(&message)
}
