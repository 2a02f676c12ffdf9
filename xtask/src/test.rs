//! Runs the tests.

use anyhow::Result;

use crate::{
    browser::Browser,
    build,
    project::{self, Project},
    setup,
    step::step,
    tools::{self, Tool},
};

/// What is tested.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Options {
    /// Run only what needs no browser
    #[arg(long)]
    library: bool,
    /// Test the page in this browser alone
    #[arg(long, value_enum)]
    browser: Option<Browser>,
}

impl Options {
    fn browsers(&self) -> Vec<Browser> {
        self.browser.map_or_else(Browser::here, |browser| vec![browser])
    }

    /// What the tests take, and building the page.
    pub(crate) fn tools(&self) -> Vec<&'static Tool> {
        let mut wanted = tools::TO_TEST_THE_LIBRARY.to_vec();
        if !self.library {
            wanted.extend([&tools::JAPANESE_FONT, &tools::AXE]);
            wanted.extend(self.browsers().iter().flat_map(|browser| browser.tools()).map(|(tool, _)| tool));
            wanted.extend(tools::TO_BUILD);
        }
        wanted
    }
}

/// Runs the tests, from the quickest to the slowest, and stops where one fails.
pub(crate) fn all(project: &Project, options: &Options) -> Result<()> {
    step("looking for the tools", || setup::ensure(project, &options.tools()))?;
    for (what, command) in [
        ("checking the code's form", "fmt --all --check"),
        ("checking the code for this machine", "clippy --workspace --all-targets -- -D warnings"),
        ("checking the code for the browser", "clippy --target wasm32-unknown-unknown -- -D warnings"),
        ("testing the library", "test --workspace --exclude browser-tests"),
    ] {
        let arguments: Vec<&str> = command.split(' ').collect();
        step(what, || project::run(&mut project.cargo(&arguments)))?;
    }
    step("checking licences, sources and doubled dependencies", || {
        let mut deny = project.command(tools::CARGO_DENY.path(project)?);
        project::run(deny.args(["--workspace", "check", "licenses", "bans", "sources"]))
    })?;
    if options.library {
        return Ok(());
    }

    build::page(project)?;
    if options.browser.is_none() && !options.browsers().contains(&Browser::WebKit) {
        println!("The page is not tested in WebKit, which can be driven on Linux alone.");
    }
    for browser in options.browsers() {
        step(&format!("testing the page in {}", browser.name()), || {
            let mut tests = browser.cargo(project, "test")?;
            if let Some(axe) = tools::AXE.find(project)? {
                tests.env("CRV_AXE", axe);
            }
            project::run(&mut tests)
        })?;
    }
    Ok(())
}
