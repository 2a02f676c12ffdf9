//! The tools that the project is built and tested with, as a table, and where they are.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::project::Project;

/// A tool, what it is for and where it comes from.
#[derive(Debug)]
pub(crate) struct Tool {
    /// What it is called.
    pub(crate) name: &'static str,
    /// What the project needs it for.
    pub(crate) purpose: &'static str,
    /// Where it comes from.
    pub(crate) source: Source,
    /// What is lost without it, if it can be done without.
    pub(crate) dispensable: Option<&'static str>,
}

/// Where a tool comes from, which is also how it is recognised.
#[derive(Debug)]
pub(crate) enum Source {
    /// A part of the Rust toolchain, there when the file in the toolchain's folder is.
    Toolchain {
        /// What rustup calls this sort of part.
        sort: &'static str,
        /// What rustup calls the part.
        part: &'static str,
        /// The file or folder that it brings.
        brings: &'static str,
    },
    /// A program, compiled from its crate.
    Crate {
        /// The crate.
        package: &'static str,
        /// The version that is needed.
        version: Version,
        /// Whether the crate's own lock file is to be used.
        locked: bool,
        /// How long two cores take.
        minutes: u8,
    },
    /// A program in an npm package.
    Npm {
        /// The package.
        package: &'static str,
        /// The version that is needed.
        version: &'static str,
        /// The same, as the program says it.
        says: &'static str,
    },
    /// A file in an npm package.
    NpmFile {
        /// The package.
        package: &'static str,
        /// The version that is needed.
        version: &'static str,
        /// The file's path in the package.
        file: &'static str,
    },
    /// Something of the system, in whichever version it has.
    System {
        /// How it is recognised.
        mark: Mark,
        /// Debian's package.
        debian: &'static str,
        /// The command to type on macOS, if there is one.
        macos: Option<&'static str>,
    },
}

/// The version that a tool must have.
#[derive(Debug)]
pub(crate) enum Version {
    /// This one.
    Exactly(&'static str),
    /// That of this package in `Cargo.lock`.
    Locked(&'static str),
}

/// What shows that a part of the system is there.
#[derive(Debug)]
pub(crate) enum Mark {
    /// One of these programs.
    Program(&'static [&'static str]),
    /// One of these files.
    File(&'static [&'static str]),
}

/// Compiles for the browser.
pub(crate) const WASM_TARGET: Tool = Tool {
    name: "the wasm32-unknown-unknown target",
    purpose: "compiles for the browser",
    source: Source::Toolchain {
        sort: "target",
        part: "wasm32-unknown-unknown",
        brings: "lib/rustlib/wasm32-unknown-unknown",
    },
    dispensable: None,
};

/// Looks at the code's form.
pub(crate) const RUSTFMT: Tool = Tool {
    name: "rustfmt",
    purpose: "looks at the code's form",
    source: Source::Toolchain { sort: "component", part: "rustfmt", brings: "bin/cargo-fmt" },
    dispensable: None,
};

/// Looks for mistakes.
pub(crate) const CLIPPY: Tool = Tool {
    name: "clippy",
    purpose: "looks for mistakes",
    source: Source::Toolchain { sort: "component", part: "clippy", brings: "bin/cargo-clippy" },
    dispensable: None,
};

/// Builds the page.
pub(crate) const TRUNK: Tool = Tool {
    name: "trunk",
    purpose: "builds the page",
    source: Source::Crate {
        package: "trunk",
        version: Version::Exactly("0.21.14"),
        locked: true,
        minutes: 4,
    },
    dispensable: None,
};

/// Joins the module to the browser.
pub(crate) const WASM_BINDGEN: Tool = Tool {
    name: "wasm-bindgen",
    purpose: "joins the module to the browser",
    source: Source::Crate {
        package: "wasm-bindgen-cli",
        version: Version::Locked("wasm-bindgen"),
        // Its lock file may name versions that were withdrawn.
        locked: false,
        minutes: 2,
    },
    dispensable: None,
};

/// Makes the module smaller and faster.
pub(crate) const WASM_OPT: Tool = Tool {
    name: "wasm-opt",
    purpose: "makes the page smaller",
    source: Source::Npm { package: "binaryen", version: "132.0.0", says: "132" },
    dispensable: Some("the page will be larger"),
};

