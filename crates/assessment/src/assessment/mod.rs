//! Reports held against a policy: verdict masks for each row, totals, and findings on demand.

mod accepted;
mod account;
mod arn_order;
mod chain;
mod counted;
mod evaluator;
mod facts;
mod findings;
mod inputs;
mod open_account;
mod ordinals;
mod row_id;
mod side;
mod tally;
mod time_issues;
mod times;
mod totals;
mod verdicts;

use std::ops::Range;

pub use self::account::{AccountFigures, AccountSummary, ExpiryGuess};
pub use self::chain::ReportOfAccount;
pub use self::facts::{Kind, kind};
pub use self::inputs::{Fingerprint, InputSummary, Inputs, LoadedReport};
pub use self::row_id::RowId;
pub use self::tally::{CheckTally, KeyAgeTally, LastUseTally, MfaTally, NotJudged};
pub use self::time_issues::time_issues;
pub use self::totals::Totals;
pub use self::verdicts::{RowVerdicts, Selection};

pub(crate) use self::ordinals::created;
pub(crate) use self::side::Side;
pub(crate) use self::verdicts::{Layout, bits};

use self::accepted::Accepted;
use self::account::AccountTally;
use self::chain::Standing;
use self::counted::Counted;
use self::evaluator::{Evaluator, MissingInputs, evaluate};
use self::findings::account_finding;
use self::open_account::{OpenAccount, Rows};
use self::ordinals::Ordinals;
use self::times::Times;
use crate::checks::{self, BySeverity, CheckId, Context, Rule, Severity, Verdict};
use crate::finding::Finding;
use crate::policy::Policy;
use crate::report::{AsOfSource, Column, Timestamp, User, Warning, WarningKind, sorted};

/// Reports held against a policy as of a moment.
pub struct Assessment {
    policy: Policy,
    as_of: Timestamp,
    as_of_source: AsOfSource,
    layout: Layout,
    /// The reports that are looked at, by number, and the first row of them.
    reports: Range<u32>,
    first_row: u32,
    /// One for each row from that on; rows that are not looked at are marked.
    verdicts: Vec<RowVerdicts>,
    totals: Totals,
    not_judged: Vec<NotJudged>,
    accounts: Vec<AccountTally>,
    account_findings: Vec<Finding>,
    ordinals: Ordinals,
    accepted: Accepted,
}

impl std::fmt::Debug for Assessment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Assessment")
            .field("as_of", &self.as_of)
            .field("users", &self.totals.users)
            .finish_non_exhaustive()
    }
}

/// Rules at work on rows, and what is counted meanwhile.
struct Evaluation<'p> {
    evaluator: Evaluator<'p>,
    /// What was found of the rows that are looked at.
    found: Vec<(RowVerdicts, u32)>,
    times: Times<'p>,
    account: OpenAccount,
    rows: Rows,
}

/// Marks a row that is not looked at.
const NOT_LOOKED_AT: u64 = 1 << 63;

/// Which rows are looked at.
#[derive(Debug, Clone, Copy)]
enum Part {
    /// Those that make the result.
    Current,
    /// Those of a report, by number, of whose accounts there are newer ones.
    EarlierOf(u32),
}

impl Assessment {
    /// Evaluates every row that makes the result.
    pub fn new(inputs: &Inputs, policy: Policy, as_of: Timestamp, as_of_source: AsOfSource) -> Self {
        Self::of_part(inputs, policy, (as_of, as_of_source), Part::Current)
    }

    fn of_part(inputs: &Inputs, policy: Policy, as_of: (Timestamp, AsOfSource), part: Part) -> Self {
        let (reports, first_report) = match part {
            Part::Current => (inputs.reports(), 0),
            Part::EarlierOf(report) => {
                let place = report as usize;
                (inputs.reports().get(place..=place).unwrap_or_default(), report)
            }
        };
        let mut assessment = Self {
            totals: Totals::new(&policy),
            policy,
            as_of: as_of.0,
            as_of_source: as_of.1,
            layout: Layout::new(),
            reports: first_report..first_report + reports.len() as u32,
            first_row: reports.first().map_or(0, |first| first.row(0).0),
            verdicts: Vec::with_capacity(reports.iter().map(|loaded| loaded.report.len()).sum()),
            not_judged: Vec::new(),
            accounts: Vec::new(),
            account_findings: Vec::new(),
            ordinals: Ordinals::default(),
            accepted: Accepted::default(),
        };
        assessment.evaluate_all(inputs, reports, part);
        assessment.ordinals = Ordinals::new(inputs, &assessment);
        assessment
    }

    /// The policy of the evaluation.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The moment that ages are measured to.
    pub fn as_of(&self) -> Timestamp {
        self.as_of
    }

    /// How the as-of time is known.
    pub fn as_of_source(&self) -> AsOfSource {
        self.as_of_source
    }

    /// What is counted over all rows.
    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// The accounts, by number.
    pub fn accounts(&self, inputs: &Inputs) -> Vec<AccountSummary> {
        let mut accounts: Vec<AccountSummary> =
            self.accounts.iter().map(|account| account.summary(inputs)).collect();
        sorted::sort_by(&mut accounts, |a, b| (&a.account, &a.partition).cmp(&(&b.account, &b.partition)));
        accounts
    }

