//! Decisions held against reports: files, states, what is accepted.
#![allow(clippy::unwrap_used)]

#[path = "review/exports.rs"]
mod exports;
#[path = "review/files.rs"]
mod files;
#[path = "review/second_way.rs"]
mod second_way;
#[path = "review/session.rs"]
mod session;
#[path = "review/states.rs"]
mod states;
#[path = "review/support.rs"]
mod support;
