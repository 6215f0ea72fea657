//! A gateway before the reference service, written from contract.md 0.1 to 0.3 alone: it shares no signing code with the
//! server under test, so that a misreading of the contract cannot hide in both. It reads requests byte by byte, and
//! misbehaves where a test asks.

use std::collections::{HashMap, HashSet};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use portal_demo::{Portal, ServiceRequest, handle};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

pub(crate) const KEY: &str = "ea00aa1d-5b5d-4b1f";
pub(crate) const SECRET: &str = "the-secret-key-of-the-test";

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Came {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) target: String,
    /// Names in lower case, in their order.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Came {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }
}

/// What becomes of the calls, in place of an answer of the service.
#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) enum Mood {
    #[default]
    Good,
    /// These bytes, and the end of the connection.
    Says(Vec<u8>),
    /// These bytes, and then nothing for ever.
    SaysAndWaits(Vec<u8>),
    /// These bytes again and again.
    SaysForEver(Vec<u8>),
    /// A head for so many bytes, and the bytes; without a length if told so.
    Huge { bytes: usize, with_length: bool },
    /// An answer, and the connection closed without saying so.
    ClosesAfterwards,
    /// An answer after a while.
    Slow(Duration),
}

/// How this gateway's own refusals are sent.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub(crate) enum Dress {
    #[default]
    Plain,
    /// In the best encoding that the call takes.
    Compressed,
    /// Without a length, a few bytes at a time.
    Pieces,
}

#[derive(Default)]
pub(crate) struct State {
    portal: Mutex<Option<Portal>>,
    /// Tokens with their end.
    tokens: Mutex<HashMap<String, Instant>>,
    encryptions: Mutex<HashSet<String>>,
    pub(crate) calls: Mutex<Vec<Came>>,
    pub(crate) mood: Mutex<Mood>,
    pub(crate) dress: Mutex<Dress>,
    /// Seconds that a token lives.
    pub(crate) life: AtomicU64,
    /// Seconds that this clock is ahead.
    pub(crate) ahead: AtomicI64,
    pub(crate) given: AtomicU64,
    pub(crate) renewed: AtomicU64,
    /// Calls that were refused for their signature or token.
    pub(crate) refused: AtomicU64,
    /// Times of calls that came, and how many of them came before.
    times: Mutex<HashSet<String>>,
    repeated: AtomicU64,
    /// Requests for a token that are under way, and the most that were.
    asking: AtomicU64,
    pub(crate) most_asking: AtomicU64,
    /// Whether signatures are wanted at all.
    open: bool,
    ended: AtomicBool,
}

/// A gateway at work; ends with the test.
pub(crate) struct Gateway {
    pub(crate) address: String,
    pub(crate) state: Arc<State>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Gateway {
    pub(crate) fn start() -> Self {
        Self::at("127.0.0.1:0", false)
    }

    /// A service without a gateway before it.
    pub(crate) fn open() -> Self {
        Self::at("127.0.0.1:0", true)
    }

    fn at(address: &str, open: bool) -> Self {
        Self::on(TcpListener::bind(address).expect("a port"), open)
    }

    pub(crate) fn on(listener: TcpListener, open: bool) -> Self {
        let address = listener.local_addr().expect("an address").to_string();
        let state = Arc::new(State { open, life: AtomicU64::new(7200), ..State::default() });
        *locked(&state.portal) = Some(Portal::new(portal_demo::Options::default()));
        let shared = state.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.ended.load(Ordering::SeqCst) {
                    return;
                }
                let (Ok(stream), shared) = (stream, shared.clone()) else { continue };
                thread::spawn(move || serve(stream, &shared));
            }
        });
        Self { address, state }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn be(&self, mood: Mood) {
        *locked(&self.state.mood) = mood;
    }

    /// The calls since the last time, without those for tokens.
    pub(crate) fn calls(&self) -> Vec<Came> {
        std::mem::take(&mut locked(&self.state.calls))
    }

    pub(crate) fn dress(&self, dress: Dress) {
        *locked(&self.state.dress) = dress;
    }

    pub(crate) fn forget_tokens(&self) {
        locked(&self.state.tokens).clear();
    }

    /// Calls that were signed with a time of a call before.
    pub(crate) fn repeated(&self) -> u64 {
        self.state.repeated.load(Ordering::SeqCst)
    }

    pub(crate) fn refused(&self) -> u64 {
        self.state.refused.load(Ordering::SeqCst)
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        self.state.ended.store(true, Ordering::SeqCst);
        let _woken = TcpStream::connect(&self.address);
    }
}

