//! Tests of the reference service from outside: through the real client, and with whatever a network may bring.

mod catalogue;
mod contract;
mod hostile;
mod sentinels;
mod sign_in_kinds;
#[expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests: a failure here is a failed test")]
mod support;
mod total;
#[expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests: a failure here is a failed test")]
mod walk;
#[expect(clippy::unwrap_used, reason = "helpers of tests: a failure here is a failed test")]
mod walk_assets;
#[expect(clippy::unwrap_used, reason = "helpers of tests: a failure here is a failed test")]
mod walk_messages;
#[expect(clippy::unwrap_used, reason = "helpers of tests: a failure here is a failed test")]
mod walk_people;
#[expect(clippy::unwrap_used, reason = "helpers of tests: a failure here is a failed test")]
mod walk_portal;
#[expect(clippy::unwrap_used, reason = "helpers of tests: a failure here is a failed test")]
mod walk_roles;
