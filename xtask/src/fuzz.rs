//! Runs the fuzz targets.

use std::fs;

use anyhow::Result;

use crate::{
    project::{self, Project},
    setup,
    step::step,
    tools,
};

/// The targets, and the options of libFuzzer that each needs.
const TARGETS: &[(&str, &[&str])] = &[
    ("reader", &["-max_len=1024"]),
    ("session", &["-max_len=4096"]),
    ("reply", &["-max_len=4096"]),
    // An input is a pattern that becomes half a megabyte; one that takes seconds is a finding.
    // Long ones are tried from the start: short ones never come to an end in so few runs.
    ("slow", &["-max_len=4096", "-timeout=10", "-len_control=0"]),
];

/// The small corpus that is tried with the tests; what is found is added to fuzz/corpus alone.
const SEEDS: &str = "tests/reports/fuzz";

/// Runs every target for so many seconds. What one finds is kept in fuzz/artifacts.
pub(crate) fn all(project: &Project, seconds: u64) -> Result<()> {
    step("looking for the tools", || setup::ensure(project, tools::TO_FUZZ))?;
    // Coverage is there in nightly compilers alone.
    step("installing the nightly toolchain, if it is not there", || {
        project::run(project.command("rustup").args([
            "toolchain",
            "install",
            "nightly",
            "--profile",
            "minimal",
        ]))
    })?;
    let cargo_fuzz = tools::CARGO_FUZZ.path(project)?;
    for (target, options) in TARGETS {
        step(&format!("fuzzing `{target}` for {seconds} s"), || {
            let corpus = format!("fuzz/corpus/{target}");
            fs::create_dir_all(project.path(&corpus))?;
            let mut fuzz = project.command(&cargo_fuzz);
            // No sanitizer: unsafe code is forbidden, and without one there are more inputs a second. So there are
            // where comparisons are not traced; the words to find are in the dictionary.
            fuzz.args(["run", "--sanitizer", "none", "--no-trace-compares", target])
                .args([&corpus, SEEDS, "--"])
                .args(["-dict=fuzz/report.dict", "-print_final_stats=1"])
                .arg(format!("-max_total_time={seconds}"))
                .args(*options)
                .env("RUSTUP_TOOLCHAIN", "nightly");
            project::run(&mut fuzz)
        })?;
    }
    Ok(())
}
