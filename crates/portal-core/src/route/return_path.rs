//! The path to go back to after signing in or choosing an organization: never to another site.

use super::{Route, parse};

/// The longest return path, in bytes.
const MAX_BYTES: usize = 4 * 1024;

/// A path below the portal's base, with query and hash, that leads to a screen of the portal and nowhere else
/// (hostile.md 15 to 17). Check the whole text that will be used, not a part of it: only what [`ReturnPath::parse`]
/// took is safe to put behind the base.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReturnPath(String);

impl ReturnPath {
    /// Takes a path as [`super::to_address`] writes it. Refuses whatever a browser or a server could read as
    /// another host (`//`, `/\`, `/%5c`, `/@`, dots that bring slashes together), controls, the sign-in screens
    /// (a loop), and more than 4 KiB.
    pub fn parse(text: &str) -> Option<Self> {
        let after = text.strip_prefix('/')?;
        if text.len() > MAX_BYTES || text.contains(|c: char| c == '\\' || c.is_control()) {
            return None;
        }
        let path = after.split(['?', '#']).next().unwrap_or_default();
        (path.is_empty() || leads_to_a_screen(path)).then(|| Self(text.to_owned()))
    }

    /// The path, as taken.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The place that it leads to.
    pub fn route(&self) -> Route {
        let text = self.0.split('#').next().unwrap_or_default();
        let (path, search) = text.split_once('?').unwrap_or((text, ""));
        parse(path, search)
    }
}

fn leads_to_a_screen(path: &str) -> bool {
    // Every screen has a plain first segment: no escape, no dot, no "@" can begin a path.
    let first = path.split('/').next().unwrap_or_default();
    let plain = first.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    let sign_in = first.get(..5).is_some_and(|head| head.eq_ignore_ascii_case("login"));
    // `/x/..//host` is `//host` to whoever reads the path of the parsed address.
    plain && !sign_in && !path.split('/').any(|segment| segment.is_empty() || is_step(segment))
}

/// Whether a browser takes the segment as `.` or `..`; dots may be written as escapes.
fn is_step(segment: &str) -> bool {
    // Longer ones are none; this also keeps the copy small.
    segment.len() <= 6 && matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
}
