//! A cell that was read through a [`User`](crate::User), with what it says.

use serde::{Deserialize, Serialize};

use super::column::Column;
use super::time::Timestamp;

/// A cell that was read, with what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadCell {
    /// The column that it stands in.
    pub column: Column,
    /// The text in the file.
    pub raw: String,
    /// The time or the flag in it; `None` where it holds neither.
    pub value: Option<CellValue>,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CellValue {
    /// A time.
    Time(Timestamp),
    /// `true` or `false`.
    Flag(bool),
}
