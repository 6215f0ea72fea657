//! What the portal says, as text.

use portal_api::json::Json;

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

/// A welcome.
pub fn welcome(welcome: &Welcome<'_>) -> String {
    let welcome = Json::object([
        ("version", Json::from(VERSION)),
        ("locale", welcome.locale.into()),
        ("theme", welcome.theme.as_str().into()),
        ("state", welcome.state.into()),
    ]);
    message("welcome", welcome, None)
}

/// The answer to a call.
pub fn result(id: u64, result: Json<'_>) -> String {
    message("result", result, Some(("id", number(id))))
}

/// The answer to a call that was not done.
pub fn failure(id: u64, failure: Failure) -> String {
    let error = Json::object([("code", failure.code().into()), ("message", failure.message().into())]);
    message("error", error, Some(("id", number(id))))
}

/// An event.
pub fn event(event: Event<'_>) -> String {
    let (name, value) = match event {
        Event::Locale(locale) => ("locale", locale.into()),
        Event::Theme(theme) => ("theme", theme.as_str().into()),
        Event::State(state) => ("state", state.into()),
    };
    message("value", value, Some(("event", name.into())))
}

fn message<'a>(key: &'a str, value: Json<'a>, before: Option<(&'a str, Json<'a>)>) -> String {
    let mut message = Json::object([("portal", VERSION.into())]);
    if let Some((key, value)) = before {
        message.put(key, value);
    }
    message.put(key, value);
    message.to_text()
}

fn number(id: u64) -> Json<'static> {
    Json::Number(id.to_string().into())
}
