//! Builds the page.

use std::{env, path::PathBuf};

use anyhow::{Context, Result};

use crate::{
    project::{self, Project},
    setup,
    step::step,
    tools,
};

/// Builds `dist/index.html`. Trunk does it, and calls the packer at the end.
pub(crate) fn page(project: &Project) -> Result<()> {
    let toolbox = setup::ensure(project, tools::TO_BUILD)?;
    let trunk = toolbox.need(&tools::TRUNK)?;
    let path = tools::path_with(&[toolbox.folder(&tools::TRUNK)?, toolbox.folder(&tools::WASM_BINDGEN)?])?;

    step("building the page", || {
        // Trunk is kept from downloading tools, and Cargo with it: what the page is
        // made of must be there before.
        project::run(project.cargo().args(["fetch", "--quiet"]), "cargo fetch")?;
        project::run(
            project
                .command(trunk)
                .args(["--quiet", "build", "--release", "--offline"])
                .env("PATH", path)
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags()?)
                // Trunk takes any value of this but `true` and `false` for an error.
                .env_remove("NO_COLOR"),
            "trunk build",
        )
    })
}

/// Flags for compiling the module. Leptos forgets the types of views, which costs little
/// time and would take half as much room again. The paths of the machine that builds it
/// have no place in the page, where panics would name them.
fn flags() -> Result<String> {
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
        .context("Cargo has no home: set CARGO_HOME")?;
    let flag = format!("--remap-path-prefix={}=cargo", home.display());
    // Cargo parts the flags at spaces, and a path with one would be two flags.
    let erase = "--cfg erase_components";
    Ok(if flag.contains(' ') { erase.to_owned() } else { format!("{erase} {flag}") })
}
