//! The findings as JSON, `credential-report-findings/1`.
//!
//! The same inputs, policy and as-of time give the same bytes. Parts joined in order make the file,
//! so that a million users need not be held as text.

mod form;
mod order;

use std::collections::VecDeque;

use self::form::{FindingForm, HeadForm, NotJudgedForm, SummaryForm, WarningForm};
use self::order::before;
use super::PART_BYTES;
use super::form::ToolForm;
use super::lines::{Lines, item};
use crate::assessment::{Assessment, Inputs, RowId, RowVerdicts, Selection};
use crate::checks::{self, BySeverity, Severity};
use crate::comparison::Compared;
use crate::finding::Finding;
use crate::overview::Overview;
use crate::query::{Members, Order, Query, SortKey, Wanted, account_findings};
use crate::text::ENGLISH;

/// The name and version of the form.
pub const SCHEMA: &str = "credential-report-findings/1";

/// An export under way.
#[derive(Debug)]
pub struct Export {
    query: Query,
    wanted: Wanted,
    /// The verdicts of each severity, worst first.
    of_severity: [Selection; 5],
    /// Rows that may have findings, by account and ARN.
    rows: Vec<RowId>,
    /// What comes next.
    stage: Stage,
    account_findings: VecDeque<Finding>,
}

/// Rows of one user, which are one in the order of findings; a row may stand in a file a hundred
/// thousand times.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Run {
    /// Its first row in the list, and the first behind it.
    first: usize,
    end: usize,
    /// The bits of the verdicts whose findings are not all written.
    left: u64,
    /// The row that comes next.
    next: usize,
}

impl Run {
    /// The bits whose findings are written row by row: findings come by check and slot, then by row.
    fn bits(self) -> u64 {
        if self.end - self.first == 1 { self.left } else { self.left & self.left.wrapping_neg() }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Head,
    /// The findings of a severity, by its rank, from a run of rows on; within it, from a bit of the
    /// verdicts and a row on.
    Findings {
        rank: usize,
        run: Run,
        any: bool,
    },
    Tail,
    Done,
}

impl Export {
    /// Starts an export of everything, or of what a query matches.
    pub fn new(compared: Compared<'_>, filter: Option<&Query>) -> Self {
        let Compared { inputs, assessment, .. } = compared;
        let query = Query { sort: SortKey::Severity, ..filter.cloned().unwrap_or_default() };
        let mut rows = Order::new(compared, &query, None).into_rows();
        rows.sort_unstable();
        inputs.sort_by_arn(&mut rows, |row| *row);
        Self {
            wanted: Wanted::new(compared, &query),
            of_severity: Severity::ALL.map(|wanted| assessment.selection(|_, severity| severity == wanted)),
            query,
            rows,
            stage: Stage::Head,
            account_findings: VecDeque::new(),
        }
    }

    /// The next part of the text, UTF-8; empty when all was given.
    pub fn next_part(&mut self, compared: Compared<'_>) -> Vec<u8> {
        let mut out = Vec::new();
        while self.stage != Stage::Done && out.len() < PART_BYTES {
            self.stage = match self.stage {
                Stage::Head => {
                    self.head(compared, &mut out);
                    self.start_severity(compared, 0, false)
                }
                Stage::Findings { rank, run, any } => self.findings(compared, rank, run, any, &mut out),
                Stage::Tail => {
                    tail(compared.inputs, compared.assessment, &mut out);
                    Stage::Done
                }
                Stage::Done => Stage::Done,
            };
        }
        out
    }

    /// Whether all was given.
    pub fn is_done(&self) -> bool {
        self.stage == Stage::Done
    }

    fn start_severity(&mut self, compared: Compared<'_>, rank: usize, any: bool) -> Stage {
        match Severity::ALL.get(rank) {
            Some(severity) => {
                self.account_findings = account_findings(compared, &self.query)
                    .filter(|finding| finding.severity == *severity)
                    .cloned()
                    .collect();
                Stage::Findings { rank, run: Run::default(), any }
            }
            None => Stage::Tail,
        }
    }

    fn head(&self, compared: Compared<'_>, out: &mut Vec<u8>) {
        let Compared { inputs, assessment, .. } = compared;
        let overview = Overview::new(inputs, assessment);
        let summary = if self.query.is_narrow() {
            self.summary(compared)
        } else {
            let by_check = overview.checks.iter().map(|tally| (tally.check, tally.failed));
            SummaryForm {
                accounts: overview.accounts.iter().filter(|account| !account.account.is_empty()).count(),
                users: overview.users.into(),
                users_with_findings: overview.users_with_findings.into(),
                findings: overview.findings,
                by_severity: overview.by_severity.into(),
                by_check: by_check.filter(|(_, failed)| *failed > 0).collect(),
            }
        };
        let mut lines = Lines::begin(out);
        lines.members(&HeadForm {
            schema: SCHEMA,
            tool: ToolForm::THIS,
            as_of: overview.as_of,
            as_of_source: overview.as_of_source.name(),
            policy: &overview.policy,
            inputs: overview.inputs.iter().map(Into::into).collect(),
            filter: Members(&self.query),
            checks: summary.by_check.keys().map(|id| (*id, (*id).into())).collect(),
            summary,
        });
        lines.list("findings");
    }

