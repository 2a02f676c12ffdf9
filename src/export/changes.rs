//! What became of findings and users as JSON, `credential-report-changes/1`; its schema is
//! docs/changes-v1.schema.json.
//!
//! The same inputs in any order give the same bytes.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::json::{Object, PART, SubjectForm, ordered, policy, tool, write_value};
use crate::assessment::{Assessment, Inputs};
use crate::checks::{BySeverity, CheckId, Severity};
use crate::comparison::{
    AccountComparison, Cause, ChangeKind, ChangeList, ChangeQuery, ComparedReport, Comparison, Fact,
    FactValue, FindingChange, Outcome, Place, Summary, TrendPoint, UserChange,
};
use crate::report::{Column, Timestamp};

/// The name and version of the form.
pub const SCHEMA: &str = "credential-report-changes/1";

/// An export of changes under way.
#[derive(Debug)]
pub struct ChangesExport {
    query: ChangeQuery,
    /// The accounts that are asked for, by their places in the comparison, the next one last.
    accounts: Vec<u32>,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    Head,
    /// The next account; whether one came before.
    Account {
        any: bool,
    },
    /// Its users, from one on.
    Users {
        account: u32,
        users: Vec<(u32, ChangeKind)>,
        next: usize,
    },
    /// Its findings, from a place on; whether one came before.
    Findings {
        account: u32,
        list: ChangeList,
        place: Place,
        any: bool,
    },
    Done,
}

impl ChangesExport {
    /// Starts an export of what a question matches; its page does not count.
    pub fn new(comparison: Option<&Comparison>, query: ChangeQuery) -> Self {
        let accounts = comparison.map(|of| of.wanted(&query).rev().collect()).unwrap_or_default();
        Self { query, accounts, stage: Stage::Head }
    }

    /// The next part of the text, UTF-8; empty when all was given.
    pub fn next_part(
        &mut self,
        inputs: &Inputs,
        assessment: &Assessment,
        comparison: Option<&Comparison>,
    ) -> Vec<u8> {
        let mut out = Vec::new();
        while !self.is_done() && out.len() < PART {
            let stage = std::mem::replace(&mut self.stage, Stage::Done);
            self.stage = match (stage, comparison) {
                (Stage::Head, _) => head(assessment, &mut out),
                (stage, Some(of)) => self.write(stage, (inputs, assessment, of), &mut out),
                (_, None) => end(false, &mut out),
            };
        }
        out
    }

    /// Whether all was given.
    pub fn is_done(&self) -> bool {
        matches!(self.stage, Stage::Done)
    }

    fn write(
        &mut self,
        stage: Stage,
        (inputs, assessment, comparison): (&Inputs, &Assessment, &Comparison),
        out: &mut Vec<u8>,
    ) -> Stage {
        match stage {
            Stage::Account { any } => {
                let Some(account) = self.accounts.pop() else {
                    return end(any, out);
                };
                let Some(of_account) = comparison.accounts().get(account as usize) else {
                    return Stage::Account { any };
                };
                out.extend_from_slice(if any { b",\n    {" } else { b"\n    {" });
                self.account_head(inputs, assessment, comparison, of_account, account, out);
                let users = comparison.changed_users(inputs, of_account, &self.query);
                Stage::Users { account, users, next: 0 }
            }
            Stage::Users { account, users, next } => {
                let Some(user) = users.get(next) else {
                    out.extend_from_slice(if next > 0 {
                        b"\n    ],\n     \"findings\": ["
                    } else {
                        b"],\n     \"findings\": ["
                    });
                    let list =
                        ChangeList::of_accounts(inputs, assessment, comparison, &[account], &self.query);
                    return Stage::Findings { account, list, place: Place::default(), any: false };
                };
                let of_account = comparison.accounts().get(account as usize);
                let change = of_account.and_then(|of| comparison.user_change(inputs, assessment, of, *user));
                if let Some(change) = change {
                    out.extend_from_slice(if next > 0 { b",\n      " } else { b"\n      " });
                    write_value(&UserForm::from(&change), out);
                }
                Stage::Users { account, users, next: next + 1 }
            }
            Stage::Findings { account, list, mut place, mut any } => {
                if let Some(changes) = list.next(inputs, assessment, comparison, &mut place) {
                    for change in &changes {
                        out.extend_from_slice(if any { b",\n      " } else { b"\n      " });
                        any = true;
                        write_value(&FindingForm::from(change), out);
                    }
                    return Stage::Findings { account, list, place, any };
                }
                out.extend_from_slice(if any { b"\n    ]" } else { b"]" });
                out.extend_from_slice(b",\n     \"trend\": ");
                let trend = comparison.accounts().get(account as usize).map_or(&[][..], |of| of.trend());
                write_value(&trend.iter().map(TrendForm::from).collect::<Vec<_>>(), out);
                out.extend_from_slice(b"}");
                Stage::Account { any: true }
            }
            Stage::Head | Stage::Done => Stage::Done,
        }
    }

    /// What of an account stands before its users.
    fn account_head(
        &self,
        inputs: &Inputs,
        assessment: &Assessment,
        comparison: &Comparison,
        account: &AccountComparison,
        place: u32,
        out: &mut Vec<u8>,
    ) {
        let Some(changes) = comparison.changes(inputs, account) else { return };
        let summary = if self.query.narrows_findings() {
            let list = ChangeList::of_accounts(inputs, assessment, comparison, &[place], &self.query);
            let users = comparison.changed_users(inputs, account, &self.query);
            list.summary(inputs, assessment, comparison, &users)
        } else {
            changes.summary
        };
        for (name, value) in [
            ("account", json!(changes.account)),
            ("earlier", report(&changes.earlier)),
            ("current", report(&changes.current)),
            ("summary", summary_form(&summary)),
        ] {
            write_value(&name, out);
            out.extend_from_slice(b": ");
            write_value(&value, out);
            out.extend_from_slice(b",\n     ");
        }
        out.extend_from_slice(b"\"users\": [");
    }
}

