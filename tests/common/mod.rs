//! Made-up reports, and a session to hold them against a policy.
#![allow(dead_code, clippy::unwrap_used, reason = "each test uses its part of this; a test may fail")]

pub(crate) mod findings;
pub(crate) mod fixtures;
pub(crate) mod html;
pub(crate) mod samples;

use std::collections::BTreeMap;

use credential_report_viewer::assessment::CheckTally;
use credential_report_viewer::checks::CheckId;
use credential_report_viewer::export::ExportRequest;
use credential_report_viewer::overview::Overview;
use credential_report_viewer::policy::Policy;
use credential_report_viewer::query::{Cards, Query};
use credential_report_viewer::report::{Column, ReadError, Timestamp};
use credential_report_viewer::session::{Mode, Reply, Request, Session};

/// The account of the made-up users.
pub(crate) const ACCOUNT: &str = "123456789012";

/// Another account.
pub(crate) const OTHER: &str = "210987654321";

/// The moment that the made-up reports are judged as of.
pub(crate) const AS_OF: &str = "2026-09-11T13:15:19Z";

/// What the clock says in every test: later than all that happens in them.
pub(crate) const NOW: &str = "2026-10-01T00:00:00Z";

/// Seconds in a day.
pub(crate) const DAY: i64 = 86_400;

pub(crate) fn time(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// The two forms of time that AWS writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// `2024-04-22T19:47:52Z`, since mid-2024.
    Zulu,
    /// `2016-05-16T18:13:11+00:00`, before.
    Offset,
}

impl Format {
    pub(crate) const BOTH: [Self; 2] = [Self::Zulu, Self::Offset];

    /// The moment this many seconds before [`AS_OF`].
    pub(crate) fn seconds_ago(self, seconds: i64) -> String {
        let text = Timestamp::from_unix(time(AS_OF).unix() - seconds).to_string();
        match self {
            Self::Zulu => text,
            Self::Offset => text.replace('Z', "+00:00"),
        }
    }

    /// The moment this many days before [`AS_OF`].
    pub(crate) fn days_ago(self, days: i64) -> String {
        self.seconds_ago(days * DAY)
    }
}

/// This many days before [`AS_OF`], as AWS writes it now.
pub(crate) fn days_ago(days: i64) -> String {
    Format::Zulu.days_ago(days)
}

/// A row, by column name.
#[derive(Debug, Clone)]
pub(crate) struct Row(BTreeMap<Column, String>);

/// A user that no check finds anything about: new, with a key and nothing else.
pub(crate) fn user(name: &str) -> Row {
    let arn = format!("arn:aws:iam::{ACCOUNT}:user/{name}");
    let mut row = Row(BTreeMap::new()).with("user", name).with("arn", &arn);
    for column in Column::ALL {
        if !matches!(column, Column::User | Column::Arn | Column::AdditionalCredentialsInfo) {
            let cell = if column.name().ends_with("_active") || column.name().ends_with("_enabled") {
                "false"
            } else {
                "N/A"
            };
            row = row.with(column.name(), cell);
        }
    }
    row.with("user_creation_time", &days_ago(1))
}

/// A root user that no check finds anything about, as reports have it since about 2024.
pub(crate) fn root() -> Row {
    user("<root_account>")
        .with("arn", &format!("arn:aws:iam::{ACCOUNT}:root"))
        .with("user_creation_time", &days_ago(1000))
        .with("password_enabled", "true")
        .with("password_last_changed", &days_ago(1000))
        .with("password_next_rotation", "not_supported")
        .with("mfa_active", "true")
}

impl Row {
    pub(crate) fn with(mut self, column: &str, cell: &str) -> Self {
        self.0.insert(Column::from_name(column).unwrap(), cell.to_owned());
        self
    }

