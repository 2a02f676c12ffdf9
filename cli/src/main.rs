//! `credential-report`: the session of the page on the command line. What the page exports, it
//! prints, byte for byte.

mod arguments;
mod command;
mod output;
mod plain;
mod problem;
mod progress;
mod redaction;
mod scripts;
mod source;
mod summary;
mod text;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use arguments::Arguments;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(page) = arguments.own_pages() {
        // Whoever reads may have seen enough.
        let _ = io::stdout().lock().write_all(&page);
        return ExitCode::SUCCESS;
    }
    command::run(&arguments).into()
}
