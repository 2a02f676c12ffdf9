//! The findings as a table, one a row.

use super::PART_BYTES;
use super::form_table::Parts;
use super::owner::{account_name, owner_cells, owners};
use super::redaction::Redactor;
use super::request::{ExportRequest, Separator};
use super::table::{Cell, TablePart, account_cell, text_cell, time_cell, words_cell};
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

/// The table under way.
#[derive(Debug)]
pub(super) struct FindingsCsv {
    separator: Separator,
    walk: Walk,
    redactor: Option<Redactor>,
    started: bool,
    done: bool,
}

impl FindingsCsv {
    pub(super) fn new(compared: Reviewed<'_>, request: &ExportRequest, redactor: Option<Redactor>) -> Self {
        let walk = Walk::of(Which::All, compared, request.filter.as_ref());
        Self { separator: request.separator, walk, redactor, started: false, done: false }
    }
}

impl Parts for FindingsCsv {
    fn next_part(&mut self, compared: Reviewed<'_>) -> Vec<u8> {
        let mut part = TablePart::new(self.separator, self.redactor.is_some());
        if !std::mem::replace(&mut self.started, true) {
            part.start(&COLUMNS);
        }
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

/// A row, by [`COLUMNS`]. What nobody says is empty: names of accounts, owners, decisions.
fn row(compared: Reviewed<'_>, (finding, row): Found<'_>, redactor: Option<&Redactor>, part: &mut TablePart) {
    let user = row.and_then(|row| compared.inputs.user(row));
    let history = history(compared, finding, row);
    let (decision, is_accepted) = decision(compared, finding, row);
    let [owner, team, _] = owner_cells(&owners(compared, row, redactor));
    let account_name = account_name(compared, finding.account.as_deref(), redactor);
    let redacted = redactor.map(|redactor| redactor.finding(finding));
    let finding = redacted.as_ref().unwrap_or(finding);
    let is_redacted = redacted.is_some();
    let cells: [Cell<'_>; COLUMNS.len()] = [
        finding.account.as_deref().map(account_cell).into(),
        account_name.map(text_cell).into(),
        finding.user.as_deref().map(text_cell).into(),
        finding.arn.as_deref().map(text_cell).into(),
        user.map(|user| kind(&user).name()).into(),
        owner,
        team,
        finding.check.name().into(),
        ENGLISH.check(finding.check).title.into(),
        finding.severity.name().into(),
        if is_accepted { "accepted" } else { "open" }.into(),
        finding.subject.kind.name().into(),
        finding.subject.created.map(|created| time_cell(created, is_redacted)).into(),
        finding.evidence.age_days.into(),
        finding.evidence.threshold_days.into(),
        text_cell(ENGLISH.finding(finding)),
        history.map(|history| history.outcome().name()).into(),
        history.and_then(|history| history.since).map(|since| time_cell(since, false)).into(),
        decision.map(|decision| decision.action.name()).into(),
        decision.map(|decision| decision.until.to_string()).into(),
        sections(finding.check, Framework::Cis("7.0")).into(),
        sections(finding.check, Framework::SecurityHub).into(),
        text_cell(finding.uid.as_str()),
    ];
    part.row(&cells);
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
