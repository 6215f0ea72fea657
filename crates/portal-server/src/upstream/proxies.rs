//! The servers of the deployment that stand before this one: whose word on the client is believed.

use core::fmt;
use core::str::FromStr;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::http::Request;
use serde_json::json;

use super::incoming::{FORWARDED_FOR, Peer};
use crate::log::{self, Level};

/// Addresses that have their first bits in common: `10.0.0.0/8`, or one address alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Network {
    first: IpAddr,
    /// How many bits are the same.
    bits: u32,
}

impl Network {
    fn holds(&self, address: IpAddr) -> bool {
        fn number(address: IpAddr) -> (u128, u32) {
            match address {
                IpAddr::V4(address) => (u128::from(address.to_bits()), 32),
                IpAddr::V6(address) => (address.to_bits(), 128),
            }
        }
        let ((first, all), (other, size)) = (number(self.first), number(address));
        // Nothing is left of a number that is moved by all of its bits.
        let own = |number: u128| number.checked_shr(all.saturating_sub(self.bits)).unwrap_or_default();
        all == size && own(first) == own(other)
    }
}

/// What is no network.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoNetwork;

impl fmt::Display for NoNetwork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be an address such as 10.1.2.3, or a network such as 10.0.0.0/8")
    }
}

impl core::error::Error for NoNetwork {}

impl FromStr for Network {
    type Err = NoNetwork;

    fn from_str(text: &str) -> Result<Self, NoNetwork> {
        let (address, bits) = text.split_once('/').map_or((text, None), |(first, bits)| (first, Some(bits)));
        let first: IpAddr = address.trim().parse().map_err(|_| NoNetwork)?;
        let all = if first.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(all), |bits| bits.trim().parse().map_err(|_| NoNetwork))?;
        if bits > all { Err(NoNetwork) } else { Ok(Self { first, bits }) }
    }
}

/// Who stands before this server.
#[derive(Debug)]
pub(super) struct Proxies {
    /// How many, one behind the other.
    count: usize,
    /// Where the nearest of them connects from; this machine where none is named.
    addresses: Vec<Network>,
    /// Whether it has been told that somebody else claims to be one.
    told: AtomicBool,
}

impl Proxies {
    pub(super) fn new(count: usize, addresses: Vec<Network>) -> Self {
        Self { count, addresses, told: AtomicBool::new(false) }
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Whether a request came through them, so that what they say of the client can be believed. Who reaches this server
    /// past them writes what they like into the same headers.
    pub(super) fn believed<B>(&self, request: &Request<B>) -> bool {
        let Some(Peer(peer)) = request.extensions().get::<Peer>().filter(|_| self.count > 0) else {
            return false;
        };
        let peer = peer.ip().to_canonical();
        let known = if self.addresses.is_empty() {
            peer.is_loopback()
        } else {
            self.addresses.iter().any(|network| network.holds(peer))
        };
        if !known && request.headers().contains_key(FORWARDED_FOR) && !self.told.swap(true, Ordering::Relaxed)
        {
            let message =
                "X-Forwarded-For is not believed: it came from an address that is none of `proxy-addresses`";
            log::line(Level::Warn, message, &[("address", json!(peer.to_string()))]);
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use super::{Network, Peer, Proxies};
    use axum::http::Request;

    fn from(address: &str) -> Request<()> {
        let mut request = Request::new(());
        request
            .extensions_mut()
            .insert(Peer(std::net::SocketAddr::new(address.parse().expect("an address"), 99)));
        request
    }

    fn networks(list: &[&str]) -> Vec<Network> {
        list.iter().map(|text| text.parse().expect("a network")).collect()
    }

    // `proxies = 1` without a server in front would else let any client choose its address.
    #[test]
    fn only_named_addresses_are_believed() {
        for (list, address, expected) in [
            (&[][..], "127.0.0.1", true),
            (&[], "::1", true),
            (&[], "::ffff:127.0.0.1", true),
            (&[], "10.0.0.1", false),
            (&["10.0.0.0/8"], "10.200.3.4", true),
            (&["10.0.0.0/8"], "::ffff:10.200.3.4", true),
            (&["10.0.0.0/8"], "11.0.0.1", false),
            (&["10.0.0.0/8"], "127.0.0.1", false),
            (&["192.0.2.7", "fd00::/8"], "192.0.2.7", true),
            (&["192.0.2.7", "fd00::/8"], "192.0.2.8", false),
            (&["192.0.2.7", "fd00::/8"], "fd12::1", true),
            (&["192.0.2.7", "fd00::/8"], "fe00::1", false),
            (&["0.0.0.0/0"], "203.0.113.9", true),
            (&["0.0.0.0/0"], "2001:db8::1", false),
            (&["::/0"], "2001:db8::1", true),
        ] {
            let proxies = Proxies::new(1, networks(list));
            assert_eq!(proxies.believed(&from(address)), expected, "{list:?} {address}");
            assert!(!Proxies::new(0, networks(list)).believed(&from(address)));
        }
        assert!(!Proxies::new(1, vec![]).believed(&Request::new(())));
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for text in ["", "x", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1", "10.0.0/8", "example.com"]
        {
            assert!(text.parse::<Network>().is_err(), "{text}");
        }
    }
}
