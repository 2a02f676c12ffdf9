//! The findings as JSON, `credential-report-findings/1`.
//!
//! The same inputs, policy and as-of time give the same bytes.

mod form;

use self::form::{AcceptedForm, FindingForm, HeadForm, InputForm, NotJudgedForm, SummaryForm, WarningForm};
use super::PART_BYTES;
use super::form::{DecisionStateForm, ToolForm};
use super::form_table::Parts;
use super::lines::{Lines, item};
use super::owner::{account_name, owners};
use super::redaction::Redactor;
use super::request::ExportRequest;
use super::walk::{Walk, Which, history};
use crate::checks::{self, BySeverity, CheckId};
use crate::comparison::Compared;
use crate::overview::Overview;
use crate::query::{Members, account_findings};
use crate::report::Warning;
use crate::review::Reviewed;
use crate::text::ENGLISH;

/// The name and version of the form.
pub const SCHEMA: &str = "credential-report-findings/1";

/// The JSON under way.
#[derive(Debug)]
pub(super) struct FindingsJson {
    walk: Walk,
    /// Through the accepted findings; `None` without any.
    accepted: Option<Walk>,
    redactor: Option<Redactor>,
    stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Head,
    /// The findings; whether one was written.
    Findings {
        any: bool,
    },
    /// The accepted ones, alike.
    Accepted {
        any: bool,
    },
    Tail,
    Done,
}

impl Parts for FindingsJson {
    fn next_part(&mut self, compared: Reviewed<'_>) -> Vec<u8> {
        let mut out = Vec::new();
        while self.stage != Stage::Done && out.len() < PART_BYTES {
            self.stage = match self.stage {
                Stage::Head => {
                    self.head(compared, &mut out);
                    Stage::Findings { any: false }
                }
                Stage::Findings { mut any } => {
                    let redactor = self.redactor.as_ref();
                    let goes_on = self.walk.step(compared, |(finding, row)| {
                        let history = history(compared, finding, row);
                        let owners = owners(compared, row, redactor);
                        let name = account_name(compared, finding.account.as_deref(), redactor);
                        let redacted = redactor.map(|redactor| redactor.finding(finding));
                        let finding = redacted.as_ref().unwrap_or(finding);
                        let known = (owners.as_slice(), name);
                        let form = FindingForm::new(finding, history, known, redacted.is_some());
                        item(&form, &mut any, &mut out);
                    });
                    match (goes_on, &self.accepted) {
                        (true, _) => Stage::Findings { any },
                        (false, None) => Stage::Tail,
                        (false, Some(_)) => {
                            out.extend_from_slice(b"\n  ]");
                            Lines::go_on(&mut out).list("accepted");
                            Stage::Accepted { any: false }
                        }
                    }
                }
                Stage::Accepted { mut any } => {
                    if self.accepted_step(compared, &mut any, &mut out) {
                        Stage::Accepted { any }
                    } else {
                        Stage::Tail
                    }
                }
                Stage::Tail => {
                    self.tail(compared, &mut out);
                    Stage::Done
                }
                Stage::Done => Stage::Done,
            };
        }
        out
    }

    fn is_done(&self) -> bool {
        self.stage == Stage::Done
    }
}

impl FindingsJson {
    /// Starts the JSON of everything, or of what a query matches.
    pub(super) fn new(compared: Reviewed<'_>, request: &ExportRequest, redactor: Option<Redactor>) -> Self {
        let filter = request.filter.as_ref();
        let accepted = (compared.assessment.accepted_total() > 0)
            .then(|| Walk::of(Which::Accepted, compared, filter))
            .filter(|walk| walk.findings(compared) > 0);
        Self { walk: Walk::new(compared, filter), accepted, redactor, stage: Stage::Head }
    }

    /// Writes the accepted findings of the next row, or none; false when all were written.
    fn accepted_step(&mut self, compared: Reviewed<'_>, any: &mut bool, out: &mut Vec<u8>) -> bool {
        let (Some(walk), Some(decided)) = (&mut self.accepted, compared.decided) else { return false };
        let redactor = self.redactor.as_ref();
        walk.step(compared, |(finding, row)| {
            let history = history(compared, finding, row);
            let acceptor = decided.acceptor(compared.assessment, finding, row);
            let id = acceptor.map(|(_, decision)| decision.id.as_str()).filter(|_| redactor.is_none());
            let owners = owners(compared, row, redactor);
            let name = account_name(compared, finding.account.as_deref(), redactor);
            let redacted = redactor.map(|redactor| redactor.finding(finding));
            let finding = redacted.as_ref().unwrap_or(finding);
            let known = (owners.as_slice(), name);
            let form = FindingForm::new(finding, history, known, redacted.is_some());
            item(&AcceptedForm::new(form, id), any, out);
        })
    }

