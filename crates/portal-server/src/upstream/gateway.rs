//! The gateway's token (contract.md 0.3): obtained, renewed before it ends, and replaced where the gateway no longer
//! takes it. However many calls wait for one, one request for it is under way.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::http::{HeaderValue, Method, Request, header};
use http_body_util::{BodyExt as _, Full, Limited};
use portal_api::json::{self, Members, RawValue};
use serde_json::json;
use tokio::sync::Mutex;
use zeroize::Zeroizing;

use super::clock::Clock;
use super::connection::{Base, Connection};
use super::refusal::Refusal;
use super::sign::Application;
use crate::log::{self, Level};
use crate::metrics::Metrics;

const OBTAIN: &str = "/apim-token-service/v2.0/token/get";
const RENEW: &str = "/apim-token-service/v2.0/token/refresh";
/// What is no answer of the gateway any more, in bytes.
const MAX_ANSWER: usize = 64 << 10;
/// A failure is the answer of all that ask within this time: who refuses is not asked for each call again.
const RESPITE: Duration = Duration::from_secs(1);
/// How long a probe waits for a token: less than those of balancers wait for an answer.
const SOON: Duration = Duration::from_millis(800);
/// What the contract says that a token lives, for an answer that does not.
const LIFE_SECONDS: u64 = 7200;
/// The gateway has seen this `encryption`: another instance asked in the same millisecond.
const REPEATED: i64 = 1001;

/// A token of the gateway.
#[derive(Debug)]
pub(super) struct Held {
    token: Zeroizing<String>,
    renew_at: Instant,
    dead_at: Instant,
}

impl Held {
    pub(super) fn token(&self) -> &str {
        &self.token
    }
}

/// The gateway as one application sees it.
pub(super) struct Gateway {
    pub(super) application: Application,
    pub(super) clock: Arc<Clock>,
    base: Base,
    connection: Arc<Connection>,
    metrics: Arc<Metrics>,
    held: RwLock<Option<Arc<Held>>>,
    /// Why the gateway refuses the key, where the last answer said that it does.
    key_refused: RwLock<Option<String>>,
    /// Who holds it asks for a token; inside, the last failure.
    asking: Mutex<Option<(Instant, Refusal)>>,
}

impl core::fmt::Debug for Gateway {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Gateway").field("application", &self.application).finish_non_exhaustive()
    }
}

impl Gateway {
    pub(super) fn new(
        application: Application,
        base: Base,
        connection: Arc<Connection>,
        metrics: Arc<Metrics>,
        clock: Arc<Clock>,
    ) -> Self {
        let held = RwLock::new(None);
        let (key_refused, asking) = (RwLock::new(None), Mutex::new(None));
        Self { application, clock, base, connection, metrics, held, key_refused, asking }
    }

    /// A token that is good as far as can be known.
    pub(super) async fn token(self: &Arc<Self>) -> Result<Arc<Held>, Refusal> {
        let now = Instant::now();
        if let Some(held) = self.current().filter(|held| now < held.dead_at) {
            if now >= held.renew_at {
                // Calls go on with the old one meanwhile.
                if let Ok(asking) = self.asking.try_lock() {
                    drop(asking);
                    tokio::spawn(self.clone().ask(now));
                }
            }
            return Ok(held);
        }
        // A task of its own: a client that goes away does not take the request for the token with it.
        let asked = tokio::spawn(self.clone().ask(now)).await;
        asked.unwrap_or(Err(Refusal::Unreachable("the request for a token broke off")))
    }

    /// The gateway refused this token: nobody gets it any more.
    pub(super) fn forget(&self, refused: &Arc<Held>) {
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        if held.as_ref().is_some_and(|held| Arc::ptr_eq(held, refused)) {
            *held = None;
        }
    }

