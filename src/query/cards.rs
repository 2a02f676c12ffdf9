//! A page of users.

use serde::{Deserialize, Serialize};

use super::Choices;
use crate::card::Card;
use crate::comparison::History;
use crate::finding::Finding;

/// The answer to a [`Query`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cards {
    /// All users of the result.
    pub total: u32,
    /// Those that the question matches.
    pub matching: u32,
    /// The findings, of users and accounts, that the question matches.
    pub findings: u64,
    /// What each severity would show beside the other filters.
    pub choices: Choices,
    /// How many matching users were skipped.
    pub offset: u32,
    /// The users of this page, in order.
    pub cards: Vec<Card>,
    /// The first findings about whole accounts that the question matches.
    pub account_findings: Vec<Finding>,
    /// For each of these why it is new, or since when it fails; `None` without an earlier report.
    pub account_histories: Vec<Option<History>>,
    /// How many more of these there are.
    pub more_account_findings: u64,
}

impl Cards {
    /// How many findings about whole accounts a page carries: an organisation has thousands of the same.
    pub const ACCOUNT_FINDINGS: usize = 200;
}
