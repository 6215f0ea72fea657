//! From the text of a message to what it says.

use portal_api::json::{self, Members, RawValue};

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
    let message = json::read(text).ok()?;
    let message = Members::of(&message)?;
    if message.get_as::<i64>("portal")? != VERSION {
        return None;
    }
    if let Some(greeting) = message.get("greet").and_then(Members::of) {
        let takes: Vec<String> = greeting.get_as("takes").unwrap_or_default();
        let page: Option<String> = greeting.get_as("page");
        return Some(Heard::Greeting {
            takes_state: takes.iter().any(|what| what == "state"),
            page: page.filter(|page| page.len() <= MAX_PAGE),
        });
    }
    if message.get_as("used") == Some(true) {
        return Some(Heard::Used);
    }
    let name: String = message.get_as("call")?;
    let id = message.get_as("id").filter(|id| (1..=MAX_ID).contains(id))?;
    Some(Heard::Call { id, call: Call::read(&name, message.get("with").unwrap_or(RawValue::NULL)) })
}

/// What a page is told from others by is no longer than this, in bytes.
const MAX_PAGE: usize = 64;

/// Beyond it a number of JavaScript no longer names one whole number.
const MAX_ID: u64 = (1 << 53) - 1;

/// A unit of UTF-16 is one to three bytes here, so that most texts need no counting.
fn too_long(text: &str) -> bool {
    text.len() > MAX_TEXT && (text.len() > 3 * MAX_TEXT || text.encode_utf16().count() > MAX_TEXT)
}
