//! The project's tasks: `cargo xtask help` lists them.

mod build;
mod pack;
mod project;
mod serve;
mod setup;
mod step;
mod test;
mod tools;

use std::process::ExitCode;

use anyhow::{Result, anyhow};
use lexopt::prelude::*;

use crate::{project::Project, test::Browser};

const USAGE: &str = "\
Usage: cargo xtask TASK

  setup                    install the tools that are missing
  build                    build the page: dist/index.html, one file
  serve [--port N] [--open] [--watch]
                           build the page and serve it to this machine
  test [--library] [--browser chromium|firefox|webkit]
                           run every test; with --library, those without a browser; with
                           --browser, those of the page in this browser alone
  bench [USERS...|NAME...] run the benchmarks: the library's, and the built page beside its peers;
                           or the page's for reports of so many users, or those of NAME

Each task installs what it needs first, and says so.
";

/// What the command line asks for.
#[derive(Debug, PartialEq)]
enum Task {
    Help,
    Setup,
    Build,
    Pack,
    Serve(serve::Options),
    Test(test::Options),
    Bench(Vec<String>),
}

fn main() -> ExitCode {
    let task = parse(lexopt::Parser::from_env()).map_err(|error| anyhow!(error.to_string()));
    match task.and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    let project = Project::here()?;
    match task {
        Task::Help => {
            print!("{USAGE}");
            Ok(())
        }
        Task::Setup => {
            setup::ensure(&project, &test::Options::default().tools())?;
            println!("Everything is there that building and testing takes.");
            Ok(())
        }
        Task::Build => build::page(&project),
        Task::Pack => pack::staged(&project),
        Task::Serve(options) => serve::page(&project, &options),
        Task::Test(options) => test::all(&project, &options),
        Task::Bench(names) => test::bench(&project, &names),
    }
}

fn parse(mut arguments: lexopt::Parser) -> Result<Task, lexopt::Error> {
    let Some(first) = arguments.next()? else {
        return Ok(Task::Help);
    };
    let mut task = match first {
        Value(name) => match name.string()?.as_str() {
            "help" => Task::Help,
            "setup" => Task::Setup,
            "build" => Task::Build,
            "pack" => Task::Pack,
            "serve" => Task::Serve(serve::Options::default()),
            "test" => Task::Test(test::Options::default()),
            "bench" => Task::Bench(Vec::new()),
            other => return Err(format!("there is no task `{other}`; `cargo xtask help` lists them").into()),
        },
        Short('h') | Long("help") => Task::Help,
        other => return Err(other.unexpected()),
    };
    while let Some(argument) = arguments.next()? {
        match (&mut task, argument) {
            (_, Short('h') | Long("help")) => return Ok(Task::Help),
            (Task::Serve(options), Long("port")) => {
                options.port = Some(arguments.value()?.parse()?);
            }
            (Task::Serve(options), Long("open")) => options.open = true,
            (Task::Serve(options), Long("watch")) => options.watch = true,
            (Task::Test(options), Long("library")) => options.library = true,
            (Task::Test(options), Long("browser")) => {
                options.browser = Some(arguments.value()?.parse_with(Browser::named)?);
            }
            (Task::Bench(names), Value(name)) => names.push(name.string()?),
            (_, other) => return Err(other.unexpected()),
        }
    }
    Ok(task)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(arguments: &[&str]) -> Result<Task, lexopt::Error> {
        parse(lexopt::Parser::from_args(arguments))
    }

    #[test]
    fn tasks_take_their_own_options() -> Result<(), lexopt::Error> {
        assert_eq!(
            task(&["serve", "--port", "9000", "--open"])?,
            Task::Serve(serve::Options { port: Some(9000), open: true, watch: false })
        );
        assert_eq!(
            task(&["test", "--browser=firefox"])?,
            Task::Test(test::Options { library: false, browser: Some(Browser::Firefox) })
        );
        assert_eq!(task(&[])?, Task::Help);
        assert_eq!(task(&["build", "--help"])?, Task::Help);
        Ok(())
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for arguments in [
            &["paint"][..],
            &["build", "--open"],
            &["serve", "--port", "many"],
            &["test", "--browser", "lynx"],
        ] {
            assert!(task(arguments).is_err(), "{arguments:?}");
        }
    }
}
