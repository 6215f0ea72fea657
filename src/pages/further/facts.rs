//! What is known of something, as names and values. What is not known leaves no empty row (experience.md P1).

use leptos::prelude::*;
use portal_api::read_time;
use portal_core::text::Word;

use crate::browser;
use crate::i18n::{I18n, tr};

/// A value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fact {
    /// Text of the service.
    Text(String),
    /// The same where each character counts: ids and addresses.
    Code(String),
    /// A point in time as the service wrote it.
    Time(String),
    /// Words of our own.
    Words(Word),
}

impl Fact {
    /// A text, where there is one.
    pub fn text(text: Option<&str>) -> Option<Self> {
        text.filter(|text| !text.trim().is_empty()).map(|text| Self::Text(text.to_owned()))
    }

    /// An id, where there is one.
    pub fn code(text: Option<&str>) -> Option<Self> {
        text.filter(|text| !text.trim().is_empty()).map(|text| Self::Code(text.to_owned()))
    }

    /// A time, where there is one.
    pub fn time(text: Option<&str>) -> Option<Self> {
        text.filter(|text| !text.trim().is_empty()).map(|text| Self::Time(text.to_owned()))
    }
}

/// The names and values.
pub fn facts(i18n: I18n, facts: Vec<(Word, Option<Fact>)>) -> AnyView {
    let known = facts.into_iter().filter_map(|(name, fact)| {
        let shown = value(i18n, fact?);
        Some(
            view! {
                <div>
                    <dt>{tr(name)}</dt>
                    {shown}
                </div>
            }
            .into_any(),
        )
    });
    let known: Vec<AnyView> = known.collect();
    view! { <dl class="facts">{known}</dl> }.into_any()
}

fn value(i18n: I18n, fact: Fact) -> AnyView {
    match fact {
        Fact::Text(text) => view! { <dd dir="auto">{text}</dd> }.into_any(),
        Fact::Code(text) => view! {
            <dd>
                <code>
                    <bdi>{text}</bdi>
                </code>
            </dd>
        }
        .into_any(),
        Fact::Time(given) => view! {
            <dd>
                {time(i18n, given)}
            </dd>
        }
        .into_any(),
        Fact::Words(word) => view! { <dd>{tr(word)}</dd> }.into_any(),
    }
}

/// A time in the person's zone and language; as given where it cannot be read (contract.md §6, 17).
pub fn time(i18n: I18n, given: String) -> AnyView {
    shown_time(i18n, given, true)
}

/// The same without the time of day.
pub fn day(i18n: I18n, given: String) -> AnyView {
    shown_time(i18n, given, false)
}

fn shown_time(i18n: I18n, given: String, to_the_minute: bool) -> AnyView {
    let title = given.clone();
    let shown = move || {
        let locale = i18n.locale();
        let shown = read_time(&given).map(|time| browser::date(locale.as_str(), time, to_the_minute));
        shown.filter(|shown| !shown.is_empty()).unwrap_or_else(|| given.clone())
    };
    view! { <bdi title=title>{shown}</bdi> }.into_any()
}