/// Runs the browser tests.
pub(crate) const CHROMIUM: Tool = Tool {
    name: "chromium",
    purpose: "runs the browser tests",
    source: Source::System {
        mark: Mark::Program(&[
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
        ]),
        debian: "chromium",
        macos: Some("brew install --cask google-chrome"),
    },
    dispensable: None,
};

/// Drives Chromium.
pub(crate) const CHROMEDRIVER: Tool = Tool {
    name: "chromedriver",
    purpose: "drives chromium",
    source: Source::System {
        mark: Mark::Program(&["chromedriver"]),
        debian: "chromium-driver",
        macos: Some("brew install --cask chromedriver"),
    },
    dispensable: None,
};

/// Runs the browser tests.
pub(crate) const FIREFOX: Tool = Tool {
    name: "firefox",
    purpose: "runs the browser tests",
    source: Source::System {
        mark: Mark::Program(&["firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"]),
        debian: "firefox-esr",
        macos: Some("brew install --cask firefox"),
    },
    dispensable: None,
};

/// Drives Firefox.
pub(crate) const GECKODRIVER: Tool = Tool {
    name: "geckodriver",
    purpose: "drives firefox",
    source: Source::Crate {
        package: "geckodriver",
        version: Version::Exactly("0.37.1"),
        locked: true,
        minutes: 3,
    },
    dispensable: None,
};

/// Drives `WebKit`, and brings it.
pub(crate) const WEBKIT_DRIVER: Tool = Tool {
    name: "WebKitWebDriver",
    purpose: "runs the browser tests in WebKit",
    source: Source::System {
        mark: Mark::Program(&["WebKitWebDriver"]),
        debian: "webkit2gtk-driver",
        macos: None,
    },
    dispensable: None,
};

/// Shows a window where there is no screen.
pub(crate) const XVFB: Tool = Tool {
    name: "Xvfb",
    purpose: "gives WebKit a screen",
    source: Source::System { mark: Mark::Program(&["Xvfb"]), debian: "xvfb", macos: None },
    dispensable: None,
};

/// Looks for barriers in the page.
pub(crate) const AXE: Tool = Tool {
    name: "axe-core",
    purpose: "looks for barriers in the page",
    source: Source::NpmFile { package: "axe-core", version: "4.14.1", file: "axe.min.js" },
    dispensable: Some("nothing looks for barriers in the page"),
};

/// Reads the same reports, to be measured beside the page.
pub(crate) const PAPAPARSE: Tool = Tool {
    name: "papaparse",
    purpose: "is measured beside the page",
    source: Source::NpmFile { package: "papaparse", version: "5.7.1", file: "papaparse.min.js" },
    dispensable: None,
};

/// Reads the same reports, to be measured beside the page.
pub(crate) const UDSV: Tool = Tool {
    name: "uDSV",
    purpose: "is measured beside the page",
    source: Source::NpmFile { package: "udsv", version: "0.7.3", file: "dist/uDSV.iife.min.js" },
    dispensable: None,
};

/// Draws Japanese.
pub(crate) const JAPANESE_FONT: Tool = Tool {
    name: "a Japanese font",
    purpose: "draws Japanese in the tests' pictures",
    source: Source::System {
        mark: Mark::File(&[
            "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
            "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
            "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
            "/System/Library/Fonts/ヒラギノ角ゴシック W3.ttc",
            "C:\\Windows\\Fonts\\YuGothR.ttc",
        ]),
        debian: "fonts-noto-cjk",
        macos: None,
    },
    dispensable: Some("the tests' pictures may lack Japanese"),
};

/// What building the page takes.
pub(crate) const TO_BUILD: &[&Tool] = &[&WASM_TARGET, &WASM_OPT, &TRUNK, &WASM_BINDGEN];

/// What testing takes without a browser.
pub(crate) const TO_TEST_THE_LIBRARY: &[&Tool] = &[&WASM_TARGET, &RUSTFMT, &CLIPPY];

impl Tool {
    /// The program or file, if it is there in the version that is needed.
    pub(crate) fn find(&self, project: &Project) -> Result<Option<PathBuf>> {
        Ok(match &self.source {
            Source::Toolchain { brings, .. } => {
                let path = toolchain(project)?.join(brings);
                [path.clone(), path.with_extension("exe")].into_iter().find(|path| path.exists())
            }
            Source::Crate { .. } | Source::Npm { .. } | Source::NpmFile { .. } => {
                let ours = self.installed_program(&self.folder(project)?);
                if ours.is_file() {
                    Some(ours)
                } else {
                    let version = self.version(project)?;
                    on_path(self.name).filter(|program| says_version(program, &version))
                }
            }
            Source::System { mark, .. } => match mark {
                Mark::Program(names) => names.iter().find_map(|name| on_path(name)),
                Mark::File(files) => files.iter().map(PathBuf::from).find(|file| file.exists()),
            },
        })
    }

