//! The browsers that the page can be tested in.

use std::process::Command;

use anyhow::Result;
use clap::ValueEnum;

use crate::{
    project::Project,
    tools::{self, Tool},
};

/// A browser that the page can be tested in.
#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub(crate) enum Browser {
    /// The one that most is tested in.
    Chromium,
    /// The other engine that runs anywhere.
    Firefox,
    /// In the small browser of `WebKitGTK`.
    #[value(name = "webkit")]
    WebKit,
}

impl Browser {
    /// Those that can be driven here; the `WebKit` that can is that of `WebKitGTK`.
    pub(crate) fn here() -> Vec<Self> {
        let here = |browser: &Self| *browser != Self::WebKit || cfg!(target_os = "linux");
        Self::value_variants().iter().copied().filter(here).collect()
    }

    /// Its name, as the tests and the command line have it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// The tools that it takes, with the variables that tell the tests where they are.
    pub(crate) fn tools(self) -> [(&'static Tool, &'static str); 2] {
        match self {
            Self::Chromium => {
                [(&tools::CHROMIUM, "CRV_CHROMIUM"), (&tools::CHROMEDRIVER, "CRV_CHROMEDRIVER")]
            }
            Self::Firefox => [(&tools::FIREFOX, "CRV_FIREFOX"), (&tools::GECKODRIVER, "CRV_GECKODRIVER")],
            Self::WebKit => [(&tools::WEBKIT_DRIVER, "CRV_WEBKIT_DRIVER"), (&tools::XVFB, "CRV_XVFB")],
        }
    }

    /// `cargo` for the tests or benchmarks that drive the built page in this browser.
    pub(crate) fn cargo(self, project: &Project, task: &str) -> Result<Command> {
        let mut cargo = project.cargo(&[task, "--package", "browser-tests"]);
        cargo.env("CRV_PAGE", project.page()).env("CRV_BROWSER", self.name());
        for (tool, variable) in self.tools() {
            cargo.env(variable, tool.path(project)?);
        }
        Ok(cargo)
    }
}
