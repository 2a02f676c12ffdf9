//! Runs the benchmarks.

use anyhow::Result;

use crate::{
    browser::Browser,
    build,
    project::{self, Project},
    setup,
    step::step,
    tools::{self, Tool},
};

/// Runs the benchmarks of the library whose names contain one of these, or all, and, unless names
/// were given, the built page beside its peers. A number is a size for the page.
pub(crate) fn all(project: &Project, names: &[String]) -> Result<()> {
    let is_size = |name: &&String| name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let (sizes, names): (Vec<&String>, Vec<&String>) = names.iter().partition(is_size);
    if sizes.is_empty() {
        step("measuring the library", || {
            project::run(project.cargo(&["bench", "--benches", "--"]).args(&names))
        })?;
    }
    if names.is_empty() { page(project, &sizes) } else { Ok(()) }
}

fn page(project: &Project, sizes: &[&String]) -> Result<()> {
    let peers = [(&tools::PAPAPARSE, "CRV_PAPAPARSE"), (&tools::UDSV, "CRV_UDSV")];
    let wanted: Vec<&Tool> = peers.iter().chain(&Browser::Chromium.tools()).map(|(tool, _)| *tool).collect();
    step("looking for the tools", || setup::ensure(project, &wanted))?;
    build::page(project)?;
    step("measuring the page", || {
        let mut cargo = Browser::Chromium.cargo(project, "bench")?;
        for (tool, variable) in peers {
            cargo.env(variable, tool.path(project)?);
        }
        project::run(cargo.args(["--bench", "page", "--"]).args(sizes))
    })
}