    /// The folder into which the tool is installed. It has the version in its name, so
    /// that each checkout finds its own and nobody's global tool is replaced.
    pub(crate) fn folder(&self, project: &Project) -> Result<PathBuf> {
        let name = match &self.source {
            Source::Crate { package, .. } | Source::Npm { package, .. } | Source::NpmFile { package, .. } => {
                package
            }
            Source::Toolchain { .. } | Source::System { .. } => self.name,
        };
        Ok(cache()?.join(format!("{name}-{}", self.version(project)?)))
    }

    /// The program within the folder into which it is installed.
    pub(crate) fn installed_program(&self, folder: &Path) -> PathBuf {
        match self.source {
            Source::Npm { .. } if cfg!(windows) => {
                folder.join(format!("node_modules/.bin/{}.cmd", self.name))
            }
            Source::Npm { .. } => folder.join("node_modules/.bin").join(self.name),
            Source::NpmFile { package, file, .. } => folder.join("node_modules").join(package).join(file),
            _ => folder.join("bin").join(format!("{}{}", self.name, env::consts::EXE_SUFFIX)),
        }
    }

    /// The version that is needed, as the tool itself says it; empty if any will do.
    fn version(&self, project: &Project) -> Result<String> {
        match &self.source {
            Source::Crate { version, .. } => version.number(project),
            Source::Npm { says, .. } => Ok((*says).to_owned()),
            Source::NpmFile { version, .. } => Ok((*version).to_owned()),
            Source::Toolchain { .. } | Source::System { .. } => Ok(String::new()),
        }
    }
}

impl Version {
    /// The version's number.
    pub(crate) fn number(&self, project: &Project) -> Result<String> {
        match self {
            Self::Exactly(version) => Ok((*version).to_owned()),
            Self::Locked(package) => project.locked_version(package),
        }
    }
}

/// The folder that keeps the tools.
pub(crate) fn cache() -> Result<PathBuf> {
    let folder = |name| env::var_os(name).filter(|value| !value.is_empty());
    let cache = folder("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cache")))
        .context("there is no home folder to keep tools in: set HOME")?;
    Ok(cache.join("credential-report-viewer").join("tools"))
}

/// The program of this name, or at this path.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let name = Path::new(name);
    let paths = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&paths)
        .map(|folder| folder.join(name))
        .flat_map(|program| {
            let with_suffix = program.with_extension(env::consts::EXE_EXTENSION);
            [program, with_suffix]
        })
        .find(|program| program.is_file())
}

fn says_version(program: &Path, version: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| {
        String::from_utf8_lossy(&output.stdout).split_whitespace().any(|word| word == version)
    })
}

fn toolchain(project: &Project) -> Result<PathBuf> {
    let output =
        project.command("rustc").args(["--print", "sysroot"]).output().context("cannot start rustc")?;
    Ok(PathBuf::from(String::from_utf8(output.stdout)?.trim()))
}

/// `PATH` with these folders before all others.
pub(crate) fn path_with(folders: &[&Path]) -> Result<OsString> {
    let paths = env::var_os("PATH").unwrap_or_default();
    let folders = folders.iter().map(|folder| folder.to_path_buf());
    Ok(env::join_paths(folders.chain(env::split_paths(&paths)))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_of_a_version_has_its_own_folder() -> Result<()> {
        let project = Project::here()?;
        let version = project.locked_version("wasm-bindgen")?;
        let folder = WASM_BINDGEN.folder(&project)?;
        assert!(folder.ends_with(format!("tools/wasm-bindgen-cli-{version}")), "{}", folder.display());
        assert!(TRUNK.installed_program(&TRUNK.folder(&project)?).starts_with(cache()?));
        Ok(())
    }

    #[test]
    fn a_program_must_say_its_very_version() {
        let cargo = Path::new("cargo");
        assert!(!says_version(cargo, "0.0.0"));
        assert!(!says_version(Path::new("no-such-program"), "1"));
        assert!(says_version(cargo, "cargo"));
    }
}
