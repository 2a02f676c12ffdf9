//! The findings as a table, one a row.

use serde::Serialize;

use super::PART_BYTES;
use super::form_table::Parts;
use super::owner::{account_name, owner_cells, owners};
use super::redaction::Redactor;
use super::request::{ExportRequest, Separator};
use super::table::{TablePart, TextCell, account_cell, time_cell, words_cell};
use super::walk::{Found, Walk, Which, history};
use crate::assessment::{RowId, kind};
use crate::checks::{CheckId, Framework};
use crate::finding::Finding;
use crate::review::{Decision, Reviewed};
use crate::text::ENGLISH;

/// The columns, in their order. Those of a redacted table are followed by `redacted`.
pub const COLUMNS: [&str; 23] = [
    "account",
    "account_name",
    "user",
    "arn",
    "kind",
    "owner",
    "team",
    "check",
    "title",
    "severity",
    "status",
    "subject",
    "created_utc",
    "age_days",
    "limit_days",
    "message",
    "change",
    "since_utc",
    "decision",
    "until",
    "cis_7_0",
    "security_hub",
    "uid",
];

/// The last column of a redacted table, which is there even if no row is.
pub(super) const REDACTED: &str = "redacted";

/// The table under way.
#[derive(Debug)]
pub(super) struct FindingsCsv {
    separator: Separator,
    walk: Walk,
    redactor: Option<Redactor>,
    started: bool,
    done: bool,
}

/// A row. What nobody says is empty: names of accounts, owners, decisions.
#[derive(Serialize)]
struct Row<'a> {
    account: Option<TextCell<'a>>,
    account_name: Option<TextCell<'a>>,
    user: Option<TextCell<'a>>,
    arn: Option<TextCell<'a>>,
    kind: Option<&'static str>,
    owner: Option<TextCell<'a>>,
    team: Option<TextCell<'a>>,
    check: CheckId,
    title: &'static str,
    severity: &'static str,
    status: Status,
    subject: &'static str,
    created_utc: Option<String>,
    age_days: Option<u32>,
    limit_days: Option<u32>,
    message: TextCell<'a>,
    change: Option<&'static str>,
    since_utc: Option<String>,
    decision: Option<&'static str>,
    until: Option<String>,
    cis_7_0: String,
    security_hub: String,
    uid: TextCell<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    redacted: Option<bool>,
}

/// Whether somebody is to act on a finding.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum Status {
    Open,
    Accepted,
}

impl FindingsCsv {
    pub(super) fn new(compared: Reviewed<'_>, request: &ExportRequest, redactor: Option<Redactor>) -> Self {
        let walk = Walk::of(Which::All, compared, request.filter.as_ref());
        Self { separator: request.separator, walk, redactor, started: false, done: false }
    }
}

impl Parts for FindingsCsv {
    fn next_part(&mut self, compared: Reviewed<'_>) -> Vec<u8> {
        let mut part = if std::mem::replace(&mut self.started, true) {
            TablePart::next(self.separator)
        } else {
            first_part(self.separator, &COLUMNS, self.redactor.is_some())
        };
        let redactor = self.redactor.as_ref();
        while !self.done && part.len() < PART_BYTES {
            self.done = !self.walk.step(compared, |found| row(compared, found, redactor, &mut part));
        }
        part.into_bytes()
    }

    fn is_done(&self) -> bool {
        self.done
    }
}

/// The part with the names of the columns.
pub(super) fn first_part(separator: Separator, columns: &[&str], is_redacted: bool) -> TablePart {
    if is_redacted {
        TablePart::first(separator, &[columns, &[REDACTED]].concat())
    } else {
        TablePart::first(separator, columns)
    }
}

fn row(compared: Reviewed<'_>, (finding, row): Found<'_>, redactor: Option<&Redactor>, part: &mut TablePart) {
    let user = row.and_then(|row| compared.inputs.user(row));
    let history = history(compared, finding, row);
    let (decision, is_accepted) = decision(compared, finding, row);
    let [owner, team, _] = owner_cells(&owners(compared, row, redactor));
    let account_name = account_name(compared, finding.account.as_deref(), redactor);
    let redacted = redactor.map(|redactor| redactor.finding(finding));
    let finding = redacted.as_ref().unwrap_or(finding);
    let is_redacted = redacted.is_some();
    part.row(&Row {
        account: finding.account.as_deref().map(account_cell),
        account_name: account_name.map(Into::into),
        user: finding.user.as_deref().map(Into::into),
        arn: finding.arn.as_deref().map(Into::into),
        kind: user.map(|user| kind(&user).name()),
        owner,
        team,
        check: finding.check,
        title: ENGLISH.check(finding.check).title,
        severity: finding.severity.name(),
        status: if is_accepted { Status::Accepted } else { Status::Open },
        subject: finding.subject.kind.name(),
        created_utc: finding.subject.created.map(|created| time_cell(created, is_redacted)),
        age_days: finding.evidence.age_days,
        limit_days: finding.evidence.threshold_days,
        message: ENGLISH.finding(finding).into(),
        change: history.map(|history| history.outcome().name()),
        since_utc: history.and_then(|history| history.since).map(|since| time_cell(since, false)),
        decision: decision.map(|decision| decision.action.name()),
        until: decision.map(|decision| decision.until.to_string()),
        cis_7_0: sections(finding.check, Framework::Cis("7.0")),
        security_hub: sections(finding.check, Framework::SecurityHub),
        uid: finding.uid.as_str().into(),
        redacted: is_redacted.then_some(true),
    });
}

/// What was decided about a finding: the exception that accepts it, else what was decided about its credential,
/// else about the user. And whether it is accepted.
fn decision<'a>(
    reviewed: Reviewed<'a>,
    finding: &Finding,
    row: Option<RowId>,
) -> (Option<&'a Decision>, bool) {
    let Some(decided) = reviewed.decided else { return (None, false) };
    if let Some((_, decision)) = decided.acceptor(reviewed.assessment, finding, row) {
        return (Some(decision), true);
    }
    (row.and_then(|row| decided.about(row, finding)), false)
}

/// The sections of a framework that ask for a check.
fn sections(check: CheckId, framework: Framework) -> String {
    let sections = check.check().frameworks.iter().filter(|(of, _)| *of == framework);
    words_cell(sections.flat_map(|(_, sections)| sections.iter().copied()))
}
