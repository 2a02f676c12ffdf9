//! The checks, as data: one table from which page, exports and documentation derive.
//!
//! Rules and thresholds follow the CIS AWS Foundations Benchmark, AWS Security Hub and AWS Config;
//! each check names the sections. Root rows are judged by the checks of [`root`] alone.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::finding::{Severity, SubjectKind};

/// What a check is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// Keys and passwords that are too old, and keys of root.
    Rotation,
    /// Sign-in without a second factor.
    Mfa,
    /// What nobody uses, and the root user that somebody uses.
    LastUse,
    /// Credentials that should not be there at all.
    Credentials,
}

impl Area {
    /// Every area, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Rotation, Self::Mfa, Self::LastUse, Self::Credentials];

    /// The name in documentation and in the page's address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rotation => "rotation",
            Self::Mfa => "mfa",
            Self::LastUse => "last-use",
            Self::Credentials => "credentials",
        }
    }
}

/// A check of the table, by its place in it; as text its id.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CheckId(u8);

/// How many checks there are.
pub const COUNT: usize = 22;
