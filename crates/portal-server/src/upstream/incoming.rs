//! What comes from the client: who it is, which call it is, and what of it is handed on.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, header};
use portal_api::Spec;

use super::{Limits, REQUEST_ID};

/// The address that a connection came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// Headers of operations (contract.md 2.2) that are handed on as they are.
const HANDED_ON: [&str; 2] = ["locale", "accept-language"];
const FORWARDED_FOR: &str = "x-forwarded-for";
const FORWARDED_PROTO: &str = "x-forwarded-proto";

/// Makes names of calls: a number for the process that nobody else has, and one for the call.
#[derive(Debug)]
pub(super) struct Ids {
    process: u32,
    calls: AtomicU64,
}

impl Default for Ids {
    fn default() -> Self {
        // The standard library seeds it from the system for each process.
        let process = RandomState::new().build_hasher().finish();
        Self { process: u32::try_from(process >> 32).unwrap_or_default(), calls: AtomicU64::new(0) }
    }
}

impl Ids {
    /// The name that a server of the deployment before this one has given, or a new one.
    pub(super) fn of<B>(&self, request: &Request<B>, proxies: usize) -> String {
        let given = request.headers().get(REQUEST_ID).and_then(|value| value.to_str().ok());
        let plain = |id: &&str| {
            (8..=64).contains(&id.len())
                && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        match given.filter(|_| proxies > 0).filter(plain) {
            Some(id) => id.to_owned(),
            None => {
                let call = self.calls.fetch_add(1, Ordering::Relaxed);
                format!("{:08x}-{call:06x}", self.process)
            }
        }
    }
}

/// Whether a page of another site asks, as far as the browser says (Fetch Metadata Request Headers). Nothing of the
/// portal's own comes so, pages in frames neither: they ask by messages.
pub(super) fn is_of_another_site(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    site.is_some_and(|site| site != b"same-origin" && site != b"none")
}

/// What of the client's headers goes on: a list, so that no cookie, no connection header (RFC 9110 7.6.1) and no header
/// of the gateway's ever does.
pub(super) fn handed_on<B>(spec: &Spec, request: &Request<B>, limits: &Limits) -> HeaderMap {
    let came = request.headers();
    let mut headers = HeaderMap::new();
    let token_twice = spec.token_twice.then_some("accesstoken");
    for name in HANDED_ON.into_iter().chain(token_twice) {
        let value = came.get(name);
        headers.extend(value.map(|value| (HeaderName::from_static(name), value.clone())));
    }
    for name in [header::AUTHORIZATION, header::ACCEPT_ENCODING] {
        let value = came.get(&name).cloned();
        headers.extend(value.map(|value| (name, value)));
    }
    if let Some(client) =
        client(request, limits.proxies).and_then(|ip| HeaderValue::try_from(ip.to_string()).ok())
    {
        headers.insert(FORWARDED_FOR, client);
    }
    let scheme = if limits.tls { "https" } else { "http" };
    headers.insert(FORWARDED_PROTO, HeaderValue::from_static(scheme));
    headers
}

/// The client's address: that of the connection, or what the outermost of the deployment's own servers wrote. What
/// stands before that in the header is the client's own claim.
fn client<B>(request: &Request<B>, proxies: usize) -> Option<IpAddr> {
    let peer = request.extensions().get::<Peer>().map(|peer| peer.0.ip());
    if proxies == 0 {
        return peer;
    }
    let lines = request.headers().get_all(FORWARDED_FOR);
    let lines = lines.iter().filter_map(|value| value.to_str().ok());
    let all: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    let told = all.len().checked_sub(proxies).and_then(|place| all.get(place));
    told.and_then(|text| text.parse().ok()).or(peer)
}

#[cfg(test)]
mod tests {
    use super::{Ids, Peer, client, is_of_another_site};
    use axum::http::Request;

    fn request(headers: &[(&str, &str)]) -> Request<()> {
        let mut request = Request::builder();
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(()).expect("a request");
        request.extensions_mut().insert(Peer("192.0.2.1:99".parse().expect("an address")));
        request
    }

    // What a client writes itself is not believed.
    #[test]
    fn only_the_deployments_own_servers_are_believed() {
        let forwarded =
            request(&[("x-forwarded-for", "6.6.6.6, 203.0.113.9"), ("x-forwarded-for", "10.0.0.2")]);
        for (proxies, expected) in
            [(0, "192.0.2.1"), (1, "10.0.0.2"), (2, "203.0.113.9"), (3, "6.6.6.6"), (4, "192.0.2.1")]
        {
            let found = client(&forwarded, proxies).map(|ip| ip.to_string());
            assert_eq!(found.as_deref(), Some(expected), "{proxies}");
        }
        let garbage = request(&[("x-forwarded-for", "unknown")]);
        assert_eq!(client(&garbage, 1).map(|ip| ip.to_string()).as_deref(), Some("192.0.2.1"));
    }

    #[test]
    fn a_given_name_is_taken_from_the_deployments_own_servers_only() {
        let ids = Ids::default();
        let given = request(&[("x-request-id", "abc-0123456789")]);
        assert_eq!(ids.of(&given, 1), "abc-0123456789");
        assert_ne!(ids.of(&given, 0), "abc-0123456789");
        for bad in ["short", "with space 12345", "\"quoted-12345\"", &"x".repeat(65)] {
            assert_ne!(ids.of(&request(&[("x-request-id", bad)]), 1), bad);
        }
        assert_ne!(ids.of(&given, 0), ids.of(&given, 0));
        // The page hides what looks like a secret: a name that it hid would help nobody.
        let id = ids.of(&given, 0);
        assert_eq!(portal_api::mask(&id), id);
    }

    #[test]
    fn pages_of_other_sites_are_known() {
        for (value, expected) in
            [("same-origin", false), ("none", false), ("same-site", true), ("cross-site", true), ("x", true)]
        {
            assert_eq!(
                is_of_another_site(request(&[("sec-fetch-site", value)]).headers()),
                expected,
                "{value}"
            );
        }
        assert!(!is_of_another_site(request(&[]).headers()));
    }
}
