//! What became of findings and users as JSON, `credential-report-changes/1`; its schema is
//! docs/changes-v1.schema.json.
//!
//! The same inputs in any order give the same bytes.

use serde::Serialize;

use super::PART_BYTES;
use super::form::{BySeverityForm, Counts, SubjectForm, ToolForm, by_column, by_name};
use super::form_table::Parts;
use super::lines::{Lines, end_list_of_item, item_of_item};
use super::redaction::Redactor;
use super::request::ExportRequest;
use crate::checks::{CheckId, Severity, SubjectKind};
use crate::comparison::{
    AccountComparison, Cause, ChangeKind, ChangeList, ChangeQuery, Compared, ComparedReport, Comparison,
    Fact, FactKind, FactValue, FindingChange, Outcome, Place, Summary, TrendPoint, UserChange,
};
use crate::policy::Policy;
use crate::query::Query;
use crate::report::{Column, ReadCell, Timestamp};
use crate::review::Reviewed;

/// The name and version of the form.
pub const SCHEMA: &str = "credential-report-changes/1";

/// An export of changes under way.
#[derive(Debug)]
pub(super) struct ChangesExport {
    query: ChangeQuery,
    redactor: Option<Redactor>,
    /// The accounts that are asked for, by their places in the comparison, the next one last.
    accounts: Vec<u32>,
    /// Whether one was written.
    any: bool,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    Head,
    /// The next account.
    Account,
    /// The users of one, from one on.
    Users {
        account: u32,
        users: Vec<(u32, ChangeKind)>,
        next: usize,
    },
    /// The findings of one, from a place on; whether one came before.
    Findings {
        account: u32,
        list: ChangeList,
        place: Place,
        any: bool,
    },
    Done,
}

impl ChangesExport {
    pub(super) fn new(reviewed: Reviewed<'_>, request: &ExportRequest, redactor: Option<Redactor>) -> Self {
        let query = request.filter.as_ref().map(Query::about_changes).unwrap_or_default();
        let accounts = reviewed.comparison.map(|of| of.wanted(&query).rev().collect()).unwrap_or_default();
        Self { query, redactor, accounts, any: false, stage: Stage::Head }
    }
}

impl Parts for ChangesExport {
    fn next_part(&mut self, reviewed: Reviewed<'_>) -> Vec<u8> {
        let compared = reviewed.compared;
        let mut out = Vec::new();
        while !self.is_done() && out.len() < PART_BYTES {
            self.stage = match std::mem::replace(&mut self.stage, Stage::Done) {
                Stage::Head => {
                    let mut lines = Lines::begin(&mut out);
                    lines.members(&HeadForm {
                        schema: SCHEMA,
                        redacted: self.redactor.as_ref().map(|_| true),
                        tool: ToolForm::THIS,
                        policy: compared.assessment.policy(),
                    });
                    lines.list("accounts");
                    Stage::Account
                }
                Stage::Account => self.account(compared, &mut out),
                Stage::Users { account, users, next } => {
                    self.user(compared, (account, users, next), &mut out)
                }
                Stage::Findings { account, list, place, any } => {
                    self.findings(compared, (account, list, place, any), &mut out)
                }
                Stage::Done => Stage::Done,
            };
        }
        out
    }

    fn is_done(&self) -> bool {
        matches!(self.stage, Stage::Done)
    }
}

impl ChangesExport {
    /// Writes what of the next account stands before its users; the end where there is none.
    fn account(&mut self, compared: Compared<'_>, out: &mut Vec<u8>) -> Stage {
        let Some(account) = self.accounts.pop() else {
            out.extend_from_slice(if self.any { b"\n  ]\n}\n" } else { b"]\n}\n" });
            return Stage::Done;
        };
        let Some((comparison, of_account)) = of_account(compared, account) else { return Stage::Account };
        let Some(changes) = comparison.changes(compared.inputs, of_account) else { return Stage::Account };
        let users = comparison.changed_users(compared.inputs, of_account, &self.query);
        let changes = match &self.redactor {
            Some(redactor) => redactor.account_changes(&changes),
            None => changes,
        };
        let summary = if self.query.narrows_findings() {
            self.list(compared, account).summary(compared, &users)
        } else {
            changes.summary
        };
        let mut lines = Lines::begin_item(&mut self.any, out);
        lines.members(&AccountForm {
            account: &changes.account,
            earlier: (&changes.earlier).into(),
            current: (&changes.current).into(),
            summary: (&summary).into(),
        });
        lines.list("users");
        Stage::Users { account, users, next: 0 }
    }

