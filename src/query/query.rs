//! A question about the users of the result.

use serde::{Deserialize, Serialize};

use super::filter::{self, Filter, Leaves};
use super::{DecisionFilter, LastUse, SortKey};
use crate::assessment::Kind;
use crate::checks::{CheckId, Severity};
use crate::comparison::{Cause, ChangeQuery, Outcome};
use crate::histogram::DayRange;

/// A question about the users of the result. What is empty or `None` does not narrow it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a filter by itself")]
pub struct Query {
    /// By what to sort.
    pub sort: SortKey,
    /// Whether the largest comes first.
    pub descending: bool,
    /// The words to look for in name, ARN and account, services and regions of last use, kinds, owners and
    /// names of accounts, ignoring case; all must occur.
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
    /// Users with an enabled password or active key that was last used so long ago.
    pub last_use: Option<LastUse>,
    /// Users with an enabled console password, with (`true`) or without (`false`) MFA.
    pub console_mfa: Option<bool>,
    /// Users of these owners, by name or e-mail address, ignoring case.
    pub owners: Vec<String>,
    /// Only users whose owner nobody knows.
    pub without_owner: bool,
    /// Only users with enabled credentials whose owner is no longer active.
    pub leavers: bool,
    /// Users with a finding of one of these outcomes since the earlier report: new or unchanged, for what is
    /// resolved nobody has anymore.
    pub changes: Vec<Outcome>,
    /// Users with a finding that is new for one of these causes.
    pub causes: Vec<Cause>,
    /// Users by what was decided about them: one of these.
    pub decisions: Vec<DecisionFilter>,
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

    /// How many filters are set, the search being one.
    pub fn filters(&self) -> usize {
        filter::set_by(self).count()
    }

    /// Whether a finding is among those that it asks for, whatever became of it since the earlier report.
    pub fn includes(&self, check: CheckId, severity: Severity) -> bool {
        filter::set_by(self).all(|filter| match filter.leaves {
            Leaves::Findings(includes) => includes(self, check, severity),
            Leaves::NoFindings => false,
            Leaves::Users(_) | Leaves::Accounts(..) | Leaves::Histories(_) | Leaves::Decided => true,
        })
    }

    /// Whether it asks for certain findings, whatever became of them.
    pub fn asks_by_finding(&self) -> bool {
        filter::set_by(self).any(|filter| matches!(filter.leaves, Leaves::Findings(_)))
    }

    /// Whether it asks what became of findings since the earlier report.
    pub fn asks_for_changes(&self) -> bool {
        self.sort == SortKey::OpenSince
            || filter::set_by(self).any(|filter| matches!(filter.leaves, Leaves::Histories(_)))
    }

    /// Whether it asks for something of users that a finding does not tell.
    pub fn asks_by_user(&self) -> bool {
        let by_user = |filter: &Filter| matches!(filter.leaves, Leaves::Users(_) | Leaves::NoFindings);
        filter::set_by(self).any(by_user)
    }

    /// What of it narrows changes; all, not a page of them.
    #[must_use]
    pub fn about_changes(&self) -> ChangeQuery {
        ChangeQuery {
            outcomes: self.changes.clone(),
            causes: self.causes.clone(),
            accounts: self.accounts.clone(),
            checks: self.checks.clone(),
            severities: self.severities.clone(),
            search: self.search.clone(),
            ..ChangeQuery::default()
        }
    }

    /// Its filters by finding alone: what decides which problems are shown, and not whom they concern.
    #[must_use]
    pub fn by_finding(&self) -> Self {
        let filters =
            Self { sort: SortKey::default(), descending: false, offset: 0, limit: 0, ..self.clone() };
        filters.without(|filter| !filter.is_by_finding())
    }

    /// It without the filters of which the page tells what they would show.
    pub(super) fn without_choices(&self) -> Self {
        self.clone().without(|filter| filter.is_choice)
    }

    fn without(mut self, filters: impl Fn(&Filter) -> bool) -> Self {
        for filter in filter::ALL.iter().filter(|filter| filters(filter)) {
            (filter.clear)(&mut self);
        }
        self
    }
}
