//! Feeds any bytes to a session, whole and in slices.
//!
//! ```text
//! cargo +nightly fuzz run reader -- -dict=fuzz/reader.dict -max_len=4096
//! ```
//! What it finds goes to tests/reports/fuzz, where tests/fuzz.rs tries it again ever after.
#![no_main]

mod look;

libfuzzer_sys::fuzz_target!(|data: &[u8]| look::look(data));
