//! What comes from the client: who it is, which call it is, and what of it is handed on.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, header};
use portal_api::Spec;

use super::proxies::Proxies;
use super::{Limits, REQUEST_ID};

/// The address that a connection came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// Headers of operations (contract.md 2.2) that are handed on as they are.
const HANDED_ON: [&str; 2] = ["locale", "accept-language"];
pub(super) const FORWARDED_FOR: &str = "x-forwarded-for";
const FORWARDED_HOST: &str = "x-forwarded-host";
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
    pub(super) fn of<B>(&self, request: &Request<B>, proxies: &Proxies) -> String {
        let given = request.headers().get(REQUEST_ID).and_then(|value| value.to_str().ok());
        let plain = |id: &&str| {
            (8..=64).contains(&id.len())
                && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        match given.filter(plain).filter(|_| proxies.believed(request)) {
            Some(id) => id.to_owned(),
            None => {
                let call = self.calls.fetch_add(1, Ordering::Relaxed);
                format!("{:08x}-{call:06x}", self.process)
            }
        }
    }
}

/// Whether a page of another site asks, as far as the browser says: by `Sec-Fetch-Site` (Fetch Metadata Request Headers),
/// or by `Origin` in browsers before that. Nothing of the portal's own comes so, pages in frames neither: they ask by
/// messages. A program that is no browser sends neither, and has nobody's session that it could abuse.
pub(super) fn is_of_another_site(headers: &HeaderMap, proxied: bool, tls: bool) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site != "same-origin" && site != "none";
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return false };
    let origin = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
    // Anybody on the way can answer for the same host over plain http.
    let authority = origin.filter(|(scheme, _)| !tls || *scheme == "https").map(|(_, authority)| authority);
    let own = [Some(header::HOST.as_str()), proxied.then_some(FORWARDED_HOST)];
    let mut own = own.into_iter().flatten().filter_map(|name| headers.get(name)?.to_str().ok());
    !authority.is_some_and(|authority| own.any(|host| is_same_host(authority, host)))
}

/// Whether two hosts are one. A server in front may leave out the usual port, which browsers never name.
fn is_same_host(one: &str, other: &str) -> bool {
    fn plain(host: &str) -> &str {
        host.strip_suffix(":443").or_else(|| host.strip_suffix(":80")).unwrap_or(host)
    }
    plain(one).eq_ignore_ascii_case(plain(other))
}

/// Whether a body is typed as JSON. A page of another site can send any other type without asking (CORS, "simple
/// requests"), and none at all.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next()).map(str::trim);
    kind.is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"))
}

/// What of the client's headers goes on: a list, so that no cookie, no connection header (RFC 9110 7.6.1) and no header
/// of the gateway's ever does.
pub(super) fn handed_on<B>(
    spec: &Spec,
    request: &Request<B>,
    proxies: &Proxies,
    limits: &Limits,
) -> HeaderMap {
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
    if let Some(client) = client(request, proxies).and_then(|ip| HeaderValue::try_from(ip.to_string()).ok()) {
        headers.insert(FORWARDED_FOR, client);
    }
    let scheme = if limits.tls { "https" } else { "http" };
    headers.insert(FORWARDED_PROTO, HeaderValue::from_static(scheme));
    headers
}

/// The client's address: that of the connection, or what the outermost of the deployment's own servers wrote. What
/// stands before that in the header is the client's own claim.
fn client<B>(request: &Request<B>, proxies: &Proxies) -> Option<IpAddr> {
    let peer = request.extensions().get::<Peer>().map(|peer| peer.0.ip());
    if !proxies.believed(request) {
        return peer;
    }
    let lines = request.headers().get_all(FORWARDED_FOR);
    let lines = lines.iter().filter_map(|value| value.to_str().ok());
    let all: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    let told = all.len().checked_sub(proxies.count()).and_then(|place| all.get(place));
    told.and_then(|text| text.parse().ok()).or(peer)
}

#[cfg(test)]
mod tests {
    use super::{Ids, Peer, Proxies, client, is_json, is_of_another_site};
    use axum::http::Request;

