//! Reports held against a policy: verdict masks for each row, totals, and findings on demand.

mod account;
mod facts;
mod findings;
mod inputs;
mod judging;
mod oddity;
mod ordinals;
mod verdicts;

use rustc_hash::FxHashMap;

pub(crate) use self::facts::kind;
pub use self::inputs::{Fingerprint, Inputs, LoadedReport};
pub(crate) use self::oddity::oddities;
pub(crate) use self::verdicts::RowVerdicts;

use self::account::AccountTally;
use self::facts::Facts;
use self::findings::account_finding;
use self::inputs::input_summary;
use self::judging::{Judging, Obstacles, judge};
use self::ordinals::Ordinals;
use self::verdicts::{Layout, area_index, bits};
use crate::card::Kind;
use crate::checks::{self, CheckId, Context, Judge, Verdict};
use crate::finding::{BySeverity, Finding, Severity};
use crate::overview::{
    AccountSummary, AsOfSource, Bar, CheckTally, KeyAges, LastUse, MfaCoverage, NotJudged, Overview,
};
use crate::policy::Policy;
use crate::query::{Choices, DayRange};
use crate::report::{AccessKey, Column, Timestamp, User, Warning};

/// Reports held against a policy as of a moment.
pub struct Assessment {
    policy: Policy,
    as_of: Timestamp,
    as_of_source: AsOfSource,
    layout: Layout,
    /// One for each row of all reports; rows of replaced accounts are marked.
    verdicts: Vec<Vec<RowVerdicts>>,
    tallies: Vec<CheckTally>,
    not_judged: Vec<NotJudged>,
    accounts: Vec<AccountTally>,
    key_ages: KeyAges,
    mfa: MfaCoverage,
    last_use: LastUse,
    users: u32,
    users_with_findings: u32,
    by_severity: BySeverity,
    users_by_worst: BySeverity,
    by_area: [BySeverity; 4],
    kinds: [u32; 5],
    oddities: u64,
    account_findings: Vec<Finding>,
    ordinals: Ordinals,
}

impl std::fmt::Debug for Assessment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Assessment")
            .field("as_of", &self.as_of)
            .field("users", &self.users)
            .finish_non_exhaustive()
    }
}

/// Users of an account that have the same verdicts; there are few kinds of them.
type Combinations = FxHashMap<(u32, RowVerdicts), u32>;

/// Marks a row of an account that a newer report replaced.
const REPLACED: u64 = 1 << 63;

impl Assessment {
    /// Judges every row.
    pub fn new(inputs: &Inputs, policy: Policy, as_of: Timestamp, as_of_source: AsOfSource) -> Self {
        let (key_limit, idle_limit) = (policy.key_max_age_days, policy.unused_days);
        let mut assessment = Self {
            tallies: checks::ids()
                .map(|check| CheckTally {
                    check,
                    on: policy.checks.contains(check),
                    passed: 0,
                    failed: 0,
                    not_applicable: 0,
                    not_judged: 0,
                    users: 0,
                    by_severity: BySeverity::default(),
                })
                .collect(),
            policy,
            as_of,
            as_of_source,
            layout: Layout::new(),
            verdicts: Vec::new(),
            not_judged: Vec::new(),
            accounts: Vec::new(),
            key_ages: KeyAges {
                limit_days: key_limit,
                // A key is too old past the limit, and idle from the limit on.
                bars: bars(key_limit + 1, &[1, 2, 3], &[2, 4, 8, 12, 20]),
                ..KeyAges::default()
            },
            mfa: MfaCoverage::default(),
            last_use: LastUse {
                limit_days: idle_limit,
                bars: bars(idle_limit, &[1, 2, 3], &[2, 4, 8, 12, 20]),
                ..LastUse::default()
            },
            users: 0,
            users_with_findings: 0,
            by_severity: BySeverity::default(),
            users_by_worst: BySeverity::default(),
            by_area: [BySeverity::default(); 4],
            kinds: [0; 5],
            oddities: 0,
            account_findings: Vec::new(),
            ordinals: Ordinals::default(),
        };
        assessment.judge_all(inputs);
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

    /// Users of the result, roots included.
    pub fn users(&self) -> u32 {
        self.users
    }

    fn context(&self) -> Context<'_> {
        Context { policy: &self.policy, as_of: self.as_of }
    }

