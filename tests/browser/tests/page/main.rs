//! The built page in a real browser.
//!
//! Every test has a browser of its own, so that none leans on another.

mod accessibility;
mod bad_input;
mod changes;
mod decisions;
mod experience;
mod exports;
mod folders;
mod glance;
mod large;
mod layout;
mod main_job;
mod owners;
mod pictures;
mod privacy;
mod review;
mod several;
mod start;