    fn proxies(count: usize) -> Proxies {
        Proxies::new(count, vec!["192.0.2.1".parse().expect("an address")])
    }

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
        for (count, expected) in
            [(0, "192.0.2.1"), (1, "10.0.0.2"), (2, "203.0.113.9"), (3, "6.6.6.6"), (4, "192.0.2.1")]
        {
            let found = client(&forwarded, &proxies(count)).map(|ip| ip.to_string());
            assert_eq!(found.as_deref(), Some(expected), "{count}");
        }
        // Nor what a stranger writes who reached this server past them.
        let elsewhere = Proxies::new(1, vec![]);
        assert_eq!(client(&forwarded, &elsewhere).map(|ip| ip.to_string()).as_deref(), Some("192.0.2.1"));
        let garbage = request(&[("x-forwarded-for", "unknown")]);
        assert_eq!(client(&garbage, &proxies(1)).map(|ip| ip.to_string()).as_deref(), Some("192.0.2.1"));
    }

    #[test]
    fn a_given_name_is_taken_from_the_deployments_own_servers_only() {
        let ids = Ids::default();
        let given = request(&[("x-request-id", "abc-0123456789")]);
        assert_eq!(ids.of(&given, &proxies(1)), "abc-0123456789");
        assert_ne!(ids.of(&given, &proxies(0)), "abc-0123456789");
        assert_ne!(ids.of(&given, &Proxies::new(1, vec![])), "abc-0123456789");
        for bad in ["short", "with space 12345", "\"quoted-12345\"", &"x".repeat(65)] {
            assert_ne!(ids.of(&request(&[("x-request-id", bad)]), &proxies(1)), bad);
        }
        assert_ne!(ids.of(&given, &proxies(0)), ids.of(&given, &proxies(0)));
        // The page hides what looks like a secret: a name that it hid would help nobody.
        let id = ids.of(&given, &proxies(0));
        assert_eq!(portal_api::mask(&id), id);
    }

    #[test]
    fn pages_of_other_sites_are_known() {
        for (value, expected) in
            [("same-origin", false), ("none", false), ("same-site", true), ("cross-site", true), ("x", true)]
        {
            let asked = request(&[("sec-fetch-site", value), ("origin", "https://evil.example")]);
            assert_eq!(is_of_another_site(asked.headers(), false, false), expected, "{value}");
        }
        assert!(!is_of_another_site(request(&[]).headers(), false, false));
    }

    // Browsers before Fetch Metadata name the origin alone.
    #[test]
    fn an_origin_has_to_be_the_portals_own() {
        for (origin, host, expected) in [
            ("https://portal.example.com", "portal.example.com", false),
            ("https://portal.example.com", "PORTAL.example.com:443", false),
            ("http://portal.example.com", "portal.example.com:80", false),
            ("https://portal.example.com:8443", "portal.example.com:8443", false),
            ("https://portal.example.com:8443", "portal.example.com", true),
            ("https://evil.example", "portal.example.com", true),
            ("https://portal.example.com.evil.example", "portal.example.com", true),
            ("https://evil.example/portal.example.com", "portal.example.com", true),
            ("https://user@portal.example.com", "portal.example.com", true),
            ("null", "portal.example.com", true),
            ("", "portal.example.com", true),
            ("file://", "portal.example.com", true),
        ] {
            let asked = request(&[("origin", origin), ("host", host)]);
            assert_eq!(is_of_another_site(asked.headers(), false, false), expected, "{origin} {host}");
        }
        assert!(is_of_another_site(request(&[("origin", "https://a.example")]).headers(), false, false));
        let plain = request(&[("origin", "http://a.example"), ("host", "a.example")]);
        assert!(!is_of_another_site(plain.headers(), false, false));
        assert!(is_of_another_site(plain.headers(), false, true));
        // A server in front may have put its own name into `Host`.
        let forwarded =
            [("origin", "https://a.example"), ("host", "inner"), ("x-forwarded-host", "a.example")];
        assert!(!is_of_another_site(request(&forwarded).headers(), true, true));
        assert!(is_of_another_site(request(&forwarded).headers(), false, true));
    }

    #[test]
    fn only_json_is_json() {
        for (kind, expected) in [
            ("application/json", true),
            ("Application/JSON; charset=utf-8", true),
            ("text/plain", false),
            ("text/plain; application/json", false),
            ("application/json-seq", false),
            ("application/x-www-form-urlencoded", false),
            ("multipart/form-data; boundary=x", false),
            ("", false),
        ] {
            assert_eq!(is_json(request(&[("content-type", kind)]).headers()), expected, "{kind}");
        }
        assert!(!is_json(request(&[]).headers()));
    }
}
