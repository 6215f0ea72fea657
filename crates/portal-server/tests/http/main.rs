//! The host over real HTTP, started in this process on free ports. Requests are written byte by byte, because a
//! client library would mend the addresses that these tests are about.

mod harness;
mod samples;
mod service;
mod site;
mod start;
