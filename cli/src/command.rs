//! From the command line to the output, through one session.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf, is_separator};
use std::process::ExitCode;
use std::time::SystemTime;

use credential_report_viewer::checks::Severity;
use credential_report_viewer::comparison::Against;
use credential_report_viewer::export::{Form, Requirement, part_name};
use credential_report_viewer::overview::Overview;
use credential_report_viewer::query::Query;
use credential_report_viewer::report::{Decoder, OtherFile, ReadError, ReadErrorKind, Timestamp};
use credential_report_viewer::review::State;
use credential_report_viewer::session::{DecisionQuery, Mode, Reply, Request, Session};
use credential_report_viewer::text::account;

use crate::arguments::{Arguments, Format};
use crate::output::{Destination, Output};
use crate::plain::plain;
use crate::problem::{Problem, ProblemKind, issue_line, warning_line};
use crate::progress::Progress;
use crate::redaction;
use crate::scripts::{self, Written};
use crate::source::{Source, timestamp};
use crate::summary::summary;
use crate::text;

/// How many warnings are said; the findings have them all.
const WARNINGS: usize = 20;

/// How the command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    Done,
    /// A finding is as bad as `--fail-on` says.
    Failed,
    /// The command line, or what it says about the output, does not work.
    CommandLine,
    /// A file could not be read.
    Unread,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::CommandLine => 2,
            Exit::Unread => 3,
        })
    }
}

/// Does what the arguments say.
pub(crate) fn run(arguments: &Arguments) -> Exit {
    let own = text::of(arguments.language);
    let shown = arguments.output.as_deref().unwrap_or(Path::new("-")).display().to_string();
    let not_written = |reason: &str| {
        say(&[plain(&(own.not_written)(&shown, reason))]);
        Exit::CommandLine
    };
    if is_input(arguments) {
        return not_written(own.is_input);
    }
    let mut output = match destination(arguments) {
        Ok(output) => output,
        Err(error) => return not_written(&error.to_string()),
    };
    let by_itself =
        if output.is_terminal() && !arguments.redact { Format::Summary } else { Format::Findings };
    let format = arguments.format.unwrap_or(by_itself);
    let keys = redaction::key(arguments, format)
        .and_then(|redaction| Ok((redaction, scripts::undo(arguments, format.form())?)));
    let (redaction, undo) = match keys {
        Ok(keys) => keys,
        Err(reason) => {
            say(&[reason]);
            return Exit::CommandLine;
        }
    };

    let mut session = Session::new().with_decoder(Decoder { encoding: "Shift_JIS", decode: shift_jis });
    let Opened { overview, problems, against } = read(&mut session, arguments, format);
    let mut said: Vec<String> = problems.iter().map(|problem| problem.line(arguments.language)).collect();
    let Some(overview) = overview else {
        said.push(own.nothing_read.to_owned());
        say(&said);
        return Exit::Unread;
    };
    said.extend(invalid_decisions(&mut session, arguments));
    said.extend(warnings(arguments, &overview));
    said.extend(side_issues(arguments, &overview));
    said.extend(compare(&mut session, arguments, against));
    say(&said);

    if let Some(reason) = missing(&overview, arguments, format) {
        return not_written(&reason);
    }
    let query = arguments.query();
    let failed = arguments.fail_on.is_some_and(|least| finds(&mut session, &query, least));
    let request = format.form().map(|form| Box::new(arguments.export(form, redaction, undo)));
    let is_sound = problems.is_empty() && overview.review.in_state(State::Invalid) == 0;
    let ended = |by_itself: Exit| if is_sound { by_itself } else { Exit::Unread };
    let by_itself = if failed { Exit::Failed } else { Exit::Done };
    let written = match (request, &mut output) {
        (Some(request), output) if request.form.is_script() => {
            match scripts::write(&mut session, Request::Export(request), output) {
                Ok(Written::Done) => Ok(()),
                Ok(Written::Nothing) => {
                    say(&[own.no_script.to_owned()]);
                    return ended(by_itself);
                }
                Ok(Written::Several(names)) => {
                    say(&[(own.several_scripts)(&names.join(", "))]);
                    return Exit::CommandLine;
                }
                Err(error) => Err(error),
            }
        }
        (Some(request), Destination::Folder(folder)) => {
            let name = |part| folder.join(part_name(&overview, &request, part));
            export_to_files(&mut session, Request::Export(request.clone()), &name)
        }
        (Some(request), Destination::One(output)) => {
            export(&mut session, Request::Export(request), output, &shown)
        }
        (None, Destination::One(output)) => {
            output.write_all(summary(&mut session, &overview, &query, arguments.language).as_bytes())
        }
        (_, Destination::Folder(_)) => Err(io::ErrorKind::IsADirectory.into()),
    };
    match written.and_then(|()| output.finish()) {
        // Whoever reads has seen enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => not_written(&error.to_string()),
        _ => ended(by_itself),
    }
}

