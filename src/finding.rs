//! A finding: a check that failed, on whom, and by which cells.

use serde::{Deserialize, Serialize};

use crate::checks::CheckId;
use crate::report::{Column, Timestamp};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// To be tidied up.
    Low,
    /// To be mended soon.
    Medium,
    /// To be mended now.
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

    /// The sum of all.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }
}

/// What kind of thing a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubjectKind {
    /// The account as a whole.
    Account,
    /// A user (or root) as a whole.
    User,
    /// A console password.
    Password,
    /// One of the two access keys.
    AccessKey,
    /// One of the two signing certificates.
    Certificate,
}

impl SubjectKind {
    /// The name in exports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::User => "user",
            Self::Password => "password",
            Self::AccessKey => "access-key",
            Self::Certificate => "certificate",
        }
    }
}

/// The very thing that a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Its kind.
    pub kind: SubjectKind,
    /// 1 or 2, for a key or certificate.
    pub slot: Option<u8>,
    /// When the key or certificate was made.
    pub created: Option<Timestamp>,
}

/// How two active access keys are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pattern {
    /// Both were used of late.
    BothInUse,
    /// One is in use, the other can go.
    RotationUnfinished,
    /// Neither was used of late.
    NeitherInUse,
}

impl Pattern {
    /// The name in exports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::BothInUse => "both-in-use",
            Self::RotationUnfinished => "rotation-unfinished",
            Self::NeitherInUse => "neither-in-use",
        }
    }
}

/// Of two active access keys the one to deactivate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyToDeactivate {
    /// 1 or 2.
    pub slot: u8,
    /// When it was created, to the second; `None` where that does not tell it from the other key.
    pub created: Option<Timestamp>,
}

/// What a verdict rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The age that the check names, in days.
    pub age_days: Option<u32>,
    /// The limit that it was held against, in days.
    pub threshold_days: Option<u32>,
    /// How two active keys are used.
    pub pattern: Option<Pattern>,
    /// Of two active keys the one to deactivate.
    pub deactivate: Option<KeyToDeactivate>,
    /// For an account: how many of how many enabled passwords are concerned.
    pub concerned: Option<(u64, u64)>,
    /// The raw text of each cell that the verdict read, in the order of the columns.
    pub cells: Vec<(Column, String)>,
}

/// A check that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The same for the same credential in every report: check, arn, and the credential.
    pub uid: String,
    /// Which check.
    pub check: CheckId,
    /// How bad, after escalation.
    pub severity: Severity,
    /// The 12 digits of the account; `None` where the report does not say.
    pub account: Option<String>,
    /// `aws`, `aws-cn`, `aws-us-gov`, …
    pub partition: Option<String>,
    /// The user's name, `<root_account>` for root; `None` for a finding about an account.
    pub user: Option<String>,
    /// The user's ARN, for a finding about an account that of its root.
    pub arn: Option<String>,
    /// What it is about.
    pub subject: Subject,
    /// What it rests on.
    pub evidence: Evidence,
}
