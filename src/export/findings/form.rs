//! The form `credential-report-findings/1`: the names of its members and their order are frozen, see
//! docs/findings-v1.schema.json.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use crate::assessment::{InputSummary, NotJudged};
use crate::checks::{CheckId, Pattern, Sections, Severity};
use crate::comparison::{Cause, History, Outcome};
use crate::export::form::{BySeverityForm, Counts, SubjectForm, ToolForm, by_column, by_name};
use crate::export::owner::OwnerForm;
use crate::export::redaction::Redactor;
use crate::finding::Finding;
use crate::policy::Policy;
use crate::query::Members;
use crate::remediation;
use crate::report::{ReadCell, Timestamp, Warning, sorted};
use crate::text::ENGLISH;

/// What stands before the findings.
#[derive(Serialize)]
pub(super) struct HeadForm<'a> {
    pub(super) schema: &'static str,
    /// Whether aliases stand for names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) redacted: Option<bool>,
    pub(super) tool: ToolForm,
    pub(super) as_of: Timestamp,
    pub(super) as_of_source: &'static str,
    pub(super) policy: &'a Policy,
    pub(super) inputs: Vec<InputForm<'a>>,
    pub(super) filter: Members<'a>,
    pub(super) summary: SummaryForm,
    #[serde(serialize_with = "by_name")]
    pub(super) checks: Vec<(&'static str, CheckForm)>,
}

#[derive(Serialize)]
pub(super) struct InputForm<'a> {
    name: Cow<'a, str>,
    form: &'static str,
    bytes: u64,
    sha256: Option<&'a str>,
    rows: u32,
    accounts: Cow<'a, [String]>,
}

impl<'a> InputForm<'a> {
    pub(super) fn new(input: &'a InputSummary) -> Self {
        Self {
            name: Cow::Borrowed(&input.name),
            form: input.form.name(),
            bytes: input.bytes,
            sha256: input.sha256.as_deref(),
            rows: input.rows,
            accounts: Cow::Borrowed(&input.accounts),
        }
    }

    /// Of the file of a place, from 0: without what names it.
    pub(super) fn redacted(place: usize, input: &'a InputSummary, redactor: &Redactor) -> Self {
        Self {
            name: Cow::Owned(Redactor::file_of(place)),
            form: input.form.name(),
            bytes: input.bytes,
            sha256: None,
            rows: input.rows,
            accounts: input.accounts.iter().map(|account| redactor.account(account)).collect(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct SummaryForm {
    pub(super) accounts: usize,
    pub(super) users: u64,
    pub(super) users_with_findings: u64,
    pub(super) findings: u64,
    /// Those that somebody accepted; they are in no other number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) accepted: Option<u64>,
    pub(super) by_severity: BySeverityForm,
    /// Those that found something.
    #[serde(serialize_with = "by_name")]
    pub(super) by_check: Counts,
}

#[derive(Serialize)]
pub(super) struct CheckForm {
    title: &'static str,
    severity: Severity,
    why: &'static str,
    fix: &'static str,
    #[serde(serialize_with = "by_framework")]
    frameworks: Sections,
    references: &'static [&'static str],
}

impl From<CheckId> for CheckForm {
    fn from(id: CheckId) -> Self {
        let (check, text) = (id.check(), ENGLISH.check(id));
        Self {
            title: text.title,
            severity: check.severity,
            why: text.why,
            fix: text.fix,
            frameworks: check.frameworks,
            references: check.references,
        }
    }
}

fn by_framework<S: Serializer>(sections: &Sections, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(sections.iter().map(|(framework, sections)| (framework.name(), sections)))
}

#[derive(Serialize)]
pub(super) struct FindingForm<'a> {
    uid: &'a str,
    check: CheckId,
    severity: Severity,
    account: Option<&'a str>,
    partition: Option<&'a str>,
    user: Option<&'a str>,
    arn: Option<&'a str>,
    subject: SubjectForm,
    evidence: EvidenceForm<'a>,
    message: String,
    commands: Vec<String>,
    /// Only where a file of accounts names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    account_name: Option<&'a str>,
    /// Only where a file of owners names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'a OwnerForm>,
    /// Only where files name several.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    other_owners: &'a [OwnerForm],
    /// Only where there is an earlier report to compare with.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    history: Option<HistoryForm>,
}

/// What became of a finding since the earlier report.
#[derive(Serialize)]
struct HistoryForm {
    change: Outcome,
    cause: Option<Cause>,
    since: Option<Timestamp>,
}

impl From<History> for HistoryForm {
    fn from(history: History) -> Self {
        Self { change: history.outcome(), cause: history.cause, since: history.since }
    }
}

impl<'a> FindingForm<'a> {
    /// Of a redacted finding commands and cells are left out.
    pub(super) fn new(
        finding: &'a Finding,
        history: Option<History>,
        (owners, account_name): (&'a [OwnerForm], Option<&'a str>),
        is_redacted: bool,
    ) -> Self {
        Self {
            uid: &finding.uid,
            check: finding.check,
            severity: finding.severity,
            account: finding.account.as_deref(),
            partition: finding.partition.as_deref(),
            user: finding.user.as_deref(),
            arn: finding.arn.as_deref(),
            subject: (&finding.subject).into(),
            evidence: EvidenceForm {
                age_days: finding.evidence.age_days,
                threshold_days: finding.evidence.threshold_days,
                pattern: finding.evidence.pattern.map(Pattern::name),
                cells: if is_redacted { &[] } else { &finding.evidence.cells },
            },
            message: ENGLISH.finding(finding),
            commands: if is_redacted { Vec::new() } else { remediation::commands(finding) },
            account_name,
            owner: owners.first(),
            other_owners: owners.get(1..).unwrap_or_default(),
            history: history.map(Into::into),
        }
    }
}

/// A finding that somebody accepted.
#[derive(Serialize)]
pub(super) struct AcceptedForm<'a> {
    #[serde(flatten)]
    finding: FindingForm<'a>,
    /// The id of the exception; not of a redacted one.
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<&'a str>,
}

impl<'a> AcceptedForm<'a> {
    pub(super) fn new(finding: FindingForm<'a>, decision: Option<&'a str>) -> Self {
        Self { finding, decision }
    }
}

#[derive(Serialize)]
struct EvidenceForm<'a> {
    age_days: Option<u32>,
    threshold_days: Option<u32>,
    pattern: Option<&'static str>,
    #[serde(serialize_with = "by_column")]
    cells: &'a [ReadCell],
}

