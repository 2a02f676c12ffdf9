//! Why a cell that should hold a time deserves a second look.

use serde::{Deserialize, Serialize};

/// Why a cell that should hold a time deserves a second look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum CellIssue {
    /// Not a date in any known form.
    #[error("not a time")]
    Unreadable,
    /// A date whose day and month could be swapped, as `5/6/2016`.
    #[error("day and month cannot be told apart")]
    Ambiguous,
    /// A mere number, as of seconds since 1970, or of days in a spreadsheet.
    #[error("a number, not a date")]
    Number,
    /// A time before 2006, when AWS opened; many tools write their zero so.
    #[error("before AWS existed")]
    Impossible,
    /// A time after the as-of time: its age counts as 0.
    #[error("after the as-of time")]
    Future,
    /// A last use before the credential was created.
    #[error("before the creation of the credential")]
    BeforeCreation,
}
