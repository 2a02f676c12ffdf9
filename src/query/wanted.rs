//! What a query asks of the verdicts on a row.

use super::Query;
use super::filter::{self, Leaves};
use crate::assessment::{Assessment, RowVerdicts, Selection};

/// What a query asks of the verdicts on a row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    /// The findings that are asked for; `None` for all, and for users without any.
    findings: Option<Selection>,
    /// Whether only users without any finding are.
    none: bool,
}

impl Wanted {
    pub(crate) fn new(assessment: &Assessment, query: &Query) -> Self {
        let is_set = |kind: fn(&Leaves) -> bool| filter::set_by(query).any(|filter| kind(&filter.leaves));
        Self {
            findings: is_set(|leaves| matches!(leaves, Leaves::Findings(_)))
                .then(|| assessment.selection(|check, severity| query.includes(check, severity))),
            none: is_set(|leaves| matches!(leaves, Leaves::NoFindings)),
        }
    }

    /// Those of the verdicts on a row that are asked for; `None` where the user is not.
    pub(crate) fn of(self, verdicts: RowVerdicts) -> Option<RowVerdicts> {
        if self.none && verdicts.fails != 0 {
            return None;
        }
        match self.findings {
            None => Some(verdicts),
            Some(findings) => Some(findings.of(verdicts)).filter(|verdicts| verdicts.fails != 0),
        }
    }
}
