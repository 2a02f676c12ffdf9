//! Reports held against a policy: verdict masks for each row, totals, and findings on demand.

mod account;
mod chain;
mod earlier;
mod facts;
mod findings;
mod inputs;
mod judging;
mod oddity;
mod ordinals;
mod tally;
mod totals;
mod verdicts;

use rustc_hash::FxHashMap;

pub use self::account::{AccountFigures, AccountSummary, ExpiryGuess};
pub use self::chain::ReportOfAccount;
pub use self::facts::{Kind, kind};
pub use self::inputs::{Fingerprint, InputSummary, Inputs, LoadedReport};
pub use self::oddity::oddities;
pub use self::tally::{CheckTally, KeyAges, LastUse, MfaCoverage, NotJudged};
pub use self::totals::Totals;
pub use self::verdicts::RowVerdicts;

pub(crate) use self::earlier::{Earlier, Side};
pub(crate) use self::ordinals::created;
pub(crate) use self::verdicts::{Layout, bits};

use self::account::AccountTally;
use self::chain::Standing;
use self::findings::account_finding;
use self::judging::{Judging, Obstacles, judge};
use self::ordinals::Ordinals;
use self::verdicts::area_index;
use crate::checks::{self, BySeverity, CheckId, Context, Judge, Severity, Verdict};
use crate::finding::Finding;
use crate::policy::Policy;
use crate::report::{AsOfSource, Column, Timestamp, User, Warning};

/// Reports held against a policy as of a moment.
pub struct Assessment {
    policy: Policy,
    as_of: Timestamp,
    as_of_source: AsOfSource,
    layout: Layout,
    /// The first report that is looked at, by number.
    first_report: u32,
    /// From that on, one for each row; rows that are not looked at are marked.
    verdicts: Vec<Vec<RowVerdicts>>,
    totals: Totals,
    not_judged: Vec<NotJudged>,
    accounts: Vec<AccountTally>,
    account_findings: Vec<Finding>,
    ordinals: Ordinals,
}

impl std::fmt::Debug for Assessment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Assessment")
            .field("as_of", &self.as_of)
            .field("users", &self.totals.users)
            .finish_non_exhaustive()
    }
}

/// Users of an account that have the same verdicts; there are few kinds of them.
type Combinations = FxHashMap<(u32, RowVerdicts), u32>;

/// Marks a row that is not looked at: mostly one of an account of which there is a newer report.
const REPLACED: u64 = 1 << 63;

/// Which rows are looked at.
#[derive(Debug, Clone, Copy)]
enum Part {
    /// Those that make the result.
    Current,
    /// Of one report, by number, those of which there is a newer report.
    EarlierOf(u32),
}

impl Assessment {
    /// Judges every row.
    pub fn new(inputs: &Inputs, policy: Policy, as_of: Timestamp, as_of_source: AsOfSource) -> Self {
        Self::of_part(inputs, policy, (as_of, as_of_source), Part::Current)
    }

    fn of_part(
        inputs: &Inputs,
        policy: Policy,
        (as_of, as_of_source): (Timestamp, AsOfSource),
        part: Part,
    ) -> Self {
        let mut assessment = Self {
            totals: Totals::new(&policy),
            policy,
            as_of,
            as_of_source,
            layout: Layout::new(),
            first_report: match part {
                Part::Current => 0,
                Part::EarlierOf(report) => report,
            },
            verdicts: Vec::new(),
            not_judged: Vec::new(),
            accounts: Vec::new(),
            account_findings: Vec::new(),
            ordinals: Ordinals::default(),
        };
        assessment.judge_all(inputs, part);
        assessment.ordinals = Ordinals::new(inputs, &assessment);
        assessment
    }

