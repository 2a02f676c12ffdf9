//! How a decision stands.

use serde::{Deserialize, Serialize};

/// How a decision stands as of the result's time. Of several that would fit it is the first in the order of
/// [`State::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It cannot count: see [`super::Invalid`].
    Invalid,
    /// The result has no report of its account.
    AccountNotLoaded,
    /// It begins on a later day.
    NotYet,
    /// The report shows that the work is done.
    Done,
    /// The report has nothing that it is about.
    MatchesNothing,
    /// An exception whose last day is over.
    Expired,
    /// Work whose day is over, and which is not done.
    Overdue,
    /// An exception that ends in 30 days or less.
    Soon,
    /// An exception in effect.
    InForce,
    /// Work to be done.
    Open,
}

impl State {
    /// Every state, in the order in which they are tried.
    pub const ALL: [Self; 10] = [
        Self::Invalid,
        Self::AccountNotLoaded,
        Self::NotYet,
        Self::Done,
        Self::MatchesNothing,
        Self::Expired,
        Self::Overdue,
        Self::Soon,
        Self::InForce,
        Self::Open,
    ];

    /// The name in exports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::AccountNotLoaded => "account-not-loaded",
            Self::NotYet => "not-yet",
            Self::Done => "done",
            Self::MatchesNothing => "matches-nothing",
            Self::Expired => "expired",
            Self::Overdue => "overdue",
            Self::Soon => "soon",
            Self::InForce => "in-force",
            Self::Open => "open",
        }
    }

    /// Whether an exception in this state accepts findings.
    pub const fn accepts(self) -> bool {
        matches!(self, Self::InForce | Self::Soon)
    }

    /// Whether work in this state is still to be done, on something that the report shows.
    pub const fn is_to_do(self) -> bool {
        matches!(self, Self::Open | Self::Overdue)
    }
}
