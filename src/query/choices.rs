//! What each chip of the toolbar would show.

use serde::{Deserialize, Serialize};

use super::Query;
use super::filter::account_findings;
use crate::assessment::{Assessment, RowVerdicts};
use crate::checks::{BySeverity, Severity};
use crate::review::Reviewed;

/// What asking for a severity, or for users without findings, would show beside the other filters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// Findings, of users and accounts, by severity.
    pub by_severity: BySeverity,
    /// Users without any finding.
    pub fine: u32,
}

impl Choices {
    /// What asking would show of the whole result.
    pub(super) fn of_all(assessment: &Assessment) -> Self {
        let totals = assessment.totals();
        Self { by_severity: totals.by_severity, fine: totals.users - totals.users_with_findings }
    }

    /// What asking would show of accounts, beside other filters.
    pub(super) fn of_accounts(compared: Reviewed<'_>, others: &Query) -> Self {
        let mut choices = Self::default();
        for finding in account_findings(compared, others) {
            choices.by_severity.add(finding.severity, 1);
        }
        choices
    }

    /// Adds a user whom the other filters leave, with the verdicts that they leave.
    pub(super) fn count(&mut self, assessment: &Assessment, verdicts: RowVerdicts) {
        self.fine += u32::from(verdicts.fails == 0);
        for (severity, count) in Severity::ALL.into_iter().zip(assessment.severity_counts(verdicts)) {
            self.by_severity.add(severity, count.into());
        }
    }
}
