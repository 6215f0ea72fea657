//! TLS by rustls: the files, and the connections that come in.

use core::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

/// Why TLS cannot be had, in words for the person who deploys.
#[derive(Debug)]
pub enum TlsError {
    /// A file cannot be read.
    Unreadable {
        /// The file.
        file: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// A file holds no certificate.
    NoCertificate {
        /// The file.
        file: PathBuf,
    },
    /// A file holds no private key.
    NoKey {
        /// The file.
        file: PathBuf,
    },
    /// Certificate and key do not go together, or are of a kind that is not known.
    Pair(rustls::Error),
    /// The protocol cannot be set up.
    Protocol(rustls::Error),
}

impl fmt::Display for TlsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { file, reason } => write!(f, "{} cannot be read: {reason}", file.display()),
            Self::NoCertificate { file } => write!(f, "{} holds no certificate in PEM form", file.display()),
            Self::NoKey { file } => write!(f, "{} holds no private key in PEM form", file.display()),
            Self::Pair(error) => {
                write!(f, "`tls-certificate` and `tls-key` do not go together: {error}")
            }
            Self::Protocol(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for TlsError {}

/// The certificates of a PEM file; at least one.
pub(crate) fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&read(file)?).collect();
    let none = || TlsError::NoCertificate { file: file.to_owned() };
    read.ok().filter(|list| !list.is_empty()).ok_or_else(none)
}

/// What ends TLS with a certificate, its chain, and its key. Anew for each new certificate: the files are read once.
pub(crate) fn acceptor(certificate: &Path, key: &Path) -> Result<TlsAcceptor, TlsError> {
    let chain = certificates(certificate)?;
    let key =
        PrivateKeyDer::from_pem_slice(&read(key)?).map_err(|_| TlsError::NoKey { file: key.to_owned() })?;
    let provider = rustls::crypto::ring::default_provider().into();
    let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = builder.map_err(TlsError::Protocol)?.with_no_client_auth();
    let mut config = builder.with_single_cert(chain, key).map_err(TlsError::Pair)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn read(file: &Path) -> Result<Vec<u8>, TlsError> {
    let unreadable =
        |error: std::io::Error| TlsError::Unreadable { file: file.to_owned(), reason: error.to_string() };
    fs::read(file).map_err(unreadable)
}
