//! Installs the tools that are missing.

use std::{ffi::OsString, fs, process::Command};

use anyhow::{Result, ensure};

use crate::{
    project::{self, Project},
    step::step,
    tools::{Source, Tool},
};

/// Sees to it that the wanted tools are there.
pub(crate) fn ensure(project: &Project, wanted: &[&Tool]) -> Result<()> {
    let mut missing: Vec<&Tool> = Vec::new();
    for tool in wanted {
        // Building and testing take some of the same.
        let known = missing.iter().any(|known| known.name == tool.name);
        if !known && tool.find(project)?.is_none() {
            missing.push(tool);
        }
    }
    let (system, own): (Vec<&Tool>, Vec<&Tool>) =
        missing.into_iter().partition(|tool| matches!(tool.source, Source::System(..)));

    // First: better said before minutes of compiling than after.
    install_packages(project, &system)?;
    for tool in own {
        let Tool { name, purpose, .. } = tool;
        let installed = step(&format!("installing {name}, which {purpose}"), || install(project, tool));
        match (installed, tool.loss) {
            (Err(error), Some(loss)) => println!("{error:#}\nWithout {name} {loss}."),
            (installed, _) => installed?,
        }
    }
    Ok(())
}

/// Installs packages of the system where that can be done without asking, or asks for them.
fn install_packages(project: &Project, tools: &[&Tool]) -> Result<()> {
    let package = |tool: &&Tool| if let Source::System(_, debian) = tool.source { debian } else { tool.name };
    let packages = tools.iter().map(package).collect::<Vec<_>>().join(" ");
    if !packages.is_empty() && is_root() && fs::exists("/usr/bin/apt-get")? {
        return step(&format!("installing Debian's {packages}"), || {
            let apt = |arguments: &str| {
                let mut apt = project.command("apt-get");
                apt.args(["-q", "-y", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"]);
                project::run(apt.env("DEBIAN_FRONTEND", "noninteractive").args(arguments.split(' ')))
            };
            apt("update")?;
            apt(&format!("install --no-install-recommends {packages}"))
        });
    }
    let mut needed = Vec::new();
    for Tool { name, loss, .. } in tools {
        match loss {
            Some(loss) => println!("Without {name} {loss}."),
            None => needed.push(*name),
        }
    }
    ensure!(
        needed.is_empty(),
        "please install {} with your system's package manager; Debian's packages are {packages}",
        needed.join(", ")
    );
    Ok(())
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// Installs what needs no asking: nothing outside the toolchain and a folder of ours. An
/// installation that is interrupted leaves nothing that would be taken for the tool.
fn install(project: &Project, tool: &Tool) -> Result<()> {
    let folder = tool.folder(project)?;
    let version = tool.version(project)?;
    match tool.source {
        Source::Rustup(sort, part, _) => project::run(project.command("rustup").args([sort, "add", part])),
        Source::Cargo(package, of_its_own) => {
            let mut cargo = project.cargo(&["install", package, "--version", &version]);
            cargo
                .arg("--root")
                .arg(&folder)
                // The tools' speed matters less than how long they take to compile.
                .env("CARGO_PROFILE_RELEASE_LTO", "off")
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
                .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
                .env_remove("CARGO_BUILD_TARGET");
            // The lock file of wasm-bindgen-cli may name versions that were withdrawn.
            if of_its_own.is_some() {
                cargo.arg("--locked");
            }
            // Cargo puts the program in its place at the very end.
            project::run(&mut cargo)
        }
        Source::Npm(package, ..) => {
            let mut unfinished = OsString::from(&folder);
            unfinished.push(".unfinished");
            if fs::exists(&unfinished)? {
                fs::remove_dir_all(&unfinished)?;
            }
            fs::create_dir_all(&unfinished)?;
            let mut npm = project.command(if cfg!(windows) { "npm.cmd" } else { "npm" });
            npm.args(["install", &format!("{package}@{version}"), "--no-save", "--no-audit", "--no-fund"]);
            project::run(npm.arg("--prefix").arg(&unfinished))?;
            Ok(fs::rename(unfinished, folder)?)
        }
        Source::System(..) => Ok(()),
    }
}