    /// With a console password, set and used when the user was made, and with MFA.
    pub(crate) fn password(self) -> Self {
        let created = self.cell("user_creation_time").to_owned();
        self.with("password_enabled", "true")
            .with("password_last_used", &created)
            .with("password_last_changed", &created)
            .with("password_next_rotation", &days_ago(-10))
            .with("mfa_active", "true")
    }

    /// With an active key in a slot, made and last used at these moments.
    pub(crate) fn key(self, slot: u8, created: &str, last_used: &str) -> Self {
        self.with(&format!("access_key_{slot}_active"), "true")
            .with(&format!("access_key_{slot}_last_rotated"), created)
            .with(&format!("access_key_{slot}_last_used_date"), last_used)
    }

    pub(crate) fn cell(&self, column: &str) -> &str {
        self.0.get(&Column::from_name(column).unwrap()).map_or("N/A", String::as_str)
    }
}

/// The 22 columns that a report has.
pub(crate) fn columns() -> Vec<&'static str> {
    Column::ALL.iter().map(|column| column.name()).filter(|name| !name.starts_with("additional")).collect()
}

/// The 16 columns of reports from before 2015: nothing on the last use of keys.
pub(crate) fn old_columns() -> Vec<&'static str> {
    columns().into_iter().filter(|name| !name.contains("_last_used_")).collect()
}

/// A report as the console writes it: comma, line feed, none at the end.
pub(crate) fn report(rows: &[Row]) -> String {
    report_of(&columns(), rows)
}

/// A report of these columns.
pub(crate) fn report_of(columns: &[&str], rows: &[Row]) -> String {
    let mut lines = vec![columns.join(",")];
    lines.extend(rows.iter().map(|row| {
        let cells: Vec<&str> = columns.iter().map(|column| row.cell(column)).collect();
        cells.join(",")
    }));
    lines.join("\n")
}

/// A file to open.
#[derive(Debug, Clone)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) modified: Option<Timestamp>,
}

/// A file that was modified at [`AS_OF`].
pub(crate) fn file(name: &str, bytes: impl Into<Vec<u8>>) -> File {
    File { name: name.to_owned(), bytes: bytes.into(), modified: Some(time(AS_OF)) }
}

/// Feeds a file to a session that has begun a batch, in slices of such a size.
pub(crate) fn feed(session: &mut Session, file: &File, slice: usize) -> Result<u32, ReadError> {
    let started = session.handle(Request::File {
        name: file.name.clone(),
        bytes: file.bytes.len() as u64,
        modified: file.modified,
    });
    assert_eq!(started, Reply::Done);
    for slice in file.bytes.chunks(slice.max(1)) {
        match session.handle(Request::Slice(slice.to_vec())) {
            Reply::Progress { .. } => {}
            Reply::FileFailed(error) => return Err(error),
            other => panic!("{other:?}"),
        }
    }
    match session.handle(Request::EndOfFile) {
        Reply::FileRead { rows } => Ok(rows),
        Reply::SideFileRead { entries, .. } => Ok(entries),
        Reply::FileFailed(error) => Err(error),
        other => panic!("{other:?}"),
    }
}

/// Opens files in one batch: the result, or what is wrong with the first that failed.
pub(crate) fn open_into(session: &mut Session, files: &[File], mode: Mode) -> Result<Overview, ReadError> {
    assert_eq!(session.handle(Request::Begin { mode, now: time(NOW) }), Reply::Done);
    for file in files {
        feed(session, file, usize::MAX)?;
    }
    Ok(overview(session.handle(Request::Commit)))
}

/// Works out the SHA-256 of an input.
pub(crate) fn digest(session: &mut Session, input: u32, bytes: &[u8]) {
    assert_eq!(session.handle(Request::Digest(input)), Reply::Done);
    for slice in bytes.chunks(1000) {
        assert_eq!(session.handle(Request::Slice(slice.to_vec())), Reply::Done);
    }
    assert_eq!(session.handle(Request::EndOfFile), Reply::Done);
}