fn serve(mut stream: TcpStream, state: &State) {
    let mut buffer = Vec::new();
    while let Some(came) = read(&mut stream, &mut buffer) {
        if state.ended.load(Ordering::SeqCst) {
            return;
        }
        let mood = if came.path().starts_with("/apim-") { Mood::Good } else { locked(&state.mood).clone() };
        if mood != Mood::Good {
            locked(&state.calls).push(came.clone());
        }
        let reply = match mood {
            Mood::Says(bytes) => {
                let _sent = stream.write_all(&bytes);
                return;
            }
            Mood::SaysAndWaits(bytes) => {
                let _sent = stream.write_all(&bytes);
                thread::sleep(Duration::from_secs(20));
                return;
            }
            Mood::SaysForEver(bytes) => {
                let many = bytes.repeat(500);
                while stream.write_all(&many).is_ok() {}
                return;
            }
            Mood::Huge { bytes, with_length } => {
                let length = if with_length { format!("Content-Length: {bytes}\r\n") } else { String::new() };
                let head =
                    format!("HTTP/1.1 200 OK\r\n{length}Connection: close\r\n\r\n{{\"code\":0,\"data\":\"");
                let _sent = stream.write_all(head.as_bytes());
                let piece = vec![b'x'; 1 << 16];
                for _ in 0..bytes / piece.len() {
                    if stream.write_all(&piece).is_err() {
                        return;
                    }
                }
                return;
            }
            Mood::ClosesAfterwards => {
                let _sent = stream.write_all(&answer(&came, state));
                return;
            }
            Mood::Slow(time) => {
                thread::sleep(time);
                answer(&came, state)
            }
            Mood::Good => {
                if !came.path().starts_with("/apim-") {
                    locked(&state.calls).push(came.clone());
                }
                answer(&came, state)
            }
        };
        if stream.write_all(&reply).is_err() {
            return;
        }
    }
}

/// One request of a connection; the rest stays in the buffer.
fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Came> {
    let mut more = |buffer: &mut Vec<u8>| {
        let mut piece = [0; 8192];
        let count = stream.read(&mut piece).ok().filter(|count| *count > 0)?;
        buffer.extend_from_slice(&piece[..count]);
        Some(())
    };
    let end = loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        more(buffer)?;
    };
    let head = String::from_utf8(buffer[..end].to_vec()).expect("text");
    let mut lines = head.split("\r\n");
    let mut words = lines.next()?.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length: usize = length.map_or(0, |(_, value)| value.parse().expect("a number"));
    while buffer.len() < end + 4 + length {
        more(buffer)?;
    }
    let body = buffer[end + 4..end + 4 + length].to_vec();
    buffer.drain(..end + 4 + length);
    Some(Came { method, target, headers, body })
}

