//! Why the host does not start, in words for the person who started it.

use core::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::policy::PolicyError;
use crate::tls::TlsError;

/// Why the host does not start.
#[derive(Debug)]
pub enum StartError {
    /// The folder has no `index.html`, or is not there.
    NoSite {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder of the sample applications is not there.
    NoSamples {
        /// The folder.
        folder: PathBuf,
    },
    /// The site's files say what no policy can be made from.
    Policy(PolicyError),
    /// A header cannot be sent.
    Header {
        /// Its name.
        name: &'static str,
    },
    /// Somebody else listens there.
    PortTaken {
        /// Where.
        address: SocketAddr,
        /// The option that names another port.
        option: &'static str,
    },
    /// The system keeps the port for others.
    PortForbidden {
        /// Where.
        address: SocketAddr,
        /// The option that names another port.
        option: &'static str,
    },
    /// This machine has no such address.
    NoSuchAddress {
        /// Which.
        address: SocketAddr,
    },
    /// A setting is wrong that only makes sense together with others.
    Setting {
        /// Its key.
        key: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// TLS cannot be had.
    Tls {
        /// The key of the setting.
        key: &'static str,
        /// Why.
        error: TlsError,
    },
    /// Anything else that the system refuses.
    Io(io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSite { folder } => write!(
                f,
                "there is no built site in {0}: {0}/index.html is missing. Build it with `cargo xtask build`, or \
                 name its folder with --site",
                folder.display()
            ),
            Self::NoSamples { folder } => write!(
                f,
                "the sample applications are not in {}; name their folder with --samples",
                folder.display()
            ),
            Self::Policy(error) => error.fmt(f),
            Self::Header { name } => write!(f, "the header {name} cannot be sent"),
            Self::PortTaken { address, option } => {
                write!(f, "{address} is in use; choose another port with {option}")
            }
            Self::PortForbidden { address, option } => {
                write!(f, "{address} is not open to this user; choose another port with {option}")
            }
            Self::NoSuchAddress { address } => write!(f, "this machine has no address {}", address.ip()),
            Self::Setting { key, problem } => write!(f, "`{key}` {problem}"),
            Self::Tls { key, error: error @ TlsError::NoAuthorities } => write!(f, "`{key}` {error}"),
            Self::Tls { key, error } => write!(f, "`{key}`: {error}"),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for StartError {}
