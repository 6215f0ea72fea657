//! The envelope `{code, message, data}` around every reply (contract.md 0.1), taken off in one place.

use std::borrow::Cow;

use crate::json::{self, Members, NotJson, RawValue};
use crate::{Code, Error, ErrorKind, Response, Spec, lenient, mask, retry_after};

/// What is longer than this is no id to read out to a help desk.
const MAX_REQUEST_ID: usize = 200;

/// Takes the envelope off a reply and gives its `data`, `null` where there is none.
///
/// # Errors
/// Refused by code or by HTTP status; empty; not JSON; JSON that is no envelope.
pub fn open<'a>(spec: &Spec, response: &'a Response) -> Result<Cow<'a, RawValue>, Error> {
    let outcome = open_body(spec, response);
    outcome.map_err(|mut error| {
        let id = error.request_id.take();
        let id = id.or_else(|| response.header("x-request-id").map(str::to_owned));
        error.request_id = id.map(|id| mask(&id)).filter(|id| id.len() <= MAX_REQUEST_ID);
        if let ErrorKind::Refused { retry_after, .. } = &mut error.kind {
            *retry_after = retry_after::seconds(response);
        }
        error
    })
}

fn open_body<'a>(spec: &Spec, response: &'a Response) -> Result<Cow<'a, RawValue>, Error> {
    // A byte order mark is no JSON, but some gateways write it.
    let body = response.body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&response.body);
    match bounded(body) {
        Ok(Cow::Borrowed(text)) => open_text(spec, response.status, text).map(Cow::Borrowed),
        Ok(Cow::Owned(text)) => {
            open_text(spec, response.status, &text).map(|data| Cow::Owned(data.to_owned()))
        }
        Err(NotJson) => Err(not_json(spec, response.status, "[")),
    }
}

fn open_text<'a>(spec: &Spec, status: u16, text: &'a str) -> Result<&'a RawValue, Error> {
    if let Some(envelope) = Members::read(text) {
        return open_envelope(spec, status, &envelope, text);
    }
    match serde_json::from_str(text) {
        Err(_) => Err(not_json(spec, status, text)),
        Ok(_) if !is_good(status) => Err(refused_by_status(spec, status)),
        Ok(other) if spec.bare_reply => Ok(other),
        Ok(_) => Err(malformed(spec, "the reply")),
    }
}

fn open_envelope<'a>(
    spec: &Spec,
    status: u16,
    envelope: &Members<'a>,
    text: &'a str,
) -> Result<&'a RawValue, Error> {
    // `status` is the gateway's word for `code`, and its own sample misspells it (contract.md 0.1).
    let number =
        ["code", "status", "stauts"].iter().find_map(|key| envelope.get(key).and_then(lenient::as_int));
    let data = envelope.get("data");
    match number.map(|number| (Code::from_number(number), number)) {
        Some((Code::Success, _)) if is_good(status) => Ok(data.unwrap_or(RawValue::NULL)),
        Some((code, number)) if code != Code::Success => {
            let mut error = Error::refused(spec.operation, code, number, message(envelope).as_deref());
            error.request_id = envelope.get("requestId").and_then(lenient::as_text).map(Cow::into_owned);
            Err(error)
        }
        _ if !is_good(status) => Err(refused_by_status(spec, status)),
        _ => match data {
            Some(data) => Ok(data),
            None if spec.bare_reply => serde_json::from_str(text).map_err(|_| malformed(spec, "the reply")),
            None => Err(malformed(spec, "code")),
        },
    }
}

fn is_good(status: u16) -> bool {
    (200..300).contains(&status)
}

fn malformed(spec: &Spec, place: &str) -> Error {
    Error::new(spec.operation, ErrorKind::Malformed { place: place.to_owned() })
}

fn not_json(spec: &Spec, status: u16, text: &str) -> Error {
    if !is_good(status) {
        refused_by_status(spec, status)
    } else if text.trim_ascii().is_empty() {
        Error::new(spec.operation, ErrorKind::Empty)
    } else {
        Error::new(spec.operation, ErrorKind::NotTheService { status })
    }
}

/// `message`, else `msg`; the polite nothings of contract.md §6, 2 are none.
fn message<'a>(envelope: &Members<'a>) -> Option<Cow<'a, str>> {
    let text = |key: &&str| envelope.get(key).and_then(lenient::as_text);
    let text = ["message", "msg"].iter().find_map(text)?;
    (!text.eq_ignore_ascii_case("ok")).then_some(text)
}

fn refused_by_status(spec: &Spec, status: u16) -> Error {
    Error::refused(spec.operation, Code::from_status(status), i64::from(status), None)
}

/// Bytes that are no UTF-8 become U+FFFD, as they do in `fetch(..).json()`.
fn bounded(body: &[u8]) -> Result<Cow<'_, str>, NotJson> {
    match core::str::from_utf8(body) {
        Ok(text) => json::bounded(text),
        Err(_) => json::bounded(&String::from_utf8_lossy(body)).map(|text| Cow::Owned(text.into_owned())),
    }
}
