//! How long ago a credential was last used.

use serde::{Deserialize, Serialize};

use crate::histogram::DayRange;

/// How long a credential has been idle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Idle {
    /// Last used so many days ago.
    Days(DayRange),
    /// Never used.
    Never,
    /// Last used so many days ago or more, or never used.
    AtLeast(u32),
}