    fn judge_all(&mut self, inputs: &Inputs) {
        let policy = self.policy.clone();
        let context = Context { policy: &policy, as_of: self.as_of };
        let mut judging = Judging::new(context, &self.layout, std::mem::take(&mut self.tallies));
        let mut combinations = Combinations::default();
        for (number, loaded) in inputs.reports().iter().enumerate() {
            let first_account = self.accounts.len() as u32;
            for account in 0..loaded.report.accounts.len() {
                self.accounts.push(AccountTally::new(number as u32, account as u32));
            }
            let mut verdicts = Vec::with_capacity(loaded.report.len());
            for users in loaded.report.users_in_parts() {
                self.judge_some(loaded, first_account, users, &mut judging, &mut combinations, &mut verdicts);
            }
            self.verdicts.push(verdicts);
        }
        let (tallies, mut obstacles) = judging.finish();
        self.tallies = tallies;
        for ((account, row), users) in combinations {
            self.count_combination(account as usize, row, users);
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
        loaded: &LoadedReport,
        first_account: u32,
        users: impl Iterator<Item = User<'a>>,
        judging: &mut Judging<'_>,
        combinations: &mut Combinations,
        verdicts: &mut Vec<RowVerdicts>,
    ) {
        for user in users {
            let account = user.account_number();
            if !loaded.is_live(account) {
                verdicts.push(RowVerdicts { fails: REPLACED, escalated: 0 });
                continue;
            }
            let (row, facts) = judging.judge(&user);
            let account = first_account + account;
            *combinations.entry((account, row)).or_default() += 1;
            self.count_user(&user, facts, account as usize);
            verdicts.push(row);
        }
    }

    /// Adds users that have the same verdicts to the totals.
    fn count_combination(&mut self, account: usize, row: RowVerdicts, users: u32) {
        let times = u64::from(users);
        let account = &mut self.accounts[account];
        let counts = self.layout.severity_counts(row);
        for (severity, count) in Severity::ALL.into_iter().zip(counts) {
            self.by_severity.add(severity, u64::from(count) * times);
            account.by_severity.add(severity, u64::from(count) * times);
        }
        let Some(worst) = worst(counts) else { return };
        self.users_with_findings += users;
        account.users_with_findings += users;
        self.users_by_worst.add(worst, times);
        for (of_area, mask) in self.by_area.iter_mut().zip(self.layout.by_area) {
            let counts = self.layout.severity_counts(row.of(mask));
            for (severity, count) in Severity::ALL.into_iter().zip(counts) {
                of_area.add(severity, u64::from(count) * times);
            }
        }
        for tally in &mut self.tallies {
            let row = row.of(self.layout.of_check(tally.check));
            if row.fails != 0 {
                let severity = tally.check.check().severity;
                let (failed, escalated) = (row.fails.count_ones(), row.escalated.count_ones());
                tally.users += times;
                tally.failed += u64::from(failed) * times;
                tally.by_severity.add(severity, u64::from(failed - escalated) * times);
                tally.by_severity.add(severity.escalated(), u64::from(escalated) * times);
            }
        }
    }

    /// Adds a row to the totals and charts that do not hang on its verdicts.
    fn count_user(&mut self, user: &User<'_>, facts: Facts, account: usize) {
        self.users += 1;
        self.kinds[facts.kind as usize] += 1;
        if facts.kind == Kind::Root {
            self.mfa.count_root(facts.mfa);
        } else if facts.has_password {
            self.mfa.count(facts.mfa);
            if let Ok(used) = user.password_last_used() {
                self.count_use(used);
            }
        }
        for (slot, is_active) in (1..).zip(facts.has_key) {
            if is_active {
                self.count_key(&user.access_key(slot), facts.kind);
            }
        }
        if !user.times_are_plausible(self.as_of) {
            self.oddities += oddities(user, self.as_of).count() as u64;
        }
        self.accounts[account].count(user, facts);
    }

    fn count_key(&mut self, key: &AccessKey<'_, '_>, kind: Kind) {
        if let Ok(Some(created)) = key.created() {
            let age = created.age_days(self.as_of);
            self.key_ages.keys += 1;
            self.key_ages.over += u64::from(age > self.policy.key_max_age_days);
            count_bar(&mut self.key_ages.bars, age);
        }
        if kind != Kind::Root
            && let Ok(used) = key.last_used()
        {
            self.count_use(used);
        }
    }

    fn count_use(&mut self, used: Option<Timestamp>) {
        self.last_use.credentials += 1;
        match used {
            None => {
                self.last_use.never += 1;
                self.last_use.idle += 1;
            }
            Some(used) => {
                let age = used.age_days(self.as_of);
                self.last_use.idle += u64::from(age >= self.policy.unused_days);
                count_bar(&mut self.last_use.bars, age);
            }
        }
    }

    fn judge_accounts(&mut self, inputs: &Inputs, obstacles: &mut Obstacles) {
        for tally in &mut self.tallies {
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
                        self.by_severity.add(check.severity, 1);
                        self.by_area[area_index(check.area)].add(check.severity, 1);
                        let report = &inputs.reports()[account.report as usize].report;
                        self.account_findings.push(account_finding(tally.check, report, account));
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
    pub(crate) fn severity_counts(&self, row: RowVerdicts) -> [u32; 5] {
        self.layout.severity_counts(row)
    }

    /// The verdicts on a row; `None` for one of a replaced account.
    pub(crate) fn verdicts(&self, report: usize, index: u32) -> Option<RowVerdicts> {
        let row = *self.verdicts.get(report)?.get(index as usize)?;
        (row.fails != REPLACED).then_some(row)
    }

    /// The part of a row's verdicts that are of certain checks and severities.
    pub(crate) fn select(
        &self,
        row: RowVerdicts,
        checks: &[CheckId],
        severities: &[Severity],
    ) -> RowVerdicts {
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
    pub(crate) fn count(&self, verdicts: RowVerdicts, by_severity: &mut BySeverity, by_check: &mut [u64]) {
        let counts = self.severity_counts(verdicts);
        for (severity, count) in Severity::ALL.into_iter().zip(counts) {
            by_severity.add(severity, count.into());
        }
        for bit in bits(verdicts.fails) {
            by_check[self.layout.bits[bit as usize].0.index()] += 1;
        }
    }

    /// The checks that cannot judge a user, and the column that stands in the way.
    pub(crate) fn not_judged(&self, user: &User<'_>) -> Vec<(CheckId, Column)> {
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

    /// What asking for a severity would show of the whole result.
    pub(crate) fn choices(&self) -> Choices {
        Choices { by_severity: self.by_severity, fine: self.users - self.users_with_findings }
    }

    /// The findings about whole accounts.
    pub fn account_findings(&self) -> &[Finding] {
        &self.account_findings
    }

    /// What could not be judged, and why.
    pub(crate) fn obstacles(&self) -> &[NotJudged] {
        &self.not_judged
    }

    /// Times after the as-of time, and uses before creation.
    pub(crate) fn time_warnings<'a>(&'a self, inputs: &'a Inputs) -> impl Iterator<Item = Warning> + 'a {
        // Most reports have none, and then nobody need look for them.
        let reports = if self.oddities == 0 { &[] } else { inputs.reports() };
        reports.iter().enumerate().flat_map(move |(number, loaded)| {
            let name = &loaded.report.file.name;
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
        inputs.warnings_total() + self.oddities
    }

    /// The result at a glance.
    pub fn overview(&self, inputs: &Inputs) -> Overview {
        let mut accounts: Vec<AccountSummary> =
            self.accounts.iter().map(|account| account.summary(inputs)).collect();
        accounts.sort_unstable_by(|a, b| (&a.account, &a.partition).cmp(&(&b.account, &b.partition)));
        Overview {
            inputs: inputs.reports().iter().map(input_summary).collect(),
            accounts,
            as_of: self.as_of,
            as_of_source: self.as_of_source,
            policy: self.policy.clone(),
            users: self.users,
            users_with_findings: self.users_with_findings,
            findings: self.by_severity.total(),
            by_severity: self.by_severity,
            users_by_worst: self.users_by_worst,
            by_area: self.by_area,
            kinds: self.kinds,
            checks: self.tallies.clone(),
            not_judged: self.not_judged.clone(),
            key_ages: self.key_ages.clone(),
            mfa: self.mfa.clone(),
            last_use: self.last_use.clone(),
            account_findings: self.account_findings.clone(),
            warnings: inputs.warnings().chain(self.time_warnings(inputs)).take(Overview::WARNINGS).collect(),
            warnings_total: self.warnings_total(inputs),
        }
    }
}

/// The bars of a histogram whose `limit`-th day is the first of a bar: thirds below, multiples above.
fn bars(limit: u32, thirds: &[u32], multiples: &[u32]) -> Vec<Bar> {
    let mut edges: Vec<u32> = vec![0];
    edges.extend(thirds.iter().map(|third| (u64::from(limit) * u64::from(*third) / 3) as u32));
    edges.extend(multiples.iter().map(|multiple| limit.saturating_mul(*multiple)));
    edges.dedup();
    edges
        .iter()
        .enumerate()
        .map(|(at, &from)| Bar {
            days: DayRange { from, to: edges.get(at + 1).copied() },
            count: 0,
            over: from >= limit,
        })
        .collect()
}

fn count_bar(bars: &mut [Bar], age: u32) {
    if let Some(bar) = bars.iter_mut().rev().find(|bar| age >= bar.days.from) {
        bar.count += 1;
    }
}

/// The worst severity among counts that come worst first.
pub(crate) fn worst(counts: [u32; 5]) -> Option<Severity> {
    counts.iter().position(|count| *count > 0).map(|rank| Severity::ALL[rank])
}
