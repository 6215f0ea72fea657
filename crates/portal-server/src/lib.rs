//! The native host of the portal: the built site with its security headers, and in a demo the reference service.
//!
//! A library, so that tests start it in their own process and the build can print the headers.

pub mod policy;
pub mod trial;

#[cfg(feature = "server")]
mod files;
#[cfg(feature = "server")]
mod options;
#[cfg(feature = "server")]
mod routes;
#[cfg(feature = "server")]
mod server;
#[cfg(feature = "server")]
mod service;

#[cfg(feature = "server")]
pub use options::Options;
#[cfg(feature = "server")]
pub use server::{Server, StartError};
