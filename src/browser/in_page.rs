//! The reference service inside the page: the static demo needs no server. What it must remember over a reload is
//! kept in this tab.

use std::cell::RefCell;
use std::rc::Rc;

use portal_api::{Request, Response, TransportFailure, encoding};
use portal_demo::{Options, Portal, ServiceRequest, handle};

use super::storage::{Shelf, Store};
use super::wait::sleep;

const STORE: Store = Store::new(Shelf::Tab, "portal.demo");
/// A reply in no time would hide what loading looks like.
const LEAST_DELAY_MS: u32 = 60;

/// The service.
#[derive(Clone, Debug)]
pub struct InPage(Rc<RefCell<Portal>>);

impl InPage {
    /// Starts it with what this tab remembers.
    pub(super) fn start() -> Self {
        let mut portal = Portal::new(Options::default());
        if let Some(snapshot) = STORE.read() {
            portal.restore(&snapshot);
        }
        Self(Rc::new(RefCell::new(portal)))
    }

    /// Answers a call.
    pub(super) async fn send(&self, request: Request) -> Result<Response, TransportFailure> {
        let pairs = request.parts.query.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        let query = encoding::write_query(pairs);
        let authorization = request.token.as_ref().map(portal_api::AccessToken::header);
        let body = request.body_text().unwrap_or_default();
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit for a long time")]
        let now = js_sys::Date::now() as i64;
        // As a server sees them, whose names of headers have no case.
        let headers: Vec<(String, &str)> = request
            .parts
            .headers
            .iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), value.as_str()))
            .collect();
        let headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        let reply = {
            let Ok(mut portal) = self.0.try_borrow_mut() else { return Err(TransportFailure::Network) };
            let call = ServiceRequest {
                method: request.method.as_str(),
                path: &request.path,
                query: &query,
                authorization: authorization.as_deref(),
                headers: &headers,
                body: body.as_bytes(),
            };
            let reply = handle(&mut portal, &call, now);
            STORE.write(&portal.snapshot());
            reply
        };
        sleep(reply.delay_ms.max(LEAST_DELAY_MS)).await;
        Ok(reply.response)
    }
}
