//! The findings that a query matches, in the order of exports: by severity, worst first, then by account,
//! ARN, check and slot.
//!
//! They are made when it is their turn, so that those of a million users need not be held.

mod order;

use std::collections::VecDeque;

use self::order::{before, key};
use crate::assessment::{RowId, RowVerdicts, Selection};
use crate::checks::{self, BySeverity, CheckId, Severity};
use crate::comparison::{Compared, History};
use crate::finding::Finding;
use crate::query::{Order, Query, SortKey, Wanted, accepted_rows, matching_account_findings};
use crate::report::sorted;
use crate::review::Reviewed;

/// Which findings are walked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// Those that nobody accepted.
    Open,
    /// Those that somebody did.
    Accepted,
    /// Both.
    All,
}

/// A walk through the findings.
#[derive(Debug)]
pub(super) struct Walk {
    query: Query,
    wanted: Wanted,
    which: Which,
    /// The verdicts of each severity, worst first.
    of_severity: [Selection; 5],
    /// Rows that may have findings, by account and ARN.
    rows: Vec<RowId>,
    /// The severity whose turn it is, by its rank.
    rank: usize,
    run: Run,
    /// The findings about accounts of this severity that are to come.
    account_findings: VecDeque<Finding>,
}

/// Rows of one user, which are one in the order of findings; a row may stand in a file a hundred
/// thousand times.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Run {
    /// Its first row in the list, and the first behind it.
    first: usize,
    end: usize,
    /// The bits of the verdicts whose findings were not all handed out.
    left: u64,
    /// The row that comes next.
    next: usize,
}

impl Run {
    /// The bits whose findings are handed out row by row: findings come by check and slot, then by row.
    fn bits(self) -> u64 {
        if self.end - self.first == 1 { self.left } else { self.left & self.left.wrapping_neg() }
    }
}

/// A finding, and the row that it is on; `None` for one about an account.
pub(super) type Found<'f> = (&'f Finding, Option<RowId>);

impl Walk {
    /// Starts before the first finding of everything, or of what a query matches.
    pub(super) fn new(compared: Reviewed<'_>, filter: Option<&Query>) -> Self {
        Self::of(Which::Open, compared, filter)
    }

    /// Starts before the first of some findings of everything, or of what a query matches.
    pub(super) fn of(which: Which, compared: Reviewed<'_>, filter: Option<&Query>) -> Self {
        let Compared { inputs, assessment, .. } = *compared;
        let query = Query { sort: SortKey::Severity, ..filter.cloned().unwrap_or_default() };
        let mut rows = match which {
            Which::Open | Which::All => Order::all_rows(compared, &query),
            Which::Accepted => Vec::new(),
        };
        if which != Which::Open {
            rows.extend(accepted_rows(compared, &query));
        }
        rows.sort_unstable();
        rows.dedup();
        inputs.sort_by_arn(&mut rows, |row| *row);
        let mut walk = Self {
            wanted: Wanted::new(compared, &query),
            which,
            of_severity: Severity::ALL.map(|wanted| assessment.selection(|_, severity| severity == wanted)),
            query,
            rows,
            rank: 0,
            run: Run::default(),
            account_findings: VecDeque::new(),
        };
        walk.start_severity(compared);
        walk
    }

    /// The question; by what it sorts is no matter here.
    pub(super) fn query(&self) -> &Query {
        &self.query
    }

    /// The rows that the question matches, by account and ARN.
    pub(super) fn rows(&self) -> &[RowId] {
        &self.rows
    }

