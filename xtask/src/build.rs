//! Builds the page, and serves it.

use std::{
    env,
    net::{Ipv4Addr, TcpListener},
    path::PathBuf,
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    project::{self, Project},
    setup,
    step::step,
    tools,
};

/// The port that is taken if it is free and none was asked for.
const USUAL_PORT: u16 = 8080;

/// How the page is served.
#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    /// The port to listen at: 8080, or one that is free
    #[arg(long)]
    port: Option<u16>,
    /// Show the page in the browser
    #[arg(long)]
    open: bool,
}

/// Builds `dist/index.html`. Trunk does it, and calls the packer at the end.
pub(crate) fn page(project: &Project) -> Result<()> {
    let mut trunk = trunk(project)?;
    step("building the page", || project::run(trunk.args(["--quiet", "build", "--release", "--offline"])))
}

/// Builds the page and serves it until the task is ended. Trunk does it, and watches the sources.
pub(crate) fn serve(project: &Project, options: &Serve) -> Result<()> {
    // A port that cannot be had is better known before the build than after.
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let port = match options.port {
        Some(port) => bind(port).with_context(|| format!("cannot listen at port {port}"))?,
        None => bind(USUAL_PORT).or_else(|_| bind(0))?,
    }
    .local_addr()?
    .port();
    let mut trunk = trunk(project)?;
    trunk.args(["serve", "--release", "--offline", "--port", &port.to_string()]);
    if options.open {
        trunk.arg("--open");
    }
    println!("==> building the page; then it is at http://127.0.0.1:{port}/ until Ctrl+C");
    project::run(&mut trunk)
}

/// Trunk, with all that it takes. It is kept from downloading, and Cargo with it: what the
/// page is made of must be there before.
fn trunk(project: &Project) -> Result<Command> {
    setup::ensure(project, tools::TO_BUILD)?;
    project::run(&mut project.cargo(&["fetch", "--quiet"]))?;
    let mut trunk = project.command(tools::TRUNK.path(project)?);
    let wasm_bindgen = tools::WASM_BINDGEN.path(project)?;
    let folders = wasm_bindgen.parent().map(PathBuf::from).into_iter();
    let path = env::var_os("PATH").unwrap_or_default();
    trunk
        .env("PATH", env::join_paths(folders.chain(env::split_paths(&path)))?)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags(project)?)
        // Cargo would take these instead.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        // Trunk takes any value of this but `true` and `false` for an error.
        .env_remove("NO_COLOR");
    Ok(trunk)
}

/// Flags for compiling the module. Leptos forgets the types of views, which costs little
/// time and would take half as much room again. The folders of the machine that builds it
/// have no place in the page, where panics would name them.
fn flags(project: &Project) -> Result<String> {
    let cargo = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
        .context("Cargo has no home: set CARGO_HOME")?;
    // Where the library's source is installed, the compiler names it in place of where it came from.
    let sources = PathBuf::from(project.rustc(&["--print", "sysroot"])?).join("lib/rustlib/src/rust");
    let version = project.rustc(&["-vV"])?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: ")).unwrap_or_default();
    let mut flags = vec!["--cfg=erase_components".to_owned()];
    for (folder, name) in [(cargo, "cargo"), (sources, &*format!("/rustc/{commit}"))] {
        flags.push(format!("--remap-path-prefix={}={name}", folder.display()));
    }
    // Cargo parts the flags at spaces, and a folder with one would be two flags.
    flags.retain(|flag| !flag.contains(' '));
    Ok(flags.join(" "))
}
