//! The project's tasks: `cargo xtask help` lists them.

mod bench;
mod browser;
mod build;
mod fuzz;
mod pack;
mod project;
mod reproduce;
mod setup;
mod step;
mod test;
mod tools;

use anyhow::Result;
use clap::Parser;

use crate::project::Project;

/// The project's tasks. Each installs what it needs first, and says so.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask")]
enum Task {
    /// Install the tools that are missing
    Setup,
    /// Build the page: dist/index.html, one file
    Build,
    /// Pack what Trunk has staged
    #[command(hide = true)]
    Pack,
    /// Build the page and serve it to this machine; when its sources change, build it again
    Serve(build::Serve),
    /// Run every test
    Test(test::Options),
    /// Feed the library what no person would write, with each fuzz target in turn
    Fuzz {
        /// How long each target runs
        #[arg(default_value_t = 60)]
        seconds: u64,
    },
    /// Build the page in two folders, and compare
    Reproduce,
    /// Run the benchmarks: the library's, and the built page beside its peers
    Bench {
        /// Users of the reports that the page is measured on, or names of the library's benchmarks
        names: Vec<String>,
    },
}

fn main() -> Result<()> {
    let task = Task::parse();
    let project = Project::here()?;
    match task {
        Task::Setup => {
            setup::ensure(&project, &test::Options::default().tools())?;
            println!("Everything is there that building and testing takes.");
            Ok(())
        }
        Task::Build => build::page(&project),
        Task::Pack => pack::staged(&project),
        Task::Serve(options) => build::serve(&project, &options),
        Task::Test(options) => test::all(&project, &options),
        Task::Fuzz { seconds } => fuzz::all(&project, seconds),
        Task::Reproduce => reproduce::page(&project),
        Task::Bench { names } => bench::all(&project, &names),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_contradicts_itself_nowhere() {
        Task::command().debug_assert();
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for line in ["paint", "build --open", "serve --port many", "test --browser lynx"] {
            assert!(Task::try_parse_from(format!("xtask {line}").split(' ')).is_err(), "{line}");
        }
    }
}