/// A session with these files open.
pub(crate) fn open(files: &[File]) -> Session {
    let mut session = Session::new();
    open_into(&mut session, files, Mode::Replace).unwrap();
    session
}

/// A session with one report open, judged by a policy as of [`AS_OF`].
pub(crate) fn judged(text: &str, policy: Policy) -> Session {
    let mut session = Session::new();
    session.handle(Request::SetPolicy(policy));
    open_into(&mut session, &[file("report.csv", text)], Mode::Replace).unwrap();
    session.handle(Request::SetAsOf(Some(time(AS_OF))));
    session
}

/// What is wrong with a file.
pub(crate) fn failure(name: &str, bytes: impl Into<Vec<u8>>) -> ReadError {
    open_into(&mut Session::new(), &[file(name, bytes)], Mode::Replace).unwrap_err()
}

pub(crate) fn overview(reply: Reply) -> Overview {
    match reply {
        Reply::Overview(overview) => *overview,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn overview_of(session: &mut Session) -> Overview {
    overview(session.handle(Request::Overview))
}

/// How a check went.
pub(crate) fn tally(overview: &Overview, id: &str) -> CheckTally {
    overview.checks[CheckId::from_name(id).unwrap().index()]
}

pub(crate) fn query(session: &mut Session, query: &Query) -> Cards {
    match session.handle(Request::Query(query.clone())) {
        Reply::Cards(cards) => *cards,
        other => panic!("{other:?}"),
    }
}

/// The parts of the findings as JSON.
pub(crate) fn export_parts(session: &mut Session, filter: Option<Query>) -> Vec<Vec<u8>> {
    export_parts_as(session, filter.into())
}

/// An export in any form, whole.
pub(crate) fn export_as(session: &mut Session, request: ExportRequest) -> String {
    String::from_utf8(export_parts_as(session, request).concat()).unwrap()
}

/// The parts of an export in any form.
pub(crate) fn export_parts_as(session: &mut Session, request: ExportRequest) -> Vec<Vec<u8>> {
    let mut parts = Vec::new();
    let mut reply = session.handle(Request::Export(Box::new(request)));
    loop {
        match reply {
            Reply::Part { bytes, last, .. } => {
                parts.push(bytes);
                if last {
                    return parts;
                }
            }
            other => panic!("{other:?}"),
        }
        reply = session.handle(Request::NextPart);
    }
}

/// An export, whole.
pub(crate) fn export(session: &mut Session, filter: Option<Query>) -> String {
    String::from_utf8(export_parts(session, filter).concat()).unwrap()
}

/// An export, parsed.
pub(crate) fn exported(session: &mut Session, filter: Option<Query>) -> serde_json::Value {
    serde_json::from_str(&export(session, filter)).unwrap()
}

/// Users that differ in all that can be sorted by.
pub(crate) fn sortable() -> Vec<Row> {
    vec![
        root().with("user_creation_time", "2015-01-01T00:00:00Z").with("password_last_used", &days_ago(500)),
        user("Bea")
            .with("user_creation_time", &days_ago(300))
            .password()
            .with("password_last_used", &days_ago(5))
            .with("mfa_active", "false"),
        user("ann").with("user_creation_time", &days_ago(200)).key(1, &days_ago(100), &days_ago(2)).key(
            2,
            &days_ago(10),
            "N/A",
        ),
        in_account(user("cid"), OTHER).with("user_creation_time", &days_ago(400)).key(
            2,
            &days_ago(20),
            &days_ago(1),
        ),
        user("dot").with("user_creation_time", "N/A"),
        in_account(user("eve"), OTHER)
            .with("user_creation_time", &days_ago(600))
            .password()
            .with("password_last_changed", &days_ago(500))
            .with("password_last_used", "no_information"),
    ]
}

/// The same row in another account.
pub(crate) fn in_account(row: Row, account: &str) -> Row {
    let arn = row.cell("arn").replace(ACCOUNT, account);
    row.with("arn", &arn)
}
