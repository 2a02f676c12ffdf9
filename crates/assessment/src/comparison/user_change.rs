//! What became of a user since the earlier report.

use serde::{Deserialize, Serialize};

use super::fact::Fact;
use super::identity::Bond;
use crate::assessment::RowId;

/// What became of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// The user was not in the earlier report.
    Added,
    /// The user is no longer in the report.
    Deleted,
    /// A user was deleted, and another created with the same ARN.
    ReCreated,
    /// The user has another name or path.
    Renamed,
    /// Something about the user is different.
    Changed,
}

impl ChangeKind {
    /// Every kind, in the order of exports.
    pub const ALL: [Self; 5] = [Self::Added, Self::Deleted, Self::ReCreated, Self::Renamed, Self::Changed];

    /// The name in exports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Deleted => "deleted",
            Self::ReCreated => "re-created",
            Self::Renamed => "renamed",
            Self::Changed => "changed",
        }
    }

    /// What a bond says by itself; root is never added or deleted.
    pub(super) fn of(bond: Bond, is_root: bool) -> Option<Self> {
        match bond {
            Bond::Same => None,
            Bond::Come | Bond::Gone | Bond::ReCreated if is_root => None,
            Bond::Moved | Bond::Renamed => Some(Self::Renamed),
            Bond::ReCreated => Some(Self::ReCreated),
            Bond::Gone => Some(Self::Deleted),
            Bond::Come => Some(Self::Added),
        }
    }
}

/// What became of a user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserChange {
    /// The row of the current report where it has the user, else of the earlier, to ask for the card.
    pub row: RowId,
    /// The 12 digits of the account.
    pub account: String,
    /// The ARN: that of the current report where it has the user, else of the earlier.
    pub arn: String,
    /// The name, alike.
    pub user: String,
    /// What became of the user.
    pub change: ChangeKind,
    /// The earlier ARN of a renamed user.
    pub renamed_from: Option<String>,
    /// Whether that it is the same user is a guess.
    pub is_guess: bool,
    /// What is different about a user who is in both reports.
    pub facts: Vec<Fact>,
}
