//! The scripts that carry out decisions, run with a made-up `aws`.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test may fail"
)]

mod account;
mod decisions;
mod deleting;
mod disabling;
mod writing;
