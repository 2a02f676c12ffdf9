//! What a query asks of the verdicts on a row.

use super::Query;
use super::filter::{self, Leaves};
use crate::assessment::{RowVerdicts, Selection};
use crate::report::User;
use crate::review::Reviewed;

/// What a query asks of the verdicts on a row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    /// The findings that are asked for; `None` for all, and for users without any.
    findings: Option<Selection>,
    /// Whether what became of them since the earlier report is asked for, too.
    by_history: bool,
    /// Whether what was decided about users is.
    by_decision: bool,
    /// Whether only users without any finding are.
    none: bool,
}

impl Wanted {
    pub(crate) fn new(compared: Reviewed<'_>, query: &Query) -> Self {
        let is_set = |kind: fn(&Leaves) -> bool| filter::set_by(query).any(|filter| kind(&filter.leaves));
        Self {
            findings: is_set(|leaves| matches!(leaves, Leaves::Findings(_)))
                .then(|| compared.assessment.selection(|check, severity| query.includes(check, severity))),
            by_history: is_set(|leaves| matches!(leaves, Leaves::Histories(_))),
            by_decision: is_set(|leaves| matches!(leaves, Leaves::Decided)),
            none: is_set(|leaves| matches!(leaves, Leaves::NoFindings)),
        }
    }

    /// Those of the verdicts on a user of a report, by number, that the query asks for; `None` where the user
    /// is not.
    pub(crate) fn of(
        self,
        compared: Reviewed<'_>,
        query: &Query,
        user: (usize, &User<'_>),
        verdicts: RowVerdicts,
    ) -> Option<RowVerdicts> {
        if self.none && verdicts.fails != 0 {
            return None;
        }
        if self.by_decision {
            let row = compared.inputs.reports().get(user.0)?.row(user.1.index());
            if !query.decisions.iter().any(|filter| filter.leaves(compared, row)) {
                return None;
            }
        }
        let mut wanted = self.findings.map_or(verdicts, |findings| findings.of(verdicts));
        if self.by_history {
            let user = (user.0 as u32, user.1);
            wanted = compared.narrowed(user, wanted, &query.changes, &query.causes);
        }
        let is_any = self.findings.is_none() && !self.by_history;
        Some(wanted).filter(|wanted| is_any || wanted.fails != 0)
    }
}
