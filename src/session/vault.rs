//! Where the session is stored: in the store that all tabs share, and the id of this tab's session in its own
//! sessionStorage, so that a reload finds the same session again. The id is no secret.

use std::pin::Pin;

use futures::future::select;
use portal_api::Response;
use portal_core::session::{Ended, Record, Snapshot, read_reply, reply_text};
use serde::{Deserialize, Serialize};

use crate::browser::{Shelf, Store, session_store, sleep};

const TAB: Store = Store::new(Shelf::Tab, "portal.session");
/// How long the user waits for a slow disk, in milliseconds.
const FLUSH_MS: u32 = 2_000;

#[derive(Serialize)]
struct Which<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pair: Option<u64>,
}

#[derive(Serialize)]
struct Saving<'a> {
    id: &'a str,
    since: i64,
    keep: bool,
    pair: u64,
    text: String,
    supersede: bool,
}

#[derive(Deserialize)]
struct Saved {
    pair: u64,
}

#[derive(Serialize)]
struct Claiming<'a> {
    id: &'a str,
    pair: u64,
    until: i64,
    /// The page sends the refresh, not the service worker.
    page: bool,
}

#[derive(Serialize)]
struct Answering<'a> {
    id: &'a str,
    pair: u64,
    reply: Option<String>,
}

#[derive(Serialize)]
struct Ending<'a> {
    id: &'a str,
    why: &'static str,
    out: Option<i64>,
}

/// A refresh for the service worker to send.
#[derive(Serialize)]
pub(super) struct Sending<'a> {
    pub(super) id: &'a str,
    pub(super) pair: u64,
    pub(super) url: String,
    pub(super) headers: Vec<(String, String)>,
    /// In milliseconds.
    pub(super) budget: u32,
}

#[derive(Deserialize)]
struct Sent {
    taken: bool,
    reply: Option<String>,
}

/// What became of a refresh that the service worker was asked for.
#[derive(Debug)]
pub(super) enum Sender {
    /// There is no service worker: this page has to send it.
    Nobody,
    /// It was sent, and what came back is in the store.
    Worker,
    /// It was sent, but the session ended meanwhile: what came back is here alone.
    Orphan(Response),
}

/// Stores a record; the number that the store gave the pair, `None` where it stored nothing. `supersede`: the pair takes
/// the place of whatever the store holds. Begins at once: what is stored later comes after it.
pub(super) fn save(
    record: &Record,
    api_base: &str,
    supersede: bool,
) -> impl Future<Output = Option<u64>> + use<> {
    TAB.write(&record.began.id);
    let saving = Saving {
        id: &record.began.id,
        since: record.began.since,
        keep: record.began.keep,
        pair: record.tokens.pair,
        text: record.to_text(api_base),
        supersede,
    };
    let saved = call::<Saved>("save", &saving);
    async move { saved.await.map(|saved| saved.pair) }
}

/// Waits until everything is stored that was to be stored before, but not for long: what the user sees is then still there
/// after a reload.
pub(super) async fn flush() {
    let flushed = async {
        let _: Option<()> = call("flush", &()).await;
    };
    select(Box::pin(flushed), Box::pin(sleep(FLUSH_MS))).await;
}

/// Ends a session; `out` is the time of a sign-out. Says whether its refresh token has not been sent.
pub(super) async fn end(id: &str, why: Ended, out: Option<i64>) -> bool {
    call("end", &Ending { id, why: why.name(), out }).await == Some(true)
}

/// What the store holds of a session, or of the newest one.
pub(super) async fn snapshot(id: Option<&str>) -> Option<Snapshot> {
    let input = serde_json::to_string(&id.map(|id| Which { id, pair: None })).ok()?;
    // The method takes an object; `null` would not do.
    let input = if id.is_some() { input } else { "{}".to_owned() };
    Snapshot::parse(&session_store("snapshot", &input).await?)
}

/// Marks a pair as sent; false where another tab has.
pub(super) async fn claim(id: &str, pair: u64, until: i64) -> bool {
    let claimed = call::<bool>("claim", &Claiming { id, pair, until, page: true });
    claimed.await == Some(true)
}

/// Stores the answer to a refresh, or that none came; false where the session has ended meanwhile.
pub(super) async fn answer(id: &str, pair: u64, reply: Option<&Response>) -> bool {
    call("answer", &Answering { id, pair, reply: reply.map(reply_text) }).await == Some(true)
}

/// The pair was not used: it may be sent again.
pub(super) async fn release(id: &str, pair: u64) {
    let _: Option<bool> = call("release", &Which { id, pair: Some(pair) }).await;
}

/// The pair counts as used.
pub(super) async fn lose(id: &str, pair: u64) {
    let _: Option<bool> = call("lose", &Which { id, pair: Some(pair) }).await;
}

/// Has the service worker send a refresh, and waits for it.
pub(super) async fn send(sending: &Sending<'_>) -> Sender {
    match call::<Sent>("send", sending).await {
        Some(Sent { taken: true, reply }) => match reply.as_deref().and_then(read_reply) {
            Some(response) => Sender::Orphan(response),
            None => Sender::Worker,
        },
        _ => Sender::Nobody,
    }
}

/// Has the browser install the service worker, where it can.
pub(super) async fn register_worker() {
    let _: Option<()> = call("register", &()).await;
}

/// This tab has this session, or none.
pub(super) fn remember(id: Option<&str>) {
    match id {
        Some(id) => {
            TAB.write(id);
        }
        None => TAB.erase(),
    }
}

/// A call of the store under way.
type Calling<T> = Pin<Box<dyn Future<Output = Option<T>>>>;

fn call<T: for<'de> Deserialize<'de> + 'static>(method: &str, input: &impl Serialize) -> Calling<T> {
    let output = serde_json::to_string(input).ok().map(|input| session_store(method, &input));
    Box::pin(async move { serde_json::from_str(&output?.await?).ok() })
}
