//! A reply, without the secrets in it.

use portal_api::describe::Description;
use portal_api::json::{self, Members};
use portal_api::{Code, Error, Response, mask};

use super::hide::hide;

/// A reply that may be shown and kept.
#[derive(Clone, PartialEq, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// How long the body was as it came.
    pub bytes: usize,
    /// The service's own id of the call.
    pub request_id: Option<String>,
    /// The body as text, exactly as it came but for secrets.
    pub text: String,
    /// Whether there were any.
    pub hidden: bool,
    /// The code in the envelope, as sent.
    pub wire_code: Option<i64>,
    /// What the portal made of the reply.
    pub outcome: Result<(), Error>,
}

impl Answer {
    /// Reads a response. `secrets`: what is known to be one, besides what looks so.
    pub fn of(description: &Description, response: &Response, secrets: &[&str]) -> Self {
        let body = String::from_utf8_lossy(&response.body);
        let text = hide(&body, secrets);
        let reply = json::read(text.strip_prefix('\u{feff}').unwrap_or(&text)).ok();
        let envelope = reply.as_deref().and_then(Members::of).unwrap_or_default();
        let number = |key: &&str| {
            let value = envelope.get(key)?;
            json::value(value).or_else(|| json::string(value)?.trim().parse().ok())
        };
        let id = envelope.get("requestId").and_then(json::string);
        let id = id.as_deref().or_else(|| response.header("x-request-id")).map(mask);
        Self {
            status: response.status,
            bytes: response.body.len(),
            request_id: id.filter(|id| !id.is_empty() && id.len() <= 200),
            hidden: text != body,
            wire_code: ["code", "status", "stauts"].iter().find_map(number),
            outcome: (description.decode)(response),
            text,
        }
    }

    /// The code, both families made one; without one in the envelope, that of the HTTP status.
    pub fn code(&self) -> Option<Code> {
        match &self.outcome {
            Ok(()) => Some(Code::Success),
            Err(error) => error.code().or_else(|| self.wire_code.map(Code::from_number)),
        }
    }
}
