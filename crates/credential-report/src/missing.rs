//! A cell that a rule needs and cannot have.

use serde::{Deserialize, Serialize};

use crate::Column;

/// Why a check could not be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MissingReason {
    /// The report lacks the column.
    MissingColumn,
    /// The cell cannot be read.
    Unreadable,
    /// The cell says `not_supported`.
    NotSupported,
    /// The cell holds no time where one is needed.
    NoTime,
}

/// Why a rule can say nothing: the cell that stood in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MissingInput {
    /// The column of the cell.
    pub column: Column,
    /// What is wrong with it.
    pub reason: MissingReason,
}
