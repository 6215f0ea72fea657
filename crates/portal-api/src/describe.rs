//! What each operation takes and says, in words: for a page that lets people try the operations. [`Endpoint::write`] and
//! [`Endpoint::read`] are the truth; a test holds these tables against both.

mod asset;
mod authentication;
mod message;
mod newer;
mod user;

use std::borrow::Cow;

use crate::json::{self, RawValue};
use crate::{Access, Endpoint, Error, MissingParameter, Parts, Response, Spec, reply};

/// An operation.
#[derive(Clone, Copy, Debug)]
pub struct Description {
    /// Its fixed facts.
    pub spec: Spec,
    /// Whether it carries the user's access token.
    pub needs_token: bool,
    /// The version of the API that it came with, where that is later than the overview of 28 operations (contract.md §2).
    pub since: Option<&'static str>,
    /// Whether it changes something at the service that a person would want to be asked about first.
    pub writes: bool,
    /// What it takes, in the order of the documentation.
    pub parameters: &'static [Parameter],
    /// The codes that the documentation names for it, in the newer family (contract.md §1, §2).
    pub codes: &'static [u16],
    /// Reads a response as the portal does, for whether it can.
    pub decode: fn(&Response) -> Result<(), Error>,
    /// Reads the parameters as the service does, for whether all mandatory ones are there.
    pub check: fn(&Parts) -> Result<(), MissingParameter>,
}

/// One thing that an operation takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Parameter {
    /// The name on the wire.
    pub name: &'static str,
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub kind: Kind,
    /// Whether the service refuses a call without it. Where versions disagree, whether the newest does.
    pub required: bool,
    /// The version that it came with, where that is later than the operation.
    pub since: Option<&'static str>,
    /// Whether nobody may see it: a password, a token, a code.
    pub secret: bool,
    /// What it is for, in one or two sentences of English; for other languages the same stands in `portal_core::text`.
    pub words: &'static str,
    /// One that could be right.
    pub example: &'static str,
}

/// Where a parameter stands in a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// A member of the JSON body.
    Body,
}

/// What a parameter is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A text of one line.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Flag,
    /// Texts, one in each line: a list in the body, joined by commas in the query.
    Texts,
    /// An object or a list, as JSON.
    Json,
    /// One of these texts.
    Choice(&'static [&'static str]),
}

/// What was typed cannot be put into a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unfit {
    /// No number as JSON has them.
    NoNumber,
    /// Neither `true` nor `false`.
    NoFlag,
    /// Not JSON.
    NoJson,
    /// A header takes visible ASCII and blanks only (RFC 9110 §5.5).
    NoHeader,
}

/// Every operation of [`crate::ENDPOINTS`], in the order of the overview, newer ones last.
pub static DESCRIPTIONS: [&[Description]; 5] =
    [authentication::ALL, user::ALL, asset::ALL, message::ALL, newer::ALL];

/// All of them, one after the other.
pub fn all() -> impl Iterator<Item = &'static Description> {
    DESCRIPTIONS.iter().copied().flatten()
}

impl Description {
    const fn of<E: Endpoint>(parameters: &'static [Parameter], codes: &'static [u16]) -> Self {
        Self {
            spec: E::SPEC,
            needs_token: E::Access::NEEDS_TOKEN,
            since: None,
            writes: false,
            parameters,
            codes,
            decode: decode::<E>,
            check: check::<E>,
        }
    }

    const fn since(self, version: &'static str) -> Self {
        Self { since: Some(version), ..self }
    }

    const fn writing(self) -> Self {
        Self { writes: true, ..self }
    }

    /// The name for an address: small letters with dashes.
    pub fn slug(&self) -> String {
        let name = self.spec.operation.to_ascii_lowercase();
        name.chars().filter(|c| *c != '\'').map(|c| if c == ' ' { '-' } else { c }).collect()
    }
}

fn decode<E: Endpoint>(response: &Response) -> Result<(), Error> {
    reply::<E>(response).map(drop)
}

fn check<E: Endpoint>(parts: &Parts) -> Result<(), MissingParameter> {
    E::read(parts).map(drop)
}

