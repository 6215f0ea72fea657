//! The native host of the portal: the built site with its security headers, and behind it a real service, or in a demo the
//! reference service.
//!
//! A library, so that tests start it in their own process and the build can print the headers.

pub mod policy;
pub mod trial;

#[cfg(feature = "server")]
mod base;
#[cfg(feature = "server")]
mod door;
#[cfg(feature = "server")]
mod files;
#[cfg(feature = "server")]
mod health;
#[cfg(feature = "server")]
mod layers;
#[cfg(feature = "server")]
mod log;
#[cfg(feature = "server")]
mod metrics;
#[cfg(feature = "server")]
mod open_file;
#[cfg(feature = "server")]
mod options;
#[cfg(feature = "server")]
mod patient;
#[cfg(feature = "server")]
mod plan;
#[cfg(feature = "server")]
mod recent;
#[cfg(feature = "server")]
mod routes;
#[cfg(feature = "server")]
mod serve;
#[cfg(feature = "server")]
mod server;
#[cfg(feature = "server")]
mod service;
#[cfg(feature = "server")]
mod socket;
#[cfg(feature = "server")]
mod start_error;
#[cfg(feature = "server")]
mod tls;
#[cfg(feature = "server")]
mod upstream;

#[cfg(feature = "server")]
pub use base::tell_base;
#[cfg(feature = "server")]
pub use layers::OptionsError;
#[cfg(feature = "server")]
pub use log::{Level, set_level};
#[cfg(feature = "server")]
pub use options::{Options, SecretText};
#[cfg(feature = "server")]
pub use server::Server;
#[cfg(feature = "server")]
pub use start_error::StartError;
#[cfg(feature = "server")]
pub use tls::TlsError;
#[cfg(feature = "server")]
pub use upstream::Network;