/// Where the result goes: a form of several files goes to a folder as well.
fn destination(arguments: &Arguments) -> io::Result<Destination> {
    let path = arguments.output.as_deref();
    let in_files = arguments.format.and_then(Format::form).is_some_and(Form::is_in_files);
    let Some(folder) = path.filter(|path| in_files && is_folder(path)) else {
        return Output::new(path).map(Destination::One);
    };
    fs::create_dir_all(folder)?;
    Ok(Destination::Folder(folder.to_owned()))
}

/// Whether a path is that of a folder, or is to be: `letters/`.
fn is_folder(path: &Path) -> bool {
    let last = path.as_os_str().as_encoded_bytes().last();
    path.is_dir() || last.is_some_and(|last| is_separator((*last).into()))
}

/// Whether the output would take the place of a file that is to be read.
fn is_input(arguments: &Arguments) -> bool {
    let output = arguments.output.as_deref().and_then(|path| path.canonicalize().ok());
    output.is_some_and(|output| {
        let mut files = arguments
            .files
            .iter()
            .chain(&arguments.against)
            .chain(&arguments.redaction_key)
            .chain(&arguments.undo);
        output.is_file() && files.any(|file| file.canonicalize().is_ok_and(|f| f == output))
    })
}

/// What came of reading the files.
struct Opened {
    /// The result; nothing, where no file could be read.
    overview: Option<Overview>,
    problems: Vec<Problem>,
    /// The place among the inputs of the file to compare with, where it could be read.
    against: Option<u32>,
}

/// Compares with the earlier report that the arguments name: what is to be said if it is none.
fn compare(session: &mut Session, arguments: &Arguments, against: Option<u32>) -> Option<String> {
    if arguments.newest_only {
        session.handle(Request::CompareWith(Against::Nothing));
    }
    let input = against?;
    let Reply::Comparison(summary) = session.handle(Request::CompareWith(Against::Input(input))) else {
        return None;
    };
    let is_compared = summary.accounts.iter().any(|account| account.earlier.input == input);
    let path = arguments.against.as_deref().unwrap_or(Path::new("-")).display().to_string();
    (!is_compared).then(|| plain(&(text::of(arguments.language).not_earlier)(&path)))
}

/// Reads the files and evaluates them. The one to compare with comes first: of two of one time the later one
/// to come is the newer.
fn read(session: &mut Session, arguments: &Arguments, format: Format) -> Opened {
    let mut problems = Vec::new();
    let mut sources: Vec<Source> = Vec::new();
    let is_against = |path: &Path| {
        let same = |other: &PathBuf| {
            other == path || other.canonicalize().is_ok_and(|a| path.canonicalize().is_ok_and(|b| a == b))
        };
        arguments.against.as_ref().is_some_and(same)
    };
    let others = arguments.files.iter().filter(|path| !is_against(path));
    for source in arguments.against.iter().chain(others).flat_map(|path| Source::open(path)) {
        match source {
            Ok(source) => sources.push(source),
            Err(problem) => problems.push(problem),
        }
    }
    let is_hashed = format.form().is_some_and(Form::has_digests);
    let total: u64 = sources.iter().map(|source| source.bytes).sum();
    let mut progress = Progress::reading(if is_hashed { 2 * total } else { total });

    if let Some(policy) = &arguments.policy {
        session.handle(Request::SetPolicy(policy.clone()));
    }
    // A clock before 1970 is one that was never set.
    let now = timestamp(SystemTime::now()).unwrap_or(Timestamp::from_unix(0));
    session.handle(Request::Begin { mode: Mode::Replace, now });
    let mut taken = Taken::default();
    // The number of each input among those of the result; what came out of a ZIP file is hashed already.
    let mut hashed: Vec<(u32, &Source)> = Vec::new();
    let mut against = None;
    for source in &sources {
        let number = taken.reports;
        let file =
            Request::File { name: source.name.clone(), bytes: source.bytes, modified: source.modified };
        match feed(session, source, &file, &mut progress) {
            Ok(Fed::File) => {
                hashed.push((number, source));
                taken.reports += 1;
            }
            Ok(Fed::SideFile) => {}
            Ok(Fed::Archive(reports, others)) => {
                taken.reports += reports;
                taken.is_several = true;
                taken.others.extend(others.into_iter().map(|error| (source.path.clone(), error)));
            }
            Err(ProblemKind::NotRead(error)) if source.in_folder => {
                taken.is_several = true;
                taken.others.push((source.path.clone(), error));
            }
            Err(kind) => problems.push(Problem { path: source.path.clone(), kind }),
        }
        taken.is_several |= source.in_folder;
        if taken.reports > number && against.is_none() && is_against(&source.path) {
            against = Some(number);
        }
    }
    session.handle(Request::Commit);
    if is_hashed {
        for (number, source) in hashed {
            if let Err(kind) = feed(session, source, &Request::Digest(number), &mut progress) {
                problems.push(Problem { path: source.path.clone(), kind });
            }
        }
    }
    drop(progress);
    taken.say(arguments);
    let reply = match arguments.as_of {
        Some(_) => session.handle(Request::SetAsOf(arguments.as_of)),
        None => session.handle(Request::Overview),
    };
    let overview = match reply {
        Reply::Overview(overview) => Some(*overview),
        _ => None,
    };
    Opened { overview, problems, against }
}

