//! Feeds any bytes to a session, whole and in slices, and holds its export to what always holds.
//!
//! `cargo xtask fuzz` runs it. What it finds goes to tests/reports/fuzz, where tests/fuzz.rs tries it again
//! ever after.
#![no_main]

mod look;

libfuzzer_sys::fuzz_target!(|data: &[u8]| look::look(data));
