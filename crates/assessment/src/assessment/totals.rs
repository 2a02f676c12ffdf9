//! What is counted over all rows of a result.

use super::account::AccountTally;
use super::facts::{Kind, UserFlags};
use super::tally::{CheckTally, KeyAgeTally, LastUseTally, MfaTally};
use super::time_issues::time_issues;
use super::verdicts::{Layout, RowVerdicts, area_index};
use super::worst;
use crate::checks::{self, BySeverity, CheckId, Severity};
use crate::histogram::{bars, count_bar};
use crate::policy::Policy;
use crate::report::{AccessKey, Timestamp, User};
use crate::thresholds::Thresholds;

/// What is counted over all rows of a result.
#[derive(Debug, Clone)]
pub struct Totals {
    /// Users, roots included.
    pub users: u32,
    /// Users with at least one finding.
    pub users_with_findings: u32,
    /// Findings by severity.
    pub by_severity: BySeverity,
    /// Users by the worst severity of their findings.
    pub users_by_worst: BySeverity,
    /// Findings by area, in the order of [`crate::checks::Area::ALL`].
    pub by_area: [BySeverity; 4],
    /// Users by kind, in the order of [`Kind::ALL`].
    pub kinds: [u32; 5],
    /// Every check, in table order.
    pub checks: Vec<CheckTally>,
    /// Ages of active access keys.
    pub key_ages: KeyAgeTally,
    /// MFA of those who can sign in.
    pub mfa: MfaTally,
    /// Last use of passwords and keys.
    pub last_use: LastUseTally,
    /// Cells whose times cannot be.
    pub time_issues: u64,
}

impl Totals {
    pub(super) fn new(policy: &Policy) -> Self {
        let (key_limit, idle_limit) = (policy.thresholds.key_max_age_days, policy.thresholds.unused_days);
        Self {
            checks: checks::ids()
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
            key_ages: KeyAgeTally {
                limit_days: key_limit,
                // A key is too old past the limit, and unused from the limit on.
                bars: bars(key_limit + 1, &[1, 2, 3], &[2, 4, 8, 12, 20]),
                ..KeyAgeTally::default()
            },
            mfa: MfaTally::default(),
            last_use: LastUseTally {
                limit_days: idle_limit,
                bars: bars(idle_limit, &[1, 2, 3], &[2, 4, 8, 12, 20]),
                ..LastUseTally::default()
            },
            users: 0,
            users_with_findings: 0,
            by_severity: BySeverity::default(),
            users_by_worst: BySeverity::default(),
            by_area: [BySeverity::default(); 4],
            kinds: [0; 5],
            time_issues: 0,
        }
    }

    /// Adds users that have the same verdicts to the totals; a negative number takes them out again.
    pub(super) fn count_verdicts(
        &mut self,
        layout: &Layout,
        account: &mut AccountTally,
        row: RowVerdicts,
        users: i64,
    ) {
        let counts = layout.severity_counts(row);
        for (severity, count) in Severity::ALL.into_iter().zip(counts) {
            self.by_severity.change(severity, i64::from(count) * users);
            account.by_severity.change(severity, i64::from(count) * users);
        }
        let Some(worst) = worst(counts) else { return };
        self.users_with_findings = self.users_with_findings.saturating_add_signed(users as i32);
        account.users_with_findings = account.users_with_findings.saturating_add_signed(users as i32);
        self.users_by_worst.change(worst, users);
        let mut rest = row.fails;
        while rest != 0 {
            let Some(&(id, _)) = layout.bits.get(rest.trailing_zeros() as usize) else { break };
            let mask = layout.of_check(id);
            let own = row.of(mask);
            rest &= !mask;
            let (check, tally) = (id.check(), &mut self.checks[id.index()]);
            let (failed, escalated) =
                (i64::from(own.fails.count_ones()), i64::from(own.escalated.count_ones()));
            tally.users = tally.users.saturating_add_signed(users);
            tally.failed = tally.failed.saturating_add_signed(failed * users);
            let of_area = &mut self.by_area[area_index(check.area)];
            for counts in [&mut tally.by_severity, of_area] {
                counts.change(check.severity, (failed - escalated) * users);
                counts.change(check.severity.escalated(), escalated * users);
            }
        }
    }

    /// Adds a finding about an account, or with -1 takes one out.
    pub(super) fn count_account_finding(
        &mut self,
        account: &mut AccountTally,
        check: CheckId,
        findings: i64,
    ) {
        let (severity, area) = (check.check().severity, check.check().area);
        let tally = &mut self.checks[check.index()];
        tally.failed = tally.failed.saturating_add_signed(findings);
        tally.by_severity.change(severity, findings);
        account.by_severity.change(severity, findings);
        self.by_severity.change(severity, findings);
        self.by_area[area_index(area)].change(severity, findings);
    }

    /// Adds a row to the totals and charts that do not hang on its verdicts, and to those of its account.
    pub(super) fn count_user(
        &mut self,
        account: &mut AccountTally,
        user: &User<'_>,
        facts: UserFlags,
        as_of: Timestamp,
        thresholds: &Thresholds,
    ) {
        account.count(user, facts);
        self.users += 1;
        self.kinds[facts.kind as usize] += 1;
        if facts.kind == Kind::Root {
            self.mfa.count_root(facts.mfa);
        } else if facts.has_password {
            self.mfa.count(facts.mfa);
            if let Ok(used) = user.password_last_used() {
                self.count_use(used, as_of, thresholds);
            }
        }
        for (slot, is_active) in (1..).zip(facts.has_key) {
            if is_active {
                self.count_key(account, &user.access_key(slot), facts.kind, as_of, thresholds);
            }
        }
        if !user.times_are_plausible(as_of) {
            self.time_issues += time_issues(user, as_of).count() as u64;
        }
    }

    fn count_key(
        &mut self,
        account: &mut AccountTally,
        key: &AccessKey<'_, '_>,
        kind: Kind,
        as_of: Timestamp,
        thresholds: &Thresholds,
    ) {
        if let Ok(Some(created)) = key.created() {
            let age = created.age_days(as_of);
            self.key_ages.keys += 1;
            let is_over_limit = age > thresholds.key_max_age_days;
            self.key_ages.over += u64::from(is_over_limit);
            account.count_key(age, is_over_limit);
            count_bar(&mut self.key_ages.bars, age);
        }
        if kind != Kind::Root
            && let Ok(used) = key.last_used()
        {
            self.count_use(used, as_of, thresholds);
        }
    }

    fn count_use(&mut self, used: Option<Timestamp>, as_of: Timestamp, thresholds: &Thresholds) {
        self.last_use.credentials += 1;
        match used {
            None => {
                self.last_use.never += 1;
                self.last_use.idle += 1;
            }
            Some(used) => {
                let age = used.age_days(as_of);
                self.last_use.idle += u64::from(age >= thresholds.unused_days);
                count_bar(&mut self.last_use.bars, age);
            }
        }
    }
}
