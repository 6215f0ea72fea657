//! The envelope `{code, message, data}` around every reply (contract.md 0.1), taken off in one place.

use crate::json::{self, Json};
use crate::{Code, Error, ErrorKind, Response, Spec, lenient, mask, retry_after};

/// What is longer than this is no id to read out to a help desk.
const MAX_REQUEST_ID: usize = 200;

/// Takes the envelope off a reply and gives its `data`, `Null` where there is none.
///
/// # Errors
/// Refused by code or by HTTP status; empty; not JSON; JSON that is no envelope.
pub fn open<'a>(spec: &Spec, response: &'a Response) -> Result<Json<'a>, Error> {
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

fn open_body<'a>(spec: &Spec, response: &'a Response) -> Result<Json<'a>, Error> {
    let fail = |kind| Error::new(spec.operation, kind);
    // A byte order mark is no JSON, but some gateways write it.
    let body = response.body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&response.body);
    let parsed = parse(body);
    let good_status = (200..300).contains(&response.status);
    match parsed {
        Some(envelope @ Json::Object(_)) => open_envelope(spec, good_status, response.status, envelope),
        _ if !good_status => Err(refused_by_status(spec, response.status)),
        None if body.iter().all(u8::is_ascii_whitespace) => Err(fail(ErrorKind::Empty)),
        None => Err(fail(ErrorKind::NotTheService { status: response.status })),
        Some(other) if spec.bare_reply => Ok(other),
        Some(_) => Err(fail(ErrorKind::Malformed { place: "the reply".to_owned() })),
    }
}

fn open_envelope<'a>(
    spec: &Spec,
    good_status: bool,
    status: u16,
    envelope: Json<'a>,
) -> Result<Json<'a>, Error> {
    // `status` is the gateway's word for `code`, and its own sample misspells it (contract.md 0.1).
    let number =
        ["code", "status", "stauts"].iter().find_map(|key| envelope.get(key).and_then(lenient::integer));
    match number.map(|number| (Code::from_number(number), number)) {
        Some((Code::Success, _)) if good_status => Ok(take_data(envelope)),
        Some((code, number)) if code != Code::Success => {
            let mut error = Error::refused(spec.operation, code, number, message(&envelope));
            error.request_id = lenient::text(&envelope, "requestId").map(str::to_owned);
            Err(error)
        }
        _ if !good_status => Err(refused_by_status(spec, status)),
        _ if envelope.get("data").is_some() => Ok(take_data(envelope)),
        _ if spec.bare_reply => Ok(envelope),
        _ => {
            let place = "code".to_owned();
            Err(Error::new(spec.operation, ErrorKind::Malformed { place }))
        }
    }
}

fn take_data(envelope: Json<'_>) -> Json<'_> {
    let Json::Object(members) = envelope else { return Json::Null };
    members.into_iter().rfind(|(key, _)| key == "data").map_or(Json::Null, |(_, data)| data)
}

/// `message`, else `msg`; the polite nothings of contract.md §6, 2 are none.
fn message<'v>(envelope: &'v Json<'_>) -> Option<&'v str> {
    let text = lenient::first_text(envelope, &["message", "msg"])?;
    (!text.eq_ignore_ascii_case("ok")).then_some(text)
}

fn refused_by_status(spec: &Spec, status: u16) -> Error {
    Error::refused(spec.operation, Code::from_status(status), i64::from(status), None)
}

/// Bytes that are no UTF-8 become U+FFFD, as they do in `fetch(..).json()`.
fn parse(body: &[u8]) -> Option<Json<'_>> {
    match core::str::from_utf8(body) {
        Ok(text) => json::parse(text).ok(),
        Err(_) => json::parse(&String::from_utf8_lossy(body)).ok().map(Json::into_owned),
    }
}
