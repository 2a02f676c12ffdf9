//! What is counted over all rows of a result.

use super::account::AccountTally;
use super::counted::Counted;
use super::facts::Kind;
use super::tally::{CheckTally, KeyAgeTally, LastUseTally, MfaTally};
use super::verdicts::{Layout, RowVerdicts, area_index};
use super::worst;
use crate::checks::{self, BySeverity, CheckId, Severity};
use crate::histogram::bars;
use crate::policy::Policy;

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
    pub(super) fn count_verdicts(&mut self, layout: &Layout, row: RowVerdicts, users: i64) {
        let counts = layout.severity_counts(row);
        for (severity, count) in Severity::ALL.into_iter().zip(counts) {
            self.by_severity.change(severity, i64::from(count) * users);
        }
        let Some(worst) = worst(counts) else { return };
        self.users_with_findings = self.users_with_findings.saturating_add_signed(users as i32);
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

    /// Adds users of one shape to the totals and charts that do not hang on verdicts, their times aside.
    pub(super) fn count_users(&mut self, counted: &Counted, users: u32) {
        let flags = counted.flags;
        self.users += users;
        self.kinds[flags.kind as usize] += users;
        if flags.kind == Kind::Root {
            self.mfa.count_roots(flags.mfa, users.into());
        } else if flags.has_password {
            self.mfa.count(flags.mfa, users.into());
        }
        let never_used = counted.never_used * u64::from(users);
        self.last_use.credentials += never_used;
        self.last_use.idle += never_used;
        self.last_use.never += never_used;
    }

    /// Counts what passed: of each check all its subjects that did nothing else.
    pub(super) fn count_passed(&mut self) {
        let roots = self.kinds[Kind::Root as usize];
        for tally in self.checks.iter_mut().filter(|tally| tally.on) {
            let check = tally.check.check();
            let users = if check.root { roots } else { self.users - roots };
            let subjects = u64::from(users) * u64::from(check.rule.slots());
            tally.passed = subjects.saturating_sub(tally.failed + tally.not_applicable + tally.not_judged);
        }
    }
}
