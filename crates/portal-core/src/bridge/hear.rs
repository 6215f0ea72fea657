//! From the text of a message to what it says.

use portal_api::json::{self, Json};

use super::{Call, Failure, MAX_TEXT, VERSION};

/// What a page said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Heard {
    /// It is there and wants to be welcomed. Can come again.
    Greeting {
        /// Whether it takes a new state without being loaded anew.
        takes_state: bool,
        /// By what it is told from other pages that come into the same frame, where it says so.
        page: Option<String>,
    },
    /// The person used the page just now.
    Used,
    /// It asks for something.
    Call {
        /// The page's number for it, which the answer carries.
        id: u64,
        /// What, or why it cannot be done.
        call: Result<Call, Failure>,
    },
}

/// Reads a message. `None` for what is none of this protocol, is too long or nested too deeply: such a text is dropped
/// and counted, and nobody is answered (hostile.md 50).
pub fn read(text: &str) -> Option<Heard> {
    if too_long(text) {
        return None;
    }
    let message = json::parse(text).ok()?;
    if message.get("portal")?.as_i64()? != VERSION {
        return None;
    }
    if let Some(greeting @ Json::Object(_)) = message.get("greet") {
        let takes = greeting.get("takes").and_then(Json::as_list).unwrap_or_default();
        let page = greeting.get("page").and_then(Json::as_str).filter(|page| page.len() <= MAX_PAGE);
        return Some(Heard::Greeting {
            takes_state: takes.iter().any(|what| what.as_str() == Some("state")),
            page: page.map(str::to_owned),
        });
    }
    if let Some(Json::Bool(true)) = message.get("used") {
        return Some(Heard::Used);
    }
    let name = message.get("call")?.as_str()?;
    let id = message.get("id")?.as_i64().filter(|id| (1..=MAX_ID).contains(id))?;
    let call = match message.get("with") {
        None | Some(Json::Null) => Call::read(name, None),
        Some(with) if with.is_object() => Call::read(name, Some(with)),
        Some(_) => Err(Failure::BadArgument),
    };
    Some(Heard::Call { id: u64::try_from(id).ok()?, call })
}

/// What a page is told from others by is no longer than this, in bytes.
const MAX_PAGE: usize = 64;

/// Beyond it a number of JavaScript no longer names one whole number.
const MAX_ID: i64 = (1 << 53) - 1;

/// A unit of UTF-16 is one to three bytes here, so that most texts need no counting.
fn too_long(text: &str) -> bool {
    text.len() > MAX_TEXT && (text.len() > 3 * MAX_TEXT || text.encode_utf16().count() > MAX_TEXT)
}
