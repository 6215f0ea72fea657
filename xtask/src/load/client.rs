//! A load generator: connections that are kept, each with one request under way, on threads of their own.

use anyhow::{Context, Result, bail};
use std::{
    fmt,
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

/// What is asked, over and over.
pub(crate) struct Target {
    address: SocketAddr,
    request: Vec<u8>,
}

impl Target {
    /// A call of the page's, with its token.
    pub(crate) fn call(address: SocketAddr) -> Self {
        let body = r#"{"assetIds":["dogger-bank-a-t01","dogger-bank-a-t02"]}"#;
        let head = format!(
            "POST /app-portal-service/v2.2/user/authorization/asset/check HTTP/1.1\r\nHost: {address}\r\n\
             Authorization: Bearer APP_PORTAL_S_0123456789abcdef0123456789abcdef\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        Self { address, request: head.into_bytes() }
    }

    /// A file, as a browser asks for it.
    pub(crate) fn file(address: SocketAddr, path: &str) -> Self {
        let head =
            format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept: */*\r\nAccept-Encoding: gzip\r\n\r\n");
        Self { address, request: head.into_bytes() }
    }
}

/// Requests in a second, and how long the middle one and the slowest hundredth took.
#[derive(Clone, Copy)]
pub(crate) struct Measured {
    pub(crate) per_second: f64,
    middle: Duration,
    slow: Duration,
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (middle, slow) = (self.middle.as_secs_f64() * 1000.0, self.slow.as_secs_f64() * 1000.0);
        write!(f, "{:8.0}/s, 50 % within {middle:.2} ms, 99 % within {slow:.2} ms", self.per_second)
    }
}

/// The round in the middle by its requests.
pub(crate) fn median(mut rounds: Vec<Measured>) -> Measured {
    rounds.sort_by(|one, other| one.per_second.total_cmp(&other.per_second));
    let none = Measured { per_second: 0.0, middle: Duration::ZERO, slow: Duration::ZERO };
    rounds.get(rounds.len() / 2).copied().unwrap_or(none)
}

/// Asks for a while.
pub(crate) fn measure(target: &Target, connections: usize, time: Duration) -> Result<Measured> {
    let began = Instant::now();
    let mut times = on_all(target, connections, &|| began.elapsed() < time)?;
    let per_second = f64::from(u32::try_from(times.len())?) / began.elapsed().as_secs_f64();
    times.sort();
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    Ok(Measured { per_second, middle: at(50), slow: at(99) })
}

/// Sends so many requests.
pub(crate) fn send(target: &Target, connections: usize, count: u64) -> Result<()> {
    let sent = AtomicU64::new(0);
    on_all(target, connections, &|| sent.fetch_add(1, Ordering::Relaxed) < count).map(drop)
}

/// One thread for each connection; each goes on while it is told to.
fn on_all(target: &Target, connections: usize, more: &(dyn Fn() -> bool + Sync)) -> Result<Vec<Duration>> {
    thread::scope(|scope| {
        let threads: Vec<_> = (0..connections).map(|_| scope.spawn(|| ask(target, more))).collect();
        let mut all = Vec::new();
        for thread in threads {
            let times = thread.join().map_err(|_| anyhow::anyhow!("a connection broke off"))?;
            all.extend(times?);
        }
        Ok(all)
    })
}

fn ask(target: &Target, more: &(dyn Fn() -> bool + Sync)) -> Result<Vec<Duration>> {
    let mut stream = TcpStream::connect(target.address).context("nothing listens")?;
    stream.set_nodelay(true)?;
    let (mut times, mut buffer) = (Vec::new(), vec![0; 256 << 10]);
    while more() {
        let began = Instant::now();
        stream.write_all(&target.request)?;
        read(&mut stream, &mut buffer)?;
        times.push(began.elapsed());
    }
    Ok(times)
}

/// Reads one reply with a known length.
fn read(stream: &mut TcpStream, buffer: &mut [u8]) -> Result<()> {
    let mut filled = 0;
    loop {
        let rest = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()).context("a head without end")?;
        let count = stream.read(rest)?;
        if count == 0 {
            bail!("the connection ended before the reply did");
        }
        filled += count;
        let got = buffer.get(..filled).unwrap_or_default();
        let Some(end) = got.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(got.get(..end).unwrap_or_default()).to_ascii_lowercase();
        if !head.starts_with("http/1.1 200") {
            bail!("not what was asked for: {}", head.lines().next().unwrap_or_default());
        }
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
        let length: usize = length.context("a reply without length")?.trim().parse()?;
        let mut left = (end + 4 + length).saturating_sub(filled);
        while left > 0 {
            let room = buffer.len().min(left);
            let count = stream.read(buffer.get_mut(..room).unwrap_or_default())?;
            if count == 0 {
                bail!("the connection ended before the reply did");
            }
            left -= count;
        }
        return Ok(());
    }
}