    /// How many known accounts there are.
    pub fn accounts_total(&self, inputs: &Inputs) -> u32 {
        let is_known = |account: &&AccountTally| {
            let report = inputs.reports().get(account.report as usize).map(|loaded| &loaded.report);
            let name = report.and_then(|report| report.accounts().get(account.account as usize));
            name.is_some_and(|name| !name.id.is_empty())
        };
        self.accounts.iter().filter(is_known).count() as u32
    }

    /// How many accounts the result has.
    pub fn number_of_accounts(&self) -> u32 {
        self.accounts.len() as u32
    }

    /// Users of the result, roots included.
    pub fn users(&self) -> u32 {
        self.totals.users
    }

    fn context(&self) -> Context<'_> {
        Context { thresholds: &self.policy.thresholds, as_of: self.as_of }
    }

    fn evaluate_all(&mut self, inputs: &Inputs, reports: &[LoadedReport], part: Part) {
        let policy = self.policy.clone();
        let context = Context { thresholds: &policy.thresholds, as_of: self.as_of };
        let tallies = std::mem::take(&mut self.totals.checks);
        let mut evaluation = Evaluation {
            evaluator: Evaluator::new(context, policy.checks, &self.layout, tallies),
            found: Vec::new(),
            times: Times::new(context),
            account: OpenAccount::default(),
            rows: Rows::default(),
        };
        let standing = match part {
            Part::Current => Standing::Current,
            Part::EarlierOf(_) => Standing::Earlier,
        };
        for (number, loaded) in self.reports.clone().zip(reports) {
            let first_account = self.accounts.len() as u32;
            for account in 0..loaded.report.accounts().len() {
                self.accounts.push(AccountTally::new(number, account as u32));
            }
            let is_asked: Vec<bool> = loaded.standings.iter().map(|of| *of == standing).collect();
            let first_row = self.verdicts.len();
            let not_looked_at = RowVerdicts { fails: NOT_LOOKED_AT, escalated: 0 };
            self.verdicts.resize(first_row + loaded.report.len(), not_looked_at);
            let mut users = Vec::new();
            for part in loaded.report.users_in_parts() {
                users.clear();
                users.extend(part.filter(|user| is_asked[user.account_number() as usize]));
                self.evaluate_some(first_row, first_account, &users, &mut evaluation);
            }
        }
        self.settle(&mut evaluation);
        let (tallies, mut missing_inputs, shapes) = evaluation.evaluator.finish();
        self.totals.checks = tallies;
        for (counted, users) in shapes {
            self.totals.count_users(&counted, users);
        }
        for (verdicts, users) in evaluation.rows {
            self.totals.count_verdicts(&self.layout, verdicts, users.into());
        }
        self.totals.count_passed();
        evaluation.times.settle(&mut self.totals);
        self.evaluate_accounts(inputs, &mut missing_inputs);
        self.accounts.retain(|account| account.users > 0);
        self.not_judged = missing_inputs
            .into_iter()
            .map(|((check, missing), subjects)| NotJudged {
                check,
                column: missing.column,
                reason: missing.reason,
                subjects,
            })
            .collect();
        sorted::sort_by_key(&mut self.not_judged, |entry| (entry.check, entry.column, entry.reason));
    }

    /// Evaluates some rows of a report.
    #[inline(never)]
    fn evaluate_some(
        &mut self,
        first_row: usize,
        first_account: u32,
        users: &[User<'_>],
        evaluation: &mut Evaluation<'_>,
    ) {
        let account_of = |user: &User<'_>| (first_account + user.account_number()) as usize;
        let Evaluation { evaluator, times, .. } = evaluation;
        let accounts = self.accounts.as_mut_slice();
        let mut found = std::mem::take(&mut evaluation.found);
        evaluator.evaluate(users, &mut found, |counted, user| {
            times.count(counted, user, &mut accounts[account_of(user)]);
        });
        for (user, &(verdicts, place)) in users.iter().zip(&found) {
            self.verdicts.as_mut_slice()[first_row + user.index() as usize] = verdicts;
            let account = account_of(user);
            if account != evaluation.account.account {
                self.settle(evaluation);
                evaluation.account.account = account;
            }
            evaluation.account.count(user, place, verdicts);
            let tally = &mut self.accounts.as_mut_slice()[account];
            let alone;
            let counted = if let Some(counted) = evaluation.evaluator.counted(place) {
                counted
            } else {
                alone = Counted::new(user);
                tally.count_users(&alone, 1);
                self.totals.count_users(&alone, 1);
                evaluation.times.count(&alone, user, tally);
                &alone
            };
            tally.note(counted, user);
        }
        evaluation.found = found;
    }

    /// Adds what was counted of the account whose rows were looked at to its tally.
    fn settle(&mut self, evaluation: &mut Evaluation<'_>) {
        if let Some(tally) = self.accounts.get_mut(evaluation.account.account) {
            evaluation.account.settle(tally, &evaluation.evaluator, &self.layout, &mut evaluation.rows);
        }
    }

    fn evaluate_accounts(&mut self, inputs: &Inputs, missing_inputs: &mut MissingInputs) {
        for id in checks::ids().filter(|id| self.policy.checks.contains(*id)) {
            let Rule::Account(rule) = id.check().rule else { continue };
            for account in self.accounts.iter_mut().filter(|account| account.users > 0) {
                let tally = &mut self.totals.checks[id.index()];
                match rule(&account.expiry) {
                    Ok(Verdict::Pass) => tally.passed += 1,
                    Ok(Verdict::NotApplicable) => tally.not_applicable += 1,
                    Ok(Verdict::Fail(_)) => {
                        self.totals.count_account_finding(account, id, 1);
                        let report = &inputs.reports()[account.report as usize].report;
                        self.account_findings.push(account_finding(id, report, account));
                    }
                    Err(missing) => {
                        tally.not_judged += 1;
                        *missing_inputs.entry((id, missing)).or_default() += 1;
                    }
                }
            }
        }
        sorted::sort_by(&mut self.account_findings, |a, b| {
            (&a.account, &a.arn, a.check).cmp(&(&b.account, &b.arn, b.check))
        });
        let unknown = self.account_findings.iter_mut().filter(|finding| finding.account.is_none());
        for (finding, number) in unknown.skip(1).zip(2..) {
            finding.uid = format!("{}#{number}", finding.uid);
        }
    }

    /// How many findings of each severity a row has, worst first.
    pub fn severity_counts(&self, row: RowVerdicts) -> [u32; 5] {
        self.layout.severity_counts(row)
    }

    /// The verdicts on a row, without what is accepted; `None` for one of an account of which there is a
    /// newer report.
    pub fn verdicts(&self, row: RowId) -> Option<RowVerdicts> {
        let verdicts = *self.verdicts.get(row.index().checked_sub(self.first_row as usize)?)?;
        (verdicts.fails != NOT_LOOKED_AT).then_some(verdicts)
    }

    /// The verdicts that are asked for, by check and severity.
    pub fn selection(&self, includes: impl Fn(CheckId, Severity) -> bool) -> Selection {
        Selection::new(&self.layout, includes)
    }

    /// Adds verdicts to counts by severity and by check.
    pub fn count(&self, verdicts: RowVerdicts, by_severity: &mut BySeverity, by_check: &mut [u64]) {
        let counts = self.severity_counts(verdicts);
        for (severity, count) in Severity::ALL.into_iter().zip(counts) {
            by_severity.add(severity, count.into());
        }
        for bit in bits(verdicts.fails) {
            by_check[self.layout.bits[bit as usize].0.index()] += 1;
        }
    }

    /// The checks that cannot evaluate a user, and the column that stands in the way.
    pub fn not_judged(&self, user: &User<'_>) -> Vec<(CheckId, Column)> {
        let mut list = Vec::new();
        for id in checks::ids().filter(|id| self.policy.checks.contains(*id)) {
            let check = id.check();
            if check.root != user.is_root() {
                continue;
            }
            for slot in 0..check.rule.slots() {
                if let Err(missing) = evaluate(check.rule, user, slot, &self.context()) {
                    list.push((id, missing.column));
                }
            }
        }
        list
    }

    /// The findings about whole accounts, without those that are accepted.
    pub fn account_findings(&self) -> &[Finding] {
        &self.account_findings
    }

    /// What could not be evaluated, and why.
    pub fn missing_inputs(&self) -> &[NotJudged] {
        &self.not_judged
    }

    /// Times after the as-of time, and uses before creation: of each report, kind and column one warning.
    pub fn time_warnings(&self, inputs: &Inputs) -> Vec<Warning> {
        let mut warnings: Vec<Warning> = Vec::new();
        // Most reports have none, and then nobody need look for them.
        let reports = if self.totals.time_issues == 0 { &[] } else { inputs.reports() };
        for loaded in reports {
            let first = warnings.len();
            let odd = loaded.report.users().filter(|user| {
                !user.times_are_plausible(self.as_of) && self.verdicts(loaded.row(user.index())).is_some()
            });
            for user in odd {
                for (column, issue) in time_issues(&user, self.as_of) {
                    let kind = WarningKind::Time(issue);
                    let is_same = |warning: &&mut Warning| {
                        warning.kind == kind && warning.column.as_deref() == Some(column.name())
                    };
                    if let Some(warning) = warnings[first..].iter_mut().find(is_same) {
                        warning.more += 1;
                        if warning.more_lines.len() < Warning::LINES {
                            warning.more_lines.push(user.line());
                        }
                        continue;
                    }
                    warnings.push(Warning {
                        input: loaded.report.file().name.clone(),
                        line: Some(user.line()),
                        column: Some(column.name().to_owned()),
                        value: user.raw(column),
                        kind,
                        more: 0,
                        more_lines: Vec::new(),
                    });
                }
            }
        }
        warnings
    }
}

/// The worst severity among counts that come worst first.
pub fn worst(counts: [u32; 5]) -> Option<Severity> {
    counts.iter().position(|count| *count > 0).map(|rank| Severity::ALL[rank])
}
