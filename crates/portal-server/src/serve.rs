//! Connections: taken in, over TLS where there is a certificate, bounded in number and in the time that a head may take,
//! and finished before the end.

use core::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt as _;

use crate::patient::Patient;
use crate::socket::Socket;
use crate::tls::Ending;
use crate::upstream::Peer;

/// How many connections one listener holds; the next ones wait in the system's queue.
const CONNECTIONS: usize = 8192;
/// How long the head of a request may take, and how long a connection may be idle: longer than balancers keep theirs,
/// so that it is they who end it.
const HEAD: Duration = Duration::from_secs(75);
/// How long the other side may take nothing of what is sent to it.
const UNREAD: Duration = Duration::from_secs(60);
/// What is read ahead, in bytes: many connections must not fill the memory. A head that is not complete by then is refused;
/// one that is may be longer by what came with the last piece, see [`crate::door`].
const READ_AHEAD: usize = crate::door::MOST_HEAD;
/// How long the beginning of TLS may take.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How long to wait where the system has no more handles for connections.
const EXHAUSTED: Duration = Duration::from_millis(50);

/// A port with what it serves.
pub(crate) struct Port {
    pub(crate) listener: TcpListener,
    pub(crate) router: Router,
    pub(crate) tls: Option<Arc<Ending>>,
}

impl fmt::Debug for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Port").field("listener", &self.listener).finish_non_exhaustive()
    }
}

/// Serves until told to stop; then takes no new connection, and lets those at work finish within `grace`.
pub(crate) async fn serve(port: Port, mut stop: watch::Receiver<bool>, grace: Duration) -> io::Result<()> {
    let Port { listener, router, tls } = port;
    let graceful = GracefulShutdown::new();
    let free = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let accepted = tokio::select! {
            // An error means that the sender is gone, which is an end too.
            _ = stop.wait_for(|stopped| *stopped) => break,
            accepted = accept(&listener, &free) => accepted,
        };
        let (stream, peer, place) = match accepted {
            Ok(accepted) => accepted,
            Err(error) if is_of_one_connection(&error) => continue,
            Err(_) => {
                tokio::time::sleep(EXHAUSTED).await;
                continue;
            }
        };
        // A small answer goes at once.
        let _set = stream.set_nodelay(true);
        let socket = Socket::new(stream);
        let stream = Patient::new(socket.clone(), UNREAD);
        let (router, tls, watcher) = (router.clone(), tls.clone(), graceful.watcher());
        tokio::spawn(async move {
            let talk = async {
                match tls {
                    None => talk(stream, peer, router, watcher).await,
                    Some(tls) => {
                        if let Ok(Ok(stream)) =
                            tokio::time::timeout(HANDSHAKE, tls.acceptor().accept(stream)).await
                        {
                            talk(stream, peer, router, watcher).await;
                        }
                    }
                }
            };
            tokio::select! { () = talk => (), () = socket.broken() => () }
            drop(place);
        });
    }
    drop(listener);
    // What is not finished by then is cut off.
    let _finished = tokio::time::timeout(grace, graceful.shutdown()).await;
    Ok(())
}

type Accepted = (TcpStream, Peer, tokio::sync::OwnedSemaphorePermit);

async fn accept(listener: &TcpListener, free: &Arc<Semaphore>) -> io::Result<Accepted> {
    let place = free.clone().acquire_owned().await.map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    Ok((stream, Peer(peer), place))
}

fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

async fn talk(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: Peer,
    router: Router,
    watcher: Watcher,
) {
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(peer);
        router.clone().oneshot(request)
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD).max_headers(100).max_buf_size(READ_AHEAD);
    // Who has sent its request may say that nothing more comes, and wait for the answer.
    builder.half_close(true);
    let connection = builder.serve_connection(TokioIo::new(stream), service);
    // How it ended is the client's affair.
    let _ended = watcher.watch(connection).await;
}
