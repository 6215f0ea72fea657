//! The connection to what stands behind this server: one client with a pool, over TLS or not, that follows no redirect
//! and keeps no cookie.

use core::fmt;
use std::path::Path;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::uri::{Authority, PathAndQuery, Scheme};
use axum::http::{Request, Response, Uri};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::{ClientConfig, RootCertStore};

use super::cause;
use super::refusal::Refusal;
use crate::tls;

/// How long an idle connection is kept: shorter than servers and balancers commonly do, so that few calls meet a
/// connection that is just being closed.
const IDLE: Duration = Duration::from_secs(15);
/// What the head of a reply may hold, in bytes, and what is read ahead of who takes it: there may be many at once.
const READ_AHEAD: usize = 64 << 10;
/// How many idle connections are kept.
const IDLE_CONNECTIONS: usize = 256;

/// Where the service is: scheme, host, port and a path before the service's own.
#[derive(Clone, Debug)]
pub(crate) struct Base {
    scheme: Scheme,
    authority: Authority,
    path: String,
}

impl Base {
    /// Takes an address such as `https://gateway.example.com` or `https://example.com/gateway`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let uri: Uri = text.parse().ok()?;
        let scheme = uri.scheme()?.clone();
        let authority = uri.authority()?.clone();
        // A port that is no number is kept by the library as it came.
        let named = authority.as_str().rsplit_once(':').filter(|(_, port)| !port.ends_with(']'));
        let plain = matches!(scheme.as_str(), "http" | "https")
            && !authority.as_str().contains('@')
            && named.is_none_or(|_| authority.port_u16().is_some_and(|port| port > 0))
            && uri.query().is_none()
            && !text.contains('#');
        plain.then(|| Self { scheme, authority, path: uri.path().trim_end_matches('/').to_owned() })
    }

    /// Whether the address holds the path of the service already, which is added to it.
    pub(crate) fn names_service(&self) -> bool {
        self.path.ends_with(portal_api::SERVICE_PREFIX)
    }

    /// Whether nobody on the way can read along: TLS, or this machine.
    pub(crate) fn is_private(&self) -> bool {
        self.scheme == Scheme::HTTPS || matches!(self.authority.host(), "localhost" | "127.0.0.1" | "[::1]")
    }

    /// The address of a path, with a query where there is one.
    pub(super) fn uri(&self, path: &str, query: &str) -> Result<Uri, Refusal> {
        let mark = if query.is_empty() { "" } else { "?" };
        let below = format!("{}{path}{mark}{query}", self.path);
        let below = PathAndQuery::try_from(below).map_err(|_| Refusal::Invalid("The query is too long"))?;
        let uri = Uri::builder().scheme(self.scheme.clone()).authority(self.authority.clone());
        uri.path_and_query(below).build().map_err(|_| Refusal::Invalid("The query is too long"))
    }
}

/// The client.
pub(super) struct Connection {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    /// For the head of a reply.
    patience: Duration,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("patience", &self.patience).finish_non_exhaustive()
    }
}

impl Connection {
    /// A client that trusts the system's certificates, or those of a file alone. Only who needs none may have none.
    pub(super) fn new(
        base: &Base,
        authorities: Option<&Path>,
        connect: Duration,
        patience: Duration,
    ) -> Result<Self, tls::TlsError> {
        let mut http = HttpConnector::new();
        http.enforce_http(false);
        http.set_nodelay(true);
        http.set_connect_timeout(Some(connect));
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(trust(authorities, base.scheme == Scheme::HTTPS)?)
            .https_or_http()
            .enable_http1()
            .wrap_connector(http);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(IDLE_CONNECTIONS)
            .http1_max_buf_size(READ_AHEAD)
            .build(connector);
        Ok(Self { client, patience })
    }

    /// Sends a request and waits for the head of the reply.
    pub(super) async fn send(&self, request: Request<Full<Bytes>>) -> Result<Response<Incoming>, Refusal> {
        let sent = tokio::time::timeout(self.patience, self.client.request(request));
        sent.await.map_err(|_| Refusal::Timeout)?.map_err(|error| cause::refusal(&error))
    }
}

fn trust(authorities: Option<&Path>, wanted: bool) -> Result<ClientConfig, tls::TlsError> {
    let mut roots = RootCertStore::empty();
    let certificates = match authorities {
        Some(file) => tls::certificates(file)?,
        None => rustls_native_certs::load_native_certs().certs,
    };
    // One that the system has and rustls does not read is left out; a file that has none at all is refused.
    let (taken, _left) = roots.add_parsable_certificates(certificates);
    match authorities {
        Some(file) if taken == 0 => return Err(tls::TlsError::NoCertificate { file: file.to_owned() }),
        None if taken == 0 && wanted => return Err(tls::TlsError::NoAuthorities),
        _ => (),
    }
    let provider = rustls::crypto::ring::default_provider().into();
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = builder.map_err(tls::TlsError::Protocol)?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::Base;

    #[test]
    fn a_base_is_an_address_without_user_and_query() {
        for (text, expected) in [
            ("https://gateway.example.com", Some("https://gateway.example.com/x")),
            ("https://gateway.example.com/", Some("https://gateway.example.com/x")),
            ("http://127.0.0.1:9000/a/b/", Some("http://127.0.0.1:9000/a/b/x")),
            ("http://[::1]:9000", Some("http://[::1]:9000/x")),
            ("http://[::1]", Some("http://[::1]/x")),
            ("https://gateway.example.com:99999", None),
            ("https://gateway.example.com:0", None),
            ("https://gateway.example.com:", None),
            ("gateway.example.com", None),
            ("ftp://gateway.example.com", None),
            ("https://user:word@gateway.example.com", None),
            ("https://gateway.example.com/?a=1", None),
            ("https://gateway.example.com/#a", None),
            ("", None),
        ] {
            let uri = Base::parse(text).map(|base| base.uri("/x", "").expect("an address").to_string());
            assert_eq!(uri.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn only_tls_and_this_machine_are_private() {
        let private = |text| Base::parse(text).expect("an address").is_private();
        assert!(private("https://a.example") && private("http://localhost:1") && private("http://[::1]:1"));
        assert!(!private("http://a.example") && !private("http://127.0.0.1.a.example"));
    }
}
