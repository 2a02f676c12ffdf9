//! Reports held against a policy: verdict masks for each row, totals, and findings on demand.

use rustc_hash::FxHashMap;

use crate::card::Kind;
use crate::checks::{
    self, Area, CheckId, Context, ESCALATION_DAYS, Failure, Judge, Judgement, PasswordExpiry, Unjudged,
    Verdict,
};
use crate::finding::{BySeverity, Evidence, Finding, Severity, Subject, SubjectKind};
use crate::overview::{
    AccountSummary, AsOfSource, Bar, CheckTally, InputSummary, KeyAges, LastUse, MfaCoverage, NotJudged,
    Obstacle, Overview,
};
use crate::policy::Policy;
use crate::query::DayRange;
use crate::report::{Column, Report, Timestamp, User, Warning, WarningKind};

/// The reports that make the result, and of which accounts newer ones replaced them.
#[derive(Debug, Default)]
pub struct Inputs {
    reports: Vec<LoadedReport>,
}

/// A report that is part of the result.
#[derive(Debug)]
pub struct LoadedReport {
    /// The report itself.
    pub report: Report,
    /// The number of its first row among the rows of all reports.
    pub first_row: u32,
    /// The SHA-256 of its bytes, in hexadecimal, once it is worked out.
    pub sha256: Option<String>,
    /// For each account of the report the report that replaced it, by number.
    replaced: Vec<Option<u32>>,
    /// Whether rows of it do not say of which account they are.
    has_strangers: bool,
    /// Such rows with those of the same name in reports before, which may be others: number of the
    /// report, number of the row.
    namesakes: FxHashMap<u32, Vec<(u32, u32)>>,
}

/// The users of a report whose account is not known, with what stands for them in a uid.
fn strangers(report: &Report) -> impl Iterator<Item = (u32, String)> {
    let users = report.users().filter(|user| user.account_number() == 0);
    users.map(|user| (user.index(), user.arn().unwrap_or_else(|| user.name().to_owned())))
}

impl LoadedReport {
    /// Whether rows of this account still count.
    fn is_live(&self, account: u32) -> bool {
        self.replaced.get(account as usize).copied().flatten().is_none()
    }
}

impl Inputs {
    /// Adds a report. Accounts that an older report has, too, are replaced there; if the older one
    /// is the newer report by its as-of time, here.
    pub fn push(&mut self, report: Report) {
        let first_row = self.rows();
        let number = self.reports.len() as u32;
        let mut replaced = vec![None; report.accounts.len()];
        let as_of = report.as_of().0;
        for (older_number, older) in self.reports.iter_mut().enumerate() {
            let older_is_newer = older.report.as_of().0 > as_of;
            for (place, account) in older.report.accounts.iter().enumerate() {
                if account.id.is_empty() || older.replaced[place].is_some() {
                    continue;
                }
                if let Some(here) = report.accounts.iter().position(|name| name == account) {
                    if older_is_newer {
                        replaced[here] = Some(older_number as u32);
                    } else {
                        older.replaced[place] = Some(number);
                    }
                }
            }
        }
        let has_strangers = report.users().any(|user| user.account_number() == 0);
        let namesakes = if has_strangers { self.namesakes(&report) } else { FxHashMap::default() };
        let loaded = LoadedReport { report, first_row, sha256: None, replaced, has_strangers, namesakes };
        self.reports.push(loaded);
    }

    /// The rows of unknown accounts that a report shares with those before it.
    fn namesakes(&self, report: &Report) -> FxHashMap<u32, Vec<(u32, u32)>> {
        let mut known: FxHashMap<String, Vec<(u32, u32)>> = FxHashMap::default();
        for (number, loaded) in self.reports.iter().enumerate().filter(|(_, loaded)| loaded.has_strangers) {
            for (row, whom) in strangers(&loaded.report) {
                known.entry(whom).or_default().push((number as u32, row));
            }
        }
        strangers(report).filter_map(|(row, whom)| Some((row, known.get(&whom)?.clone()))).collect()
    }

