//! A reply on its way to the client: handed on piece by piece, bounded in size and in the time between two pieces.

use core::pin::Pin;
use core::task::{Context, Poll};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use serde_json::json;
use tokio::time::{Sleep, sleep};

use crate::log::{self, Level};
use crate::metrics::Metrics;

/// The rest of a reply.
pub(super) struct Relay {
    pub(super) first: Bytes,
    pub(super) rest: Incoming,
    /// How many bytes may still come.
    pub(super) left: usize,
    pub(super) patience: Duration,
    pub(super) metrics: Arc<Metrics>,
    pub(super) id: String,
    pub(super) waiting: Option<Pin<Box<Sleep>>>,
}

/// Why a reply broke off. The client sees the connection end.
#[derive(Debug)]
pub(super) struct Broken(&'static str);

impl core::fmt::Display for Broken {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.0)
    }
}

impl core::error::Error for Broken {}

impl Relay {
    fn broke(&self, why: &'static str) -> Broken {
        self.metrics.broke();
        let members = [("request_id", json!(self.id)), ("reason", json!(why))];
        log::line(Level::Warn, "a reply broke off", &members);
        Broken(why)
    }

    fn took(&mut self, data: Bytes) -> Result<Frame<Bytes>, Broken> {
        match self.left.checked_sub(data.len()) {
            Some(left) => {
                self.left = left;
                Ok(Frame::data(data))
            }
            None => Err(self.broke("larger than allowed")),
        }
    }

    /// Whether the service has been silent for too long.
    fn is_silent(&mut self, context: &mut Context<'_>) -> bool {
        let patience = self.patience;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(sleep(patience)));
        waiting.as_mut().poll(context).is_ready()
    }
}

impl Body for Relay {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        let this = &mut *self;
        if !this.first.is_empty() {
            let first = core::mem::take(&mut this.first);
            return Poll::Ready(Some(this.took(first)));
        }
        loop {
            let Poll::Ready(frame) = Pin::new(&mut this.rest).poll_frame(context) else {
                return if this.is_silent(context) {
                    Poll::Ready(Some(Err(this.broke("silent for too long"))))
                } else {
                    Poll::Pending
                };
            };
            // The next silence begins when somebody waits for it: not while the client is slow.
            this.waiting = None;
            let Some(frame) = frame else { return Poll::Ready(None) };
            match frame.map(Frame::into_data) {
                Ok(Ok(data)) => return Poll::Ready(Some(this.took(data))),
                // Trailers are for the next hop only.
                Ok(Err(_)) => {}
                Err(_) => return Poll::Ready(Some(Err(this.broke("the service ended it")))),
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.first.is_empty() && self.rest.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let rest = self.rest.size_hint();
        let first = u64::try_from(self.first.len()).unwrap_or(u64::MAX);
        let mut hint = SizeHint::new();
        hint.set_lower(rest.lower().saturating_add(first));
        if let Some(upper) = rest.upper() {
            hint.set_upper(upper.saturating_add(first));
        }
        hint
    }
}
