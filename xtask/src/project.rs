//! Where the project is, and how other programs are run in it.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

/// The project's folder.
#[derive(Debug)]
pub(crate) struct Project {
    root: PathBuf,
}

impl Project {
    /// The project that this task runner belongs to.
    pub(crate) fn here() -> Result<Self> {
        // Cargo says where it found the manifest now; what was true when the runner
        // was compiled may be wrong for a folder that has been moved.
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.parent().context("xtask is not in the project")?;
        Ok(Self { root: root.to_owned() })
    }

    /// A file or folder of the project.
    pub(crate) fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.root.join(path)
    }

    /// The built page.
    pub(crate) fn page(&self) -> PathBuf {
        self.path("dist/index.html")
    }

    /// A command that will run in the project's folder.
    pub(crate) fn command(&self, program: impl Into<OsString>) -> Command {
        let mut command = Command::new(program.into());
        command.current_dir(&self.root);
        // `cargo run` describes this package to us in these. Handed on, they would
        // make a build script's inputs differ from those of a build started by hand.
        for (name, _) in env::vars_os() {
            if let Some(name) = name.to_str()
                && (name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"))
            {
                command.env_remove(name);
            }
        }
        command
    }

    /// `cargo` in the project's folder.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = self.command("cargo");
        cargo.args(arguments);
        cargo
    }

    /// What the compiler of the project says of itself.
    pub(crate) fn rustc(&self, arguments: &[&str]) -> Result<String> {
        Ok(output(self.command("rustc").args(arguments))?.trim().to_owned())
    }
}

/// Runs a command to its end. An error names it.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start `{}`", name(command)))?;
    ensure!(status.success(), "`{}` failed ({status})", name(command));
    Ok(())
}

/// Runs a command to its end: what it prints. An error names it.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.with_context(|| format!("cannot start `{}`", name(command)))?;
    ensure!(output.status.success(), "`{}` failed ({})", name(command), output.status);
    Ok(String::from_utf8(output.stdout)?)
}

fn name(command: &Command) -> String {
    let words = [command.get_program()].into_iter().chain(command.get_args().take(2));
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