    /// Rows of all reports, replaced ones included.
    pub fn rows(&self) -> u32 {
        self.reports.last().map_or(0, |last| last.first_row + last.report.len() as u32)
    }

    /// The reports, in the order in which they came.
    pub fn reports(&self) -> &[LoadedReport] {
        &self.reports
    }

    /// Keeps the SHA-256 of a report's bytes.
    pub fn set_digest(&mut self, report: u32, sha256: String) {
        if let Some(report) = self.reports.get_mut(report as usize) {
            report.sha256 = Some(sha256);
        }
    }

    /// The report of a row, and the user in it.
    pub fn user(&self, row: u32) -> Option<(usize, User<'_>)> {
        let number = self.reports.partition_point(|report| report.first_row <= row).checked_sub(1)?;
        let loaded = self.reports.get(number)?;
        Some((number, loaded.report.get(row - loaded.first_row)?))
    }

    /// The newest moment that a report says it was made at, and how it says so.
    pub fn as_of(&self) -> Option<(Timestamp, AsOfSource)> {
        self.reports
            .iter()
            .map(|loaded| loaded.report.as_of())
            .max_by_key(|(time, source)| (*time, std::cmp::Reverse(*source)))
    }

    /// Every warning of reading, and every replaced account, in the order of inputs and lines.
    pub fn warnings(&self) -> impl Iterator<Item = Warning> {
        self.reports.iter().flat_map(move |loaded| {
            let name = &loaded.report.file.name;
            let replaced = loaded.replaced.iter().enumerate().filter_map(move |(account, by)| {
                let by = self.reports.get((*by)? as usize)?;
                Some(Warning {
                    input: name.clone(),
                    line: None,
                    column: None,
                    value: None,
                    kind: WarningKind::Replaced {
                        account: loaded.report.accounts[account].id.clone(),
                        by: by.report.file.name.clone(),
                    },
                })
            });
            replaced.chain(loaded.report.warnings())
        })
    }
}

/// The bits of the verdict mask: one for each check and slot.
struct Layout {
    /// The first bit of each check.
    first: [u8; checks::COUNT],
    /// Check and slot (from 0) of each bit.
    bits: Vec<(CheckId, u8)>,
    /// The bits of the checks of each severity, by its rank; a sixth for what escalates past the end.
    by_severity: [u64; 5],
    /// The bits of the checks of each area.
    by_area: [u64; 4],
}

impl Layout {
    fn new() -> Self {
        let mut layout =
            Self { first: [0; checks::COUNT], bits: Vec::new(), by_severity: [0; 5], by_area: [0; 4] };
        for id in checks::ids() {
            let check = id.check();
            layout.first[id.index()] = layout.bits.len() as u8;
            for slot in 0..check.judge.slots() {
                let bit = 1_u64 << layout.bits.len();
                layout.by_severity[check.severity.rank()] |= bit;
                layout.by_area[area_index(check.area)] |= bit;
                layout.bits.push((id, slot));
            }
        }
        layout
    }

    fn of_check(&self, id: CheckId) -> u64 {
        ((1 << id.check().judge.slots()) - 1) << self.first[id.index()]
    }
}

fn area_index(area: Area) -> usize {
    area as usize
}

/// A check that is on, ready to be judged.
#[derive(Debug)]
struct Rule {
    check: CheckId,
    judge: Judge,
    severity: Severity,
    first_bit: u8,
}

/// The rules that look at a row, by their subjects.
#[derive(Debug, Default)]
struct Scope {
    users: Vec<Rule>,
    passwords: Vec<Rule>,
    keys: Vec<Rule>,
    certificates: Vec<Rule>,
    /// How often there was no password, no key, no certificate to judge.
    no_password: u64,
    no_key: u64,
    no_certificate: u64,
}

impl Scope {
    /// Tells the tallies of the rules what none of them was asked about.
    fn count_absent(&self, tallies: &mut [CheckTally]) {
        for (rules, absent) in [
            (&self.passwords, self.no_password),
            (&self.keys, self.no_key),
            (&self.certificates, self.no_certificate),
        ] {
            for rule in rules {
                tallies[rule.check.index()].not_applicable += absent;
            }
        }
    }
}

