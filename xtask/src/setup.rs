//! Installs the tools that are missing.

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    project::{self, Project},
    step::step,
    tools::{self, Mark, Source, Tool},
};

/// Tools that were found.
#[derive(Debug)]
pub(crate) struct Toolbox {
    found: Vec<(&'static Tool, PathBuf)>,
}

impl Toolbox {
    /// Where a tool is. One that can be done without may be nowhere, and so may one
    /// that was not asked for.
    pub(crate) fn get(&self, tool: &Tool) -> Option<&Path> {
        self.found.iter().find(|(found, _)| found.name == tool.name).map(|(_, path)| path.as_path())
    }

    /// The folder of a program that was asked for and cannot be done without.
    pub(crate) fn folder(&self, tool: &Tool) -> Result<&Path> {
        self.need(tool)?.parent().with_context(|| format!("{} is in no folder", tool.name))
    }

    /// Where a tool is that was asked for and cannot be done without.
    pub(crate) fn need(&self, tool: &Tool) -> Result<&Path> {
        self.get(tool).with_context(|| format!("{} is missing", tool.name))
    }
}

/// Sees to it that the wanted tools are there.
pub(crate) fn ensure(project: &Project, wanted: &[&'static Tool]) -> Result<Toolbox> {
    let (toolbox, missing) = look(project, wanted)?;
    if missing.is_empty() {
        return Ok(toolbox);
    }

    let _lock = lock()?;
    // Whoever held the lock may have installed them.
    let (_, missing) = look(project, wanted)?;
    install(project, &missing)?;

    let (toolbox, missing) = look(project, wanted)?;
    if let Some(tool) = missing.iter().find(|tool| tool.dispensable.is_none()) {
        bail!("{} was installed, but is still not to be found", tool.name);
    }
    Ok(toolbox)
}

fn look(project: &Project, wanted: &[&'static Tool]) -> Result<(Toolbox, Vec<&'static Tool>)> {
    let mut found = Vec::new();
    let mut missing = Vec::new();
    for (place, tool) in wanted.iter().enumerate() {
        // Building and testing take some of the same.
        if wanted[..place].iter().any(|before| before.name == tool.name) {
            continue;
        }
        match tool.find(project)? {
            Some(path) => found.push((*tool, path)),
            None => missing.push(*tool),
        }
    }
    Ok((Toolbox { found }, missing))
}

/// Keeps two tasks from installing at once, in one checkout or in several.
fn lock() -> Result<File> {
    let folder = tools::cache()?;
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let file = File::create(folder.join(".lock"))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            println!("Another task is installing tools; waiting for it.");
            file.lock()?;
        }
        Err(TryLockError::Error(error)) => return Err(error.into()),
    }
    Ok(file)
}

fn install(project: &Project, missing: &[&'static Tool]) -> Result<()> {
    let (here, by_hand): (Vec<&Tool>, Vec<&Tool>) =
        missing.iter().copied().partition(|tool| can_install(&tool.source));

    let mut needed = Vec::new();
    for tool in by_hand {
        let Tool { name, purpose, .. } = tool;
        let command = command_to_type(project, tool)?;
        match tool.dispensable {
            Some(loss) => println!("Without {name} {loss}. To install it: {command}"),
            None => needed.push(format!("  {name} ({purpose}): {command}")),
        }
    }
    // Better said before minutes of compiling than after.
    ensure!(
        needed.is_empty(),
        "these tools are missing, and must be installed by hand:\n{}",
        needed.join("\n")
    );

    let mut packages = Vec::new();
    for tool in &here {
        if let Source::System { debian, .. } = tool.source {
            packages.push(debian);
        }
    }
    if !packages.is_empty() {
        let what = format!("installing Debian's {}", packages.join(", "));
        step(&what, || with_second_try(|| install_packages(project, &packages)))?;
    }
    for tool in here.iter().filter(|tool| !matches!(tool.source, Source::System { .. })) {
        let Tool { name, purpose, .. } = tool;
        let patience = match tool.source {
            Source::Crate { minutes, .. } => {
                format!(": compiled once, about {minutes} minutes on two cores")
            }
            _ => String::new(),
        };
        let installed = step(&format!("installing {name}, which {purpose}{patience}"), || {
            with_second_try(|| install_one(project, tool))
        });
        match (installed, tool.dispensable) {
            (Err(error), Some(loss)) => println!("{error:#}\nWithout {name} {loss}."),
            (installed, _) => installed?,
        }
    }
    Ok(())
}

/// Networks fail for a moment; what fails twice has a reason.
fn with_second_try(install: impl Fn() -> Result<()>) -> Result<()> {
    install().or_else(|error| {
        println!("{error:#}; trying once more");
        install()
    })
}

fn can_install(source: &Source) -> bool {
    match source {
        Source::Toolchain { .. } => tools::on_path("rustup").is_some(),
        Source::Crate { .. } => true,
        Source::Npm { .. } | Source::NpmFile { .. } => {
            tools::on_path("node").is_some() && tools::on_path("npm").is_some()
        }
        Source::System { .. } => is_debian() && is_root(),
    }
}

fn command_to_type(project: &Project, tool: &Tool) -> Result<String> {
    Ok(match &tool.source {
        Source::Toolchain { sort, part, .. } => format!("rustup {sort} add {part}"),
        Source::Crate { package, version, .. } => {
            format!("cargo install {package} --version {}", version.number(project)?)
        }
        Source::Npm { package, version, .. } => {
            format!("install Node.js with npm, or `npm install --global {package}@{version}`")
        }
        Source::NpmFile { .. } => "install Node.js with npm".to_owned(),
        Source::System { debian, macos, mark } => match macos {
            Some(command) if cfg!(target_os = "macos") => (*command).to_owned(),
            _ if is_debian() => format!("sudo apt-get install {debian}"),
            _ => match mark {
                Mark::Program(names) => format!(
                    "install it with your system's package manager, so that `{}` is on PATH",
                    names[0]
                ),
                Mark::File(_) => format!("install it ({debian}) with your system's package manager"),
            },
        },
    })
}

fn is_debian() -> bool {
    fs::read_to_string("/etc/os-release").is_ok_and(|release| release.lines().any(|line| line == "ID=debian"))
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn install_packages(project: &Project, packages: &[&str]) -> Result<()> {
    let apt = || {
        let mut apt = project.command("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-q", "-y", "-o", "DPkg::Lock::Timeout=300"]);
        apt
    };
    project::run(apt().arg("update"), "apt-get update")?;
    project::run(apt().args(["install", "--no-install-recommends"]).args(packages), "apt-get install")
}

fn install_one(project: &Project, tool: &Tool) -> Result<()> {
    match &tool.source {
        Source::System { debian, .. } => install_packages(project, &[debian]),
        Source::Toolchain { sort, part, .. } => {
            project::run(project.command("rustup").args([sort, "add", part]), "rustup")
        }
        Source::Crate { package, version, locked, .. } => {
            let workshop = Workshop::open(project, tool)?;
            let mut cargo = project.cargo();
            cargo
                .args(["install", package, "--version", &version.number(project)?])
                .arg("--root")
                .arg(&workshop.root)
                // What an interrupted installation has compiled serves the next one.
                .arg("--target-dir")
                .arg(workshop.folder.join("target"))
                // The tools' speed matters less than how long they take to compile.
                .env("CARGO_PROFILE_RELEASE_LTO", "off")
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
                .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
                .env_remove("CARGO_BUILD_TARGET")
                // Or Cargo would advise to put the unfinished folder there.
                .env("PATH", tools::path_with(&[&workshop.root.join("bin")])?);
            if *locked {
                cargo.arg("--locked");
            }
            project::run(&mut cargo, "cargo install")?;
            workshop.close()
        }
        Source::Npm { package, version, .. } | Source::NpmFile { package, version, .. } => {
            let workshop = Workshop::open(project, tool)?;
            let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
            project::run(
                project
                    .command(npm)
                    .args(["install", "--no-save", "--no-audit", "--no-fund"])
                    .arg("--prefix")
                    .arg(&workshop.root)
                    .arg(format!("{package}@{version}")),
                "npm install",
            )?;
            workshop.close()
        }
    }
}

/// A folder in which a tool is put together. Only a finished one goes to where tools
/// are looked for: an interrupted installation never counts as a tool.
struct Workshop {
    folder: PathBuf,
    root: PathBuf,
    finished: PathBuf,
}

impl Workshop {
    fn open(project: &Project, tool: &Tool) -> Result<Self> {
        let finished = tool.folder(project)?;
        let name = finished.file_name().context("the tool has no name")?;
        let folder = tools::cache()?.join(".unfinished").join(name);
        let root = folder.join("root");
        remove(&root)?;
        fs::create_dir_all(&root).with_context(|| format!("cannot make {}", root.display()))?;
        Ok(Self { folder, root, finished })
    }

    fn close(self) -> Result<()> {
        remove(&self.finished)?;
        fs::rename(&self.root, &self.finished)
            .with_context(|| format!("cannot make {}", self.finished.display()))?;
        remove(&self.folder)
    }
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}
