//! Builds the page a second time, elsewhere, to see that it is the same.

use std::{fs, path::Path};

use anyhow::{Result, ensure};

use crate::{
    build,
    project::{self, Project},
    step::step,
};

/// What of the project's folder is not its own: Git's notes, and what is built.
const NOT_OURS: &[&str] = &[".git", "target", "dist", "screenshots", "node_modules"];

/// Builds the page here and, from nothing, in another folder, and compares the two.
pub(crate) fn page(project: &Project) -> Result<()> {
    build::page(project)?;
    let elsewhere = tempfile::Builder::new().prefix("elsewhere-").tempdir()?;
    copy(&project.path(""), elsewhere.path())?;
    step("building the page in another folder", || {
        let mut build = project.cargo(&["xtask", "build"]);
        project::run(build.current_dir(&elsewhere).env("CARGO_TARGET_DIR", elsewhere.path().join("target")))
    })?;
    let same = fs::read(project.page())? == fs::read(elsewhere.path().join("dist/index.html"))?;
    ensure!(same, "the page that was built in another folder is another one");
    println!("Both are the same, byte for byte.");
    Ok(())
}

/// Copies the project.
fn copy(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if NOT_OURS.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            fs::create_dir(&to)?;
            copy(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}
