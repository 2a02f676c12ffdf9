//! What is counted while rows are evaluated.

use serde::{Deserialize, Serialize};

use crate::checks::{BySeverity, CheckId};
use crate::histogram::Bar;
use crate::report::{Column, MissingReason};

/// How one check went over all its subjects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckTally {
    /// Which check.
    pub check: CheckId,
    /// Whether the policy has it on; if not, the numbers are 0.
    pub on: bool,
    /// Subjects that pass.
    pub passed: u64,
    /// Subjects that fail.
    pub failed: u64,
    /// Subjects that it does not apply to.
    pub not_applicable: u64,
    /// Subjects that it could not evaluate.
    pub not_judged: u64,
    /// Users with at least one failing subject.
    pub users: u64,
    /// The findings by severity.
    pub by_severity: BySeverity,
}

/// How many subjects a check could not evaluate, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotJudged {
    /// Which check.
    pub check: CheckId,
    /// The column that stood in the way.
    pub column: Column,
    /// What was wrong with it.
    pub reason: MissingReason,
    /// How many subjects.
    pub subjects: u64,
}

impl NotJudged {
    /// Whether the whole column is missing.
    pub fn is_missing_column(&self) -> bool {
        self.reason == MissingReason::MissingColumn
    }
}

/// The ages of active access keys. The limit of the policy lies between two bars.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyAgeTally {
    /// Active access keys with a known age, those of root included.
    pub keys: u64,
    /// Those older than the limit.
    pub over: u64,
    /// The limit, in days: `key_max_age_days`.
    pub limit_days: u32,
    /// The bars, youngest first.
    pub bars: Vec<Bar>,
}

/// MFA of those who can sign in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MfaTally {
    /// Users, root aside, with an enabled password and MFA.
    pub with: u64,
    /// Users, root aside, with an enabled password and no MFA.
    pub without: u64,
    /// Users with an enabled password of whom the report does not say.
    pub unknown: u64,
    /// Accounts whose root has MFA.
    pub root_with: u64,
    /// Accounts whose root has none.
    pub root_without: u64,
}

impl MfaTally {
    /// Counts users who are not root, with an enabled password.
    pub(super) fn count(&mut self, mfa: Option<bool>, users: u64) {
        match mfa {
            Some(true) => self.with += users,
            Some(false) => self.without += users,
            None => self.unknown += users,
        }
    }

    /// Counts roots.
    pub(super) fn count_roots(&mut self, mfa: Option<bool>, roots: u64) {
        match mfa {
            Some(true) => self.root_with += roots,
            Some(false) => self.root_without += roots,
            None => {}
        }
    }
}

/// How long ago enabled passwords and active keys were last used, root's aside.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastUseTally {
    /// Enabled passwords and active keys of which the report says whether they were used.
    pub credentials: u64,
    /// Those last used `unused_days` ago or earlier, and those never used.
    pub idle: u64,
    /// The limit, in days: `unused_days`.
    pub limit_days: u32,
    /// The bars, most recent use first.
    pub bars: Vec<Bar>,
    /// Those never used.
    pub never: u64,
}
