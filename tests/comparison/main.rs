//! Two reports of an account: what became of every finding, and what changed about every user.
#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;

mod causes;
mod chains;
mod exports;
mod facts;
mod history;
mod kit;
mod users;
