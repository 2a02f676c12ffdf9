//! Builds the page a second time, elsewhere, to see that it is the same.

use std::fs;

use anyhow::{Result, ensure};

use crate::{
    build,
    project::{self, Project},
    step::step,
};

/// Builds the page here and, of what is committed and from nothing, in another folder, and compares the two.
pub(crate) fn page(project: &Project) -> Result<()> {
    build::page(project)?;
    let elsewhere = tempfile::Builder::new().prefix("elsewhere-").tempdir()?;
    step("building the page in another folder", || {
        project::run(project.command("git").args(["clone", "--quiet", "."]).arg(elsewhere.path()))?;
        let mut build = project.cargo(&["xtask", "build"]);
        project::run(build.current_dir(&elsewhere).env("CARGO_TARGET_DIR", elsewhere.path().join("target")))
    })?;
    let same = fs::read(project.page())? == fs::read(elsewhere.path().join("dist/index.html"))?;
    ensure!(same, "the page that was built in another folder differs; or is something not committed?");
    println!("Both are the same, byte for byte.");
    Ok(())
}