    /// The policy that was judged by.
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
        accounts.sort_unstable_by(|a, b| (&a.account, &a.partition).cmp(&(&b.account, &b.partition)));
        accounts
    }

    /// How many accounts the result has, that of rows which do not say theirs included.
    pub fn accounts_total(&self) -> u32 {
        self.accounts.len() as u32
    }

    /// Users of the result, roots included.
    pub fn users(&self) -> u32 {
        self.totals.users
    }

    fn context(&self) -> Context<'_> {
        Context { thresholds: &self.policy.thresholds, as_of: self.as_of }
    }

    fn judge_all(&mut self, inputs: &Inputs, part: Part) {
        let policy = self.policy.clone();
        let context = Context { thresholds: &policy.thresholds, as_of: self.as_of };
        let mut judging =
            Judging::new(context, policy.checks, &self.layout, std::mem::take(&mut self.totals.checks));
        let mut combinations = Combinations::default();
        let reports = match part {
            Part::Current => inputs.reports(),
            Part::EarlierOf(report) => {
                inputs.reports().get(report as usize..=report as usize).unwrap_or_default()
            }
        };
        let standing = match part {
            Part::Current => Standing::Current,
            Part::EarlierOf(_) => Standing::Earlier,
        };
        for (number, loaded) in (self.first_report..).zip(reports) {
            let first_account = self.accounts.len() as u32;
            for account in 0..loaded.report.accounts().len() {
                self.accounts.push(AccountTally::new(number, account as u32));
            }
            let mut verdicts = Vec::with_capacity(loaded.report.len());
            let is_asked: Vec<bool> =
                loaded.standings.iter().map(|of_account| *of_account == standing).collect();
            for users in loaded.report.users_in_parts() {
                self.judge_some(
                    &is_asked,
                    first_account,
                    users,
                    &mut judging,
                    &mut combinations,
                    &mut verdicts,
                );
            }
            self.verdicts.push(verdicts);
        }
        let (tallies, mut obstacles) = judging.finish();
        self.totals.checks = tallies;
        for ((account, row), users) in combinations {
            self.totals.count_verdicts(&self.layout, &mut self.accounts[account as usize], row, users);
        }
        self.judge_accounts(inputs, &mut obstacles);
        self.accounts.retain(|account| account.users > 0);
        self.not_judged = obstacles
            .into_iter()
            .map(|((check, unjudged), subjects)| NotJudged {
                check,
                column: unjudged.column,
                obstacle: unjudged.obstacle,
                subjects,
            })
            .collect();
        self.not_judged.sort_unstable_by_key(|entry| (entry.check, entry.column, entry.obstacle));
    }

    /// Judges some rows of a report.
    #[inline(never)]
    fn judge_some<'a>(
        &mut self,
        is_asked: &[bool],
        first_account: u32,
        users: impl Iterator<Item = User<'a>>,
        judging: &mut Judging<'_>,
        combinations: &mut Combinations,
        verdicts: &mut Vec<RowVerdicts>,
    ) {
        let policy = self.policy.clone();
        let context = Context { thresholds: &policy.thresholds, as_of: self.as_of };
        for user in users {
            let account = user.account_number();
            if !is_asked[account as usize] {
                verdicts.push(RowVerdicts { fails: REPLACED, escalated: 0 });
                continue;
            }
            let (row, facts) = judging.judge(&user);
            let account = first_account + account;
            *combinations.entry((account, row)).or_default() += 1;
            self.totals.count_user(&user, facts, self.as_of, &self.policy.thresholds);
            self.accounts[account as usize].count(&user, facts, &context);
            verdicts.push(row);
        }
    }

    fn judge_accounts(&mut self, inputs: &Inputs, obstacles: &mut Obstacles) {
        for tally in &mut self.totals.checks {
            let check = tally.check.check();
            let Judge::Account(rule) = check.judge else { continue };
            if !tally.on {
                continue;
            }
            for account in self.accounts.iter_mut().filter(|account| account.users > 0) {
                match rule(&account.expiry) {
                    Ok(Verdict::Pass) => tally.passed += 1,
                    Ok(Verdict::NotApplicable) => tally.not_applicable += 1,
                    Ok(Verdict::Fail(_)) => {
                        tally.failed += 1;
                        tally.by_severity.add(check.severity, 1);
                        account.by_severity.add(check.severity, 1);
                        self.totals.by_severity.add(check.severity, 1);
                        self.totals.by_area[area_index(check.area)].add(check.severity, 1);
                        let report = &inputs.reports()[account.report as usize].report;
                        self.account_findings.push(account_finding(
                            tally.check,
                            report,
                            account.account,
                            &account.expiry,
                        ));
                    }
                    Err(unjudged) => {
                        tally.not_judged += 1;
                        *obstacles.entry((tally.check, unjudged)).or_default() += 1;
                    }
                }
            }
        }
        self.account_findings
            .sort_unstable_by(|a, b| (&a.account, &a.arn, a.check).cmp(&(&b.account, &b.arn, b.check)));
        let unknown = self.account_findings.iter_mut().filter(|finding| finding.account.is_none());
        for (finding, number) in unknown.skip(1).zip(2..) {
            finding.uid = format!("{}#{number}", finding.uid);
        }
    }

    /// How many findings of each severity a row has, worst first.
    pub fn severity_counts(&self, row: RowVerdicts) -> [u32; 5] {
        self.layout.severity_counts(row)
    }

    /// The verdicts on a row; `None` for one of an account of which there is a newer report.
    pub fn verdicts(&self, report: usize, index: u32) -> Option<RowVerdicts> {
        let report = report.checked_sub(self.first_report as usize)?;
        let row = *self.verdicts.get(report)?.get(index as usize)?;
        (row.fails != REPLACED).then_some(row)
    }

    /// The part of a row's verdicts that are of certain checks and severities.
    pub fn select(&self, row: RowVerdicts, checks: &[CheckId], severities: &[Severity]) -> RowVerdicts {
        let mut mask = u64::MAX;
        if !checks.is_empty() {
            mask = checks.iter().fold(0, |mask, id| mask | self.layout.of_check(*id));
        }
        let mut fails = row.fails & mask;
        if !severities.is_empty() {
            let of_severity = severities.iter().fold(0, |bits, severity| {
                let rank = severity.rank();
                let own = self.layout.by_severity[rank] & !row.escalated;
                let from_below = self.layout.by_severity.get(rank + 1).map_or(0, |mask| mask & row.escalated);
                bits | own | from_below
            });
            fails &= of_severity;
        }
        RowVerdicts { fails, escalated: row.escalated & fails }
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

    /// The checks that cannot judge a user, and the column that stands in the way.
    pub fn not_judged(&self, user: &User<'_>) -> Vec<(CheckId, Column)> {
        let mut list = Vec::new();
        for id in checks::ids().filter(|id| self.policy.checks.contains(*id)) {
            let check = id.check();
            if check.root != user.is_root() {
                continue;
            }
            for slot in 0..check.judge.slots() {
                if let Err(unjudged) = judge(check.judge, user, slot, &self.context()) {
                    list.push((id, unjudged.column));
                }
            }
        }
        list
    }

    /// The findings about whole accounts.
    pub fn account_findings(&self) -> &[Finding] {
        &self.account_findings
    }

    /// What could not be judged, and why.
    pub fn obstacles(&self) -> &[NotJudged] {
        &self.not_judged
    }

    /// Times after the as-of time, and uses before creation.
    pub fn time_warnings<'a>(&'a self, inputs: &'a Inputs) -> impl Iterator<Item = Warning> + 'a {
        // Most reports have none, and then nobody need look for them.
        let reports = if self.totals.oddities == 0 { &[] } else { inputs.reports() };
        reports.iter().enumerate().flat_map(move |(number, loaded)| {
            let name = &loaded.report.file().name;
            let odd = loaded.report.users().filter(move |user| {
                !user.times_are_plausible(self.as_of) && self.verdicts(number, user.index()).is_some()
            });
            odd.flat_map(move |user| {
                let found: Vec<_> = oddities(&user, self.as_of).collect();
                found.into_iter().map(move |(column, kind)| Warning {
                    input: name.clone(),
                    line: Some(user.line()),
                    column: Some(column.name().to_owned()),
                    value: user.raw(column),
                    kind,
                })
            })
        })
    }

    /// How many warnings there are, those of reading included.
    pub fn warnings_total(&self, inputs: &Inputs) -> u64 {
        inputs.warnings_total() + self.totals.oddities
    }
}

/// The worst severity among counts that come worst first.
pub fn worst(counts: [u32; 5]) -> Option<Severity> {
    counts.iter().position(|count| *count > 0).map(|rank| Severity::ALL[rank])
}
