//! What became of one finding.

use serde::{Deserialize, Serialize};

use super::outcome::{Cause, Fate, Outcome};
use crate::checks::Severity;
use crate::finding::Finding;
use crate::report::{Column, ReadCell, Timestamp};

/// What became of one finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingChange {
    /// The 12 digits of the account.
    pub account: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Why; `None` where it is unchanged.
    pub cause: Option<Cause>,
    /// The column that stands in the way of evaluating it now.
    pub column: Option<Column>,
    /// The finding: that of the current report where it fails there, else that of the earlier.
    pub finding: Finding,
    /// How bad it is now; `None` where it does not fail.
    pub severity: Option<Severity>,
    /// How bad it was; `None` where it did not fail.
    pub severity_before: Option<Severity>,
    /// The time of the oldest report from which on an unchanged finding fails without a gap.
    pub since: Option<Timestamp>,
    /// The cells that it rests on, in the earlier report.
    pub cells_before: Vec<ReadCell>,
    /// The same in the current report.
    pub cells: Vec<ReadCell>,
}

impl FindingChange {
    /// What became of a finding of either report, or of both.
    pub(super) fn new(fate: Fate, then: Option<Finding>, now: Option<Finding>) -> Option<Self> {
        let severity = now.as_ref().map(|finding| finding.severity);
        let severity_before = then.as_ref().map(|finding| finding.severity);
        let cells = |finding: &Option<Finding>| {
            finding.as_ref().map(|finding| finding.evidence.cells.clone()).unwrap_or_default()
        };
        Some(Self {
            account: String::new(),
            outcome: fate.outcome(),
            cause: fate.cause,
            column: fate.column,
            severity,
            severity_before,
            since: None,
            cells_before: cells(&then),
            cells: cells(&now),
            finding: now.or(then)?,
        })
    }
}