    /// Writes the next user; what stands between users and findings where there is none.
    fn user(
        &self,
        compared: Compared<'_>,
        (account, users, next): (u32, Vec<(u32, ChangeKind)>, usize),
        out: &mut Vec<u8>,
    ) -> Stage {
        let Some(user) = users.get(next) else {
            end_list_of_item(next > 0, out);
            Lines::go_on_item(out).list("findings");
            let list = self.list(compared, account);
            return Stage::Findings { account, list, place: Place::default(), any: false };
        };
        let change = of_account(compared, account).and_then(|(comparison, of_account)| {
            comparison.user_change(compared.inputs, compared.assessment, of_account, *user)
        });
        if let Some(change) = change {
            let redacted = self.redactor.as_ref().map(|redactor| redactor.user_change(&change));
            item_of_item(&UserForm::from(redacted.as_ref().unwrap_or(&change)), &mut (next > 0), out);
        }
        Stage::Users { account, users, next: next + 1 }
    }

    fn list(&self, compared: Compared<'_>, account: u32) -> ChangeList {
        ChangeList::of_accounts(compared, &[account], &self.query)
    }

    /// Writes the next findings; the end of the account where there are none.
    fn findings(
        &self,
        compared: Compared<'_>,
        (account, list, mut place, mut any): (u32, ChangeList, Place, bool),
        out: &mut Vec<u8>,
    ) -> Stage {
        if let Some(changes) = list.next(compared, &mut place) {
            for change in &changes {
                let redacted = self.redactor.as_ref().map(|redactor| redactor.finding_change(change));
                item_of_item(&FindingForm::from(redacted.as_ref().unwrap_or(change)), &mut any, out);
            }
            return Stage::Findings { account, list, place, any };
        }
        end_list_of_item(any, out);
        let trend = of_account(compared, account).map_or(&[][..], |(_, of_account)| of_account.trend());
        let trend: Vec<TrendForm> = trend.iter().map(Into::into).collect();
        Lines::go_on_item(out).member("trend", &trend);
        out.extend_from_slice(b"\n    }");
        Stage::Account
    }
}

fn of_account(compared: Compared<'_>, account: u32) -> Option<(&Comparison, &AccountComparison)> {
    let comparison = compared.comparison?;
    Some((comparison, comparison.accounts().get(account as usize)?))
}

/// What stands before the accounts.
#[derive(Serialize)]
struct HeadForm<'a> {
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    redacted: Option<bool>,
    tool: ToolForm,
    policy: &'a Policy,
}

/// What of an account stands before its users.
#[derive(Serialize)]
struct AccountForm<'a> {
    account: &'a str,
    earlier: ReportForm<'a>,
    current: ReportForm<'a>,
    summary: SummaryForm,
}

#[derive(Serialize)]
struct ReportForm<'a> {
    name: &'a str,
    sha256: Option<&'a str>,
    as_of: Timestamp,
    as_of_source: &'static str,
}

impl<'a> From<&'a ComparedReport> for ReportForm<'a> {
    fn from(report: &'a ComparedReport) -> Self {
        Self {
            name: &report.name,
            sha256: report.sha256.as_deref(),
            as_of: report.as_of,
            as_of_source: report.as_of_source.name(),
        }
    }
}

#[derive(Serialize)]
struct SummaryForm {
    #[serde(serialize_with = "by_name")]
    by_outcome: Counts,
    /// Those that occur.
    #[serde(serialize_with = "by_name")]
    by_cause: Counts,
    by_severity: BySeverityForm,
    by_severity_before: BySeverityForm,
    /// Those that occur.
    #[serde(serialize_with = "by_name")]
    users_by_change: Counts,
}

