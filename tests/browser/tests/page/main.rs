//! The built page in a real browser.
//!
//! Every test has a browser of its own, so that none leans on another.

mod bad_input;
mod main_job;
