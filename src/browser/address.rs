//! Addresses read by the browser's own parser, so that what is decided on is what will be opened.

use portal_core::launch::{ParseAddress, Parts};
use web_sys::Url;

/// The browser's `URL`.
#[derive(Clone, Copy, Debug)]
pub struct BrowserAddresses;

impl ParseAddress for BrowserAddresses {
    fn parse(&self, address: &str, base: &str) -> Option<Parts> {
        let url = Url::new_with_base(address, base).ok()?;
        Some(Parts {
            scheme: url.protocol().trim_end_matches(':').to_owned(),
            username: !url.username().is_empty() || !url.password().is_empty(),
            host: url.hostname(),
            origin: url.origin(),
            href: url.href(),
        })
    }
}
