//! What the store that all tabs share holds of a session: its record, and how far the renewal of its pair is.

use portal_api::Response;
use serde::{Deserialize, Serialize};

use super::{Began, Ended, Record};

/// What a tab read from the shared store.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Snapshot {
    /// The last sign-out in any tab, milliseconds since 1970 by the browser's clock; 0 for none.
    pub out: i64,
    /// Why the session that was asked for ended, if it did.
    pub ended: Option<Ended>,
    /// The session.
    pub stored: Option<Stored>,
}

/// A session in the store.
#[derive(Clone, PartialEq, Debug)]
pub struct Stored {
    /// The newest record of the session.
    pub record: Record,
    /// How far the renewal of its pair is.
    pub phase: Phase,
}

/// How far the renewal of a stored pair is.
#[derive(Clone, PartialEq, Debug)]
pub enum Phase {
    /// The refresh token has not been sent.
    Ready,
    /// Some tab, or the service worker, has sent the refresh token. Nobody else may send it.
    Sent {
        /// When the sender gives up, milliseconds since 1970 by the browser's clock.
        until: i64,
    },
    /// The service has answered; no tab has read the answer yet.
    Replied(Response),
    /// The refresh token counts as used, and no new pair came: the access token is all that is left.
    Lost,
}

#[derive(Deserialize)]
struct SnapshotText {
    out: i64,
    ended: Option<String>,
    session: Option<StoredText>,
}

#[derive(Deserialize)]
struct StoredText {
    id: String,
    since: i64,
    keep: bool,
    pair: u64,
    phase: String,
    until: Option<i64>,
    text: String,
    reply: Option<String>,
}

/// A response of the service as the store keeps it.
#[derive(Serialize, Deserialize)]
struct ReplyText {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl Snapshot {
    /// Reads what `session-store.js` gives. A record that cannot be read counts as none.
    pub fn parse(text: &str) -> Option<Self> {
        let read: SnapshotText = serde_json::from_str(text).ok()?;
        let ended = read.ended.as_deref().and_then(Ended::from_name);
        Some(Self { out: read.out, ended, stored: read.session.and_then(Stored::read) })
    }
}

impl Stored {
    fn read(text: StoredText) -> Option<Self> {
        let began = Began { id: text.id, since: text.since, keep: text.keep };
        let record = Record::parse(&text.text, began, text.pair)?;
        let phase = match text.phase.as_str() {
            "ready" => Phase::Ready,
            "sent" => Phase::Sent { until: text.until? },
            // An answer that cannot be read is no answer.
            "replied" => text.reply.as_deref().and_then(read_reply).map_or(Phase::Lost, Phase::Replied),
            _ => Phase::Lost,
        };
        Some(Self { record, phase })
    }
}

/// A response as text for the store.
pub fn reply_text(response: &Response) -> String {
    let body = String::from_utf8_lossy(&response.body).into_owned();
    let reply = ReplyText { status: response.status, headers: response.headers.clone(), body };
    // Texts and numbers alone cannot fail to become JSON.
    serde_json::to_string(&reply).unwrap_or_default()
}

/// Reads what [`reply_text`], or the service worker, wrote.
pub fn read_reply(text: &str) -> Option<Response> {
    let ReplyText { status, headers, body } = serde_json::from_str(text).ok()?;
    Some(Response { status, headers, body: body.into_bytes() })
}
