//! A question about the users of the result.

use serde::{Deserialize, Serialize};

use super::{Idle, SortKey};
use crate::assessment::Kind;
use crate::checks::{CheckId, Severity};
use crate::histogram::DayRange;

/// A question about the users of the result. What is empty or `None` does not narrow it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// By what to sort.
    pub sort: SortKey,
    /// Whether the largest comes first.
    pub descending: bool,
    /// The words to look for in name, ARN and account, ignoring case; all must occur.
    pub search: String,
    /// Users with a finding of one of these severities.
    pub severities: Vec<Severity>,
    /// Users with a finding of one of these checks.
    pub checks: Vec<CheckId>,
    /// Users of these accounts.
    pub accounts: Vec<String>,
    /// Users of these kinds.
    pub kinds: Vec<Kind>,
    /// Users with an active access key of such an age.
    pub key_age: Option<DayRange>,
    /// Users with an enabled password or active key that is idle so long.
    pub idle: Option<Idle>,
    /// Users with an enabled console password, with (`true`) or without (`false`) MFA.
    pub console_mfa: Option<bool>,
    /// Only users without any finding.
    pub fine: bool,
    /// How many users to skip.
    pub offset: u32,
    /// How many users to return at the most.
    pub limit: u32,
}

impl Query {
    /// Whether it narrows anything; sort and page do not count.
    pub fn is_narrow(&self) -> bool {
        self.filters() > 0
    }

    /// How many filters are in force, the search being one.
    pub fn filters(&self) -> usize {
        [
            !self.search.trim().is_empty(),
            !self.severities.is_empty(),
            !self.checks.is_empty(),
            !self.accounts.is_empty(),
            !self.kinds.is_empty(),
            self.key_age.is_some(),
            self.idle.is_some(),
            self.console_mfa.is_some(),
            self.fine,
        ]
        .into_iter()
        .filter(|&on| on)
        .count()
    }

    /// Whether a finding is among those that the question is about.
    pub fn includes(&self, check: CheckId, severity: Severity) -> bool {
        (self.severities.is_empty() || self.severities.contains(&severity))
            && (self.checks.is_empty() || self.checks.contains(&check))
            && !self.fine
    }
}
