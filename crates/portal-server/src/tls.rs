//! TLS by rustls: the files, and the connections that come in.

use core::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tokio_rustls::TlsAcceptor;
use zeroize::Zeroizing;

use crate::log::{self, Level};

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
    /// Nobody is trusted: the system names no authorities.
    NoAuthorities,
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
            Self::NoAuthorities => f.write_str(
                "is not set, and this system has no authorities to trust: install its ca-certificates",
            ),
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
    chain(file, &read(file)?)
}

fn chain(file: &Path, bytes: &[u8]) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(bytes).collect();
    let none = || TlsError::NoCertificate { file: file.to_owned() };
    read.ok().filter(|list| !list.is_empty()).ok_or_else(none)
}

/// The two files of a certificate.
#[derive(Debug)]
struct Files {
    certificate: PathBuf,
    key: PathBuf,
}

impl Files {
    fn read(&self) -> Result<(Vec<u8>, Zeroizing<Vec<u8>>), TlsError> {
        Ok((read(&self.certificate)?, Zeroizing::new(read(&self.key)?)))
    }

    fn acceptor(&self, certificate: &[u8], key: &[u8]) -> Result<TlsAcceptor, TlsError> {
        let chain = chain(&self.certificate, certificate)?;
        let key =
            PrivateKeyDer::from_pem_slice(key).map_err(|_| TlsError::NoKey { file: self.key.clone() })?;
        let provider = rustls::crypto::ring::default_provider().into();
        let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let builder = builder.map_err(TlsError::Protocol)?.with_no_client_auth();
        let mut config = builder.with_single_cert(chain, key).map_err(TlsError::Pair)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

/// What ends TLS with a certificate, its chain, and its key; with the new ones where the files have changed.
pub(crate) struct Ending {
    files: Files,
    now: RwLock<TlsAcceptor>,
    /// What the files were when they were looked at last: a hash, or why there is none.
    seen: Mutex<String>,
}

impl fmt::Debug for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ending").field("files", &self.files).finish_non_exhaustive()
    }
}

impl Ending {
    pub(crate) fn new(certificate: &Path, key: &Path) -> Result<Self, TlsError> {
        let files = Files { certificate: certificate.to_owned(), key: key.to_owned() };
        let (certificate, key) = files.read()?;
        let now = RwLock::new(files.acceptor(&certificate, &key)?);
        Ok(Self { files, now, seen: Mutex::new(mark(&certificate, &key)) })
    }

    /// For the next connection.
    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Looks at the files. What cannot be taken changes nothing, and is told once: the other file may be on its way.
    pub(crate) fn look(&self) {
        let read = self.files.read();
        let mark = match &read {
            Ok((certificate, key)) => mark(certificate, key),
            Err(error) => error.to_string(),
        };
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if *seen == mark {
            return;
        }
        *seen = mark;
        match read.and_then(|(certificate, key)| self.files.acceptor(&certificate, &key)) {
            Ok(acceptor) => {
                *self.now.write().unwrap_or_else(PoisonError::into_inner) = acceptor;
                log::line(Level::Info, "a new certificate is in use", &[]);
            }
            Err(error) => {
                let members = [("reason", json!(error.to_string()))];
                log::line(Level::Error, "the new certificate cannot be taken: the old one stays", &members);
            }
        }
    }
}

/// Tells files from others. A hash, because of the key.
fn mark(certificate: &[u8], key: &[u8]) -> String {
    let hash = Sha256::new().chain_update(certificate).chain_update([0]).chain_update(key).finalize();
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read(file: &Path) -> Result<Vec<u8>, TlsError> {
    let unreadable =
        |error: std::io::Error| TlsError::Unreadable { file: file.to_owned(), reason: error.to_string() };
    fs::read(file).map_err(unreadable)
}