fn reply(status: u16, state: &State, body: &[u8]) -> Vec<u8> {
    let now = SystemTime::now();
    let ahead = state.ahead.load(Ordering::SeqCst);
    let now = if ahead >= 0 {
        now + Duration::from_secs(ahead.unsigned_abs())
    } else {
        now - Duration::from_secs(ahead.unsigned_abs())
    };
    let head = format!(
        "HTTP/1.1 {status} Told\r\nDate: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Set-Cookie: gateway=1\r\nX-Powered-By: test\r\n\r\n",
        httpdate::fmt_http_date(now),
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn dressed(came: &Came, state: &State, body: &[u8]) -> Vec<u8> {
    let takes = |coding: &str| came.header("accept-encoding").is_some_and(|all| all.contains(coding));
    let head = "HTTP/1.1 200 Told\r\nContent-Type: application/json\r\n";
    match *locked(&state.dress) {
        // Nobody here can read this one.
        Dress::Compressed if takes("br") => {
            format!("{head}Content-Encoding: br\r\nContent-Length: 3\r\n\r\n\u{1}x\u{2}").into_bytes()
        }
        Dress::Compressed if takes("gzip") => {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            packed.write_all(body).expect("packed");
            let packed = packed.finish().expect("packed");
            let length = packed.len();
            let head = format!("{head}Content-Encoding: gzip\r\nContent-Length: {length}\r\n\r\n");
            [head.as_bytes(), &packed].concat()
        }
        Dress::Pieces => {
            let chunks = body.chunks(7).map(|piece| {
                format!("{:x}\r\n{}\r\n", piece.len(), std::str::from_utf8(piece).expect("ASCII"))
            });
            let chunks: String = chunks.collect();
            format!("{head}Transfer-Encoding: chunked\r\n\r\n{chunks}0\r\n\r\n").into_bytes()
        }
        _ => reply(200, state, body),
    }
}

fn answer(came: &Came, state: &State) -> Vec<u8> {
    match came.path() {
        "/apim-token-service/v2.0/token/get" => token(came, state, false),
        "/apim-token-service/v2.0/token/refresh" => token(came, state, true),
        _ => match signature_fault(came, state).filter(|_| !state.open) {
            Some((code, why)) => {
                state.refused.fetch_add(1, Ordering::SeqCst);
                let text = json!({"status": code, "msg": why, "business": null, "data": null}).to_string();
                dressed(came, state, text.as_bytes())
            }
            None => service(came, state),
        },
    }
}

fn hex(text: &[u8]) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn now_ms(state: &State) -> i128 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis();
    i128::try_from(now).expect("a time") + i128::from(state.ahead.load(Ordering::SeqCst)) * 1000
}

/// `encryption = sha256(appKey + timestamp + appSecret)`, and for a renewal the token to renew.
fn token(came: &Came, state: &State, renewal: bool) -> Vec<u8> {
    let now = state.asking.fetch_add(1, Ordering::SeqCst) + 1;
    state.most_asking.fetch_max(now, Ordering::SeqCst);
    thread::sleep(Duration::from_millis(20));
    let told = token_answer(came, state, renewal);
    state.asking.fetch_sub(1, Ordering::SeqCst);
    reply(200, state, told.to_string().as_bytes())
}

fn token_answer(came: &Came, state: &State, renewal: bool) -> Value {
    let refuse = |code: i64| json!({"status": code, "msg": "refused", "business": null, "data": null});
    let Ok(asked) = serde_json::from_slice::<Value>(&came.body) else { return refuse(1004) };
    let text = |name: &str| asked.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (key, encryption, timestamp) = (text("appKey"), text("encryption"), text("timestamp"));
    if came.method != "POST" || key.is_empty() || encryption.is_empty() || timestamp.is_empty() {
        return refuse(1202);
    }
    if key != KEY {
        return refuse(1002);
    }
    let good = encryption == hex(format!("{KEY}{timestamp}{SECRET}").as_bytes());
    let late = timestamp.parse::<i128>().map_or(i128::MAX, |time| (time - now_ms(state)).abs());
    if !good || late > 300_000 {
        return refuse(1003);
    }
    if !locked(&state.encryptions).insert(encryption) {
        return refuse(1001);
    }
    if renewal {
        if locked(&state.tokens).remove(&text("accessToken")).is_none() {
            return refuse(1204);
        }
        state.renewed.fetch_add(1, Ordering::SeqCst);
    } else {
        state.given.fetch_add(1, Ordering::SeqCst);
    }
    let life = state.life.load(Ordering::SeqCst);
    let token = hex(format!("{timestamp}{renewal}{:?}", Instant::now()).as_bytes());
    locked(&state.tokens).insert(token.clone(), Instant::now() + Duration::from_secs(life));
    json!({"stauts": 0, "msg": "success", "business": null, "data": {"accessToken": token, "expire": life}})
}

/// What is wrong with a call: `apim-signature = sha256(token + sorted query + body + timestamp + appSecret)`.
fn signature_fault(came: &Came, state: &State) -> Option<(i64, &'static str)> {
    let one = |name: &str| {
        let found: Vec<&str> =
            came.headers.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect();
        if let [value] = found[..] { value } else { "" }
    };
    let (token, timestamp) = (one("apim-accesstoken"), one("apim-timestamp"));
    if !locked(&state.times).insert(timestamp.to_owned()) {
        state.repeated.fetch_add(1, Ordering::SeqCst);
    }
    let end = locked(&state.tokens).get(token).copied();
    if end.is_none_or(|end| end < Instant::now()) {
        return Some((1203, "the token is expired"));
    }
    let late = timestamp.parse::<i128>().map_or(i128::MAX, |time| (time - now_ms(state)).abs());
    if late > 300_000 {
        return Some((1004, "the timestamp is not of now"));
    }
    // Its own reading of a query: by key, and pairs of one key in the order in which they came.
    let mut pairs: Vec<(String, String)> = came
        .query()
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(key, value)| (unescaped(key), unescaped(value)))
        .collect();
    pairs.sort_by(|one, other| one.0.cmp(&other.0));
    let query: String = pairs.iter().flat_map(|(key, value)| [key.as_str(), value.as_str()]).collect();
    let signed =
        [token.as_bytes(), query.as_bytes(), &came.body, timestamp.as_bytes(), SECRET.as_bytes()].concat();
    (one("apim-signature") != hex(&signed)).then_some((1003, "the signature is wrong"))
}

fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        if let (b'%', [high, low, after @ ..]) = (first, after) {
            let digits = String::from_utf8(vec![*high, *low]).expect("text");
            bytes.push(u8::from_str_radix(&digits, 16).expect("an escape"));
            rest = after;
        } else {
            bytes.push(if *first == b'+' { b' ' } else { *first });
            rest = after;
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

fn service(came: &Came, state: &State) -> Vec<u8> {
    let headers: Vec<(&str, &str)> =
        came.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let request = ServiceRequest {
        method: &came.method,
        path: came.path().strip_prefix("/app-portal-service").expect("a call of the service"),
        query: came.query(),
        authorization: came.header("authorization"),
        headers: &headers,
        body: &came.body,
    };
    let now = i64::try_from(now_ms(state)).expect("a time");
    let answer = handle(locked(&state.portal).as_mut().expect("a service"), &request, now);
    reply(answer.response.status, state, &answer.response.body)
}