/// What is judged, and what stood in the way of it.
struct Plan {
    root: Scope,
    user: Scope,
    obstacles: Obstacles,
}

/// How many subjects could not be judged, by check and cell.
type Obstacles = FxHashMap<(CheckId, Unjudged), u64>;

impl Plan {
    fn new(policy: &Policy, layout: &Layout) -> Self {
        let mut plan =
            Self { root: Scope::default(), user: Scope::default(), obstacles: Obstacles::default() };
        for id in checks::ids().filter(|id| policy.checks.contains(*id)) {
            let check = id.check();
            let scope = if check.root { &mut plan.root } else { &mut plan.user };
            let rules = match check.judge {
                Judge::Account(_) => continue,
                Judge::User(_) => &mut scope.users,
                Judge::Password(_) => &mut scope.passwords,
                Judge::AccessKey(_) => &mut scope.keys,
                Judge::Certificate(_) => &mut scope.certificates,
            };
            let first_bit = layout.first[id.index()];
            rules.push(Rule { check: id, judge: check.judge, severity: check.severity, first_bit });
        }
        plan
    }
}

/// The verdicts on one row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct RowVerdicts {
    /// The bits of the subjects that fail.
    pub(crate) fails: u64,
    /// Those of them that are one severity worse.
    pub(crate) escalated: u64,
}

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
}

impl std::fmt::Debug for Assessment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Assessment")
            .field("as_of", &self.as_of)
            .field("users", &self.users)
            .finish_non_exhaustive()
    }
}

/// Marks a row of an account that a newer report replaced.
const REPLACED: u64 = 1 << 63;