impl Parameter {
    const fn new(place: Place, name: &'static str, words: &'static str, example: &'static str) -> Self {
        Self { name, place, kind: Kind::Text, required: true, since: None, secret: false, words, example }
    }

    const fn query(name: &'static str, words: &'static str, example: &'static str) -> Self {
        Self::new(Place::Query, name, words, example)
    }

    const fn header(name: &'static str, words: &'static str, example: &'static str) -> Self {
        Self::new(Place::Header, name, words, example)
    }

    const fn body(name: &'static str, words: &'static str, example: &'static str) -> Self {
        Self::new(Place::Body, name, words, example)
    }

    const fn kind(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    const fn optional(self) -> Self {
        Self { required: false, ..self }
    }

    const fn since(self, version: &'static str) -> Self {
        Self { since: Some(version), ..self }
    }

    const fn secret(self) -> Self {
        Self { secret: true, ..self }
    }

    /// The value that a text stands for; `None` for one that is left out.
    ///
    /// # Errors
    /// The text is nothing of this kind.
    pub fn value(&self, text: &str) -> Result<Option<Box<RawValue>>, Unfit> {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Ok(None);
        }
        let typed = || json::read(trimmed).map(Cow::into_owned).ok();
        let begins = |value: &RawValue, with: fn(char) -> bool| value.get().starts_with(with);
        let value = match self.kind {
            // A password may begin or end with a blank.
            Kind::Text if self.secret => json::raw(text),
            Kind::Text | Kind::Choice(_) => json::raw(trimmed),
            Kind::Number => {
                let number = |c: char| c == '-' || c.is_ascii_digit();
                typed().filter(|value| begins(value, number)).ok_or(Unfit::NoNumber)?
            }
            Kind::Flag => {
                typed().filter(|value| begins(value, |c| matches!(c, 't' | 'f'))).ok_or(Unfit::NoFlag)?
            }
            Kind::Texts => {
                let lines = trimmed.lines().map(str::trim).filter(|line| !line.is_empty());
                json::raw(&lines.collect::<Vec<_>>())
            }
            Kind::Json => typed().ok_or(Unfit::NoJson)?,
        };
        if self.place == Place::Header && !plain(&value).chars().all(|c| matches!(c, ' '..='~')) {
            return Err(Unfit::NoHeader);
        }
        Ok(Some(value))
    }

    /// Puts it into a call; leaves it out where the text is empty.
    ///
    /// # Errors
    /// The text is nothing of this kind.
    pub fn put(&self, parts: &mut Parts, text: &str) -> Result<(), Unfit> {
        let Some(value) = self.value(text)? else { return Ok(()) };
        match self.place {
            Place::Query => parts.put_query(self.name, &plain(&value)),
            Place::Header => parts.put_header(self.name, &plain(&value)),
            Place::Body => parts.put_body_value(self.name, &value),
        }
        Ok(())
    }
}

/// A value where there is no JSON around it.
pub fn plain(value: &RawValue) -> String {
    match json::entries(value) {
        Some(entries) => entries.into_iter().map(plain).collect::<Vec<_>>().join(","),
        None => json::string(value).map_or_else(|| value.get().to_owned(), Cow::into_owned),
    }
}

/// The page of a list, which newer versions want always (contract.md 0.5).
const PAGE: Parameter = Parameter::body(
    "pagination",
    "The part of the list to give: the first page is 0.",
    r#"{"pageNo":0,"pageSize":10}"#,
)
.kind(Kind::Json);

/// The organization, in the body.
const ORGANIZATION: Parameter = Parameter::body("orgId", "The organization (OU).", "o15724268424841");

/// The organization, in the query.
const ORGANIZATION_QUERY: Parameter = Parameter::query("orgId", "The organization (OU).", "o15724268424841");

/// The application, in the query.
const APPLICATION_QUERY: Parameter = Parameter::query(
    "accessKey",
    "The application: its access key, which is its id in Get User's Applications.",
    "0f4c2a8e-access-key",
);

/// The language of names, in a header.
const LOCALE_HEADER: Parameter =
    Parameter::header("locale", "The language of names and texts.", "en_US").optional();
