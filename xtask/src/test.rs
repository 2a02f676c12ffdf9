//! Runs the tests and the benchmarks.

use anyhow::{Context, Result};

use crate::{
    build,
    project::{self, Project},
    setup,
    step::step,
    tools::{self, Tool},
};

/// The package, which is also the library's name in front of its tests.
const PACKAGE: &str = "credential-report-viewer";

/// The package of the tests that drive the built page.
const BROWSER_TESTS: &str = "browser-tests";

/// What is tested.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Options {
    /// Only what needs no browser.
    pub(crate) library: bool,
    /// The one browser that the page is tested in; without it, all of them.
    pub(crate) browser: Option<Browser>,
}

/// A browser that the page can be tested in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Browser {
    /// Chromium.
    Chromium,
    /// Firefox.
    Firefox,
    /// `WebKit`, in the small browser of `WebKitGTK`.
    WebKit,
}

impl Browser {
    /// Every browser, the one that most is tested in first.
    const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// The browser of this name.
    pub(crate) fn named(name: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|browser| browser.name() == name);
        found.context("the browsers are chromium, firefox and webkit")
    }

    fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// The tools that it takes, with the variables that tell the tests where they are.
    fn tools(self) -> &'static [(&'static Tool, &'static str)] {
        match self {
            Self::Chromium => {
                &[(&tools::CHROMIUM, "CRV_CHROMIUM"), (&tools::CHROMEDRIVER, "CRV_CHROMEDRIVER")]
            }
            Self::Firefox => &[(&tools::FIREFOX, "CRV_FIREFOX"), (&tools::GECKODRIVER, "CRV_GECKODRIVER")],
            Self::WebKit => &[(&tools::WEBKIT_DRIVER, "CRV_WEBKIT_DRIVER"), (&tools::XVFB, "CRV_XVFB")],
        }
    }
}

impl Options {
    fn browsers(&self) -> Vec<Browser> {
        // The `WebKit` that can be driven is that of `WebKitGTK`.
        let here = Browser::ALL
            .into_iter()
            .filter(|browser| *browser != Browser::WebKit || cfg!(target_os = "linux"));
        self.browser.map_or_else(|| here.collect(), |browser| vec![browser])
    }

    /// What the tests take, and building the page.
    pub(crate) fn tools(&self) -> Vec<&'static Tool> {
        let mut wanted = tools::TO_TEST_THE_LIBRARY.to_vec();
        if !self.library {
            wanted.extend([&tools::JAPANESE_FONT, &tools::AXE]);
            wanted.extend(self.browsers().iter().flat_map(|browser| browser.tools()).map(|(tool, _)| *tool));
            wanted.extend(tools::TO_BUILD);
        }
        wanted
    }
}

/// Runs the tests, from the quickest to the slowest, and stops where one fails.
pub(crate) fn all(project: &Project, options: &Options) -> Result<()> {
    let toolbox = step("looking for the tools", || setup::ensure(project, &options.tools()))?;

    step("checking the code's form", || cargo(project, &["fmt", "--all", "--check"]))?;
    step("checking the code for this machine", || {
        cargo(project, &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
    })?;
    step("checking the code for the browser", || {
        cargo(
            project,
            &["clippy", "--package", PACKAGE, "--target", "wasm32-unknown-unknown", "--", "-D", "warnings"],
        )
    })?;
    step("testing the library", || cargo(project, &["test", "--workspace", "--exclude", BROWSER_TESTS]))?;
    if options.library {
        return Ok(());
    }

    build::page(project)?;
    if options.browser.is_none() && !options.browsers().contains(&Browser::WebKit) {
        println!("The page is not tested in WebKit, which can be driven on Linux alone.");
    }
    for browser in options.browsers() {
        step(&format!("testing the page in {}", browser.name()), || {
            let mut tests = project.cargo();
            tests
                .args(["test", "--package", BROWSER_TESTS])
                .env("CRV_PAGE", project.page())
                .env("CRV_BROWSER", browser.name());
            for (tool, variable) in browser.tools() {
                tests.env(variable, toolbox.need(tool)?);
            }
            if let Some(axe) = toolbox.get(&tools::AXE) {
                tests.env("CRV_AXE", axe);
            }
            project::run(&mut tests, "cargo test")
        })?;
    }
    Ok(())
}

/// Runs the benchmarks: those of the library whose names contain one of these, or all, and, unless
/// names were given, the built page beside its peers. A number is a size for the page.
pub(crate) fn bench(project: &Project, names: &[String]) -> Result<()> {
    let is_size = |name: &String| name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let (sizes, names): (Vec<String>, Vec<String>) = names.iter().cloned().partition(is_size);
    if sizes.is_empty() {
        bench_library(project, &names)?;
    }
    if names.is_empty() { bench_page(project, &sizes) } else { Ok(()) }
}

fn bench_page(project: &Project, sizes: &[String]) -> Result<()> {
    let peers = [(&tools::PAPAPARSE, "CRV_PAPAPARSE"), (&tools::UDSV, "CRV_UDSV")];
    let chromium = Browser::Chromium.tools();
    let wanted: Vec<&Tool> = peers.iter().chain(chromium).map(|(tool, _)| *tool).collect();
    let toolbox = step("looking for the tools", || setup::ensure(project, &wanted))?;
    build::page(project)?;
    step("measuring the page", || {
        let mut cargo = project.cargo();
        cargo.args(["bench", "--package", BROWSER_TESTS, "--bench", "page", "--"]).args(sizes);
        cargo.env("CRV_PAGE", project.page()).env("CRV_BROWSER", Browser::Chromium.name());
        for (tool, variable) in peers.iter().chain(chromium) {
            cargo.env(variable, toolbox.need(tool)?);
        }
        project::run(&mut cargo, "cargo bench")
    })
}

fn bench_library(project: &Project, names: &[String]) -> Result<()> {
    step("measuring the library", || {
        let mut cargo = project.cargo();
        cargo.args(["bench", "--package", PACKAGE, "--benches", "--"]);
        project::run(cargo.args(names), "cargo bench")
    })
}

fn cargo(project: &Project, arguments: &[&str]) -> Result<()> {
    project::run(project.cargo().args(arguments), &format!("cargo {}", arguments[0]))
}
