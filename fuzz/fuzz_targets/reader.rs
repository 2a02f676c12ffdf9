//! Feeds any bytes to the reader alone, whole and in slices: both must give the same rows.
//!
//! `cargo xtask fuzz` runs it with inputs of up to 1 KB.
#![no_main]

use credential_report::{Column, FileFacts, Input, ReadError, Report, Timestamp};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((&first, bytes)) = data.split_first() else { return };
    let whole = read(bytes, bytes.len());
    let slices = read(bytes, usize::from(first) + 1);
    match (whole, slices) {
        (Ok(whole), Ok(slices)) => {
            assert!(whole.len() == slices.len() && whole.broken_rows() == slices.broken_rows());
            assert!(whole.warnings().eq(slices.warnings()), "cut otherwise, it has other warnings");
            for (a, b) in whole.users().zip(slices.users()) {
                assert!(a.line() == b.line() && a.arn() == b.arn());
                assert!(Column::ALL.iter().all(|column| a.raw(*column) == b.raw(*column)));
            }
        }
        (whole, slices) => assert_eq!(whole.err(), slices.err(), "cut otherwise, it fails otherwise"),
    }
});

fn read(bytes: &[u8], slice: usize) -> Result<Report, ReadError> {
    let file = FileFacts { name: String::new(), bytes: bytes.len() as u64, modified: None };
    let mut input = Input::new(file, Timestamp::from_unix(1_800_000_000), None);
    for slice in bytes.chunks(slice.max(1)) {
        input.feed(slice)?;
    }
    input.finish()
}
