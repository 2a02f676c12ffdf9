//! What a check is about, and how two of it are used.

use serde::{Deserialize, Serialize};

use crate::report::Timestamp;

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
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Account, Self::User, Self::Password, Self::AccessKey, Self::Certificate];

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

    /// Whether a user has two of it, each in a slot.
    pub const fn has_slots(self) -> bool {
        matches!(self, Self::AccessKey | Self::Certificate)
    }
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
