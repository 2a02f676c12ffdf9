//! How many findings and users had which fate.

use serde::{Deserialize, Serialize};

use super::Against;
use super::outcome::{Cause, Outcome};
use super::user_change::ChangeKind;
use crate::assessment::{AccountFigures, Assessment, Inputs};
use crate::checks::BySeverity;
use crate::report::{AsOfSource, Timestamp};

/// How many findings and users had which fate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Findings by outcome, in the order of [`Outcome::ALL`].
    pub by_outcome: [u64; 5],
    /// Findings by cause, in the order of [`Cause::ALL`].
    pub by_cause: Vec<u64>,
    /// Findings of the current report by severity.
    pub by_severity: BySeverity,
    /// Findings of the earlier report by severity.
    pub by_severity_before: BySeverity,
    /// Users by change, in the order of [`ChangeKind::ALL`].
    pub users_by_change: [u64; 5],
}

impl Summary {
    pub(super) fn new(now: &AccountFigures, then: &AccountFigures) -> Self {
        Self {
            by_cause: vec![0; Cause::ALL.len()],
            by_severity: now.by_severity,
            by_severity_before: then.by_severity,
            ..Self::default()
        }
    }

    /// How many findings had an outcome.
    pub fn of(&self, outcome: Outcome) -> u64 {
        self.by_outcome[outcome as usize]
    }

    /// How many findings had a cause.
    pub fn of_cause(&self, cause: Cause) -> u64 {
        self.by_cause.get(cause as usize).copied().unwrap_or_default()
    }

    /// How many users had a change.
    pub fn of_change(&self, change: ChangeKind) -> u64 {
        self.users_by_change[change as usize]
    }

    pub(super) fn count(&mut self, outcome: Outcome, cause: Option<Cause>, findings: u64) {
        self.by_outcome[outcome as usize] += findings;
        self.by_cause.resize(Cause::ALL.len(), 0);
        if let Some(count) = cause.and_then(|cause| self.by_cause.get_mut(cause as usize)) {
            *count += findings;
        }
    }

    pub(super) fn count_user(&mut self, change: ChangeKind) {
        self.users_by_change[change as usize] += 1;
    }

    /// Adds the numbers of another account.
    pub(super) fn add(&mut self, other: &Self) {
        self.by_cause.resize(Cause::ALL.len(), 0);
        let add = |sums: &mut [u64], more: &[u64]| {
            for (sum, more) in sums.iter_mut().zip(more) {
                *sum += more;
            }
        };
        add(&mut self.by_outcome, &other.by_outcome);
        add(&mut self.by_cause, &other.by_cause);
        add(&mut self.by_severity.0, &other.by_severity.0);
        add(&mut self.by_severity_before.0, &other.by_severity_before.0);
        add(&mut self.users_by_change, &other.users_by_change);
    }
}

/// One of the two reports that are compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedReport {
    /// The file, a place among the inputs.
    pub input: u32,
    /// Its name.
    pub name: String,
    /// The SHA-256 of its bytes, in hexadecimal, once it is worked out.
    pub sha256: Option<String>,
    /// When the report was generated, as far as can be told.
    pub as_of: Timestamp,
    /// Where that time comes from.
    pub as_of_source: AsOfSource,
}

/// The figures of an account at the time of one of its reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrendPoint {
    /// The file, a place among the inputs.
    pub input: u32,
    /// When the report was generated.
    pub as_of: Timestamp,
    /// The figures.
    pub figures: AccountFigures,
}

/// The comparison of all accounts at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparisonSummary {
    /// With which earlier reports the current ones are compared.
    pub against: Against,
    /// The numbers of all accounts together.
    pub total: Summary,
    /// The accounts of which there is an earlier report, by number.
    pub accounts: Vec<AccountChanges>,
    /// How many accounts of the result have none.
    pub without: u32,
}

impl ComparisonSummary {
    /// That nothing was compared.
    pub fn of_nothing(against: Against, inputs: &Inputs, assessment: &Assessment) -> Self {
        Self {
            against,
            total: Summary::default(),
            accounts: Vec::new(),
            without: assessment.accounts_total(inputs),
        }
    }
}

/// The comparison of an account at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountChanges {
    /// The 12 digits.
    pub account: String,
    /// `aws`, `aws-cn`, …
    pub partition: String,
    /// The earlier report.
    pub earlier: ComparedReport,
    /// The current one.
    pub current: ComparedReport,
    /// Whether users were told by ARN alone, so that one who was re-created would not be noticed.
    pub is_blind_to_re_creation: bool,
    /// The numbers.
    pub summary: Summary,
    /// Every report of the account, the oldest first.
    pub trend: Vec<TrendPoint>,
}
