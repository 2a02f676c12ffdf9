//! Prints the findings of credential reports as JSON, through the same session as the page.
//!
//! ```text
//! cargo run --release --example findings -- FILE... [--as-of TIME] [--policy PRESET|FILE] > findings.json
//! ```
#![allow(clippy::print_stderr, reason = "a command says on the terminal what is wrong")]

use std::error::Error;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use credential_report_viewer::checks::Preset;
use credential_report_viewer::policy::Policy;
use credential_report_viewer::report::Timestamp;
use credential_report_viewer::session::{Mode, Reply, Request, Session};

/// Bytes that are read at a time.
const SLICE: usize = 4 << 20;

const USAGE: &str = "usage: findings FILE... [--as-of TIME] [--policy PRESET|FILE]";

#[derive(Debug, Default)]
struct Arguments {
    files: Vec<String>,
    as_of: Option<Timestamp>,
    policy: Option<Policy>,
}

fn arguments(mut words: impl Iterator<Item = String>) -> Result<Arguments, Box<dyn Error>> {
    let mut arguments = Arguments::default();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--as-of" => {
                let time = words.next().ok_or("--as-of takes a time, such as 2016-11-25T14:30:40Z")?;
                let parsed = Timestamp::parse(&time).map_err(|error| format!("--as-of {time}: {error}"))?;
                arguments.as_of = Some(parsed);
            }
            "--policy" => {
                let name = words.next().ok_or("--policy takes the name of a preset, or a file")?;
                arguments.policy = Some(policy(&name)?);
            }
            "--help" | "-h" => return Err(USAGE.into()),
            option if option.starts_with("--") => {
                return Err(format!("{option} is not known; {USAGE}").into());
            }
            _ => arguments.files.push(word),
        }
    }
    if arguments.files.is_empty() { Err(USAGE.into()) } else { Ok(arguments) }
}

fn policy(name: &str) -> Result<Policy, Box<dyn Error>> {
    if let Some(preset) = Preset::from_name(name) {
        return Ok(preset.policy());
    }
    let known: Vec<&str> = Preset::ALL.iter().map(|preset| preset.name()).collect();
    let text = std::fs::read_to_string(name)
        .map_err(|error| format!("{name} is no preset ({}) and no file: {error}", known.join(", ")))?;
    Ok(Policy::from_json(&text).map_err(|error| format!("{name}: {error}"))?)
}

fn timestamp(time: SystemTime) -> Option<Timestamp> {
    let seconds = time.duration_since(UNIX_EPOCH).ok()?.as_secs();
    i64::try_from(seconds).ok().map(Timestamp::from_unix)
}

/// Feeds a file to the session; what is wrong with it, if anything.
fn open(session: &mut Session, path: &str) -> Result<(), Box<dyn Error>> {
    let metadata = std::fs::metadata(path).map_err(|error| format!("{path}: {error}"))?;
    session.handle(Request::File {
        name: Path::new(path)
            .file_name()
            .map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned()),
        bytes: metadata.len(),
        modified: metadata.modified().ok().and_then(timestamp),
    });
    feed(session, path)
}

/// Feeds the bytes of a file, for reading or for their digest.
fn feed(session: &mut Session, path: &str) -> Result<(), Box<dyn Error>> {
    let mut file = File::open(path).map_err(|error| format!("{path}: {error}"))?;
    loop {
        let mut slice = Vec::with_capacity(SLICE);
        Read::by_ref(&mut file).take(SLICE as u64).read_to_end(&mut slice)?;
        let ended = slice.is_empty();
        let reply =
            if ended { session.handle(Request::EndOfFile) } else { session.handle(Request::Slice(slice)) };
        match reply {
            Reply::FileFailed(error) => return Err(Box::new(error)),
            Reply::FileRead { .. } | Reply::Done if ended => return Ok(()),
            _ => {}
        }
    }
}

fn run() -> Result<bool, Box<dyn Error>> {
    let arguments = arguments(std::env::args().skip(1))?;
    let now = timestamp(SystemTime::now()).ok_or("the clock stands before 1970")?;
    let mut session = Session::new();
    if let Some(policy) = arguments.policy {
        session.handle(Request::SetPolicy(policy));
    }
    session.handle(Request::Begin { mode: Mode::Replace, now });
    let mut read = Vec::new();
    for path in &arguments.files {
        match open(&mut session, path) {
            Ok(()) => read.push(path),
            Err(error) => {
                eprintln!("{error}");
                session.handle(Request::AbandonFile);
            }
        }
    }
    if session.handle(Request::Commit) == Reply::NoResult {
        return Err("no report was read".into());
    }
    for (input, path) in read.iter().enumerate() {
        session.handle(Request::Digest(input as u32));
        feed(&mut session, path)?;
    }
    if arguments.as_of.is_some() {
        session.handle(Request::SetAsOf(arguments.as_of));
    }
    let mut out = io::stdout().lock();
    let mut reply = session.handle(Request::Export(None));
    while let Reply::Part { bytes, last } = reply {
        out.write_all(&bytes)?;
        if last {
            break;
        }
        reply = session.handle(Request::NextPart);
    }
    out.flush()?;
    Ok(read.len() < arguments.files.len())
}

fn main() -> ExitCode {
    match run() {
        Ok(false) => ExitCode::SUCCESS,
        Ok(true) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
