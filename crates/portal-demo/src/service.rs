//! What goes in and what comes out: HTTP without a network.

use portal_api::Response;

/// One call, as a host received it.
#[derive(Clone, Copy, Debug)]
pub struct ServiceRequest<'a> {
    /// The HTTP method, such as `GET`.
    pub method: &'a str,
    /// The raw path below `/app-portal-service`, such as `/v2.2/login`.
    pub path: &'a str,
    /// The raw query, without the `?`; empty for none.
    pub query: &'a str,
    /// The header `Authorization`.
    pub authorization: Option<&'a str>,
    /// All other headers, names in lower case.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body; empty for none.
    pub body: &'a [u8],
}

impl Default for ServiceRequest<'_> {
    fn default() -> Self {
        Self { method: "GET", path: "", query: "", authorization: None, headers: &[], body: &[] }
    }
}

/// The reply to one call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServiceReply {
    /// Status, headers and body.
    pub response: Response,
    /// How long the host waits before it sends the reply, in milliseconds: the service itself has no clock.
    pub delay_ms: u32,
}
