//! What is answered where no reply of the service can be handed on: the documented envelope, with codes that the page
//! explains (contract.md 0.1, 0.2).

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};

use crate::service::envelope;

/// Why a call has no reply of the service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Refusal {
    /// No operation that passes here has this method and path.
    NotAllowed,
    /// Another site's page asks.
    OtherSite,
    /// The body is not typed as JSON.
    NotJson,
    /// An operation with the application's rights, and nobody who may use them.
    Forbidden(&'static str),
    /// The token that a session was looked for with is not good, in the service's own code: 401, or 512 without an
    /// organization.
    NoSession(i64),
    /// A parameter that the rules need is missing, or the query is broken.
    Invalid(&'static str),
    /// The body is larger than allowed.
    TooLarge(usize),
    /// The body broke off.
    BrokenOff,
    /// The body did not arrive in time.
    TooSlow,
    /// The client went away before there was an answer.
    ClientGone,
    /// More calls at once than allowed.
    Busy,
    /// More calls than there are times to sign them with.
    TooManySigned,
    /// The service cannot be reached, or the connection broke; with a word on why for the log.
    Unreachable(&'static str),
    /// The service did not answer in time.
    Timeout,
    /// What came is no reply that can be handed on.
    BadReply(&'static str),
    /// The reply is larger than allowed.
    ReplyTooLarge,
    /// The service, or something before it, failed without an envelope; with when to come again, where it said so.
    Failed(u16, Option<HeaderValue>),
    /// The gateway gives no token, with its code where it said one, and words for the log.
    NoToken(Option<i64>, String),
    /// The gateway did not hand a call on, with words for the log.
    NotHandedOn(String),
}

impl Refusal {
    /// A word for logs and metrics.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::NotAllowed => "not_allowed",
            Self::OtherSite => "other_site",
            Self::NotJson => "not_json",
            Self::Forbidden(_) => "forbidden",
            Self::NoSession(_) => "no_session",
            Self::Invalid(_) => "invalid",
            Self::TooLarge(_) => "too_large",
            Self::BrokenOff => "broken_off",
            Self::TooSlow => "too_slow",
            Self::ClientGone => "client_gone",
            Self::Busy => "busy",
            Self::TooManySigned => "too_many_signed",
            Self::Unreachable(_) => "unreachable",
            Self::Timeout => "timeout",
            Self::BadReply(_) => "bad_reply",
            Self::ReplyTooLarge => "reply_too_large",
            Self::Failed(..) => "failed",
            Self::NoToken(..) => "no_gateway_token",
            Self::NotHandedOn(_) => "gateway_refused",
        }
    }

    /// What the log says besides, where there is more to say: words of this program alone.
    pub(crate) fn reason(&self) -> Option<&str> {
        match self {
            Self::Forbidden(why) | Self::Invalid(why) | Self::BadReply(why) | Self::Unreachable(why) => {
                Some(why)
            }
            Self::NoToken(_, why) | Self::NotHandedOn(why) => Some(why),
            _ => None,
        }
    }

    /// Whether this server refused, and not the way to the service.
    pub(crate) fn is_ours(&self) -> bool {
        matches!(
            self,
            Self::NotAllowed
                | Self::OtherSite
                | Self::NotJson
                | Self::Forbidden(_)
                | Self::NoSession(_)
                | Self::Invalid(_)
                | Self::TooLarge(_)
                | Self::BrokenOff
                | Self::TooSlow
                | Self::Busy
                | Self::TooManySigned
        )
    }

    /// Status, code and words. The codes are those of the newer family; the page reads both (contract.md 0.2). Who calls may
    /// be anybody: what is wrong between this server and the service is for the log and for `/readyz` of the operators.
    fn told(&self) -> (StatusCode, i64, String) {
        let (status, code, message) = match self {
            Self::NotAllowed => (StatusCode::FORBIDDEN, 31403, "This call is not open to a browser"),
            Self::OtherSite => (StatusCode::FORBIDDEN, 31403, "Only pages of the portal itself may call"),
            Self::NotJson => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, 31400, "The body must be of the type application/json")
            }
            Self::Forbidden(why) => (StatusCode::FORBIDDEN, 31403, *why),
            Self::NoSession(512) => (StatusCode::OK, 31512, "Organization unselected"),
            Self::NoSession(_) => (StatusCode::UNAUTHORIZED, 31401, "Please login first"),
            Self::Invalid(why) => (StatusCode::BAD_REQUEST, 31400, *why),
            Self::TooLarge(limit) => {
                let message = format!("The request is larger than {limit} bytes");
                return (StatusCode::PAYLOAD_TOO_LARGE, 413, message);
            }
            Self::BrokenOff | Self::ClientGone => {
                (StatusCode::BAD_REQUEST, 31400, "The request body broke off")
            }
            Self::TooSlow => (StatusCode::REQUEST_TIMEOUT, 31504, "The request did not arrive in time"),
            Self::Busy | Self::TooManySigned => {
                (StatusCode::SERVICE_UNAVAILABLE, 31500, "Too many calls are under way")
            }
            Self::Timeout | Self::Failed(504, _) => {
                (StatusCode::GATEWAY_TIMEOUT, 31504, "The service did not answer in time")
            }
            Self::Unreachable(_) | Self::NoToken(..) | Self::NotHandedOn(_) => {
                (StatusCode::BAD_GATEWAY, 31500, "The service cannot be reached")
            }
            Self::BadReply(_) | Self::ReplyTooLarge | Self::Failed(..) => {
                (StatusCode::BAD_GATEWAY, 31500, "The service did not answer as it should")
            }
        };
        (status, code, message.to_owned())
    }

    /// When to come again.
    fn retry_after(&self) -> Option<HeaderValue> {
        match self {
            Self::Busy | Self::TooManySigned => Some(HeaderValue::from_static("1")),
            Self::Failed(_, when) => when.clone(),
            _ => None,
        }
    }

    /// The answer.
    pub(crate) fn response(&self) -> Response<Body> {
        let (status, code, message) = self.told();
        let mut response = envelope(status, code, &message);
        response.headers_mut().extend(self.retry_after().map(|when| (header::RETRY_AFTER, when)));
        response
    }
}