fn head(assessment: &Assessment, out: &mut Vec<u8>) -> Stage {
    let mut object = Object::open(out);
    object.member("schema", &SCHEMA);
    object.member("tool", &tool());
    object.member("policy", &policy(assessment.policy()));
    object.name("accounts");
    out.extend_from_slice(b"[");
    Stage::Account { any: false }
}

fn end(any: bool, out: &mut Vec<u8>) -> Stage {
    out.extend_from_slice(if any { b"\n  ]\n}\n" } else { b"]\n}\n" });
    Stage::Done
}

fn report(report: &ComparedReport) -> Value {
    ordered([
        ("name", json!(report.name)),
        ("sha256", json!(report.sha256)),
        ("as_of", json!(report.as_of)),
        ("as_of_source", json!(report.as_of_source.name())),
    ])
}

fn summary_form(summary: &Summary) -> Value {
    let outcomes = Outcome::ALL.map(|outcome| (outcome.name(), summary.of(outcome)));
    let causes = Cause::ALL.iter().map(|cause| (cause.name(), summary.of_cause(*cause)));
    let changes = ChangeKind::ALL.map(|change| (change.name(), summary.of_change(change)));
    let is_there = |(_, count): &(&str, u64)| *count > 0;
    ordered([
        ("by_outcome", counts(outcomes)),
        ("by_cause", counts(causes.filter(is_there))),
        ("by_severity", by_severity(&summary.by_severity)),
        ("by_severity_before", by_severity(&summary.by_severity_before)),
        ("users_by_change", counts(changes.into_iter().filter(is_there))),
    ])
}

fn by_severity(numbers: &BySeverity) -> Value {
    counts(Severity::ALL.map(|severity| (severity.name(), numbers.of(severity))))
}

fn counts<'a>(counts: impl IntoIterator<Item = (&'a str, u64)>) -> Value {
    let counts = counts.into_iter().map(|(name, count)| (name.to_owned(), json!(count)));
    Value::Object(counts.collect::<Map<String, Value>>())
}

/// A user with a change in the form of the export.
#[derive(Serialize)]
struct UserForm<'a> {
    arn: &'a str,
    user: &'a str,
    change: &'static str,
    renamed_from: Option<&'a str>,
    facts: Vec<FactForm>,
}

impl<'a> From<&'a UserChange> for UserForm<'a> {
    fn from(change: &'a UserChange) -> Self {
        Self {
            arn: &change.arn,
            user: &change.user,
            change: change.change.name(),
            renamed_from: change.renamed_from.as_deref(),
            facts: change.facts.iter().map(FactForm::from).collect(),
        }
    }
}

#[derive(Serialize)]
struct FactForm {
    fact: &'static str,
    before: Value,
    now: Value,
    subject: Value,
}

impl From<&Fact> for FactForm {
    fn from(fact: &Fact) -> Self {
        let value = |value: FactValue| match value {
            FactValue::Flag(flag) => json!(flag),
            FactValue::Time(time) => json!(time),
        };
        let kind = ("kind", json!(fact.subject.name()));
        let subject = if fact.subject.has_slots() {
            ordered([kind, ("created", json!(fact.created))])
        } else {
            ordered([kind])
        };
        Self { fact: fact.kind.name(), before: value(fact.before), now: value(fact.now), subject }
    }
}

/// A finding in the form of the export.
#[derive(Serialize)]
struct FindingForm<'a> {
    outcome: &'static str,
    cause: Option<&'static str>,
    column: Option<&'static str>,
    uid: &'a str,
    check: CheckId,
    severity: Option<Severity>,
    severity_before: Option<Severity>,
    since: Option<Timestamp>,
    arn: Option<&'a str>,
    user: Option<&'a str>,
    subject: SubjectForm,
    cells_before: CellsForm<'a>,
    cells: CellsForm<'a>,
}

impl<'a> From<&'a FindingChange> for FindingForm<'a> {
    fn from(change: &'a FindingChange) -> Self {
        let finding = &change.finding;
        Self {
            outcome: change.outcome.name(),
            cause: change.cause.map(Cause::name),
            column: change.column.map(Column::name),
            uid: &finding.uid,
            check: finding.check,
            severity: change.severity,
            severity_before: change.severity_before,
            since: change.since,
            arn: finding.arn.as_deref(),
            user: finding.user.as_deref(),
            subject: SubjectForm::from(&finding.subject),
            cells_before: CellsForm(&change.cells_before),
            cells: CellsForm(&change.cells),
        }
    }
}

/// The cells, in the order of columns.
struct CellsForm<'a>(&'a [(Column, String)]);

impl Serialize for CellsForm<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(column, raw)| (column.name(), raw)))
    }
}

/// The figures at the time of a report in the form of the export.
#[derive(Serialize)]
struct TrendForm {
    as_of: Timestamp,
    users: u32,
    by_severity: Value,
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
            by_severity: by_severity(&figures.by_severity),
            console_users: figures.console_users,
            console_users_with_mfa: figures.console_users_with_mfa,
            keys_beyond_limit: figures.keys_beyond_limit,
            oldest_key_days: figures.oldest_key_days,
        }
    }
}
