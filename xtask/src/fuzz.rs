//! Runs the fuzz targets.

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
    ("slow", &["-max_len=4096", "-timeout=10"]),
];

/// Runs every target for so many seconds. What one finds is kept in fuzz/artifacts.
pub(crate) fn all(project: &Project, seconds: u64) -> Result<()> {
    step("looking for the tools", || setup::ensure(project, tools::TO_FUZZ))?;
    // Sanitizers and coverage are there in nightly compilers alone.
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
            let mut fuzz = project.command(&cargo_fuzz);
            fuzz.args(["run", target, "--", "-dict=fuzz/report.dict", "-print_final_stats=1"])
                .arg(format!("-max_total_time={seconds}"))
                .args(*options)
                .env("RUSTUP_TOOLCHAIN", "nightly");
            project::run(&mut fuzz)
        })?;
    }
    Ok(())
}