    fn head(&self, compared: Reviewed<'_>, out: &mut Vec<u8>) {
        let overview = Overview::new(compared.inputs, compared.assessment);
        let query = self.walk.query();
        let mut summary = if query.is_narrow() {
            self.summary(compared)
        } else {
            let failed = overview.checks.iter().map(|tally| (tally.check.name(), tally.failed));
            SummaryForm {
                accounts: overview.accounts.iter().filter(|account| !account.account.is_empty()).count(),
                users: overview.users.into(),
                users_with_findings: overview.users_with_findings.into(),
                findings: overview.findings,
                accepted: None,
                by_severity: overview.by_severity.into(),
                by_check: failed.filter(|(_, failed)| *failed > 0).collect(),
            }
        };
        let accepted = self.accepted.as_ref().map(|accepted| accepted.checks(compared)).unwrap_or_default();
        summary.accepted = self.accepted.as_ref().map(|accepted| accepted.findings(compared));
        let is_named = |check: &CheckId| {
            accepted.contains(check) || summary.by_check.iter().any(|(name, _)| *name == check.name())
        };
        let checks = checks::ids().filter(is_named).map(|check| (check.name(), check.into())).collect();
        let redactor = self.redactor.as_ref();
        let redacted_query = redactor.map(|redactor| redactor.query(query));
        let input = |(place, input)| match redactor {
            Some(redactor) => InputForm::redacted(place, input, redactor),
            None => InputForm::new(input),
        };
        let mut lines = Lines::begin(out);
        lines.members(&HeadForm {
            schema: SCHEMA,
            redacted: redactor.map(|_| true),
            tool: ToolForm::THIS,
            as_of: overview.as_of,
            as_of_source: overview.as_of_source.name(),
            policy: &overview.policy,
            inputs: overview.inputs.iter().enumerate().map(input).collect(),
            filter: Members(redacted_query.as_ref().unwrap_or(query)),
            checks,
            summary,
        });
        lines.list("findings");
    }

    /// What is counted of the rows that a query matches.
    fn summary(&self, compared: Reviewed<'_>) -> SummaryForm {
        let assessment = compared.assessment;
        let (mut by_severity, mut by_check) = (BySeverity::default(), vec![0; checks::COUNT]);
        for finding in account_findings(compared, self.walk.query()) {
            by_severity.add(finding.severity, 1);
            by_check[finding.check.index()] += 1;
        }
        let mut users_with_findings = 0;
        for &row in self.walk.rows() {
            let verdicts = self.walk.verdicts(compared, row);
            users_with_findings += u64::from(verdicts.fails != 0);
            assessment.count(verdicts, &mut by_severity, &mut by_check);
        }
        let failed = checks::ids().map(CheckId::name).zip(by_check);
        SummaryForm {
            accounts: self.walk.accounts(compared),
            users: self.walk.rows().len() as u64,
            users_with_findings,
            findings: by_severity.total(),
            accepted: None,
            by_severity: by_severity.into(),
            by_check: failed.filter(|(_, failed)| *failed > 0).collect(),
        }
    }

    fn tail(&self, compared: Reviewed<'_>, out: &mut Vec<u8>) {
        let Compared { inputs, assessment, .. } = *compared;
        out.extend_from_slice(b"\n  ]");
        if let Some(decided) = compared.decided {
            let mut any = false;
            let list = Lines::go_on(out).list("decisions");
            for place in decided.decisions.in_order() {
                item(&DecisionStateForm::new(decided, place, self.redactor.is_some()), &mut any, list);
            }
            list.extend_from_slice(if any { b"\n  ]" } else { b"]" });
        }
        let mut lines = Lines::go_on(out);
        lines.member("not_judged", &NotJudgedForm::by_reason(assessment.missing_inputs()));
        let out = lines.list("warnings");
        let mut any = false;
        let mut write = |warning: &Warning| item(&WarningForm::from(warning), &mut any, out);
        for warning in inputs.warnings().chain(assessment.time_warnings(inputs)) {
            match &self.redactor {
                Some(redactor) => write(&redactor.warning(&warning)),
                None => write(&warning),
            }
        }
        for (loaded, more) in inputs.reports().iter().map(|loaded| (loaded, loaded.more_warnings())) {
            if more > 0 {
                let name = &loaded.report.file().name;
                let name = self.redactor.as_ref().map_or_else(|| name.clone(), |of| of.file(name));
                item(&WarningForm::of_more(&name, more), &mut any, out);
            }
        }
        out.extend_from_slice(if any { b"\n  ]" } else { b"]" });
        Lines::go_on(out).member("limits", &ENGLISH.limits());
        out.extend_from_slice(b"\n}\n");
    }
}
