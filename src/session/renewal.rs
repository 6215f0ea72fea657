//! Carries out the renewal of the token pair, step by step as `portal_core::session::next_step` decides.

use portal_api::authentication::RefreshAccessToken;
use portal_api::{Endpoint, Error, ErrorKind, Request, Response, TransportFailure};
use portal_core::session::{
    Event, Record, SEND_BUDGET_MS, Snapshot, Step, Verdict, WAIT_BUDGET_MS, judge, next_step, next_try,
};

use super::tabs::Tabs;
use super::vault::{self, Sender, Sending};
use super::{Driver, Session, driver};
use crate::browser::{self, sleep};

/// The longest wait for news of the store; where no message comes it is looked at this often, in milliseconds.
const LOOK_MS: u32 = 1_000;

/// A renewal under way.
struct Renewal {
    session: Session,
    record: Record,
    /// The pair is known to have been sent.
    sent: bool,
    started: f64,
    attempts: u32,
}

/// Renews the pair at hand, and reports how that ended. It always reports: calls wait for it.
pub(super) async fn renew(session: Session) {
    let Some(Some(record)) = session.driver.try_with(|driver| driver.machine.record()) else { return };
    session.driver.update(|driver| driver.renewal_error = None);
    let mut renewal = Renewal { session, record, sent: false, started: browser::now(), attempts: 0 };
    let event = loop {
        if let Some(event) = renewal.step().await {
            break event;
        }
    };
    let lost = matches!(event, Event::RenewalLost { .. });
    session.happen(event);
    // The call that wanted the renewal may have been given up by now.
    if lost {
        driver::check(session).await;
    }
}

impl Renewal {
    fn id(&self) -> &str {
        &self.record.began.id
    }

    fn pair(&self) -> u64 {
        self.record.tokens.pair
    }

    /// Milliseconds since the renewal began.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "minutes at most")]
    fn elapsed(&self) -> u32 {
        (browser::now() - self.started) as u32
    }

    fn note(&self, error: Error) {
        self.session.driver.update(|driver| driver.renewal_error = Some(error));
    }

    fn stored(&self, snapshot: Snapshot) -> Event {
        Event::Stored { id: Some(self.id().to_owned()), snapshot }
    }

    /// One step; what happened, once the renewal is over.
    async fn step(&mut self) -> Option<Event> {
        let pair = self.pair();
        if self.elapsed() > WAIT_BUDGET_MS {
            self.note(failure(TransportFailure::Timeout));
            return Some(Event::RenewalFailed { pair });
        }
        let Some(snapshot) = vault::snapshot(Some(self.id())).await else {
            return Some(self.without_store().await);
        };
        let step = next_step(&snapshot, pair, self.sent, browser::clock());
        self.sent = matches!(step, Step::Send | Step::Wait);
        match step {
            Step::Gone if snapshot.ended.is_some() || snapshot.out >= self.record.began.since => {
                return Some(self.stored(snapshot));
            }
            Step::Newer => return Some(self.stored(snapshot)),
            Step::Gone | Step::Save => {
                let api_base = self.session.driver.with(|driver| driver.api_base.clone());
                if vault::save(&self.record, &api_base, false).await.is_none() {
                    return Some(self.without_store().await);
                }
            }
            Step::Send => return self.send().await,
            Step::Wait => Tabs::of(self.session).changed(LOOK_MS).await,
            Step::GiveUp => vault::lose(self.id(), pair).await,
            Step::Read(response) => return self.read(&response).await,
            Step::Lost => return Some(Event::RenewalLost { pair }),
        }
        None
    }

