//! A user as the page shows it: facts, credentials, findings.

use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Severity};
use crate::report::{Column, Timestamp};

/// What a user probably is; a guess from the credentials it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The root user; no guess.
    Root,
    /// A console password and no active key.
    Human,
    /// An active key and no console password.
    Machine,
    /// A console password and an active key.
    Both,
    /// Neither.
    None,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Root, Self::Human, Self::Machine, Self::Both, Self::None];
}

/// A cell that should hold a time, as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeFact {
    /// The column that it stands in.
    pub column: Column,
    /// The text in the file; `None` where the report lacks the column.
    pub raw: Option<String>,
    /// The time, where the cell holds one.
    pub time: Option<Timestamp>,
    /// Whole days from it to the as-of time; 0 for a later one.
    pub age_days: Option<u32>,
    /// What is odd about it.
    pub oddity: Option<Oddity>,
}

/// Why a cell deserves a second look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Oddity {
    /// The cell cannot be read.
    Unreadable,
    /// A date whose day and month cannot be told apart.
    Ambiguous,
    /// The time is after the as-of time.
    Future,
    /// A last use before the credential was made.
    BeforeCreation,
}

/// A cell that should hold `true` or `false`, as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagFact {
    /// The column that it stands in.
    pub column: Column,
    /// The text in the file; `None` where the report lacks the column.
    pub raw: Option<String>,
    /// What it says; `None` where it says neither.
    pub value: Option<bool>,
}

/// An access key, active or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyFact {
    /// 1 or 2.
    pub slot: u8,
    /// Whether it is active.
    pub active: FlagFact,
    /// When it was made.
    pub created: TimeFact,
    /// When it was last used.
    pub last_used: TimeFact,
    /// Whether it was certainly never used (since use is tracked: 2015-04-22).
    pub never_used: bool,
    /// The region it was last used in.
    pub region: Option<String>,
    /// The service it was last used for.
    pub service: Option<String>,
}

/// A signing certificate, active or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateFact {
    /// 1 or 2.
    pub slot: u8,
    /// Whether it is active.
    pub active: FlagFact,
    /// When it was made.
    pub created: TimeFact,
}

/// How one of the three questions stands: the worst of its findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// A check found something.
    Found(Severity),
    /// Judged, and nothing found.
    Fine,
    /// There is nothing to judge.
    NotApplicable,
    /// A cell or column that is needed is missing or cannot be read.
    NotJudged,
}

/// A user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The row's number within the session, to ask for it again.
    pub row: u32,
    /// The user's name, `<root_account>` for root.
    pub user: String,
    /// The ARN, where the report has one.
    pub arn: Option<String>,
    /// The 12 digits of the account.
    pub account: Option<String>,
    /// `aws`, `aws-cn`, …
    pub partition: Option<String>,
    /// The name of the file that it came from.
    pub input: String,
    /// The line of the file, from 1.
    pub line: u32,
    /// What it probably is.
    pub kind: Kind,
    /// The worst of its findings.
    pub worst: Option<Severity>,
    /// Rotation of keys and passwords.
    pub rotation: State,
    /// MFA.
    pub mfa: State,
    /// Last use of password and keys.
    pub last_use: State,
    /// When the user (for root, the account) was made.
    pub created: TimeFact,
    /// Whether a console password is enabled.
    pub password_enabled: FlagFact,
    /// When the password was last used.
    pub password_last_used: TimeFact,
    /// Whether an enabled password was certainly never used (since use is tracked: 2014-10-20).
    pub password_never_used: bool,
    /// When the password was last changed.
    pub password_last_changed: TimeFact,
    /// When the password expires.
    pub password_next_rotation: TimeFact,
    /// Whether an MFA device is active.
    pub mfa_active: FlagFact,
    /// The access keys that exist, or may exist.
    pub access_keys: Vec<KeyFact>,
    /// The signing certificates that exist, or may exist.
    pub certificates: Vec<CertificateFact>,
    /// `additional_credentials_info`, where the report has it.
    pub additional: Option<String>,
    /// The findings, worst first, then in the order of the checks.
    pub findings: Vec<Finding>,
    /// The checks that could not be judged, and the columns that stood in the way.
    pub not_judged: Vec<(crate::checks::CheckId, Column)>,
}
