//! Replies: the envelope of contract.md 0.1, the codes of 0.2, and replies that are none of the service's.

use portal_api::Response;
use serde_json::{Value, json};

/// A good answer.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Answer {
    /// `code` 0, `message` "OK".
    Data(Value),
    /// `code` 200, `message` "": the application list of live portals (contract.md 0.1).
    List(Value),
    /// Bytes sent with HTTP 200 as they stand.
    Verbatim { content_type: &'static str, body: String },
}

/// A refusal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Fault {
    /// HTTP 200 with an error code, as the service reports everything of its own.
    Code { code: i64, message: String },
    /// A real HTTP status with an envelope.
    Status { status: u16, message: &'static str },
    /// A page from something before the service.
    Page { status: u16, html: &'static str },
}

/// A parameter is missing or wrong; also a wrong password.
pub(crate) const INVALID: i64 = 31400;
/// Not signed in.
pub(crate) const UNAUTHENTICATED: i64 = 31401;
/// No right.
pub(crate) const FORBIDDEN: i64 = 31403;
/// Not there, or not acquired.
pub(crate) const NOT_FOUND: i64 = 31404;
/// A verification code has ended.
pub(crate) const EXPIRED: i64 = 31410;
/// Too many tries.
pub(crate) const TOO_MANY: i64 = 31429;
/// A verification code is wrong.
pub(crate) const WRONG_CODE: i64 = 31430;
/// Too many of something.
pub(crate) const FULL: i64 = 31432;
/// The service failed.
pub(crate) const INTERNAL: i64 = 31500;
/// Signed in, but no organization chosen.
pub(crate) const UNSELECTED: i64 = 31512;

/// The organization has not acquired the application (Get Structure by User).
pub(crate) const NOT_ACQUIRED: i64 = 31520;
/// Automatic assignment of structures is off.
pub(crate) const UNASSIGNABLE: i64 = 31530;
/// The structure is not assigned.
pub(crate) const NOT_ASSIGNED: i64 = 31531;

/// What a reverse proxy says when the service behind it is gone.
pub(crate) const BAD_GATEWAY: Fault = Fault::Page {
    status: 502,
    html: "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center>\
           <hr><center>gateway</center></body></html>",
};

/// What a company's proxy says when it wants a sign-in of its own (contract.md §6, 4).
pub(crate) const PROXY_PAGE: &str = "<!doctype html><html><head><title>Network sign-in</title></head><body>\
     <h1>Sign in to the company network</h1><form method=\"post\"><input name=\"user\"><button>Go on</button>\
     </form></body></html>";

impl Fault {
    pub(crate) fn new(code: i64, message: impl Into<String>) -> Self {
        Self::Code { code, message: message.into() }
    }

    pub(crate) fn not_signed_in() -> Self {
        Self::new(UNAUTHENTICATED, "Please login first")
    }

    pub(crate) fn bad_token() -> Self {
        Self::new(UNAUTHENTICATED, "Access token is not valid")
    }
}

/// The envelope of an outcome and the HTTP status it goes with; `Err` for replies without envelope.
pub(crate) fn envelope(outcome: Result<Answer, Fault>) -> Result<(u16, Value), Response> {
    match outcome {
        Ok(Answer::Data(data)) => Ok((200, json!({ "code": 0, "message": "OK", "data": data }))),
        Ok(Answer::List(data)) => Ok((200, json!({ "code": 200, "message": "", "data": data }))),
        Ok(Answer::Verbatim { content_type, body }) => Err(response(200, content_type, body)),
        Err(Fault::Code { code, message }) => {
            Ok((200, json!({ "code": code, "message": message, "data": null })))
        }
        Err(Fault::Status { status, message }) => {
            let code = 31_000 + i64::from(status);
            Ok((status, json!({ "code": code, "message": message, "data": null })))
        }
        Err(Fault::Page { status, html }) => Err(response(status, HTML, html.to_owned())),
    }
}

pub(crate) const HTML: &str = "text/html; charset=utf-8";
pub(crate) const JSON: &str = "application/json;charset=UTF-8";

/// A response; nothing of this service may be kept by a cache, because replies carry tokens and names.
pub(crate) fn response(status: u16, content_type: &str, body: String) -> Response {
    let headers = [("content-type", content_type), ("cache-control", "no-store")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    Response { status, headers, body: body.into_bytes() }
}
