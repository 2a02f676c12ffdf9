//! What each chip of the toolbar would show.

use serde::{Deserialize, Serialize};

use super::Query;
use crate::assessment::{Assessment, RowVerdicts};
use crate::checks::{BySeverity, Severity};

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

    /// Adds a user whom the other filters leave.
    pub(super) fn count(&mut self, assessment: &Assessment, verdicts: RowVerdicts, query: &Query) {
        if verdicts.fails == 0 {
            self.fine += u32::from(query.checks.is_empty());
            return;
        }
        let shown =
            if query.checks.is_empty() { verdicts } else { assessment.select(verdicts, &query.checks, &[]) };
        for (severity, count) in Severity::ALL.into_iter().zip(assessment.severity_counts(shown)) {
            self.by_severity.add(severity, count.into());
        }
    }
}
