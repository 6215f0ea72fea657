//! The envelope `{code, message, data}` around every reply (contract.md 0.1), taken off in one place.

use serde_json::Value;

use crate::{Code, Error, ErrorKind, Response, Spec, lenient};

/// Takes the envelope off a reply and gives its `data`, `Null` where there is none.
///
/// # Errors
/// Refused by code or by HTTP status; empty; not JSON; JSON that is no envelope.
pub fn open(spec: &Spec, response: &Response) -> Result<Value, Error> {
    let outcome = open_body(spec, response);
    outcome.map_err(|mut error| {
        if error.request_id.is_none() {
            error.request_id = response.header("x-request-id").map(str::to_owned);
        }
        if let ErrorKind::Refused { retry_after, .. } = &mut error.kind {
            *retry_after = response.header("retry-after").and_then(|seconds| seconds.trim().parse().ok());
        }
        error
    })
}

fn open_body(spec: &Spec, response: &Response) -> Result<Value, Error> {
    let fail = |kind| Error::new(spec.operation, kind);
    // A byte order mark is no JSON, but some gateways write it.
    let body = response.body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&response.body);
    let parsed = parse(body);
    let good_status = (200..300).contains(&response.status);
    match parsed {
        Some(Value::Object(envelope)) => {
            let mut envelope = Value::Object(envelope);
            open_envelope(spec, good_status, response.status, &mut envelope)
        }
        _ if !good_status => Err(refused_by_status(spec, response.status)),
        None if body.iter().all(u8::is_ascii_whitespace) => Err(fail(ErrorKind::Empty)),
        None => Err(fail(ErrorKind::NotTheService { status: response.status })),
        Some(other) if spec.bare_reply => Ok(other),
        Some(_) => Err(fail(ErrorKind::Malformed { place: "the reply".to_owned() })),
    }
}

fn open_envelope(spec: &Spec, good_status: bool, status: u16, envelope: &mut Value) -> Result<Value, Error> {
    // `status` is the gateway's word for `code`, and its own sample misspells it (contract.md 0.1).
    let code = ["code", "status", "stauts"]
        .iter()
        .find_map(|key| envelope.get(*key).and_then(lenient::integer))
        .map(Code::from_number);
    match code {
        Some(Code::Success) if good_status => Ok(take_data(envelope)),
        Some(code) if code != Code::Success => {
            let message = message(envelope);
            let mut error = Error::refused(spec.operation, code, message.as_deref());
            error.request_id = lenient::text(envelope, "requestId");
            Err(error)
        }
        _ if !good_status => Err(refused_by_status(spec, status)),
        _ if envelope.get("data").is_some() => Ok(take_data(envelope)),
        _ if spec.bare_reply => Ok(envelope.take()),
        _ => {
            let place = "code".to_owned();
            Err(Error::new(spec.operation, ErrorKind::Malformed { place }))
        }
    }
}

fn take_data(envelope: &mut Value) -> Value {
    envelope.get_mut("data").map(Value::take).unwrap_or_default()
}

/// `message`, else `msg`; the polite nothings of contract.md §6, 2 are none.
fn message(envelope: &Value) -> Option<String> {
    let text = lenient::first_text(envelope, &["message", "msg"])?;
    (!text.eq_ignore_ascii_case("ok")).then_some(text)
}

fn refused_by_status(spec: &Spec, status: u16) -> Error {
    let code = match Code::from_number(i64::from(status)) {
        Code::Success => Code::Other(i64::from(status)),
        code => code,
    };
    Error::refused(spec.operation, code, None)
}

fn parse(body: &[u8]) -> Option<Value> {
    match serde_json::from_slice(body) {
        Ok(value) => Some(value),
        Err(_) => serde_json::from_slice(&without_lone_surrogates(body)?).ok(),
    }
}

/// A text cut in the middle of an emoji leaves half of a surrogate pair, which is JSON by the grammar but no
/// text: the half becomes U+FFFD, so that one bad name does not cost the list. `None` where there is no such half.
fn without_lone_surrogates(body: &[u8]) -> Option<Vec<u8>> {
    let unit = |at: usize| -> Option<u16> {
        let escape = body.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u16::from_str_radix(core::str::from_utf8(escape).ok()?, 16).ok()
    };
    let mut out = Vec::with_capacity(body.len());
    let (mut at, mut changed) = (0, false);
    while let Some(&byte) = body.get(at) {
        let step = match unit(at) {
            Some(0xD800..=0xDBFF) if matches!(unit(at + 6), Some(0xDC00..=0xDFFF)) => 12,
            Some(0xD800..=0xDFFF) => {
                out.extend_from_slice(b"\\uFFFD");
                (at, changed) = (at + 6, true);
                continue;
            }
            Some(_) => 6,
            // An escape of another kind is two bytes: `\\u` is a backslash and a letter.
            None if byte == b'\\' => 2,
            None => 1,
        };
        out.extend_from_slice(body.get(at..(at + step).min(body.len())).unwrap_or_default());
        at += step;
    }
    changed.then_some(out)
}
