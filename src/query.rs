//! Which users to show: sort, filter, search, page.

use serde::{Deserialize, Serialize};

use crate::card::{Card, Kind};
use crate::checks::CheckId;
use crate::finding::{Finding, Severity};

/// By what users are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SortKey {
    /// The number of critical findings, then high, and so on.
    #[default]
    Severity,
    /// The name, ignoring case.
    Name,
    /// Account, then name.
    Account,
    /// When the user was made.
    Creation,
    /// The age of the oldest active access key.
    KeyAge,
    /// The newest use of password or keys.
    LastActivity,
    /// The time since an enabled password was changed.
    PasswordAge,
}

impl SortKey {
    /// Every key, the one in force at first first.
    pub const ALL: [Self; 7] = [
        Self::Severity,
        Self::Name,
        Self::Account,
        Self::Creation,
        Self::KeyAge,
        Self::LastActivity,
        Self::PasswordAge,
    ];

    /// The name in the page's address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Severity => "severity",
            Self::Name => "name",
            Self::Account => "account",
            Self::Creation => "creation",
            Self::KeyAge => "key-age",
            Self::LastActivity => "last-activity",
            Self::PasswordAge => "password-age",
        }
    }

    /// Whether a person expects the largest first: worst, oldest, newest.
    pub fn descends_at_first(self) -> bool {
        matches!(self, Self::Severity | Self::KeyAge | Self::LastActivity | Self::PasswordAge)
    }
}

/// A range of days, `from` included, `to` not; no `to` is without end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DayRange {
    /// The first day of the range.
    pub from: u32,
    /// The first day after it.
    pub to: Option<u32>,
}

impl DayRange {
    /// Whether an age lies in the range.
    pub fn contains(self, days: u32) -> bool {
        days >= self.from && self.to.is_none_or(|to| days < to)
    }
}

/// How long a credential has been idle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Idle {
    /// Last used so many days ago.
    Days(DayRange),
    /// Never used.
    Never,
}

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

/// The answer to a [`Query`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cards {
    /// All users of the result.
    pub total: u32,
    /// Those that the question matches.
    pub matching: u32,
    /// The findings, of users and accounts, that the question matches.
    pub findings: u64,
    /// How many matching users were skipped.
    pub offset: u32,
    /// The users of this page, in order.
    pub cards: Vec<Card>,
    /// The findings about whole accounts that the question matches.
    pub account_findings: Vec<Finding>,
}