    /// What is counted of the rows that a query matches.
    fn summary(&self, compared: Compared<'_>) -> SummaryForm {
        let Compared { inputs, assessment, .. } = compared;
        let (mut by_severity, mut by_check) = (BySeverity::default(), vec![0; checks::COUNT]);
        for finding in account_findings(compared, &self.query) {
            by_severity.add(finding.severity, 1);
            by_check[finding.check.index()] += 1;
        }
        let mut users_with_findings = 0;
        let mut accounts: Vec<(RowId, u32)> = Vec::new();
        for &row in &self.rows {
            let (Some(loaded), Some(user)) = (inputs.report_of(row), inputs.user(row)) else { continue };
            if user.account().is_some() {
                // The first row of a report stands for it.
                accounts.push((loaded.row(0), user.account_number()));
            }
            let verdicts = self.verdicts(compared, row);
            users_with_findings += u64::from(verdicts.fails != 0);
            assessment.count(verdicts, &mut by_severity, &mut by_check);
        }
        accounts.sort_unstable();
        accounts.dedup();
        SummaryForm {
            accounts: accounts.len(),
            users: self.rows.len() as u64,
            users_with_findings,
            findings: by_severity.total(),
            by_severity: by_severity.into(),
            by_check: checks::ids().zip(by_check).filter(|(_, count)| *count > 0).collect(),
        }
    }

    /// Writes the findings of one severity until a part is full.
    fn findings(
        &mut self,
        compared: Compared<'_>,
        rank: usize,
        mut run: Run,
        mut any: bool,
        out: &mut Vec<u8>,
    ) -> Stage {
        let Compared { inputs, assessment, .. } = compared;
        let about_account = |finding: &Finding, any: &mut bool, out: &mut Vec<u8>| {
            item(&FindingForm::new(finding, compared.account_history(finding)), any, out);
        };
        while out.len() < PART_BYTES {
            if run.left == 0 {
                let Some(next) = self.run_from(compared, rank, run.end) else {
                    while let Some(finding) = self.account_findings.pop_front() {
                        about_account(&finding, &mut any, out);
                    }
                    return self.start_severity(compared, rank + 1, any);
                };
                run = next;
                continue;
            }
            let bits = run.bits();
            if run.next == run.end {
                run.left &= !bits;
                run.next = run.first;
                continue;
            }
            let row = self.rows[run.next];
            run.next += 1;
            let Some(user) = inputs.user(row) else { continue };
            let wanted = self.of_severity[rank].of(self.verdicts(compared, row)).of(bits);
            for finding in assessment.findings(row, &user, wanted) {
                while self.account_findings.front().is_some_and(|about| before(about, &finding)) {
                    if let Some(about) = self.account_findings.pop_front() {
                        about_account(&about, &mut any, out);
                    }
                }
                item(&FindingForm::new(&finding, compared.history(row, &finding)), &mut any, out);
            }
        }
        Stage::Findings { rank, run, any }
    }

    /// The rows of one user from a place of the list on.
    fn run_from(&self, compared: Compared<'_>, rank: usize, first: usize) -> Option<Run> {
        let inputs = compared.inputs;
        let user = inputs.first_row_of_user(*self.rows.get(first)?);
        let (mut end, mut left) = (first, 0);
        while let Some(&row) = self.rows.get(end)
            && inputs.first_row_of_user(row) == user
        {
            left |= self.of_severity[rank].of(self.verdicts(compared, row)).fails;
            end += 1;
        }
        Some(Run { first, end, left, next: first })
    }

    /// The verdicts on a row that are asked for.
    fn verdicts(&self, compared: Compared<'_>, row: RowId) -> RowVerdicts {
        let verdicts = || {
            let (report, user) = compared.inputs.numbered_user(row)?;
            self.wanted.of(compared, &self.query, (report, &user), compared.assessment.verdicts(row)?)
        };
        verdicts().unwrap_or_default()
    }
}

fn tail(inputs: &Inputs, assessment: &Assessment, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\n  ]");
    let mut lines = Lines::go_on(out);
    lines.member("not_judged", &NotJudgedForm::by_reason(assessment.missing_inputs()));
    let out = lines.list("warnings");
    let mut any = false;
    for warning in inputs.warnings().chain(assessment.time_warnings(inputs)) {
        item(&WarningForm::from(&warning), &mut any, out);
    }
    for more in inputs.reports().iter().filter_map(WarningForm::of_more) {
        item(&more, &mut any, out);
    }
    out.extend_from_slice(if any { b"\n  ]" } else { b"]" });
    Lines::go_on(out).member("limits", &ENGLISH.limits());
    out.extend_from_slice(b"\n}\n");
}
