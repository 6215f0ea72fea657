//! What the tabs of one browser tell each other: a marker that stands in storage, messages, and whose turn it is where
//! the browser has no locks.

use portal_api::json::{self, Json};

use super::Record;

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
        let kind = |kind: &'static str, name: &'static str, value: Json<'static>| {
            Json::object([("k", kind.into()), (name, value)])
        };
        let message = match self {
            Self::Ask(id) => kind("ask", "id", id.as_deref().map(|id| Json::from(id).into_owned()).into()),
            Self::Told(record) => kind("told", "record", record.to_json(api_base)),
            Self::SignedOut(at) => kind("out", "at", (*at).into()),
            Self::Over { id, pair } => Json::object([
                ("k", "over".into()),
                ("id", Json::from(id.as_str()).into_owned()),
                ("pair", i64::try_from(*pair).unwrap_or(i64::MAX).into()),
            ]),
            Self::Claim(tab) => kind("claim", "tab", (*tab).into()),
            Self::Held => Json::object([("k", "held".into())]),
            Self::Active(at) => kind("active", "at", (*at).into()),
        };
        message.to_text()
    }

    /// Reads a message; `None` for anything else: a tab of another version may speak otherwise.
    pub fn parse(text: &str) -> Option<Self> {
        let message = json::parse(text).ok()?;
        let number = |key: &str| message.get(key).and_then(Json::as_i64);
        let id = || message.get("id").and_then(Json::as_str).map(str::to_owned);
        Some(match message.get("k")?.as_str()? {
            "ask" => Self::Ask(id()),
            "told" => Self::Told(Record::read(message.get("record")?)?),
            "out" => Self::SignedOut(number("at")?),
            "over" => Self::Over { id: id()?, pair: u64::try_from(number("pair")?).ok()? },
            "claim" => Self::Claim(number("tab")?),
            "held" => Self::Held,
            "active" => Self::Active(number("at")?),
            _ => return None,
        })
    }
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
