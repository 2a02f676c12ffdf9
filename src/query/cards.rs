//! A page of users.

use serde::{Deserialize, Serialize};

use super::Choices;
use crate::card::Card;
use crate::checks::{CheckId, Severity};
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
    /// The checks about whole accounts that fail, as far as the question matches.
    pub about_accounts: Vec<AboutAccounts>,
    /// The first findings about whole accounts that the question matches.
    pub account_findings: Vec<Finding>,
    /// For each of these why it is new, or since when it fails; `None` without an earlier report.
    pub account_histories: Vec<Option<History>>,
}

/// A check about whole accounts, and how many fail it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutAccounts {
    /// Which check.
    pub check: CheckId,
    /// The worst severity that it has.
    pub severity: Severity,
    /// How many accounts fail it.
    pub failed: u64,
    /// How many accounts the result has.
    pub of: u32,
}

impl Cards {
    /// How many findings about whole accounts a page carries: an organisation has thousands of the same.
    pub const ACCOUNT_FINDINGS: usize = 30;
}
