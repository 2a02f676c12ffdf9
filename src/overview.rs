//! The result at a glance: inputs, accounts, totals, charts, and what was not judged.

use serde::{Deserialize, Serialize};

use crate::checks::CheckId;
use crate::finding::{BySeverity, Finding};
use crate::policy::Policy;
use crate::query::DayRange;
use crate::report::{AsOfSource, Column, Form, Obstacle, Timestamp, Warning};

/// A file that is part of the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputSummary {
    /// The file's name.
    pub name: String,
    /// The form in which the report arrived.
    pub form: Form,
    /// The size, in bytes.
    pub bytes: u64,
    /// The SHA-256 of the bytes, in hexadecimal, once it is worked out.
    pub sha256: Option<String>,
    /// Rows that were read and judged.
    pub rows: u32,
    /// Rows that could not be read and were kept out.
    pub broken_rows: u32,
    /// The accounts in it.
    pub accounts: Vec<String>,
    /// The accounts of which a newer report replaced this one's rows.
    pub replaced_accounts: Vec<String>,
    /// When the report was made, as far as can be told.
    pub as_of: Timestamp,
    /// Where that time comes from.
    pub as_of_source: AsOfSource,
}

/// An account of the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSummary {
    /// The 12 digits; empty where the report does not say.
    pub account: String,
    /// `aws`, `aws-cn`, …
    pub partition: String,
    /// The file it comes from: a place in [`Overview::inputs`].
    pub input: u32,
    /// Users, root included.
    pub users: u32,
    /// Users with at least one finding.
    pub users_with_findings: u32,
    /// Findings by severity, those about the account included.
    pub by_severity: BySeverity,
    /// Whether the report has a row for root.
    pub has_root: bool,
    /// Whether root has MFA.
    pub root_mfa: Option<bool>,
    /// When the account was made, from the row of root.
    pub created: Option<Timestamp>,
    /// Whether passwords expire: a probable policy.
    pub password_expiry: ExpiryGuess,
    /// The services that keys were last used for, the most frequent first.
    pub services: Vec<(String, u32)>,
    /// The regions that keys were last used in, the most frequent first.
    pub regions: Vec<(String, u32)>,
    /// Users by kind, in the order of [`crate::card::Kind::ALL`].
    pub kinds: [u32; 5],
}

/// Whether the passwords of an account expire, as far as the cells of its users tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExpiryGuess {
    /// The report does not tell.
    Unknown,
    /// No user has a console password that would.
    NoPasswords,
    /// They do not.
    Never,
    /// They do, after so many days, as most cells have it.
    AfterDays(u32),
}

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
    /// Subjects that it could not judge.
    pub not_judged: u64,
    /// Users with at least one failing subject.
    pub users: u64,
    /// The findings by severity.
    pub by_severity: BySeverity,
}

/// How many subjects a check could not judge, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotJudged {
    /// Which check.
    pub check: CheckId,
    /// The column that stood in the way.
    pub column: Column,
    /// What was wrong with it.
    pub obstacle: Obstacle,
    /// How many subjects.
    pub subjects: u64,
}

impl NotJudged {
    /// Whether the whole column is missing.
    pub fn is_missing_column(&self) -> bool {
        self.obstacle == Obstacle::MissingColumn
    }
}

/// A bar of a histogram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// The ages it covers, in days.
    pub days: DayRange,
    /// How many credentials.
    pub count: u64,
    /// Whether it lies beyond the policy's limit.
    pub over: bool,
}

/// The ages of active access keys. The limit of the policy lies between two bars.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyAges {
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
pub struct MfaCoverage {
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

impl MfaCoverage {
    /// Counts a user who is not root, with an enabled password.
    pub(crate) fn count(&mut self, mfa: Option<bool>) {
        match mfa {
            Some(true) => self.with += 1,
            Some(false) => self.without += 1,
            None => self.unknown += 1,
        }
    }

    /// Counts a root.
    pub(crate) fn count_root(&mut self, mfa: Option<bool>) {
        match mfa {
            Some(true) => self.root_with += 1,
            Some(false) => self.root_without += 1,
            None => {}
        }
    }
}

/// How long ago enabled passwords and active keys were last used, root's aside.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastUse {
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

/// The result at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// The files that make the result, in the order in which they came.
    pub inputs: Vec<InputSummary>,
    /// The accounts, by number.
    pub accounts: Vec<AccountSummary>,
    /// The moment that every age is measured to.
    pub as_of: Timestamp,
    /// Where it comes from.
    pub as_of_source: AsOfSource,
    /// The policy in force.
    pub policy: Policy,
    /// Users, roots included.
    pub users: u32,
    /// Users with at least one finding.
    pub users_with_findings: u32,
    /// Findings.
    pub findings: u64,
    /// Findings by severity.
    pub by_severity: BySeverity,
    /// Users by the worst severity of their findings.
    pub users_by_worst: BySeverity,
    /// Findings by area, in the order of [`crate::checks::Area::ALL`].
    pub by_area: [BySeverity; 4],
    /// Users by kind, in the order of [`crate::card::Kind::ALL`].
    pub kinds: [u32; 5],
    /// Every check, in table order.
    pub checks: Vec<CheckTally>,
    /// What could not be judged, and why.
    pub not_judged: Vec<NotJudged>,
    /// Ages of active access keys.
    pub key_ages: KeyAges,
    /// MFA of those who can sign in.
    pub mfa: MfaCoverage,
    /// Last use of passwords and keys.
    pub last_use: LastUse,
    /// The findings about whole accounts.
    pub account_findings: Vec<Finding>,
    /// The first warnings, in the order of inputs and lines.
    pub warnings: Vec<Warning>,
    /// How many warnings there are.
    pub warnings_total: u64,
}

impl Overview {
    /// How many of its warnings an overview carries; the export has them all.
    pub const WARNINGS: usize = 200;
}
