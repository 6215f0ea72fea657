//! Origins as they may stand in a policy.
//!
//! The grammar is narrower than a URL parser's on purpose: what passes is put into a header, so a space, a `;` or
//! a `,` in it would be a directive of its own.

use core::fmt;

/// Scheme, host and port of an address, written as browsers write them: `https://api.example.com:8443`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Origin(String);

/// An address split at the end of its origin.
pub(super) struct Split<'a> {
    pub(super) origin: Origin,
    /// What follows the origin: a path, or nothing.
    pub(super) rest: &'a str,
}

impl Origin {
    /// Takes an origin, with or without one `/` behind it.
    pub fn parse(text: &str) -> Option<Self> {
        let split = split(text)?;
        matches!(split.rest, "" | "/").then_some(split.origin)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether browsers trust the origin as they trust https: TLS, or this machine (hostile.md 22).
    pub fn is_trustworthy(&self) -> bool {
        let Some(authority) = self.0.strip_prefix("http://") else { return true };
        let host = authority.split(':').next();
        host.is_some_and(|host| matches!(host, "localhost" | "127.0.0.1"))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Splits an absolute http or https address without user name and password.
pub(super) fn split(address: &str) -> Option<Split<'_>> {
    let (scheme, after) = address.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let default_port = match scheme.as_str() {
        "https" => "443",
        "http" => "80",
        _ => return None,
    };
    let end = after.find(['/', '?', '#']).unwrap_or(after.len());
    let (authority, rest) = after.split_at_checked(end)?;
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    let host = host.to_ascii_lowercase();
    if !is_host(&host) {
        return None;
    }
    let port = match port {
        Some(port) => Some(port.parse::<u16>().ok().filter(|_| !port.starts_with('+'))?.to_string()),
        None => None,
    };
    let origin = match port.filter(|port| port != default_port) {
        Some(port) => format!("{scheme}://{host}:{port}"),
        None => format!("{scheme}://{host}"),
    };
    Some(Split { origin: Origin(origin), rest })
}

/// Names and IPv4 addresses. Policies know no IPv6 addresses (CSP3 §2.3.1, `host-part`).
fn is_host(host: &str) -> bool {
    host.split('.').all(|label| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    })
}

#[cfg(test)]
mod tests {
    use super::Origin;

    // An origin goes into the header as it is, so nothing may pass that says more than an origin.
    #[test]
    fn only_bare_origins_pass() {
        for (text, expected) in [
            ("https://api.example.com", "https://api.example.com"),
            ("HTTPS://API.example.com:443/", "https://api.example.com"),
            ("http://localhost:8081", "http://localhost:8081"),
            ("http://127.0.0.1:80", "http://127.0.0.1"),
        ] {
            assert_eq!(Origin::parse(text).as_ref().map(Origin::as_str), Some(expected), "{text}");
        }
        for text in [
            "",
            "https://",
            "https:///x",
            "//api.example.com",
            "api.example.com",
            "https://*.example.com",
            "https://a.example; script-src *",
            "https://a.example b.example",
            "https://a.example,b.example",
            "https://a.example/path",
            "https://user@a.example",
            "https://a.example:99999",
            "https://a.example:+1",
            "https://a.example\n",
            "https://bücher.example",
            "https://[::1]:8443",
            "javascript://a.example",
            "data:text/html,x",
            "'self'",
        ] {
            assert_eq!(Origin::parse(text), None, "{text}");
        }
    }

    #[test]
    fn only_tls_and_this_machine_are_trustworthy() {
        for (text, expected) in [
            ("https://a.example", true),
            ("http://localhost", true),
            ("http://app.localhost:3000", false),
            ("http://127.0.0.1:8080", true),
            ("http://a.example", false),
            ("http://localhost.evil.example", false),
        ] {
            assert_eq!(Origin::parse(text).map(|origin| origin.is_trustworthy()), Some(expected), "{text}");
        }
    }
}