/// What a file was.
enum Fed {
    File,
    /// A file beside the reports.
    SideFile,
    /// A ZIP file: how many reports were in it, and what of it was left aside.
    Archive(u32, Vec<ReadError>),
}

/// What was taken of folders and ZIP files, and what was left aside.
#[derive(Default)]
struct Taken {
    reports: u32,
    others: Vec<(PathBuf, ReadError)>,
    /// Whether there was a folder or a ZIP file at all.
    is_several: bool,
}

impl Taken {
    /// Says it, with the first of what was left aside; a secret among it is always named.
    fn say(&self, arguments: &Arguments) {
        if !self.is_several || self.others.is_empty() {
            return;
        }
        let own = text::of(arguments.language);
        let texts = arguments.language.text();
        let mut lines = vec![(own.taken)(self.reports.into(), self.others.len() as u64)];
        let is_secret = |error: &ReadError| {
            let secrets = [OtherFile::AccessKeyCsv, OtherFile::PasswordCsv].map(ReadErrorKind::NotAReport);
            secrets.contains(&error.kind)
        };
        let (secrets, others): (Vec<_>, Vec<_>) = self.others.iter().partition(|(_, error)| is_secret(error));
        for (_, error) in secrets.iter().chain(others.iter().take(WARNINGS)) {
            lines.push(plain(&format!("  {}: {}", error.file, texts.read_error(&error.kind))));
        }
        say(&lines);
    }
}

/// Feeds the bytes of a file to the session, for what the first request says.
fn feed(
    session: &mut Session,
    source: &Source,
    first: &Request,
    progress: &mut Progress,
) -> Result<Fed, ProblemKind> {
    let hear = |reply| match reply {
        Reply::FileFailed(error) => Err(ProblemKind::NotRead(error)),
        reply => Ok(reply),
    };
    progress.file(&source.name);
    let mut feed = || {
        hear(session.handle(first.clone()))?;
        source.read(|slice| {
            let bytes = slice.len() as u64;
            hear(session.handle(Request::Slice(slice)))?;
            progress.advance(bytes);
            Ok(())
        })?;
        match hear(session.handle(Request::EndOfFile))? {
            Reply::Archive { .. } => {}
            Reply::SideFileRead { .. } => return Ok(Fed::SideFile),
            _ => return Ok(Fed::File),
        }
        let (mut reports, mut others) = (0, Vec::new());
        while let Reply::Unpacked { files, is_done, .. } = hear(session.handle(Request::Unpack))? {
            for file in files {
                match file.left_aside {
                    Some(error) => others.push(error),
                    None => reports += u32::from(file.side.is_none()),
                }
            }
            if is_done {
                break;
            }
        }
        Ok(Fed::Archive(reports, others))
    };
    let fed = feed();
    if fed.is_err() {
        session.handle(Request::AbandonFile);
    }
    fed
}

/// Reads text that is not UTF-8 as Japanese spreadsheets write it, and as the page does.
fn shift_jis(bytes: &[u8]) -> String {
    encoding_rs::SHIFT_JIS.decode_without_bom_handling(bytes).0.into_owned()
}

/// Each decision that does not count, where and why.
fn invalid_decisions(session: &mut Session, arguments: &Arguments) -> Vec<String> {
    let query = DecisionQuery { states: vec![State::Invalid], limit: u32::MAX, ..DecisionQuery::default() };
    let Reply::Decisions(page) = session.handle(Request::Decisions(query)) else { return Vec::new() };
    let text = arguments.language.text();
    let invalid = page.decisions.iter().filter_map(|listed| listed.invalid.as_ref());
    invalid.map(|invalid| plain(&text.invalid(invalid))).collect()
}

/// The first warnings, and how many there are.
fn warnings(arguments: &Arguments, overview: &Overview) -> Vec<String> {
    let text = arguments.language.text();
    let mut lines: Vec<String> =
        overview.warnings.iter().take(WARNINGS).map(|warning| warning_line(text, warning)).collect();
    if overview.warnings_total > lines.len() as u64 {
        lines.push((text.page.first_warnings)(lines.len() as u64, overview.warnings_total));
    }
    lines
}