/// What is counted for an account while its rows are judged.
#[derive(Debug, Default)]
struct AccountTally {
    report: u32,
    account: u32,
    users: u32,
    users_with_findings: u32,
    by_severity: BySeverity,
    has_root: bool,
    root_mfa: Option<bool>,
    created: Option<Timestamp>,
    expiry: PasswordExpiry,
    expires_days: FxHashMap<u32, u32>,
    /// How often each word of the report is a service, and how often a region.
    services: Vec<u32>,
    regions: Vec<u32>,
    kinds: [u32; 5],
}

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
        };
        assessment.judge_all(inputs);
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
        let mut plan = Plan::new(&self.policy, &self.layout);
        for (number, loaded) in inputs.reports().iter().enumerate() {
            let first_account = self.accounts.len();
            for account in 0..loaded.report.accounts.len() {
                self.accounts.push(AccountTally {
                    report: number as u32,
                    account: account as u32,
                    ..AccountTally::default()
                });
            }
            let mut verdicts = Vec::with_capacity(loaded.report.len());
            for user in loaded.report.users() {
                let account = user.account_number();
                if !loaded.is_live(account) {
                    verdicts.push(RowVerdicts { fails: REPLACED, escalated: 0 });
                    continue;
                }
                let row = self.judge_user(&mut plan, &user);
                self.count_user(&user, row, first_account + account as usize);
                verdicts.push(row);
            }
            self.verdicts.push(verdicts);
        }
        for scope in [&plan.root, &plan.user] {
            scope.count_absent(&mut self.tallies);
        }
        let mut obstacles = plan.obstacles;
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

    /// Judges a row by every rule that looks at it. What certainly does not exist (a password that is
    /// not enabled, an empty slot) is judged by no rule: none applies.
    fn judge_user(&mut self, plan: &mut Plan, user: &User<'_>) -> RowVerdicts {
        let scope = if user.is_root() { &mut plan.root } else { &mut plan.user };
        let context = Context { policy: &self.policy, as_of: self.as_of };
        let mut row = RowVerdicts::default();
        let mut apply = |rule: &Rule, slot: u8| {
            let tally = &mut self.tallies[rule.check.index()];
            match judge(rule.judge, user, slot, &context) {
                Ok(Verdict::Pass) => tally.passed += 1,
                Ok(Verdict::NotApplicable) => tally.not_applicable += 1,
                Ok(Verdict::Fail(failure)) => {
                    let bit = 1 << (rule.first_bit + slot);
                    let severity = severity(rule.check, &failure);
                    if severity != rule.severity {
                        row.escalated |= bit;
                    }
                    // A second slot is the same user again.
                    tally.users += u64::from(slot == 0 || row.fails & (bit >> 1) == 0);
                    row.fails |= bit;
                    tally.failed += 1;
                    tally.by_severity.add(severity, 1);
                }
                Err(unjudged) => {
                    tally.not_judged += 1;
                    *plan.obstacles.entry((rule.check, unjudged)).or_default() += 1;
                }
            }
        };
        for rule in &scope.users {
            apply(rule, 0);
        }
        if user.password_enabled() == Ok(false) {
            scope.no_password += 1;
        } else {
            for rule in &scope.passwords {
                apply(rule, 0);
            }
        }
        for slot in 0..2 {
            if user.access_key(slot + 1).exists() == Ok(false) {
                scope.no_key += 1;
            } else {
                for rule in &scope.keys {
                    apply(rule, slot);
                }
            }
            if user.certificate(slot + 1).exists() == Ok(false) {
                scope.no_certificate += 1;
            } else {
                for rule in &scope.certificates {
                    apply(rule, slot);
                }
            }
        }
        row
    }

    /// Adds a judged row to the totals and charts.
    fn count_user(&mut self, user: &User<'_>, row: RowVerdicts, account: usize) {
        let counts = self.severity_counts(row);
        self.users += 1;
        let kind = kind(user);
        self.kinds[kind as usize] += 1;
        for (rank, severity) in Severity::ALL.into_iter().enumerate() {
            self.by_severity.add(severity, counts[rank].into());
        }
        if row.fails != 0 {
            self.users_with_findings += 1;
            for (area, mask) in self.layout.by_area.into_iter().enumerate() {
                let of_area = RowVerdicts { fails: row.fails & mask, escalated: row.escalated & mask };
                if of_area.fails != 0 {
                    let counts = self.severity_counts(of_area);
                    for (rank, severity) in Severity::ALL.into_iter().enumerate() {
                        self.by_area[area].add(severity, counts[rank].into());
                    }
                }
            }
            if let Some(worst) = worst(counts) {
                self.users_by_worst.add(worst, 1);
            }
        }
        self.count_credentials(user);
        if !user.times_are_plausible(self.as_of) {
            self.oddities += oddities(user, self.as_of).count() as u64;
        }
        let tally = &mut self.accounts[account];
        tally.users += 1;
        tally.kinds[kind as usize] += 1;
        tally.users_with_findings += u32::from(row.fails != 0);
        for (rank, severity) in Severity::ALL.into_iter().enumerate() {
            tally.by_severity.add(severity, counts[rank].into());
        }
        tally.count(user);
        if user.is_root() {
            match user.mfa_active() {
                Ok(true) => self.mfa.root_with += 1,
                Ok(false) => self.mfa.root_without += 1,
                Err(_) => {}
            }
        }
    }

    fn count_credentials(&mut self, user: &User<'_>) {
        for slot in [1, 2] {
            let key = user.access_key(slot);
            if key.active() != Ok(true) {
                continue;
            }
            if let Ok(Some(created)) = key.created() {
                let age = created.age_days(self.as_of);
                self.key_ages.keys += 1;
                self.key_ages.over += u64::from(age > self.policy.key_max_age_days);
                count_bar(&mut self.key_ages.bars, age);
            }
            if !user.is_root()
                && let Ok(used) = key.last_used()
            {
                self.count_use(used);
            }
        }
        if user.is_root() || user.password_enabled() != Ok(true) {
            return;
        }
        if let Ok(used) = user.password_last_used() {
            self.count_use(used);
        }
        match user.mfa_active() {
            Ok(true) => self.mfa.with += 1,
            Ok(false) => self.mfa.without += 1,
            Err(_) => self.mfa.unknown += 1,
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
        if row.fails == 0 {
            return [0; 5];
        }
        let (plain, worse) = (row.fails & !row.escalated, row.fails & row.escalated);
        std::array::from_fn(|rank| {
            let own = (plain & self.layout.by_severity[rank]).count_ones();
            let from_below =
                self.layout.by_severity.get(rank + 1).map_or(0, |mask| (worse & mask).count_ones());
            own + from_below
        })
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

    /// The findings on a user, in table order: those of `selected`, which is part of its verdicts.
    pub(crate) fn findings(
        &self,
        inputs: &Inputs,
        report: usize,
        user: &User<'_>,
        selected: RowVerdicts,
    ) -> Vec<Finding> {
        let mut findings = Vec::with_capacity(selected.fails.count_ones() as usize);
        let all = self.verdicts(report, user.index()).unwrap_or_default().fails;
        for bit in bits(selected.fails) {
            let (check, slot) = self.layout.bits[bit as usize];
            user.forget_reads();
            let Ok(Verdict::Fail(failure)) = judge(check.check().judge, user, slot, &self.context()) else {
                continue;
            };
            let mut finding = finding(check, user, slot, failure);
            let mut same = 0;
            // Two keys made in the same second fail alike, or the report has the user twice.
            if slot == 1 && all & (1 << (bit - 1)) != 0 && created(check, user, 0) == finding.subject.created
            {
                same += 1;
            }
            if let Some(loaded) = inputs.reports().get(report) {
                let here = loaded.report.earlier_rows_of_same_arn(user.index()).map(|row| (report, row));
                let elsewhere = loaded.namesakes.get(&user.index()).into_iter().flatten();
                for (report, row) in here.chain(elsewhere.map(|(report, row)| (*report as usize, *row))) {
                    let fails = self.verdicts(report, row).unwrap_or_default().fails;
                    let Some(twin) = inputs.reports()[report].report.get(row) else { continue };
                    same += bits(fails & self.layout.of_check(check))
                        .filter(|bit| {
                            created(check, &twin, self.layout.bits[*bit as usize].1)
                                == finding.subject.created
                        })
                        .count();
                }
            }
            if same > 0 {
                finding.uid = format!("{}#{}", finding.uid, same + 1);
            }
            findings.push(finding);
        }
        findings
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
        inputs.reports().iter().enumerate().flat_map(move |(number, loaded)| {
            let name = &loaded.report.file.name;
            loaded.report.users().filter(move |user| self.verdicts(number, user.index()).is_some()).flat_map(
                move |user| {
                    let found: Vec<_> = oddities(&user, self.as_of).collect();
                    found.into_iter().map(move |(column, kind)| Warning {
                        input: name.clone(),
                        line: Some(user.line()),
                        column: Some(column.name().to_owned()),
                        value: user.raw(column),
                        kind,
                    })
                },
            )
        })
    }

    /// How many warnings there are, those of reading included.
    pub fn warnings_total(&self, inputs: &Inputs) -> u64 {
        let read = inputs.warnings().count() as u64;
        let more: u64 = inputs.reports().iter().map(|loaded| loaded.report.more_warnings).sum();
        read + more + self.oddities
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

fn input_summary(loaded: &LoadedReport) -> InputSummary {
    let report = &loaded.report;
    let (as_of, as_of_source) = report.as_of();
    let ids = |keep: fn(&Option<u32>) -> bool| {
        let mut ids: Vec<String> = report
            .accounts
            .iter()
            .zip(&loaded.replaced)
            .filter(|(account, replaced)| !account.id.is_empty() && keep(replaced))
            .map(|(account, _)| account.id.clone())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    InputSummary {
        name: report.file.name.clone(),
        form: report.form,
        bytes: report.file.bytes,
        sha256: loaded.sha256.clone(),
        rows: report.len() as u32,
        broken_rows: report.broken_rows,
        accounts: ids(|_| true),
        replaced_accounts: ids(Option::is_some),
        as_of,
        as_of_source,
    }
}

impl AccountTally {
    fn count(&mut self, user: &User<'_>) {
        if user.is_root() {
            self.has_root = true;
            self.root_mfa = user.mfa_active().ok();
            self.created = user.created().ok();
        } else {
            self.count_expiry(user);
        }
        for slot in [1, 2] {
            let key = user.access_key(slot);
            for (column, words) in
                [(key.service_column(), &mut self.services), (key.region_column(), &mut self.regions)]
            {
                if let Some(word) = user.word_number(column) {
                    if words.len() <= word {
                        words.resize(word + 1, 0);
                    }
                    words[word] += 1;
                }
            }
        }
    }

    fn count_expiry(&mut self, user: &User<'_>) {
        match user.password_enabled() {
            Ok(true) => {
                self.expiry.enabled += 1;
                match user.password_next_rotation() {
                    Ok(None) => self.expiry.without_expiry += 1,
                    Ok(Some(expires)) => {
                        if let Ok(Some(changed)) = user.password_last_changed() {
                            let days = changed.age_days(expires);
                            *self.expires_days.entry(days).or_default() += 1;
                        }
                    }
                    Err(unjudged) => {
                        self.expiry.unjudged.get_or_insert(unjudged);
                    }
                }
            }
            Ok(false) => {}
            // A password that expires is no finding, enabled or not.
            Err(_) if matches!(user.password_next_rotation(), Ok(Some(_))) => {}
            Err(unjudged) => {
                self.expiry.unjudged.get_or_insert(unjudged);
            }
        }
    }

    fn summary(&self, inputs: &Inputs) -> AccountSummary {
        let name = &inputs.reports()[self.report as usize].report.accounts[self.account as usize];
        let report = &inputs.reports()[self.report as usize].report;
        let most_frequent = |counts: &[u32]| {
            let counted = counts.iter().enumerate().filter(|(_, count)| **count > 0);
            let mut words: Vec<(String, u32)> =
                counted.map(|(word, count)| (report.word(word).to_owned(), *count)).collect();
            words.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            words
        };
        AccountSummary {
            account: name.id.clone(),
            partition: name.partition.clone(),
            input: self.report,
            users: self.users,
            users_with_findings: self.users_with_findings,
            by_severity: self.by_severity,
            has_root: self.has_root,
            root_mfa: self.root_mfa,
            created: self.created,
            password_expires_days: self
                .expires_days
                .iter()
                .max_by_key(|(days, count)| (**count, std::cmp::Reverse(**days)))
                .map(|(days, _)| *days),
            services: most_frequent(&self.services),
            regions: most_frequent(&self.regions),
            kinds: self.kinds,
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

fn judge(rule: Judge, user: &User<'_>, slot: u8, context: &Context<'_>) -> Judgement {
    match rule {
        Judge::Account(_) => Ok(Verdict::NotApplicable),
        Judge::User(rule) | Judge::Password(rule) => rule(user, context),
        Judge::AccessKey(rule) => rule(&user.access_key(slot + 1), context),
        Judge::Certificate(rule) => rule(&user.certificate(slot + 1), context),
    }
}

fn severity(check: CheckId, failure: &Failure) -> Severity {
    let check = check.check();
    if check.escalates && failure.age_days.is_some_and(|age| age > ESCALATION_DAYS) {
        check.severity.escalated()
    } else {
        check.severity
    }
}

/// The worst severity among counts that come worst first.
pub(crate) fn worst(counts: [u32; 5]) -> Option<Severity> {
    counts.iter().position(|count| *count > 0).map(|rank| Severity::ALL[rank])
}

/// What a user probably is.
pub(crate) fn kind(user: &User<'_>) -> Kind {
    if user.is_root() {
        return Kind::Root;
    }
    let password = user.password_enabled() == Ok(true);
    let key = user.access_key(1).active() == Ok(true) || user.access_key(2).active() == Ok(true);
    match (password, key) {
        (true, true) => Kind::Both,
        (true, false) => Kind::Human,
        (false, true) => Kind::Machine,
        (false, false) => Kind::None,
    }
}

/// How much earlier than its key a use may be recorded: AWS notes uses within 15 minutes once.
const TRACKING_SECONDS: i64 = 15 * 60;

/// The cells of a user whose times cannot be, and why.
pub(crate) fn oddities(user: &User<'_>, as_of: Timestamp) -> impl Iterator<Item = (Column, WarningKind)> {
    const PAST: [Column; 9] = [
        Column::UserCreationTime,
        Column::PasswordLastUsed,
        Column::PasswordLastChanged,
        Column::AccessKey1LastRotated,
        Column::AccessKey1LastUsedDate,
        Column::AccessKey2LastRotated,
        Column::AccessKey2LastUsedDate,
        Column::Cert1LastRotated,
        Column::Cert2LastRotated,
    ];
    const USES: [(Column, Column); 3] = [
        (Column::PasswordLastUsed, Column::UserCreationTime),
        (Column::AccessKey1LastUsedDate, Column::AccessKey1LastRotated),
        (Column::AccessKey2LastUsedDate, Column::AccessKey2LastRotated),
    ];
    let time = |column: Column| user.time(column).ok().flatten();
    let future =
        PAST.map(|column| time(column).filter(|time| *time > as_of).map(|_| (column, WarningKind::Future)));
    let early = USES.map(|(used, made)| {
        let (used_at, made_at) = (time(used)?, time(made)?);
        (used_at.unix() + TRACKING_SECONDS < made_at.unix()).then_some((used, WarningKind::BeforeCreation))
    });
    future.into_iter().chain(early).flatten()
}

fn finding(check: CheckId, user: &User<'_>, slot: u8, failure: Failure) -> Finding {
    // Before anything else is read: these are the cells that the verdict rests on.
    let cells = user.cells_read();
    let kind = check.check().judge.subject();
    let created = created(check, user, slot);
    let slot = matches!(kind, SubjectKind::AccessKey | SubjectKind::Certificate).then_some(slot + 1);
    let subject = Subject { kind, slot, created };
    let arn = user.arn();
    let whom = arn.clone().unwrap_or_else(|| user.name().to_owned());
    let mut uid = format!("{}/{whom}", check.name());
    if slot.is_some() {
        let created = subject.created.map_or_else(|| "unknown".to_owned(), |created| created.to_string());
        uid = format!("{uid}/{}/{created}", kind.name());
    }
    Finding {
        uid,
        check,
        severity: severity(check, &failure),
        account: user.account().map(str::to_owned),
        partition: user.partition().map(str::to_owned),
        user: Some(user.name().to_owned()),
        arn,
        subject,
        evidence: Evidence {
            age_days: failure.age_days,
            threshold_days: failure.threshold_days,
            pattern: failure.pattern,
            deactivate: failure.deactivate,
            concerned: None,
            cells,
        },
    }
}

/// The places of the bits that are set, lowest first.
fn bits(mut mask: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = (mask != 0).then(|| mask.trailing_zeros())?;
        mask &= mask - 1;
        Some(bit)
    })
}

/// When the subject of a check was made, where it is a key or certificate.
fn created(check: CheckId, user: &User<'_>, slot: u8) -> Option<Timestamp> {
    match check.check().judge.subject() {
        SubjectKind::AccessKey => user.access_key(slot + 1).created().ok().flatten(),
        SubjectKind::Certificate => user.certificate(slot + 1).created().ok().flatten(),
        SubjectKind::Account | SubjectKind::User | SubjectKind::Password => None,
    }
}

fn account_finding(check: CheckId, report: &Report, account: &AccountTally) -> Finding {
    let name = &report.accounts[account.account as usize];
    let known = !name.id.is_empty();
    let arn = known.then(|| format!("arn:{}:iam::{}:root", name.partition, name.id));
    Finding {
        uid: format!("{}/{}", check.name(), arn.as_deref().unwrap_or("unknown-account")),
        check,
        severity: check.check().severity,
        account: known.then(|| name.id.clone()),
        partition: known.then(|| name.partition.clone()),
        user: None,
        arn,
        subject: Subject { kind: SubjectKind::Account, slot: None, created: None },
        evidence: Evidence {
            concerned: Some((account.expiry.without_expiry, account.expiry.enabled)),
            ..Evidence::default()
        },
    }
}

impl NotJudged {
    /// Whether the whole column is missing.
    pub fn is_missing_column(&self) -> bool {
        self.obstacle == Obstacle::MissingColumn
    }
}
