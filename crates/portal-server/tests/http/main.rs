//! The host over real HTTP, started in this process on free ports. Requests are written byte by byte, because a
//! client library would mend the addresses that these tests are about.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on says so by a panic"
)]

mod checks;
mod cluster;
#[cfg(unix)]
mod deploy;
mod faults;
#[cfg(unix)]
mod fronts;
mod gateway;
mod harness;
mod passing;
#[cfg(unix)]
mod running;
mod sample_pages;
mod samples;
mod service;
mod signed;
mod site;
mod start;
