//! What counts as too old, unused or dormant, in days.

use serde::{Deserialize, Serialize};

/// The thresholds, in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// A credential last used this many days ago or more is unused.
    pub unused_days: u32,
    /// A credential that was never used counts as unused at this age.
    pub never_used_days: u32,
    /// An access key older than this must be replaced.
    pub key_max_age_days: u32,
    /// A password older than this must be changed.
    pub password_max_age_days: u32,
    /// Root use within so many days is recent.
    pub root_used_days: u32,
    /// A user whose credentials are all unused for so long is dormant.
    pub dormant_days: u32,
    /// A key used within so many days is in use.
    pub in_use_days: u32,
    /// A user without any credential is a finding at this age.
    pub no_credentials_days: u32,
}

impl Default for Thresholds {
    /// The practice that this tool recommends.
    fn default() -> Self {
        Self {
            unused_days: 45,
            never_used_days: 45,
            key_max_age_days: 90,
            password_max_age_days: 365,
            root_used_days: 30,
            dormant_days: 90,
            in_use_days: 30,
            no_credentials_days: 30,
        }
    }
}

/// One of the thresholds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Threshold {
    /// [`Thresholds::unused_days`]
    UnusedDays,
    /// [`Thresholds::never_used_days`]
    NeverUsedDays,
    /// [`Thresholds::key_max_age_days`]
    KeyMaxAgeDays,
    /// [`Thresholds::password_max_age_days`]
    PasswordMaxAgeDays,
    /// [`Thresholds::root_used_days`]
    RootUsedDays,
    /// [`Thresholds::dormant_days`]
    DormantDays,
    /// [`Thresholds::in_use_days`]
    InUseDays,
    /// [`Thresholds::no_credentials_days`]
    NoCredentialsDays,
}

impl Threshold {
    /// Every threshold, in the order of the policy.
    pub const ALL: &[Self] = &[
        Self::UnusedDays,
        Self::NeverUsedDays,
        Self::KeyMaxAgeDays,
        Self::PasswordMaxAgeDays,
        Self::RootUsedDays,
        Self::DormantDays,
        Self::InUseDays,
        Self::NoCredentialsDays,
    ];

    /// The smallest and the largest number of days allowed: one day to ten years.
    pub const RANGE: std::ops::RangeInclusive<u32> = 1..=3650;

    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::UnusedDays => "unused_days",
            Self::NeverUsedDays => "never_used_days",
            Self::KeyMaxAgeDays => "key_max_age_days",
            Self::PasswordMaxAgeDays => "password_max_age_days",
            Self::RootUsedDays => "root_used_days",
            Self::DormantDays => "dormant_days",
            Self::InUseDays => "in_use_days",
            Self::NoCredentialsDays => "no_credentials_days",
        }
    }

    /// Its value, in days.
    pub fn of(self, thresholds: &Thresholds) -> u32 {
        let mut thresholds = *thresholds;
        *self.field_mut(&mut thresholds)
    }

    /// Its place among the thresholds.
    pub fn field_mut(self, thresholds: &mut Thresholds) -> &mut u32 {
        match self {
            Self::UnusedDays => &mut thresholds.unused_days,
            Self::NeverUsedDays => &mut thresholds.never_used_days,
            Self::KeyMaxAgeDays => &mut thresholds.key_max_age_days,
            Self::PasswordMaxAgeDays => &mut thresholds.password_max_age_days,
            Self::RootUsedDays => &mut thresholds.root_used_days,
            Self::DormantDays => &mut thresholds.dormant_days,
            Self::InUseDays => &mut thresholds.in_use_days,
            Self::NoCredentialsDays => &mut thresholds.no_credentials_days,
        }
    }
}
