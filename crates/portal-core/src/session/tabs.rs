//! What the tabs of one browser tell each other: a marker that stands in storage, messages, and whose turn it is where
//! the browser has no locks.

use portal_api::json;
use serde::{Deserialize, Serialize};

use super::Record;
use super::record::Wire;

/// What all tabs can read without a secret in it: how far the newest session is, and when somebody last signed out.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Marker {
    /// The newest session ([`super::Began::id`]).
    pub id: String,
    /// Its newest pair ([`super::Tokens::pair`]).
    pub pair: u64,
    /// The last sign-out, milliseconds since 1970 by the browser's clock; 0 for none.
    pub out: i64,
}

impl Marker {
    /// The marker as text: the sign-out first, because boot.js reads it too.
    pub fn to_text(&self) -> String {
        format!("{} {} {}", self.out, self.pair, self.id)
    }

    /// Reads a marker; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, ' ');
        let (out, pair, id) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
        Some(Self { id: id.to_owned(), pair, out })
    }

    /// The marker after a record was written by some tab.
    #[must_use]
    pub fn with(self, record: &Record) -> Self {
        // A late word of an older pair must not take the marker back.
        let pair =
            if self.id == record.began.id { self.pair.max(record.tokens.pair) } else { record.tokens.pair };
        Self { id: record.began.id.clone(), pair, out: self.out }
    }
}

/// A message from tab to tab.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Message {
    /// Who has this session, or any? A tab that has just been opened asks for any.
    Ask(Option<String>),
    /// A record: the answer to [`Message::Ask`], or news.
    Told(Record),
    /// Somebody signed out at this time.
    SignedOut(i64),
    /// The service refused this pair of this session.
    Over {
        /// See [`super::Began::id`].
        id: String,
        /// See [`super::Tokens::pair`].
        pair: u64,
    },
    /// This tab wants its turn to refresh.
    Claim(i64),
    /// Another tab has its turn.
    Held,
    /// Somebody used the portal at this time.
    Active(i64),
}

impl Message {
    /// The message as text; see [`Record::to_text`] for `api_base`.
    pub fn to_text(&self, api_base: &str) -> String {
        let said = |kind| Said { kind, ..Said::default() };
        json::to_text(&match self {
            Self::Ask(id) => Said { id: id.clone(), ..said(Kind::Ask) },
            Self::Told(record) => Said { record: Some(record.wire(api_base)), ..said(Kind::Told) },
            Self::SignedOut(at) => Said { at: Some(*at), ..said(Kind::Out) },
            Self::Over { id, pair } => Said { id: Some(id.clone()), pair: Some(*pair), ..said(Kind::Over) },
            Self::Claim(tab) => Said { tab: Some(*tab), ..said(Kind::Claim) },
            Self::Held => said(Kind::Held),
            Self::Active(at) => Said { at: Some(*at), ..said(Kind::Active) },
        })
    }

    /// Reads a message; `None` for anything else: a tab of another version may speak otherwise.
    pub fn parse(text: &str) -> Option<Self> {
        let said: Said<'_> = serde_json::from_str(text).ok()?;
        Some(match said.kind {
            Kind::Ask => Self::Ask(said.id),
            Kind::Told => Self::Told(Record::read(said.record?)?),
            Kind::Out => Self::SignedOut(said.at?),
            Kind::Over => Self::Over { id: said.id?, pair: said.pair? },
            Kind::Claim => Self::Claim(said.tab?),
            Kind::Held => Self::Held,
            Kind::Active => Self::Active(said.at?),
        })
    }
}

/// A message as JSON. boot.js sends an `ask` and reads a `told`, by the member `k`, which comes first.
#[derive(Serialize, Deserialize, Default)]
struct Said<'a> {
    #[serde(rename = "k")]
    kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pair: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tab: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none", borrow)]
    record: Option<Wire<'a>>,
}

#[derive(Clone, Copy, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Ask,
    Told,
    Out,
    Over,
    Claim,
    #[default]
    Held,
    Active,
}

/// Takes turns over messages, for pages without Web Locks (plain http): who wants a turn claims it and waits a moment;
/// the smaller number goes first, and who has the turn says so.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Claims {
    me: i64,
    turn: Turn,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Turn {
    None,
    Claimed,
    Lost,
    Mine,
}

/// What to answer to a claim.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Heard {
    /// Nothing.
    Silence,
    /// [`Message::Held`].
    Held,
    /// [`Message::Claim`] again: the other may not have heard the first.
    Claim,
}

impl Claims {
    /// A tab with a number of its own.
    pub fn new(me: i64) -> Self {
        Self { me, turn: Turn::None }
    }

    /// Claims a turn; the message to send.
    pub fn claim(&mut self) -> Message {
        self.turn = Turn::Claimed;
        Message::Claim(self.me)
    }

    /// Another tab claims.
    pub fn hear_claim(&mut self, other: i64) -> Heard {
        match self.turn {
            Turn::Mine => Heard::Held,
            Turn::Claimed if self.me < other => Heard::Claim,
            Turn::Claimed => {
                self.turn = Turn::Lost;
                Heard::Silence
            }
            Turn::None | Turn::Lost => Heard::Silence,
        }
    }

    /// Another tab has the turn.
    pub fn hear_held(&mut self) {
        if self.turn == Turn::Claimed {
            self.turn = Turn::Lost;
        }
    }

    /// The moment is over; whether the turn is this tab's. If not, claim again later.
    pub fn settle(&mut self) -> bool {
        self.turn = if self.turn == Turn::Claimed { Turn::Mine } else { Turn::None };
        self.turn == Turn::Mine
    }

    /// Takes the turn without agreement: it was waited for long enough.
    pub fn take(&mut self) {
        self.turn = Turn::Mine;
    }

    /// The turn is over.
    pub fn free(&mut self) {
        self.turn = Turn::None;
    }
}