impl From<&Summary> for SummaryForm {
    fn from(summary: &Summary) -> Self {
        let causes = Cause::ALL.iter().map(|cause| (cause.name(), summary.of_cause(*cause)));
        let changes = ChangeKind::ALL.iter().map(|change| (change.name(), summary.of_change(*change)));
        Self {
            by_outcome: Outcome::ALL.map(|outcome| (outcome.name(), summary.of(outcome))).into(),
            by_cause: causes.filter(|(_, count)| *count > 0).collect(),
            by_severity: summary.by_severity.into(),
            by_severity_before: summary.by_severity_before.into(),
            users_by_change: changes.filter(|(_, count)| *count > 0).collect(),
        }
    }
}

/// A user with a change.
#[derive(Serialize)]
struct UserForm<'a> {
    arn: &'a str,
    user: &'a str,
    change: ChangeKind,
    renamed_from: Option<&'a str>,
    facts: Vec<FactForm>,
}

impl<'a> From<&'a UserChange> for UserForm<'a> {
    fn from(change: &'a UserChange) -> Self {
        Self {
            arn: &change.arn,
            user: &change.user,
            change: change.change,
            renamed_from: change.renamed_from.as_deref(),
            facts: change.facts.iter().map(Into::into).collect(),
        }
    }
}

#[derive(Serialize)]
struct FactForm {
    fact: FactKind,
    before: FactValueForm,
    now: FactValueForm,
    subject: FactSubjectForm,
}

#[derive(Serialize)]
#[serde(untagged)]
enum FactValueForm {
    Flag(bool),
    Time(Option<Timestamp>),
}

impl From<FactValue> for FactValueForm {
    fn from(value: FactValue) -> Self {
        match value {
            FactValue::Flag(flag) => Self::Flag(flag),
            FactValue::Time(time) => Self::Time(time),
        }
    }
}

/// What a fact is about; only keys and certificates are told by their creation.
#[derive(Serialize)]
#[serde(untagged)]
enum FactSubjectForm {
    Credential { kind: SubjectKind, created: Option<Timestamp> },
    Other { kind: SubjectKind },
}

impl From<&Fact> for FactForm {
    fn from(fact: &Fact) -> Self {
        let (kind, created) = (fact.subject, fact.created);
        let subject = if kind.has_slots() {
            FactSubjectForm::Credential { kind, created }
        } else {
            FactSubjectForm::Other { kind }
        };
        Self { fact: fact.kind, before: fact.before.into(), now: fact.now.into(), subject }
    }
}

/// A finding, and what became of it.
#[derive(Serialize)]
struct FindingForm<'a> {
    outcome: Outcome,
    cause: Option<Cause>,
    column: Option<&'static str>,
    uid: &'a str,
    check: CheckId,
    severity: Option<Severity>,
    severity_before: Option<Severity>,
    since: Option<Timestamp>,
    arn: Option<&'a str>,
    user: Option<&'a str>,
    subject: SubjectForm,
    #[serde(serialize_with = "by_column")]
    cells_before: &'a [ReadCell],
    #[serde(serialize_with = "by_column")]
    cells: &'a [ReadCell],
}

impl<'a> From<&'a FindingChange> for FindingForm<'a> {
    fn from(change: &'a FindingChange) -> Self {
        let finding = &change.finding;
        Self {
            outcome: change.outcome,
            cause: change.cause,
            column: change.column.map(Column::name),
            uid: &finding.uid,
            check: finding.check,
            severity: change.severity,
            severity_before: change.severity_before,
            since: change.since,
            arn: finding.arn.as_deref(),
            user: finding.user.as_deref(),
            subject: (&finding.subject).into(),
            cells_before: &change.cells_before,
            cells: &change.cells,
        }
    }
}

/// The figures at the time of a report.
#[derive(Serialize)]
struct TrendForm {
    as_of: Timestamp,
    users: u32,
    by_severity: BySeverityForm,
    console_users: u32,
    console_users_with_mfa: u32,
    keys_beyond_limit: u32,
    oldest_key_days: Option<u32>,
}

impl From<&TrendPoint> for TrendForm {
    fn from(point: &TrendPoint) -> Self {
        let figures = &point.figures;
        Self {
            as_of: point.as_of,
            users: figures.users,
            by_severity: figures.by_severity.into(),
            console_users: figures.console_users,
            console_users_with_mfa: figures.console_users_with_mfa,
            keys_beyond_limit: figures.keys_over_limit,
            oldest_key_days: figures.oldest_key_days,
        }
    }
}