/// What the form cannot be made without, where it is not there.
fn missing(overview: &Overview, arguments: &Arguments, format: Format) -> Option<String> {
    let form = format.form().filter(|form| form.requires() == Some(Requirement::Owners))?;
    let place = Requirement::ALL.iter().position(|requirement| Some(*requirement) == form.requires())?;
    let sentence = arguments.language.text().export.requires.get(place)?;
    overview.owners.is_none().then(|| sentence.trim_end_matches(['.', '。']).to_owned())
}

/// What is odd about files of owners and accounts, and which accounts have no report: the first of each.
fn side_issues(arguments: &Arguments, overview: &Overview) -> Vec<String> {
    let text = arguments.language.text();
    let t = &text.owners;
    let owners = overview.owners.iter().flat_map(|owners| owners.issues.iter());
    let accounts = overview.organization.iter().flat_map(|of| of.issues.iter());
    let mut lines: Vec<String> =
        owners.take(WARNINGS).chain(accounts.take(WARNINGS)).map(|issue| issue_line(text, issue)).collect();
    if let Some(owners) = &overview.owners {
        lines.push(plain(&(t.matched)(owners.matched.into(), owners.users.into())));
        for (count, words) in [
            (owners.leavers, t.leavers),
            (owners.without_owner(), t.without_owner),
            (owners.guessed, t.guessed),
            (owners.several, t.several),
            (owners.lines_without_user, t.lines_without_user),
        ] {
            if count > 0 {
                lines.push(plain(&words(count.into())));
            }
        }
    }
    if let Some(of) = overview.organization.as_ref().filter(|of| !of.without_report.is_empty()) {
        let missing = (t.without_report)(of.without_report.len() as u64, of.accounts.into());
        let first = of.without_report.iter().take(WARNINGS);
        let first: Vec<String> =
            first.map(|missing| format!("{} {}", account(&missing.id), missing.name)).collect();
        lines.push(plain(&format!("{missing}: {}", first.join(", "))));
    }
    lines
}

/// Whether a finding that is printed is at least so bad.
fn finds(session: &mut Session, query: &Query, least: Severity) -> bool {
    let is_asked = |severity: Severity| query.severities.is_empty() || query.severities.contains(&severity);
    let severities: Vec<Severity> =
        Severity::ALL.into_iter().filter(|severity| *severity >= least && is_asked(*severity)).collect();
    if severities.is_empty() {
        return false;
    }
    match session.handle(Request::Query(Query { severities, limit: 0, ..query.clone() })) {
        Reply::Cards(cards) => cards.findings > 0,
        _ => false,
    }
}

/// Writes an export, part by part.
fn export(session: &mut Session, request: Request, output: &mut Output, name: &str) -> io::Result<()> {
    // What is written to the terminal shows by itself how far it is.
    let mut progress = (!output.is_terminal()).then(Progress::writing);
    if let Some(progress) = &progress {
        progress.file(name);
    }
    parts(session, request, |bytes, _| {
        output.write_all(&bytes)?;
        if let Some(progress) = &mut progress {
            progress.advance(bytes.len() as u64);
        }
        Ok(())
    })
}

/// Writes each part of an export to a file of its own, by its number from 1.
fn export_to_files(
    session: &mut Session,
    request: Request,
    name: &dyn Fn(usize) -> PathBuf,
) -> io::Result<()> {
    let (mut progress, mut number) = (Progress::writing(), 0);
    parts(session, request, |bytes, _| {
        // A form that counts its parts first gives none as yet.
        if bytes.is_empty() {
            return Ok(());
        }
        number += 1;
        let path = name(number);
        progress.file(&path.display().to_string());
        let mut file = Output::new(Some(&path))?;
        file.write_all(&bytes)?;
        progress.advance(bytes.len() as u64);
        file.finish()
    })
}

/// Asks for the parts of an export, one after the other, with the names of those that are files of their own.
pub(crate) fn parts(
    session: &mut Session,
    request: Request,
    mut write: impl FnMut(Vec<u8>, Option<String>) -> io::Result<()>,
) -> io::Result<()> {
    let mut reply = session.handle(request);
    while let Reply::Part { bytes, last, name } = reply {
        write(bytes, name)?;
        if last {
            break;
        }
        reply = session.handle(Request::NextPart);
    }
    Ok(())
}

/// Says on standard error what was wrong; where nobody listens, nothing is lost but the words.
fn say(lines: &[String]) {
    let mut errors = io::stderr().lock();
    for line in lines {
        let _ = writeln!(errors, "{line}");
    }
}
