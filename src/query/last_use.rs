//! How long ago a credential was last used.

use serde::{Deserialize, Serialize};

use crate::histogram::DayRange;
use crate::report::Timestamp;

/// How long ago a credential was last used. Exports have it in this form, which is frozen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LastUse {
    /// So many days ago.
    Days(DayRange),
    /// Never used.
    Never,
    /// So many days ago or more, or never used.
    #[serde(rename = "at_least_days")]
    AtLeast(u32),
}

impl LastUse {
    /// Whether a credential that was last used then is meant; one without a time was never used.
    pub(super) fn contains(self, used: Option<Timestamp>, as_of: Timestamp) -> bool {
        match (self, used.map(|used| used.age_days(as_of))) {
            (Self::Never | Self::AtLeast(_), None) => true,
            (Self::Days(range), Some(age)) => range.contains(age),
            (Self::AtLeast(days), Some(age)) => age >= days,
            (Self::Never, Some(_)) | (Self::Days(_), None) => false,
        }
    }
}
