//! The tools that the project is built and tested with, as a table, and where they are.

use std::{env, fs, path::PathBuf};

use anyhow::{Context, Result};

use crate::project::Project;

/// A tool, what it is for and where it comes from.
#[derive(Debug)]
pub(crate) struct Tool {
    /// What it is called.
    pub(crate) name: &'static str,
    /// What it does for the project.
    pub(crate) purpose: &'static str,
    /// Where it comes from.
    pub(crate) source: Source,
    /// What is lost without it, if it can be done without.
    pub(crate) loss: Option<&'static str>,
}

/// Where a tool comes from, which is also how it is recognised.
#[derive(Debug)]
pub(crate) enum Source {
    /// A part of the Rust toolchain: what rustup is told to add, and a file that it brings.
    Rustup(&'static str, &'static str, &'static str),
    /// A crate and its version, compiled; without a version, that of wasm-bindgen in `Cargo.lock`.
    Cargo(&'static str, Option<&'static str>),
    /// An npm package, its version, and the file in it that is wanted.
    Npm(&'static str, &'static str, &'static str),
    /// One of these programs or files of the system, and Debian's package.
    System(&'static [&'static str], &'static str),
}

use Source::{Cargo, Npm, Rustup, System};

const fn tool(name: &'static str, purpose: &'static str, source: Source) -> Tool {
    Tool { name, purpose, source, loss: None }
}

const fn optional(name: &'static str, purpose: &'static str, source: Source, loss: &'static str) -> Tool {
    Tool { name, purpose, source, loss: Some(loss) }
}

const WASM_TARGET: Tool = tool(
    "the wasm32-unknown-unknown target",
    "compiles for the browser",
    Rustup("target", "wasm32-unknown-unknown", "lib/rustlib/wasm32-unknown-unknown"),
);
const RUSTFMT: Tool =
    tool("rustfmt", "looks at the code's form", Rustup("component", "rustfmt", "bin/cargo-fmt"));
const CLIPPY: Tool = tool("clippy", "looks for mistakes", Rustup("component", "clippy", "bin/cargo-clippy"));

/// Builds the page.
pub(crate) const TRUNK: Tool = tool("trunk", "builds the page", Cargo("trunk", Some("0.21.14")));
/// Joins the module to the browser.
pub(crate) const WASM_BINDGEN: Tool =
    tool("wasm-bindgen", "joins the module to the browser", Cargo("wasm-bindgen-cli", None));
/// Makes the module smaller and faster.
pub(crate) const WASM_OPT: Tool = optional(
    "wasm-opt",
    "makes the page smaller and faster",
    Npm("binaryen", "132.0.0", "bin/wasm-opt"),
    "the page will be larger",
);

/// Is driven by the browser tests.
pub(crate) const CHROMIUM: Tool = tool(
    "chromium",
    "runs the browser tests",
    System(
        &[
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
        ],
        "chromium",
    ),
);
/// Drives Chromium.
pub(crate) const CHROMEDRIVER: Tool =
    tool("chromedriver", "drives Chromium", System(&["chromedriver"], "chromium-driver"));
/// Is driven by the browser tests.
pub(crate) const FIREFOX: Tool = tool(
    "firefox",
    "runs the browser tests",
    System(&["firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"], "firefox-esr"),
);
/// Drives Firefox.
pub(crate) const GECKODRIVER: Tool =
    tool("geckodriver", "drives Firefox", Cargo("geckodriver", Some("0.37.1")));
/// Drives `WebKit`, and brings it.
pub(crate) const WEBKIT_DRIVER: Tool =
    tool("WebKitWebDriver", "drives WebKit", System(&["WebKitWebDriver"], "webkit2gtk-driver"));
/// Shows a window where there is no screen.
pub(crate) const XVFB: Tool = tool("Xvfb", "gives WebKit a screen", System(&["Xvfb"], "xvfb"));
/// Looks for mistakes in the scripts that carry out decisions.
pub(crate) const SHELLCHECK: Tool = optional(
    "shellcheck",
    "looks for mistakes in shell scripts",
    System(&["shellcheck"], "shellcheck"),
    "nothing looks for mistakes in the scripts that carry out decisions",
);
/// Looks for barriers in the page.
pub(crate) const AXE: Tool = optional(
    "axe-core",
    "looks for barriers in the page",
    Npm("axe-core", "4.14.1", "axe.min.js"),
    "nothing looks for barriers in the page",
);
/// Draws Japanese.
pub(crate) const JAPANESE_FONT: Tool = optional(
    "a Japanese font",
    "draws Japanese in the tests' pictures",
    System(
        &[
            "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
            "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
            "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
            "/System/Library/Fonts/ヒラギノ角ゴシック W3.ttc",
            "C:\\Windows\\Fonts\\YuGothR.ttc",
        ],
        "fonts-noto-cjk",
    ),
    "the tests' pictures may lack Japanese",
);

/// Reads the same reports, to be measured beside the page.
pub(crate) const PAPAPARSE: Tool =
    tool("papaparse", "is measured beside the page", Npm("papaparse", "5.7.1", "papaparse.min.js"));
/// Reads the same reports, to be measured beside the page.
pub(crate) const UDSV: Tool =
    tool("uDSV", "is measured beside the page", Npm("udsv", "0.7.3", "dist/uDSV.iife.min.js"));

/// Feeds fuzz targets.
pub(crate) const CARGO_FUZZ: Tool =
    tool("cargo-fuzz", "runs the fuzz targets", Cargo("cargo-fuzz", Some("0.13.1")));
/// Looks at licences and sources of what the project is made of.
pub(crate) const CARGO_DENY: Tool =
    tool("cargo-deny", "looks at licences and sources of dependencies", Cargo("cargo-deny", Some("0.20.2")));

/// What building the page takes.
pub(crate) const TO_BUILD: &[&Tool] = &[&WASM_TARGET, &WASM_OPT, &TRUNK, &WASM_BINDGEN];

/// What testing takes without a browser.
pub(crate) const TO_TEST_THE_LIBRARY: &[&Tool] = &[&WASM_TARGET, &RUSTFMT, &CLIPPY, &CARGO_DENY, &SHELLCHECK];

/// What fuzzing takes, besides a nightly toolchain.
pub(crate) const TO_FUZZ: &[&Tool] = &[&CARGO_FUZZ];

impl Tool {
    /// The program or file, if it is there in the version that is needed.
    pub(crate) fn find(&self, project: &Project) -> Result<Option<PathBuf>> {
        let exe = |path: PathBuf| [path.with_extension(env::consts::EXE_EXTENSION), path];
        Ok(match self.source {
            Rustup(_, _, file) => {
                let path = PathBuf::from(project.rustc(&["--print", "sysroot"])?).join(file);
                exe(path).into_iter().find(|path| path.exists())
            }
            Cargo(..) => {
                let path = self.folder(project)?.join("bin").join(self.name);
                exe(path).into_iter().find(|path| path.is_file())
            }
            Npm(package, _, file) => {
                let path = self.folder(project)?.join("node_modules").join(package).join(file);
                Some(path).filter(|path| path.is_file())
            }
            System(names, _) => names.iter().find_map(|name| {
                // Joined to a folder, a whole path stays what it is.
                let folders = env::var_os("PATH").unwrap_or_default();
                env::split_paths(&folders)
                    .flat_map(|folder| exe(folder.join(name)))
                    .find(|path| path.is_file())
            }),
        })
    }

    /// Where the program or file is that cannot be done without.
    pub(crate) fn path(&self, project: &Project) -> Result<PathBuf> {
        self.find(project)?.with_context(|| format!("{} is missing", self.name))
    }

    /// The version that is needed; empty if any will do.
    pub(crate) fn version(&self, project: &Project) -> Result<String> {
        match self.source {
            Cargo(_, Some(version)) | Npm(_, version, _) => Ok(version.to_owned()),
            Cargo(_, None) => {
                let lock = fs::read_to_string(project.path("Cargo.lock"))?;
                let version = lock.split_once("name = \"wasm-bindgen\"\nversion = \"");
                let version = version.and_then(|(_, rest)| rest.split('"').next());
                version.map(str::to_owned).context("Cargo.lock names no wasm-bindgen")
            }
            Rustup(..) | System(..) => Ok(String::new()),
        }
    }

    /// The folder into which the tool is installed. It has the version in its name, so
    /// that each checkout finds its own and nobody's global tool is replaced.
    pub(crate) fn folder(&self, project: &Project) -> Result<PathBuf> {
        let name = match self.source {
            Cargo(name, _) | Npm(name, ..) => name,
            Rustup(..) | System(..) => self.name,
        };
        Ok(cache()?.join(format!("{name}-{}", self.version(project)?)))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_of_a_version_has_its_own_folder() -> Result<()> {
        let project = Project::here()?;
        let version = WASM_BINDGEN.version(&project)?;
        assert!(version.starts_with("0.2."), "{version}");
        let folder = WASM_BINDGEN.folder(&project)?;
        assert_eq!(folder, cache()?.join(format!("wasm-bindgen-cli-{version}")));
        Ok(())
    }

    #[test]
    fn a_tool_is_found_where_it_is_and_nowhere_else() -> Result<()> {
        let project = Project::here()?;
        let find = |source| tool("cargo", "builds", source).find(&project);
        let cargo = find(System(&["no-such-program", "cargo"], ""))?.context("cargo is on PATH")?;
        assert!(cargo.is_absolute());
        assert_eq!(find(System(&["no-such-program"], ""))?, None);
        assert!(find(Rustup("component", "rustc", "bin/rustc"))?.is_some());
        assert_eq!(find(Cargo("cargo", Some("0.0.0")))?, None);
        assert_eq!(find(Npm("cargo", "0.0.0", "cargo.js"))?, None);
        Ok(())
    }
}
