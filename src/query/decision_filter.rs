//! Users by what was decided about them.

use serde::{Deserialize, Serialize};

use crate::assessment::RowId;
use crate::review::{Reviewed, State};

/// Users by what was decided about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecisionFilter {
    /// Nothing was decided.
    Undecided,
    /// Somebody accepted a finding.
    Accepted,
    /// A decision begins on a later day.
    NotYet,
    /// What was decided is done.
    Done,
    /// An exception is over.
    Expired,
    /// Work is late.
    Overdue,
    /// An exception ends soon.
    Soon,
    /// An exception is in effect.
    InForce,
    /// Work is to be done.
    Open,
}

impl DecisionFilter {
    /// Every one, in the order of the page.
    pub const ALL: [Self; 9] = [
        Self::Undecided,
        Self::Overdue,
        Self::Expired,
        Self::Open,
        Self::Soon,
        Self::InForce,
        Self::Accepted,
        Self::NotYet,
        Self::Done,
    ];

    /// The state of the decisions that are asked for.
    pub const fn state(self) -> Option<State> {
        match self {
            Self::Undecided | Self::Accepted => None,
            Self::NotYet => Some(State::NotYet),
            Self::Done => Some(State::Done),
            Self::Expired => Some(State::Expired),
            Self::Overdue => Some(State::Overdue),
            Self::Soon => Some(State::Soon),
            Self::InForce => Some(State::InForce),
            Self::Open => Some(State::Open),
        }
    }

    /// The name in exports and in the page's address.
    pub const fn name(self) -> &'static str {
        match self.state() {
            Some(state) => state.name(),
            None if matches!(self, Self::Undecided) => "undecided",
            None => "accepted",
        }
    }

    /// Whether it leaves the user of a row.
    pub(super) fn leaves(self, reviewed: Reviewed<'_>, row: RowId) -> bool {
        let Some(decided) = reviewed.decided else { return self == Self::Undecided };
        let matches = decided.review.of_row(row);
        match self {
            Self::Undecided => matches.is_empty(),
            Self::Accepted => reviewed.assessment.accepted(row).fails != 0,
            _ => matches.iter().any(|one| self.state() == Some(decided.review.state(one.decision))),
        }
    }
}