#[derive(Serialize)]
pub(super) struct NotJudgedForm {
    check: CheckId,
    subjects: u64,
    reason: String,
}

impl NotJudgedForm {
    /// By check and sentence: two cells may stand in the way for the same reason.
    pub(super) fn by_reason(missing_inputs: &[NotJudged]) -> Vec<Self> {
        let mut forms: Vec<Self> = Vec::new();
        for entry in missing_inputs {
            let (check, subjects, reason) = (entry.check, entry.subjects, ENGLISH.reason(entry));
            match forms.iter_mut().find(|form| (form.check, &form.reason) == (check, &reason)) {
                Some(form) => form.subjects += subjects,
                None => forms.push(Self { check, subjects, reason }),
            }
        }
        sorted::sort_by(&mut forms, |a, b| (a.check, &a.reason).cmp(&(b.check, &b.reason)));
        forms
    }
}

#[derive(Serialize)]
pub(super) struct WarningForm<'a> {
    input: &'a str,
    line: Option<u32>,
    column: Option<&'a str>,
    value: Option<&'a str>,
    message: String,
    /// How many places there are, and the lines of the first, where they are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lines: Vec<u32>,
}

impl<'a> From<&'a Warning> for WarningForm<'a> {
    fn from(warning: &'a Warning) -> Self {
        Self {
            input: &warning.input,
            line: warning.line,
            column: warning.column.as_deref(),
            value: warning.value.as_deref(),
            message: ENGLISH.warning(&warning.kind),
            count: (warning.more > 0).then_some(warning.more.saturating_add(1)),
            lines: match warning.more {
                0 => Vec::new(),
                _ => warning.line.into_iter().chain(warning.more_lines.iter().copied()).collect(),
            },
        }
    }
}

impl<'a> WarningForm<'a> {
    /// Those of a file that are counted only.
    pub(super) fn of_more(input: &'a str, more: u64) -> Self {
        Self {
            input,
            line: None,
            column: None,
            value: None,
            message: format!("{more} more warnings"),
            count: None,
            lines: Vec::new(),
        }
    }
}
