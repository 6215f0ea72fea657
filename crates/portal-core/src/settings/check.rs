//! Whether a single value can be used. Addresses are judged by their parsed parts.

use super::Problem;
use crate::launch::{NEVER, ParseAddress, Parts};

/// The portal's own place, against which addresses are judged.
pub(super) struct Site<'a> {
    portal: &'a str,
    origin: String,
    parser: &'a dyn ParseAddress,
}

impl<'a> Site<'a> {
    pub(super) fn new(portal: &'a str, parser: &'a dyn ParseAddress) -> Self {
        let origin = parser.parse(portal, portal).map(|parts| parts.origin).unwrap_or_default();
        Self { portal, origin, parser }
    }

    /// A path of the portal's origin as written, or an absolute address; a foreign one must be https, or this
    /// computer, because the password goes there (hostile.md 22).
    pub(super) fn api_base(&self, text: &str) -> Result<String, Problem> {
        let parts = self.web(text)?;
        let own = parts.origin == self.origin;
        if !is_safe_place(&parts, &self.origin) {
            return Err(Problem::Insecure);
        }
        let base = parts.href.trim_end_matches('/');
        // A path stays a path: it belongs to whatever origin the portal is served from.
        let base = if own { base.strip_prefix(self.origin.as_str()).unwrap_or(base) } else { base };
        Ok(base.to_owned())
    }

    /// An address that others are read against, made absolute.
    pub(super) fn base(&self, text: &str) -> Result<String, Problem> {
        self.web(text).map(|parts| parts.href)
    }

    /// The address of a page, made absolute. It may have a query and a hash.
    pub(super) fn page(&self, text: &str) -> Result<String, Problem> {
        self.page_parts(text).map(|parts| parts.href)
    }

    /// The address that a person is sent to for signing in, and a code comes back from: as safe as the service's own.
    pub(super) fn provider(&self, text: &str) -> Result<String, Problem> {
        let parts = self.page_parts(text)?;
        if !is_safe_place(&parts, &self.origin) {
            return Err(Problem::Insecure);
        }
        Ok(parts.href)
    }

    /// Words for people.
    pub(super) fn words(&self, text: &str) -> Result<String, Problem> {
        let text = text.trim();
        if text.is_empty() { Err(Problem::Empty) } else { Ok(text.to_owned()) }
    }

    fn page_parts(&self, text: &str) -> Result<Parts, Problem> {
        let end = text.find(['?', '#']).unwrap_or(text.len());
        let (place, rest) = text.split_at_checked(end).unwrap_or((text, ""));
        self.web(place)?;
        if rest.contains(|c: char| c.is_control() || c.is_whitespace()) {
            return Err(Problem::NotAnAddress);
        }
        self.parser.parse(text, self.portal).ok_or(Problem::NotAnAddress)
    }

    /// Whether this is the portal's own origin.
    pub(super) fn is_own(&self, origin: &str) -> bool {
        self.origin == origin
    }

    /// `https://host` or `http://host`, with or without a port; normalised, so that it can be compared.
    pub(super) fn origin(&self, text: &str) -> Result<String, Problem> {
        let parts = self.absolute(text).map_err(|_| Problem::NotAnOrigin)?;
        let bare = parts.href.strip_prefix(parts.origin.as_str()).is_some_and(|rest| rest == "/");
        if bare { Ok(parts.origin) } else { Err(Problem::NotAnOrigin) }
    }

    fn web(&self, text: &str) -> Result<Parts, Problem> {
        match text.strip_prefix('/') {
            Some(rest) if !rest.starts_with(['/', '\\']) => {
                self.parsed(text, |parts| parts.origin == self.origin)
            }
            _ => self.absolute(text),
        }
    }

    fn absolute(&self, text: &str) -> Result<Parts, Problem> {
        let lower = text.to_ascii_lowercase();
        // What has no "//" is read relative to the page by some parsers and in some schemes.
        if !lower.starts_with("https://") && !lower.starts_with("http://") {
            return Err(Problem::NotAnAddress);
        }
        self.parsed(text, |parts| plain_host(&parts.host))
    }

    fn parsed(&self, text: &str, good: impl Fn(&Parts) -> bool) -> Result<Parts, Problem> {
        let odd = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '?' | '#' | '\\');
        if text.contains(odd) {
            return Err(Problem::NotAnAddress);
        }
        let parts = self.parser.parse(text, self.portal).ok_or(Problem::NotAnAddress)?;
        if parts.username || !good(&parts) { Err(Problem::NotAnAddress) } else { Ok(parts) }
    }
}

/// A host name in ASCII, or an IPv6 address. Parsers let "*", ";" and "," pass; none is in any host, "*" would
/// never match, and the others mean something in the content security policy that is made from this file.
fn plain_host(host: &str) -> bool {
    let name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b':' | b'[' | b']');
    !host.is_empty() && host.bytes().all(name)
}

/// Whether secrets may go there: over TLS, to the portal's own origin, or to this computer (hostile.md 22).
pub(crate) fn is_safe_place(parts: &Parts, own_origin: &str) -> bool {
    parts.origin == own_origin
        || parts.scheme == "https"
        || (parts.scheme == "http" && is_this_computer(&parts.host))
}

/// Whether a host, without its port, is this computer.
pub(crate) fn is_this_computer(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

/// The name of a scheme (RFC 3986 3.1), with or without the colon.
pub(super) fn scheme(text: &str) -> Result<String, Problem> {
    let name = text.strip_suffix(':').unwrap_or(text).to_ascii_lowercase();
    let body = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.');
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !name.bytes().all(body) {
        return Err(Problem::NotAScheme);
    }
    // http and https are decided by the frame list; the others can never be opened safely.
    if NEVER.contains(&name.as_str()) || name == "http" || name == "https" {
        return Err(Problem::ForbiddenScheme);
    }
    Ok(name)
}
