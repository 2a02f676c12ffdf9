//! Hunts inputs that take longer than their size: quadratic work, above all.
//!
//! ```text
//! cargo +nightly fuzz run slow -- -dict=fuzz/reader.dict -max_len=4096 -len_control=0 -timeout=10
//! ```
//! An input is a pattern: what stands behind its first `0xff` is repeated until the file has half a
//! megabyte, so that four kilobytes are enough to say it. Such a file takes well below a second,
//! sanitizers and all; libFuzzer reports the first that takes ten, and keeps it as `timeout-…`. What it
//! finds becomes a case in src/report/reader/work.rs, or where else the work is.
#![no_main]

mod look;

/// How long a file is made, in bytes.
const BYTES: usize = 512 << 10;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((&first, rest)) = data.split_first() else { return };
    let (start, piece) = match rest.iter().position(|byte| *byte == 0xff) {
        Some(at) => (&rest[..at], &rest[at + 1..]),
        None => (&[][..], rest),
    };
    if piece.is_empty() {
        return;
    }
    let header: &[u8] = if first & 0x80 == 0 { b"" } else { b"user,arn,mfa_active,access_key_1_active\n" };
    let mut bytes = [header, start].concat();
    let room = BYTES.saturating_sub(bytes.len());
    bytes.extend(piece.iter().cycle().take(room));
    let slice = [1, 7, 4096, usize::MAX][usize::from(first & 3)];
    // Whether it is a report does not matter, but how long that takes to tell.
    let _ = look::outcome(&bytes, slice);
});
