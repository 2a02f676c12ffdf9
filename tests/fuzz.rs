//! The fuzzer's small corpus, tried with the tests: a seed of each form, and what it found worth keeping.
//! See `fuzz/fuzz_targets/session.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

#[path = "../fuzz/fuzz_targets/look.rs"]
mod look;

use common::fixtures;

#[test]
fn every_input_that_was_kept_holds() {
    let mut inputs = 0;
    for entry in std::fs::read_dir(fixtures::folder().join("fuzz")).unwrap() {
        let path = entry.unwrap().path();
        look::look(&std::fs::read(&path).unwrap());
        inputs += 1;
    }
    assert!(inputs > 0);
}

#[test]
fn every_made_up_report_holds_in_slices_of_some_sizes() {
    for fixture in fixtures::all() {
        for first in [0, 1, 6, 0x7f, 0x80, 0x86, 0xff] {
            look::look(&[&[first], fixture.file.bytes.as_slice()].concat());
        }
    }
}