    /// Hands out the findings of the next row, or none; false when all were handed out.
    pub(super) fn step(&mut self, compared: Reviewed<'_>, mut hear: impl FnMut(Found<'_>)) -> bool {
        let Compared { inputs, assessment, .. } = *compared;
        if self.rank == Severity::ALL.len() {
            return false;
        }
        if self.run.left == 0 {
            if let Some(next) = self.run_from(compared, self.run.end) {
                self.run = next;
                return true;
            }
            for finding in self.account_findings.drain(..) {
                hear((&finding, None));
            }
            self.rank += 1;
            self.run = Run::default();
            self.start_severity(compared);
            return true;
        }
        let bits = self.run.bits();
        if self.run.next == self.run.end {
            self.run.left &= !bits;
            self.run.next = self.run.first;
            return true;
        }
        let row = self.rows[self.run.next];
        self.run.next += 1;
        let Some(user) = inputs.user(row) else { return true };
        let wanted = self.of_severity[self.rank].of(self.verdicts(compared, row)).of(bits);
        for finding in assessment.findings(row, &user, wanted) {
            while self.account_findings.front().is_some_and(|about| before(about, &finding)) {
                if let Some(about) = self.account_findings.pop_front() {
                    hear((&about, None));
                }
            }
            hear((&finding, Some(row)));
        }
        true
    }

    fn start_severity(&mut self, compared: Reviewed<'_>) {
        if let Some(severity) = Severity::ALL.get(self.rank) {
            let about = self.about_accounts(compared).filter(|finding| finding.severity == *severity);
            let mut about: Vec<Finding> = about.cloned().collect();
            if self.which == Which::All {
                sorted::sort_by(&mut about, |a, b| key(a).cmp(&key(b)));
            }
            self.account_findings = about.into();
        }
    }

    /// The findings about accounts.
    pub(super) fn about_accounts<'a>(&'a self, compared: Reviewed<'a>) -> impl Iterator<Item = &'a Finding> {
        let (open, accepted) =
            (compared.assessment.account_findings(), compared.assessment.accepted_account_findings());
        let (open, accepted): (&[Finding], &[Finding]) = match self.which {
            Which::Open => (open, &[]),
            Which::Accepted => (&[], accepted),
            Which::All => (open, accepted),
        };
        let matching = |findings| matching_account_findings(compared, &self.query, findings);
        matching(open).chain(matching(accepted))
    }

    /// The rows of one user from a place of the list on.
    fn run_from(&self, compared: Reviewed<'_>, first: usize) -> Option<Run> {
        let inputs = compared.inputs;
        let user = inputs.first_row_of_user(*self.rows.get(first)?);
        let (mut end, mut left) = (first, 0);
        while let Some(&row) = self.rows.get(end)
            && inputs.first_row_of_user(row) == user
        {
            left |= self.of_severity[self.rank].of(self.verdicts(compared, row)).fails;
            end += 1;
        }
        Some(Run { first, end, left, next: first })
    }

    /// How many known accounts the rows are of.
    pub(super) fn accounts(&self, compared: Reviewed<'_>) -> usize {
        let account = |row: &RowId| {
            let (loaded, user) = (compared.inputs.report_of(*row)?, compared.inputs.user(*row)?);
            // The first row of a report stands for it.
            user.account().map(|_| (loaded.row(0), user.account_number()))
        };
        let mut accounts: Vec<(RowId, u32)> = self.rows.iter().filter_map(account).collect();
        sorted::sort(&mut accounts);
        accounts.dedup();
        accounts.len()
    }

    /// How many findings there are.
    pub(super) fn findings(&self, compared: Reviewed<'_>) -> u64 {
        let about_accounts = self.about_accounts(compared).count() as u64;
        let of_row = |row: &RowId| u64::from(self.verdicts(compared, *row).fails.count_ones());
        about_accounts + self.rows.iter().map(of_row).sum::<u64>()
    }

    /// The checks of the findings, in table order.
    pub(super) fn checks(&self, compared: Reviewed<'_>) -> Vec<CheckId> {
        let mut by_check = vec![0; checks::COUNT];
        for row in &self.rows {
            let verdicts = self.verdicts(compared, *row);
            compared.assessment.count(verdicts, &mut BySeverity::default(), &mut by_check);
        }
        for finding in self.about_accounts(compared) {
            by_check[finding.check.index()] += 1;
        }
        checks::ids().filter(|check| by_check[check.index()] > 0).collect()
    }

    /// The verdicts on a row that are asked for.
    pub(super) fn verdicts(&self, compared: Reviewed<'_>, row: RowId) -> RowVerdicts {
        let verdicts = || {
            let (report, user) = compared.inputs.numbered_user(row)?;
            let verdicts = match self.which {
                Which::Open => compared.assessment.verdicts(row)?,
                Which::Accepted => compared.assessment.accepted(row),
                Which::All => compared.assessment.all_verdicts(row)?,
            };
            self.wanted.of(compared, &self.query, (report, &user), verdicts)
        };
        verdicts().unwrap_or_default()
    }
}

/// Why a finding is new, or since when it fails; `None` where its account has no earlier report.
pub(super) fn history(compared: Reviewed<'_>, finding: &Finding, row: Option<RowId>) -> Option<History> {
    match row {
        Some(row) => compared.history(row, finding),
        None => compared.account_history(finding),
    }
}