    /// Sends the refresh token: by the service worker, so that a reload of this page does not lose the reply, or else from
    /// here.
    async fn send(&self) -> Option<Event> {
        let Some(request) = self.request() else { return Some(Event::RenewalLost { pair: self.pair() }) };
        let (client, over_network) =
            self.session.driver.with(|driver| (driver.client(), driver.over_network));
        if over_network {
            let mut headers = request.parts.headers.clone();
            headers.push(("Accept".to_owned(), "application/json".to_owned()));
            let url = client.address(&request);
            let sending = Sending { id: self.id(), pair: self.pair(), url, headers, budget: SEND_BUDGET_MS };
            match vault::send(&sending).await {
                Sender::Worker => return None,
                Sender::Orphan(response) => return self.orphan(&response).await,
                Sender::Nobody => {}
            }
        }
        let until = browser::clock() + i64::from(SEND_BUDGET_MS);
        if !vault::claim(self.id(), self.pair(), until).await {
            return None;
        }
        let outcome = seen(client.exchange(&RefreshAccessToken::SPEC, request).await);
        let stored = vault::answer(self.id(), self.pair(), outcome.as_ref().ok()).await;
        match outcome {
            Ok(response) if !stored => self.orphan(&response).await,
            Ok(_) => None,
            Err(error) => {
                self.note(error);
                None
            }
        }
    }

    /// The session ended while the reply was on its way: the new pair is given back to the service.
    async fn orphan(&self, response: &Response) -> Option<Event> {
        // Another tab may have signed out, which this one learns first.
        if let Some(snapshot) = vault::snapshot(Some(self.id())).await {
            self.session.happen(self.stored(snapshot));
        }
        match judge(response) {
            Verdict::Renewed(reply) => Some(Event::Renewed { pair: self.pair(), reply }),
            _ => None,
        }
    }

    async fn read(&mut self, response: &Response) -> Option<Event> {
        let pair = self.pair();
        match judge(response) {
            Verdict::Renewed(reply) => Some(Event::Renewed { pair, reply }),
            Verdict::Refused => Some(Event::RenewalRefused { pair }),
            Verdict::Unknown(error) => {
                self.note(error);
                vault::lose(self.id(), pair).await;
                None
            }
            Verdict::NotUsed(error) => {
                vault::release(self.id(), pair).await;
                self.attempts += 1;
                let wait = next_try(&error, self.attempts, self.elapsed());
                self.note(error);
                match wait {
                    Some(wait) => {
                        sleep(wait).await;
                        None
                    }
                    None => Some(Event::RenewalFailed { pair }),
                }
            }
        }
    }

    /// Where the browser stores nothing there are no other tabs to agree with.
    async fn without_store(&mut self) -> Event {
        let pair = self.pair();
        let client = self.session.driver.with(Driver::client);
        loop {
            let Some(request) = self.request() else { return Event::RenewalLost { pair } };
            let error = match seen(client.exchange(&RefreshAccessToken::SPEC, request).await) {
                Err(error) => error,
                Ok(response) => match judge(&response) {
                    Verdict::Renewed(reply) => return Event::Renewed { pair, reply },
                    Verdict::Refused => return Event::RenewalRefused { pair },
                    Verdict::Unknown(error) => error,
                    Verdict::NotUsed(error) => {
                        self.attempts += 1;
                        let wait = next_try(&error, self.attempts, self.elapsed());
                        self.note(error);
                        let Some(wait) = wait else {
                            return Event::RenewalFailed { pair };
                        };
                        sleep(wait).await;
                        continue;
                    }
                },
            };
            self.note(error);
            return Event::RenewalLost { pair };
        }
    }

    fn request(&self) -> Option<Request> {
        let refresh_token = self.record.tokens.refresh.clone()?;
        Some(Request::new(&RefreshAccessToken { refresh_token }, None))
    }
}

/// A redirect is an answer here, as it is for the service worker.
fn seen(outcome: Result<Response, Error>) -> Result<Response, Error> {
    match outcome {
        Err(error) if error.kind == ErrorKind::Transport(TransportFailure::Redirected) => {
            Ok(Response { status: 302, headers: Vec::new(), body: Vec::new() })
        }
        other => other,
    }
}

fn failure(failure: TransportFailure) -> Error {
    let operation = RefreshAccessToken::SPEC.operation;
    Error { operation, kind: ErrorKind::Transport(failure), request_id: None }
}
