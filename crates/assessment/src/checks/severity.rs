//! How bad a finding is.

use serde::{Deserialize, Serialize};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// To be tidied up.
    Low,
    /// Fix soon.
    Medium,
    /// Fix now.
    High,
    /// The account is at stake.
    Critical,
}

impl Severity {
    /// Every severity, worst first.
    pub const ALL: [Self; 5] = [Self::Critical, Self::High, Self::Medium, Self::Low, Self::Info];

    /// The name in exports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// One step worse; critical stays.
    pub const fn escalated(self) -> Self {
        match self {
            Self::Info => Self::Low,
            Self::Low => Self::Medium,
            Self::Medium => Self::High,
            Self::High | Self::Critical => Self::Critical,
        }
    }

    /// The place in [`Severity::ALL`]: 0 is the worst.
    pub const fn rank(self) -> usize {
        4 - self as usize
    }
}

/// A number for each severity, in the order of [`Severity::ALL`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BySeverity(pub [u64; 5]);

impl BySeverity {
    /// The number of one severity.
    pub fn of(&self, severity: Severity) -> u64 {
        self.0[severity.rank()]
    }

    /// Adds to the number of one severity.
    pub fn add(&mut self, severity: Severity, more: u64) {
        self.0[severity.rank()] += more;
    }

    /// Adds to the number of one severity, or takes from it; it is never less than 0.
    pub fn change(&mut self, severity: Severity, by: i64) {
        let number = &mut self.0[severity.rank()];
        *number = number.saturating_add_signed(by);
    }

    /// The worst severity whose number is not 0.
    pub fn worst(&self) -> Option<Severity> {
        Severity::ALL.into_iter().find(|severity| self.of(*severity) > 0)
    }

    /// The sum of all.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }
}