    /// Why the gateway refuses the key. Who asks does not wait for a slow gateway: what it said last counts then.
    pub(super) async fn refused(self: &Arc<Self>) -> Option<String> {
        let _known_or_slow = tokio::time::timeout(SOON, self.token()).await;
        self.key_refused.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn current(&self) -> Option<Arc<Held>> {
        self.held.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Asks for a token unless somebody else has got one, or was refused, since `came`.
    async fn ask(self: Arc<Self>, came: Instant) -> Result<Arc<Held>, Refusal> {
        let mut failed = self.asking.lock().await;
        let held = self.current();
        let now = Instant::now();
        if let Some(held) = held.as_ref().filter(|held| now < held.renew_at) {
            return Ok(held.clone());
        }
        let recent = failed.as_ref().filter(|(at, _)| *at >= came || now.duration_since(*at) < RESPITE);
        if let Some((_, refusal)) = recent {
            return Err(refusal.clone());
        }
        let outcome = self.renew_or_obtain(held.as_deref()).await;
        self.metrics.token(outcome.is_ok());
        let key_refused = match &outcome {
            Err(Refusal::NoToken(Some(1002 | 1003), words)) => Some(words.clone()),
            _ => None,
        };
        *self.key_refused.write().unwrap_or_else(PoisonError::into_inner) = key_refused;
        match outcome {
            Ok(held) => {
                let held = Arc::new(held);
                *failed = None;
                *self.held.write().unwrap_or_else(PoisonError::into_inner) = Some(held.clone());
                log::line(Level::Info, "gateway token obtained", &[]);
                Ok(held)
            }
            Err(refusal) => {
                let members = [("refusal", json!(refusal.word())), ("reason", json!(refusal.reason()))];
                log::line(Level::Error, "no gateway token", &members);
                *failed = Some((Instant::now(), refusal.clone()));
                Err(refusal)
            }
        }
    }

    async fn renew_or_obtain(&self, old: Option<&Held>) -> Result<Held, Refusal> {
        if let Some(old) = old {
            // A gateway that does not renew gives a new one.
            if let Ok(held) = self.request(RENEW, Some(old.token())).await {
                return Ok(held);
            }
        }
        match self.request(OBTAIN, None).await {
            Err(Refusal::NoToken(Some(REPEATED), _)) => self.request(OBTAIN, None).await,
            other => other,
        }
    }

    async fn request(&self, path: &str, old: Option<&str>) -> Result<Held, Refusal> {
        let timestamp = self.clock.of_token()?;
        let encryption = self.application.encryption(&timestamp);
        let mut body = json!({
            "appKey": self.application.key, "encryption": encryption, "timestamp": timestamp,
        });
        if let (Some(old), Some(members)) = (old, body.as_object_mut()) {
            members.insert("accessToken".to_owned(), json!(old));
        }
        let body = Bytes::from(body.to_string());
        let uri = self.base.uri(path, "")?;
        let mut request = Request::new(Full::new(body));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = uri;
        let kind = HeaderValue::from_static("application/json");
        request.headers_mut().insert(header::CONTENT_TYPE, kind);
        // Not sent again: the same request twice has the same `encryption`.
        let asked = Instant::now();
        let response = self.connection.send(request).await?;
        if let Some(ahead) = self.clock.compare(response.headers()) {
            tell_difference(ahead);
        }
        let status = response.status();
        let body = Limited::new(response.into_body(), MAX_ANSWER).collect();
        let body = tokio::time::timeout(Duration::from_secs(30), body).await;
        let body = body.map_err(|_| Refusal::Timeout)?;
        let body = body.map_err(|_| Refusal::BadReply("The gateway's answer broke off"))?.to_bytes();
        let text = core::str::from_utf8(&body).unwrap_or_default();
        let answer = json::read(text).unwrap_or_default();
        held(&answer, asked).ok_or_else(|| self.no_token(code(&answer), status.as_u16()))
    }

    /// What the log says; with the difference of the clocks where there is one, since every signature holds the time.
    fn no_token(&self, code: Option<i64>, status: u16) -> Refusal {
        let why = match code {
            Some(1002) => "the gateway does not know `app-key`".to_owned(),
            Some(1003) => "the gateway refuses the signature: the secret is not that of `app-key`".to_owned(),
            Some(code) => format!("the gateway gives no token (code {code})"),
            None => format!("the gateway's answer to a request for a token is none (HTTP {status})"),
        };
        Refusal::NoToken(code.filter(|code| *code != 0 && *code != 200), self.with_clock(&why))
    }

    /// The same for a call.
    pub(super) fn not_handed_on(&self, code: i64) -> Refusal {
        Refusal::NotHandedOn(self.with_clock(&format!("the gateway refused the call (code {code})")))
    }

    fn with_clock(&self, why: &str) -> String {
        let clock = self.clock.difference().map(|words| format!("; {words}")).unwrap_or_default();
        format!("{why}{clock}")
    }
}

pub(super) fn tell_difference(ahead: i64) {
    log::line(
        Level::Warn,
        "the clock of this server differs from the gateway's: set it by NTP",
        &[("seconds", json!(-ahead))],
    );
}

/// `status` is the gateway's word for `code`, and its own sample misspells it (contract.md 0.1).
pub(super) fn code(answer: &RawValue) -> Option<i64> {
    let answer = Members::of(answer)?;
    number(["code", "status", "stauts"].iter().find_map(|key| answer.get(key))?)
}

/// A whole number, also written as text.
fn number(value: &RawValue) -> Option<i64> {
    json::value(value).or_else(|| json::string(value)?.parse().ok())
}

/// The token of an answer. It is renewed after four fifths of its life.
fn held(answer: &RawValue, asked: Instant) -> Option<Held> {
    let good = matches!(code(answer), None | Some(0 | 200));
    let data = Members::of(answer)?.get("data").filter(|_| good).and_then(Members::of)?;
    let token = data.get("accessToken").and_then(json::string)?;
    let visible = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
    let life = data.get("expire").or_else(|| data.get("expires"));
    let life = life.and_then(number).and_then(|life| u64::try_from(life).ok()).filter(|life| *life > 0);
    let life = Duration::from_secs(life.unwrap_or(LIFE_SECONDS).min(30 * 86_400));
    visible.then(|| Held {
        token: Zeroizing::new(token.into_owned()),
        renew_at: asked + life * 4 / 5,
        dead_at: asked + life,
    })
}

#[cfg(test)]
mod tests {
    use super::{Duration, Instant, code, held, json};

    #[test]
    fn answers_are_read_in_the_forms_that_are_known() {
        let now = Instant::now();
        for (answer, life) in [
            (r#"{"status":0,"msg":"success","business":null,"data":{"accessToken":"t","expire":100}}"#, 100),
            (r#"{"stauts":"0","data":{"accessToken":"t","expire":"50"}}"#, 50),
            (r#"{"code":200,"data":{"accessToken":"t","expire":-1}}"#, 7200),
            (r#"{"data":{"accessToken":"t"}}"#, 7200),
        ] {
            let answer = json::read(answer).expect("JSON");
            let held = held(&answer, now).expect("a token");
            assert_eq!((held.token(), held.dead_at - now), ("t", Duration::from_secs(life)));
            assert!(held.renew_at < held.dead_at);
        }
        for answer in [
            r#"{"status":1002,"msg":"no","data":null}"#,
            r#"{"status":1003,"data":{"accessToken":"t"}}"#,
            r#"{"status":0,"data":{"accessToken":""}}"#,
            r#"{"status":0,"data":{"accessToken":"a\nb"}}"#,
            r#"{"status":0}"#,
            "[]",
        ] {
            let answer = json::read(answer).expect("JSON");
            assert!(held(&answer, now).is_none(), "{answer:?}");
        }
        assert_eq!(code(&json::read(r#"{"stauts":"1002"}"#).expect("JSON")), Some(1002));
    }
}
